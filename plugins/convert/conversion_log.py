"""What has been converted, kept beside the articles, so that a second run changes nothing that need not change.

One line of JSON a source in `.convert.jsonl`: its place and content as digests, its article, and what was written
there. Lines are added as the work goes on and the file is put in order at the end; a run that was killed leaves
whole lines and perhaps a part of one.
"""

from __future__ import annotations

import json
import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

NAME = ".convert.jsonl"
BESIDE = ".moi"  # ("new") what an edited article would be now: bai.md.moi
_SLUG = re.compile(rb"^slug:[ \t]*[\"']?([a-z0-9-]+)", re.M)


def written(path: Path, data: bytes) -> bool:
    """Write a file in one step, unless it is that already. True if it was written."""
    with suppress(OSError):
        if path.stat().st_size == len(data) and path.read_bytes() == data:
            return False
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".convert-")
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


class Ledger:
    """The sources that are known, by their places."""

    def __init__(self, into: Path) -> None:
        self.into, self.path = into, into / NAME
        self.lines: dict[str, tuple[int, int]] = {}  # by place: where its line begins in the file, and how long it is
        self.contents: dict[str, list[str]] = {}  # digest of a source -> places with it
        self.outputs: dict[str, str] = {}  # article -> place
        self.slugs: set[str] = set()
        self.claimed: set[str] = set()
        self._stream = None
        self._load()

    def _load(self) -> None:
        for start, line in _lines(self.path):
            with suppress(ValueError, KeyError, TypeError):
                entry = json.loads(line)
                self._know(entry["where"], entry, (start, len(line)))
        for folder, folders, names in os.walk(self.into):
            folders[:] = [name for name in folders if not name.startswith(".")]
            for name in names:
                path = Path(folder, name)
                if name.startswith(".convert-"):  # of a run that was killed
                    path.unlink(missing_ok=True)
                elif name.endswith(".md") and path.relative_to(self.into).as_posix() not in self.outputs:
                    with suppress(OSError), path.open("rb") as stream:
                        found = _SLUG.search(stream.read(8000))
                        self.slugs.add(found[1].decode() if found else name.removesuffix(".md"))

    def _know(self, where: str, entry: dict[str, Any], line: tuple[int, int]) -> None:
        self.lines[where] = line
        self.contents.setdefault(entry["content"], []).append(where)
        if entry["output"]:
            self.outputs[entry["output"]] = where
            self.slugs.add(entry["output"].rsplit("/", 1)[-1].removesuffix(".md"))

    def entry(self, where: str, content: str = "") -> dict[str, Any] | None:
        """What is known of a source by its place, or by its content where it has been moved."""
        if where not in self.lines:
            moved = [p for p in self.contents.get(content, ()) if p not in self.claimed] if content else []
            if not moved:
                return None
            where = moved[0]
        self.claimed.add(where)
        return json.loads(self._line(where))

    def _line(self, where: str) -> bytes:
        start, length = self.lines[where]
        with self.path.open("rb") as stream:
            stream.seek(start)
            return stream.read(length)

    def known(self, where: str) -> str:
        """The digest under which a source was converted, if its article is still there."""
        if where not in self.lines:
            return ""
        entry = json.loads(self._line(where))
        there = not entry["output"] or (self.into / entry["output"]).is_file()
        return entry["content"] if there else ""

    def add(self, where: str, entry: dict[str, Any]) -> None:
        """Remember a source, on the disk at once."""
        line = json.dumps({"where": where, **entry}, ensure_ascii=False, sort_keys=True).encode()
        self.claimed.add(where)
        if where in self.lines and self._line(where) == line:
            return
        if self._stream is None:
            self.into.mkdir(parents=True, exist_ok=True)
            self._stream = self.path.open("ab")
            if self._stream.tell() and not self.path.read_bytes().endswith(b"\n"):
                self._stream.write(b"\n")
        self._know(where, entry, (self._stream.tell(), len(line)))
        self._stream.write(line + b"\n")
        self._stream.flush()

    def close(self) -> None:
        """Put the file in order: one line a source, sorted."""
        if self._stream is not None:
            self._stream.close()
            self._stream = None
            self._sort()

    def _sort(self) -> None:
        draft = self.path.with_name(".convert-draft")
        with self.path.open("rb") as old, draft.open("wb") as new:
            for where in sorted(self.lines):
                start, length = self.lines[where]
                old.seek(start)
                new.write(old.read(length) + b"\n")
        os.replace(draft, self.path)

    def put(
        self, slug: str, folder: str, text: str, placeholder: str, entry: dict[str, Any] | None, tail: str
    ) -> tuple[str, str, str]:
        """Write an article; its path below `into`, the digest of what stands there from us, and where the new version
        was put instead, if an editor has changed it since."""
        if entry and entry["output"]:
            output = entry["output"]
            data = text.replace(placeholder, output.rsplit("/", 1)[-1].removesuffix(".md")).encode()
            path = self.into / output
            with suppress(OSError):
                now = digest(path.read_bytes())
                if now not in (entry["written"], digest(data)):
                    if entry["written"] == digest(data):
                        return output, entry["written"], ""
                    written(path.with_name(path.name + BESIDE), data)
                    return output, entry["written"], output + BESIDE
            written(path, data)
            return output, digest(data), ""
        for candidate in _candidates(slug, tail):
            output = f"{folder}/{candidate}.md"
            path, data = self.into / output, text.replace(placeholder, candidate).encode()
            ours = output not in self.outputs and path.is_file() and path.read_bytes() == data
            if ours or (candidate not in self.slugs and not path.exists()):
                written(path, data)
                return output, digest(data), ""
        raise AssertionError("candidates never end")


def _candidates(slug: str, tail: str) -> Iterator[str]:
    yield slug
    yield f"{slug}-{tail[:5]}"
    number = 2
    while True:
        yield f"{slug}-{tail[:5]}-{number}"
        number += 1


def digest(data: bytes) -> str:
    """What tells whether a file is still as it was written."""
    return sha256(data).hexdigest()[:16]


def _lines(path: Path) -> Iterator[tuple[int, bytes]]:
    """Every line of a file, and where it begins."""
    start = 0
    with suppress(FileNotFoundError), path.open("rb") as stream:
        for line in stream:
            yield start, line.rstrip(b"\n")
            start += len(line)
