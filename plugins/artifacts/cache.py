"""The cache of artifacts: files by namespace and key, with metadata for each."""

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
from .files import TEMPORARY_PREFIX, digest, write_atomically

UNUSED_DAYS = 30  # after which an artifact is removed; another branch or output folder may still use it
ABANDONED_SECONDS = 86400  # after which an unknown file is considered the rest of an interrupted build
_KEY_LENGTH = 32


class Artifact(NamedTuple):
    """An artifact in the cache.

    Attributes:
        key: Its key.
        metadata: What must be known about it without opening its files, such as a size.
    """

    key: str
    metadata: Mapping[str, Any]


class Cache:
    """All artifacts that builds have made.

    Args:
        folder: Where they are stored. It must be safe to delete it at any time.
        build_fingerprint: The digest of everything that a build depends on besides its sources: settings, code,
            templates, translations, libraries.
    """

    def __init__(self, folder: Path, build_fingerprint: str) -> None:
        self.folder, self.build_fingerprint = folder.absolute(), build_fingerprint
        self.folder.mkdir(parents=True, exist_ok=True)
        self.database = Database(self.folder / "artifacts.sqlite")
        self._code_index = CodeIndex()
        self._code_digests: dict[str, str] = {}

    def namespace(self, name: str, module: str) -> Namespace:
        """The artifacts of one kind, such as "pdf", made by the code of a module (its full name)."""
        return Namespace(self, name, module)

    def code_digest(self, module: str) -> str:
        """The digest of a module and of all code that it needs (code_digest.py), computed once for each build state."""
        if module not in self._code_digests:
            fingerprint = digest(self.build_fingerprint, module)
            cached = self.database.by_fingerprint("code", [fingerprint])
            if fingerprint in cached:
                self._code_digests[module] = cached[fingerprint].key
            else:
                key = self._code_digests[module] = self._code_index.digest(module)
                self.database.store("code", [Row(key, "", "{}")], {fingerprint: key})
        return self._code_digests[module]

    def prune(self) -> None:
        """Remove artifacts that no build has used for long, and leftovers of interrupted builds; once a day."""
        if self.database.last_pruned == today():
            return
        self.database.prune(today() - UNUSED_DAYS)
        known = self.database.file_names()
        if known is None:
            return
        for namespace in (entry.name for entry in os.scandir(self.folder) if entry.is_dir()):
            with os.scandir(self.folder / namespace) as entries:
                for entry in entries:
                    is_cache_file = entry.name.startswith(TEMPORARY_PREFIX) or _is_key(entry.name[:_KEY_LENGTH])
                    if is_cache_file and entry.name not in known.get(namespace, ()) and _is_abandoned(entry):
                        with suppress(OSError):
                            os.unlink(entry.path)

    def close(self) -> None:
        """Close the database."""
        self.database.close()


class Namespace:
    """The artifacts of one kind. See `Cache.namespace`."""

    def __init__(self, cache: Cache, name: str, module: str) -> None:
        self.cache, self.name, self.module = cache, name, module
        self.folder = cache.folder / name
        self.folder.mkdir(exist_ok=True)

    def prepare_for_fork(self) -> None:
        """Load the code's digest, so that forked workers can compute keys without the database connection."""
        self.cache.code_digest(self.module)

    def key(self, *inputs: str | bytes) -> str:
        """The key of an artifact that the present code makes from a rendered input."""
        return digest(self.cache.code_digest(self.module), *inputs)

    def file_path(self, key: str, suffix: str) -> Path:
        """The path of an artifact's file; `suffix` is how its name ends."""
        return self.folder / f"{key}{suffix}"

    def find_by_fingerprint(self, fingerprints: Iterable[str]) -> dict[str, Artifact]:
        """The complete artifacts that some fingerprints lead to, by fingerprint. Takes one query for all."""
        return self._complete(self.cache.database.by_fingerprint(self.name, fingerprints))

    def find_by_key(self, keys: Iterable[str]) -> dict[str, Artifact]:
        """The complete artifacts among some keys, by key. Takes one query for all."""
        return self._complete(self.cache.database.by_key(self.name, keys))

    def store(self, key: str, suffixes: Sequence[str], metadata: Mapping[str, Any]) -> Artifact:
        """Add an artifact to the database, after its files have been written.

        Args:
            key: Its key.
            suffixes: How the names of its files end. Without files the cache remembers that there is nothing to make.
            metadata: Anything JSON can express.
        """
        self.cache.database.store(self.name, [Row(key, " ".join(suffixes), json.dumps(metadata))], {})
        self._file_names.update(key + suffix for suffix in suffixes)
        return Artifact(key, metadata)

    def link_fingerprints(self, keys: Mapping[str, str]) -> None:
        """Store the keys that fingerprints lead to, by fingerprint."""
        if keys:
            self.cache.database.store(self.name, [], keys)

    def cached_text(
        self, fingerprint: str, render_input: Callable[[], Iterable[str | bytes]], create: Callable[[], str]
    ) -> str:
        """Return an artifact that is a single text, created where it is missing or damaged.

        Args:
            fingerprint: Of everything that the input may depend on.
            render_input: Renders the input. Called where the fingerprint is unknown.
            create: Creates the text. Called where the input is unknown.
        """
        cached = self.find_by_fingerprint([fingerprint]).get(fingerprint)
        text = self._read_text(cached) if cached else None
        if text is None:
            key = self.key(*render_input())
            cached = self.find_by_key([key]).get(key)
            text = self._read_text(cached) if cached else None
            if text is None:
                text = create()
                write_atomically(self.file_path(key, ".txt"), text.encode())
                self.store(key, [".txt"], {"digest": digest(text)})
            self.link_fingerprints({fingerprint: key})
        return text

    def _read_text(self, artifact: Artifact) -> str | None:
        """The text of an artifact; None where the file is not as it was written."""
        try:
            text = self.file_path(artifact.key, ".txt").read_text(encoding="utf-8")
        except (OSError, ValueError):
            return None
        return text if digest(text) == artifact.metadata.get("digest") else None

    def _complete(self, rows: Mapping[str, Row]) -> dict[str, Artifact]:
        """Leave out artifacts whose files are not all there."""
        exist = self._file_names.issuperset
        complete = (
            (name, row) for name, row in rows.items() if exist([row.key + suffix for suffix in row.suffixes.split()])
        )
        return {name: Artifact(row.key, json.loads(row.metadata)) for name, row in complete}

    @cached_property
    def _file_names(self) -> set[str]:
        """The names of all files in the folder."""
        return set(os.listdir(self.folder))


def _is_key(text: str) -> bool:
    return len(text) == _KEY_LENGTH and not set(text) - set("0123456789abcdef")


def _is_abandoned(entry: os.DirEntry[str]) -> bool:
    try:
        return time.time() - entry.stat().st_mtime > ABANDONED_SECONDS
    except OSError:
        return False
