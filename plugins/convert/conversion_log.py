"""The log of what has been converted, kept beside the articles, so that a second run changes only what must change.

`.convert.jsonl` has one line of JSON for each source: digests of its place and content, its article, and a digest of
what was written there. Lines are appended during a run, and sorted at its end. A run that was killed leaves whole
lines, and perhaps a part of one.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO, NamedTuple, NotRequired, TypedDict, cast

from . import moved_articles
from .folder_repeats import LoggedEdges
from .folder_votes import LoggedVote
from .moved_articles import Conversion, Header, header_of, read_header
from .report import ReportRow

FILE_NAME = ".convert.jsonl"
NEW_VERSION = ".moi"  # ("new") what an edited article would be now: bai.md.moi
TEMPORARY = ".convert-"  # how names of temporary files begin


class LogEntry(TypedDict):
    """What is known of a source.

    content: digest of the source and all else its article depends on; output: the article, a path below the folder of
    articles, or ""; written: digest of the article as it was written; row: its row of the report; given: what was given
    on the command line, as a path from the folder of articles; votes: where it has its fields; edges: what
    other pages may have too.
    """

    content: str
    output: str
    written: str
    row: ReportRow
    given: NotRequired[str]
    votes: NotRequired[dict[str, LoggedVote]]
    edges: NotRequired[LoggedEdges]


class WrittenArticle(NamedTuple):
    """Where an article was written.

    output: its path below the folder of articles; digest: of what this program has written there; new_version: the
    path of the new version, if an editor has changed the article since, else "".
    """

    output: str
    digest: str
    new_version: str = ""


def write_if_changed(path: Path, data: bytes) -> bool:
    """Write a file atomically unless it has this content. Return whether it was written."""
    with suppress(OSError):
        if path.stat().st_size == len(data) and path.read_bytes() == data:
            return False
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=TEMPORARY)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        os.chmod(name, 0o644)
        os.replace(name, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(name)
        raise
    return True


class ConversionLog:
    """The sources that have been converted into a folder of articles, by their ids (see sources.Item)."""

    def __init__(self, into: Path) -> None:
        self.into, self.path = into, into / FILE_NAME
        self._lines: dict[str, tuple[int, int]] = {}  # by source: offset and length of its line in the file
        self._sources: dict[str, list[str]] = {}  # digest of a content -> the sources that had it
        self._outputs: dict[str, str] = {}  # article -> source
        self._slugs: set[str] = set()
        self._seen: set[str] = set()  # sources of this run
        self._stream: BinaryIO | None = None
        # Articles that no source is known to have made, with their paths, by `converted_from`
        self._unlogged: dict[str, list[tuple[str, Header]]] = {}
        self._moved: dict[str, str] = {}  # source -> where an editor has put its article
        self._load()

    def _load(self) -> None:
        existing = set(self._articles())
        missing: dict[str, Conversion] = {}
        unlogged: dict[str, Header] = {}
        for offset, line in _lines(self.path):
            with suppress(ValueError, KeyError, TypeError):
                entry = json.loads(line)
                source = entry["where"]
                self._remember(source, entry, (offset, len(line)))
                missing.pop(source, None)
                if entry["output"] and entry["output"] not in existing:
                    row = entry["row"]
                    missing[source] = Conversion(row["source"], _slug_of(entry["output"]), row["title"] or "")
        for path in sorted(existing - self._outputs.keys()):
            unlogged[path] = read_header(self.into / path)
            self._slugs.add(unlogged[path].slug)
        for source, output in moved_articles.find(missing, unlogged).items():
            self._moved[source] = output
            self._outputs[output] = source
            del unlogged[output]
        for path, header in unlogged.items():
            self._unlogged.setdefault(header.source, []).append((path, header))

    def _articles(self) -> Iterator[str]:
        """Yield the paths of all articles; what a run that was killed has left is removed."""
        for folder, folders, names in os.walk(self.into):
            folders[:] = [name for name in folders if not name.startswith(".")]
            for name in names:
                path = Path(folder, name)
                if name.startswith(TEMPORARY):
                    path.unlink(missing_ok=True)
                elif name.endswith(".md"):
                    yield path.relative_to(self.into).as_posix()

    def _remember(self, source: str, entry: LogEntry, line: tuple[int, int]) -> None:
        self._lines[source] = line
        self._sources.setdefault(entry["content"], []).append(source)
        if entry["output"]:
            self._outputs[entry["output"]] = source
            self._slugs.add(_slug_of(entry["output"]))

    def find(self, source: str, content: str = "") -> LogEntry | None:
        """Return the entry of a source, or of one with the same content that has been moved; None for a new one."""
        if source not in self._lines:
            moved = [each for each in self._sources.get(content, ()) if each not in self._seen] if content else []
            if not moved:
                return None
            source = moved[0]
        self._seen.add(source)
        return self._entry(source)

    def _entry(self, source: str) -> LogEntry:
        entry = cast(LogEntry, json.loads(self._line(source)))
        if source in self._moved:
            entry["output"] = entry["row"]["output"] = self._moved[source]
        return entry

    def sources_of(self, article: str) -> list[str]:
        """Return the source of an article, or those of all articles below a folder. article: a path below `into`."""
        below = "" if article in ("", ".") else article.rstrip("/") + "/"
        return [source for output, source in self._outputs.items() if output == article or output.startswith(below)]

    def entry(self, source: str) -> LogEntry:
        """Return the entry of a source that is known. Raises KeyError for any other."""
        return self._entry(source)

    def _line(self, source: str) -> bytes:
        offset, length = self._lines[source]
        with self.path.open("rb") as stream:
            stream.seek(offset)
            return stream.read(length)

    def known_content(self, source: str) -> str:
        """Return the digest of a source when it was converted, or "" if its article is gone."""
        if source not in self._lines:
            return ""
        entry = self._entry(source)
        exists = not entry["output"] or (self.into / entry["output"]).is_file()
        return entry["content"] if exists else ""

    def add(self, source: str, entry: LogEntry) -> None:
        """Append the entry of a source to the file at once."""
        line = json.dumps({"where": source, **entry}, ensure_ascii=False, sort_keys=True).encode()
        self._seen.add(source)
        self._moved.pop(source, None)
        if source in self._lines and self._line(source) == line:
            return
        stream = self._stream or self._open()
        self._remember(source, entry, (stream.tell(), len(line)))
        stream.write(line + b"\n")
        stream.flush()

    def _open(self) -> BinaryIO:
        self.into.mkdir(parents=True, exist_ok=True)
        self._stream = self.path.open("ab")
        if self._stream.tell() and not self.path.read_bytes().endswith(b"\n"):
            self._stream.write(b"\n")
        return self._stream

    def close(self) -> None:
        """Sort the file, one line for each source, if anything was added or an article has moved."""
        for source in list(self._moved):
            self.add(source, self._entry(source))
        if self._stream is None:
            return
        self._stream.close()
        self._stream = None
        draft = self.path.with_name(f"{TEMPORARY}draft")
        with self.path.open("rb") as old, draft.open("wb") as new:
            for source in sorted(self._lines):
                offset, length = self._lines[source]
                old.seek(offset)
                new.write(old.read(length) + b"\n")
        os.replace(draft, self.path)

    def write_article(
        self, source: str, text: str, placeholder: str, slug: str, folder: str, entry: LogEntry | None
    ) -> WrittenArticle:
        """Write an article under a free slug, or under the one it has; what an editor has changed stays.

        Args:
            source: the id of the source.
            text: the article, with the placeholder in place of its slug.
            placeholder: the placeholder.
            slug: the slug that a new article should get.
            folder: the folder of a new article.
            entry: the entry of the source, None for a new one.
        """
        if entry and entry["output"]:
            return self._update(entry, text.replace(placeholder, _slug_of(entry["output"])).encode())
        known = self._known_again(text.replace(placeholder, slug).encode())
        if known:
            return WrittenArticle(known, digest(text.replace(placeholder, _slug_of(known)).encode()))
        for candidate in _candidates(slug, source):
            output = f"{folder}/{candidate}.md"
            path, data = self.into / output, text.replace(placeholder, candidate).encode()
            is_unlogged = output not in self._outputs and path.is_file() and path.read_bytes() == data
            if is_unlogged or (candidate not in self._slugs and not path.exists()):
                write_if_changed(path, data)
                return WrittenArticle(output, digest(data))
        raise AssertionError("candidates never end")

    def _known_again(self, data: bytes) -> str:
        """Return the article that this source has made before, although the log does not know it; or ""."""
        own = header_of(data)
        for path, header in self._unlogged.get(own.source, ()) if own.source else ():
            if path not in self._outputs and moved_articles.is_same(header, own.slug, own.title):
                return path
        return ""

    def _update(self, entry: LogEntry, data: bytes) -> WrittenArticle:
        """Write an article that exists, or the new version beside it if an editor has changed the article."""
        output, path = entry["output"], self.into / entry["output"]
        with suppress(OSError):
            current = digest(path.read_bytes())
            if current not in (entry["written"], digest(data)):
                if entry["written"] == digest(data):  # the source has not changed, only the article
                    return WrittenArticle(output, entry["written"])
                write_if_changed(path.with_name(path.name + NEW_VERSION), data)
                return WrittenArticle(output, entry["written"], output + NEW_VERSION)
        write_if_changed(path, data)
        return WrittenArticle(output, digest(data))


def _slug_of(output: str) -> str:
    return output.rsplit("/", 1)[-1].removesuffix(".md")


def _candidates(slug: str, source: str) -> Iterator[str]:
    """Yield slugs for an article: the one it should get, then with a part of the source's id, then with a number."""
    yield slug
    yield f"{slug}-{source[:5]}"
    number = 2
    while True:
        yield f"{slug}-{source[:5]}-{number}"
        number += 1


def digest(data: bytes) -> str:
    """Return a digest that tells whether a file is still as it was written."""
    return sha256(data).hexdigest()[:16]


def _lines(path: Path) -> Iterator[tuple[int, bytes]]:
    """Yield every line of a file with its offset; none if there is no such file."""
    offset = 0
    with suppress(FileNotFoundError), path.open("rb") as stream:
        for line in stream:
            yield offset, line.rstrip(b"\n")
            offset += len(line)
