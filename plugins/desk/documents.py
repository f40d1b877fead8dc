"""The articles and pages of a content folder, as the desk lists, opens and saves them."""

from __future__ import annotations

import codecs
import stat
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from threading import Lock
from types import MappingProxyType
from typing import NamedTuple

from plugins.artifacts.files import digest, open_atomically
from plugins.i18n import translate
from plugins.markdown_reader.front_matter import HeaderKeys
from plugins.markdown_reader.header_parser import split_document, split_header
from plugins.problems import ContentError, Problem

from .entries import Entries, values_of
from .files import decoded, is_portable, safe_path
from .header_lines import Value, with_values
from .history import History

NEW_MODE = 0o644  # of files that the desk makes: whoever builds the portal may read them


class Opened(NamedTuple):
    """A file as it is opened for writing.

    text: with line feeds, whatever the file has; version: a digest of its bytes.
    """

    path: str
    text: str
    version: str


class ConflictError(Exception):
    """The file has changed since it was opened; `current` is what it says now, None if it is gone."""

    def __init__(self, current: Opened | None) -> None:
        super().__init__(current.path if current else "")
        self.current = current


class Documents:
    """The files that editors write.

    Args:
        content: The content folder.
        keys: The keys of headers by folder below it, such as "articles"; only files in these folders are opened.
        clock: Returns the time now.
        sections, memory: See `Entries`.

    Attributes:
        entries: What the headers of all files say.
    """

    def __init__(
        self,
        content: Path,
        keys: Mapping[str, HeaderKeys],
        clock: Callable[[], datetime] = datetime.now,
        sections: Mapping[str, str] = MappingProxyType({}),
        memory: Path | None = None,
    ) -> None:
        self.content, self.keys, self.clock = content, keys, clock
        self.entries = Entries(content, keys, sections, memory)
        self.history = History(content)
        self._saving = Lock()

    def folder_of(self, path: str) -> str:
        """Return the folder of the kind of content that a file is."""
        return next(folder for folder in self.keys if path.startswith(f"{folder}/"))

    def keys_of(self, path: str) -> HeaderKeys:
        """Return the keys that the header of a file may have."""
        return self.keys[self.folder_of(path)]

    def folders(self, path: str) -> list[str]:
        """Return the folders beside that of a file, such as the years of articles; none where files have no folder."""
        root = self.folder_of(path)
        if path.count("/") == root.count("/") + 1:
            return []
        return sorted(each.name for each in (self.content / root).iterdir() if each.is_dir())

    def open(self, path: str) -> Opened:
        """Open a file.

        Raises:
            PathError: It may not be opened.
            OSError: It is not there or cannot be read.
            UnicodeDecodeError: It is no text in UTF-8 or UTF-16.
        """
        data = safe_path(self.content, path, tuple(self.keys)).read_bytes()
        return Opened(path, decoded(data), digest(data))

    def values(self, opened: Opened) -> dict[str, Value]:
        """Return the values of a header by the names of its keys, as they are written. Raises ContentError."""
        return values_of(opened.text, self.keys_of(opened.path))

    def body(self, opened: Opened) -> str:
        """Return what stands below the header."""
        return split_header(opened.text)[1].lstrip("\n")

    def with_changes(self, opened: Opened, values: Mapping[str, Value], body: str | None) -> str:
        """Return the text of a file with other values and another body. Raises ContentError.

        Args:
            opened: The file.
            values: New values by name of the key; see `with_values`.
            body: The new body; None to keep it.
        """
        keys = self.keys_of(opened.path)
        spellings = {
            key.name: spelling for spelling in split_document(opened.text).fields if (key := keys.find(spelling))
        }
        text = with_values(opened.text, {spellings.get(name, name): value for name, value in values.items()})
        if body is None or body.rstrip("\n") == self.body(opened).rstrip("\n"):
            return text
        header = split_header(text)[0]
        return f"{header.rstrip(chr(10))}\n\n{body.strip(chr(10))}\n"

    def save(self, path: str, text: str, version: str, by: str = "") -> Opened:
        """Save a file, and keep what it said before.

        Args:
            path: Of the file.
            text: All of it, with line feeds.
            version: That with which it was opened; "" for a file that is new.
            by: The name of whoever saves.

        Returns:
            The file as it is now.

        Raises:
            PathError, UnicodeDecodeError: See `open`.
            ConflictError: It has changed meanwhile; nothing was written.
            ContentError: It is new, and not every machine can have a file of this name.
            OSError: It could not be written, and is as it was.
        """
        file = safe_path(self.content, path, tuple(self.keys)).resolve()
        with self._saving:
            return self._save(path, file, text, version, by)

    def _save(self, path: str, file: Path, text: str, version: str, by: str) -> Opened:
        before = _bytes_of(file)
        if version != (digest(before) if before is not None else ""):
            raise ConflictError(_opened(path, before))
        if before is not None and decoded(before) == text:
            return Opened(path, text, version)
        data = _encoded(text, before or b"")
        if before is None and not is_portable(path):
            text = translate("no file can be named {name} on Windows; use letters, digits and hyphens", name=file.name)
            raise ContentError([Problem(path, 0, text)])
        if before is not None:
            self.history.keep(path, before, self.clock(), by)
        file.parent.mkdir(parents=True, exist_ok=True)
        mode = stat.S_IMODE(file.stat().st_mode) if before is not None else NEW_MODE
        with open_atomically(file) as stream:
            stream.write(data)
            if (now := _bytes_of(file)) != before:
                raise ConflictError(_opened(path, now))
        with suppress(PermissionError):  # a drive without permissions
            file.chmod(mode)
        return Opened(path, text, digest(data))


def _bytes_of(file: Path) -> bytes | None:
    """Return the bytes of a file; None if there is none."""
    return file.read_bytes() if file.exists() else None


def _opened(path: str, data: bytes | None) -> Opened | None:
    return None if data is None else Opened(path, decoded(data), digest(data))


def _encoded(text: str, before: bytes) -> bytes:
    """Return text as bytes, with the line ends and the mark at the beginning that the file had."""
    if b"\r\n" in before:
        text = text.replace("\n", "\r\n")
    mark = codecs.BOM_UTF8 if before.startswith(codecs.BOM_UTF8) else b""
    return mark + text.encode()
