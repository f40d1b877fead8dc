"""The cache of artifacts: files by kind and key, with what is known of each."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from .code_digest import CodeIndex
from .database import Database, Row, today
from .files import UNFINISHED, digest, write_atomically

UNUSED = 30  # days after which what no build has used goes; another branch, another output folder may use it
LEFT = 86400  # seconds after which a file that is not known was left by a build that was broken off


class Artifact(NamedTuple):
    """An artifact that is there. facts: what must be known of it without opening its files, such as a length."""

    key: str
    metadata: Mapping[str, Any]


class Cache:
    """All artifacts that builds have made.

    folder: where they are, to be deleted at any time. build: fingerprint of all that a build depends on besides its
    sources: settings, code, templates, words, libraries.
    """

    def __init__(self, folder: Path, build: str) -> None:
        self.folder, self.build = folder.absolute(), build
        self.folder.mkdir(parents=True, exist_ok=True)
        self.database = Database(self.folder / "artifacts.sqlite")
        self._code = CodeIndex()
        self._digests: dict[str, str] = {}

    def namespace(self, name: str, module: str) -> Namespace:
        """The artifacts of a kind. module: of the function that makes them, by its full name."""
        return Namespace(self, name, module)

    def code_digest(self, module: str) -> str:
        """The digest of a module's code and of all that it needs (code_digest.py), looked for once for each state of it."""
        if module not in self._digests:
            mark = digest(self.build, module)
            known = self.database.by_fingerprint("code", [mark])
            if mark in known:
                self._digests[module] = known[mark].key
            else:
                key = self._digests[module] = self._code.digest(module)
                self.database.store("code", [Row(key, "", "{}")], {mark: key})
        return self._digests[module]

    def prune(self) -> None:
        """Once a day, remove what no build has used for long, and what broken builds have left."""
        if self.database.tidied == today():
            return
        self.database.prune(today() - UNUSED)
        known = self.database.names()
        if known is None:
            return
        for kind in (entry.name for entry in os.scandir(self.folder) if entry.is_dir()):
            with os.scandir(self.folder / kind) as entries:
                for entry in entries:
                    ours = entry.name.startswith(UNFINISHED) or _is_key(entry.name[:32])
                    if ours and entry.name not in known.get(kind, ()) and _old(entry):
                        with suppress(OSError):
                            os.unlink(entry.path)

    def close(self) -> None:
        """Give the database back."""
        self.database.close()


class Namespace:
    """The artifacts of one kind. See `Cache.kind`."""

    def __init__(self, cache: Cache, name: str, module: str) -> None:
        self.cache, self.name, self.module = cache, name, module
        self.folder = cache.folder / name
        self.folder.mkdir(exist_ok=True)

    def prepare(self) -> None:
        """Find the code, before forked workers ask for keys: they must not use this process's connection."""
        self.cache.code_digest(self.module)

    def key(self, *given: str | bytes) -> str:
        """The key of what is made from a rendered input, by the code as it is."""
        return digest(self.cache.code_digest(self.module), *given)

    def file_path(self, key: str, part: str) -> Path:
        """Where a part of an artifact is; part: how its name ends."""
        return self.folder / f"{key}{part}"

    def find_by_fingerprint(self, fingerprints: Iterable[str]) -> dict[str, Artifact]:
        """The artifacts that fingerprints lead to, by fingerprint: those that are there, by one question for all."""
        return self._there(self.cache.database.by_fingerprint(self.name, fingerprints))

    def find_by_key(self, keys: Iterable[str]) -> dict[str, Artifact]:
        """The artifacts of keys, by key: those that are there."""
        return self._there(self.cache.database.by_key(self.name, keys))

    def store(self, key: str, parts: Sequence[str], facts: Mapping[str, Any]) -> Artifact:
        """Remember an artifact whose files have been written; without parts, that there is to be none."""
        self.cache.database.store(self.name, [Row(key, " ".join(parts), json.dumps(facts))], {})
        self._names.update(key + part for part in parts)
        return Artifact(key, facts)

    def link_fingerprints(self, pairs: Mapping[str, str]) -> None:
        """Remember the keys that fingerprints lead to."""
        if pairs:
            self.cache.database.store(self.name, [], pairs)

    def cached_text(
        self, fingerprint: str, render_input: Callable[[], Iterable[str | bytes]], make: Callable[[], str]
    ) -> str:
        """An artifact that is one text. given: renders its input; make: makes the text, where it is not there."""
        known = self.find_by_fingerprint([fingerprint]).get(fingerprint)
        text = known and self._text(known)
        if text is None:
            key = self.key(*render_input())
            known = self.find_by_key([key]).get(key)
            text = known and self._text(known)
            if text is None:
                text = make()
                write_atomically(self.file_path(key, ".txt"), text.encode())
                self.store(key, [".txt"], {"digest": digest(text)})
            self.link_fingerprints({fingerprint: key})
        return text

    def _text(self, artifact: Artifact) -> str | None:
        """What stands in its file, or None where that is not what was written."""
        try:
            text = self.file_path(artifact.key, ".txt").read_text(encoding="utf-8")
        except (OSError, ValueError):
            return None
        return text if digest(text) == artifact.metadata.get("digest") else None

    def _there(self, rows: Mapping[str, Row]) -> dict[str, Artifact]:
        there = self._names.issuperset
        found = ((name, row) for name, row in rows.items() if there([row.key + part for part in row.parts.split()]))
        return {name: Artifact(row.key, json.loads(row.metadata)) for name, row in found}

    @cached_property
    def _names(self) -> set[str]:
        """The files that are there."""
        return set(os.listdir(self.folder))


def _is_key(text: str) -> bool:
    return len(text) == 32 and not set(text) - set("0123456789abcdef")


def _old(entry: os.DirEntry[str]) -> bool:
    try:
        return time.time() - entry.stat().st_mtime > LEFT
    except OSError:
        return False
