"""What the headers of all files of a content folder say, for the list; each file is read once until it changes."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from plugins.artifacts.files import write_atomically
from plugins.markdown_reader import header_values
from plugins.markdown_reader.front_matter import HeaderKeys
from plugins.markdown_reader.header_parser import split_document
from plugins.problems import ContentError

from .files import decoded
from .header_lines import Value

MANY = 100  # files that were read anew before what is remembered is written again
_READERS = (Path(__file__), Path(header_values.__file__))  # in whose folders the code is that reads headers


class Entry(NamedTuple):
    """A file in the list: what its header says, "" where it says nothing, or cannot be read (`is_readable`).

    section: The category, or the name of the kind of what has none; day: the date as local time, None where it is
    none; words: title, path and section as `searchable` has them.
    """

    path: str
    title: str
    status: str
    date: str
    section: str
    changed: float
    is_readable: bool
    day: datetime | None
    words: str
    names: Mapping[str, tuple[str, ...]] = {}  # the topics and authors, as "tags" and "authors"


class Entries:
    """The entries of a content folder.

    Args:
        content: The content folder.
        keys: The keys of headers by folder below it; of one within another, the inner one comes first.
        sections: What stands for the category of files that have none, by folder.
        memory: Where to remember what was read; None to read it anew after each start.
    """

    def __init__(
        self, content: Path, keys: Mapping[str, HeaderKeys], sections: Mapping[str, str], memory: Path | None
    ) -> None:
        self._content, self._keys, self._sections, self._memory = content, keys, sections, memory
        self._known: dict[str, tuple[tuple[int, int], Entry]] | None = None  # by path, with size and time of the file
        self._unwritten = 0  # how many of them are not remembered

    def all(self) -> list[Entry]:
        """Return the entries of all files, those changed last first."""
        known = self._remembered() if self._known is None else self._known
        found: dict[str, tuple[tuple[int, int], Entry]] = {}
        for folder in self._keys:
            root = self._content / folder
            for parent, folders, names in os.walk(root):
                folders[:] = [name for name in folders if not name.startswith(".")]
                for name in names:
                    path = f"{folder}{parent[len(str(root)) :]}/{name}".replace(os.sep, "/")
                    if name.endswith(".md") and not name.startswith(".") and path not in found:
                        found[path] = self._entry(folder, path, os.path.join(parent, name), known.get(path))
        self._known = found
        self._unwritten += sum(known.get(path) is not entry for path, entry in found.items())
        if self._unwritten >= MANY:
            self._remember()
        return sorted((entry for _, entry in found.values()), key=lambda entry: (-entry.changed, entry.path))

    def counts(self, name: str) -> Counter[str]:
        """Return how often each topic ("tags") or author ("authors") stands in the files of the last list."""
        return Counter(item for _, entry in (self._known or {}).values() for item in entry.names.get(name, ()))

    def _entry(
        self, folder: str, path: str, file: str, known: tuple[tuple[int, int], Entry] | None
    ) -> tuple[tuple[int, int], Entry]:
        stat = os.stat(file)
        stamp = stat.st_size, stat.st_mtime_ns
        if known and known[0] == stamp:
            return known
        keys = self._keys[folder]
        try:
            values = values_of(decoded(Path(file).read_bytes()), keys)
        except (ContentError, UnicodeDecodeError):
            return stamp, Entry(path, "", "", "", "", stat.st_mtime, False, None, searchable(path))
        title, status, date, category = (
            _joined(values.get(name, "")) for name in ("title", "status", "date", "category")
        )
        date = date or _joined(values.get(keys.dated_by, ""))
        section = category or self._sections.get(folder, "")
        words = searchable(f"{title} {path} {section}")
        names = {name: items(values.get(name, ()), keys, name) for name in ("tags", "authors")}
        return stamp, Entry(path, title, status, date, section, stat.st_mtime, True, _day(date), words, names)

    # --- from one start to the next ------------------------------------------------------------------

    def _maker(self) -> list[object]:
        """Return what entries depend on besides their files."""
        code = max(file.stat().st_mtime_ns for reader in _READERS for file in reader.parent.glob("*.py"))
        dates = {folder: keys.dated_by for folder, keys in self._keys.items()}
        return [code, os.fspath(self._content), dict(self._sections), dates]

    def _remembered(self) -> dict[str, tuple[tuple[int, int], Entry]]:
        """Return what was read before the last start; nothing if other code has read it, or it cannot be read."""
        with suppress(OSError, ValueError, TypeError):
            stored = json.loads(self._memory.read_bytes()) if self._memory else {}
            if stored and stored["maker"] == self._maker():
                return {path: ((size, time), _unpacked(path, packed)) for path, size, time, packed in stored["entries"]}
        return {}

    def _remember(self) -> None:
        self._unwritten = 0
        if self._memory is None:
            return
        entries = [[path, *stamp, _packed(entry)] for path, (stamp, entry) in (self._known or {}).items()]
        data = json.dumps({"maker": self._maker(), "entries": entries}, ensure_ascii=False).encode()
        with suppress(OSError):  # then the next start reads them again
            self._memory.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(self._memory, data)


def _packed(entry: Entry) -> list[Any]:
    return [*entry[1:7], entry.day and entry.day.isoformat(), entry.words, entry.names]


def _unpacked(path: str, packed: list[Any]) -> Entry:
    *values, day, words, names = packed
    lists = {name: tuple(items) for name, items in names.items()}
    return Entry._make([path, *values, datetime.fromisoformat(day) if day else None, words, lists])


def values_of(text: str, keys: HeaderKeys) -> dict[str, Value]:
    """Return the values of a file's header by the names of its keys, as they are written. Raises ContentError."""
    fields = split_document(text).fields
    return {key.name: field.value for spelling, field in fields.items() if (key := keys.find(spelling))}


def _day(date: str) -> datetime | None:
    with suppress(ValueError):
        return header_values.date_time(date).replace(tzinfo=None)
    return None


def searchable(text: str) -> str:
    """Return the words of a text without marks, with hyphens between them."""
    return "-".join(filter(None, map(header_values.slug_of, text.replace("/", " ").split())))


def items(value: Value, keys: HeaderKeys, name: str) -> tuple[str, ...]:
    """Return a value as a list, however it is written."""
    if not isinstance(value, str):
        return tuple(value)
    separators = keys.by_name[name].separators if name in keys.by_name else ()
    separator = next((each for each in separators if each in value), ",")
    return tuple(part.strip() for part in value.split(separator) if part.strip())


def _joined(value: Value) -> str:
    return value if isinstance(value, str) else ", ".join(value)
