"""What the last build knew, in SQLite: plain columns of text and numbers, no pickles.

The state only saves work. If it is damaged, or was written by other code, for other settings or by a build that did
not finish, it is discarded and everything is read and rendered anew. The list of the portal's own files (`files.txt`,
see site.py) survives that, so that no file is left behind.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

SCHEMA = "4"
_TABLES = """
CREATE TABLE build (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE sources (path TEXT PRIMARY KEY, stamp TEXT, row TEXT, metadata TEXT);
CREATE TABLE bodies (path TEXT PRIMARY KEY, html TEXT);
CREATE TABLE feature_values (topic TEXT, path TEXT, value TEXT, PRIMARY KEY (topic, path)) WITHOUT ROWID;
CREATE TABLE outputs (name TEXT PRIMARY KEY, fingerprint TEXT, size INTEGER, mtime INTEGER, group_name TEXT);
CREATE TABLE leaving (name TEXT PRIMARY KEY, builds INTEGER) WITHOUT ROWID;
CREATE TABLE output_groups (name TEXT PRIMARY KEY, fingerprint TEXT) WITHOUT ROWID;
"""


class Output(NamedTuple):
    """A file of the site as the last build left it. mtime: in nanoseconds; group: see `Site.add_group`."""

    name: str
    fingerprint: str
    size: int
    mtime: int
    group: str


class Source(NamedTuple):
    """A file of content as it was read.

    Attributes:
        path: Relative to the content folder.
        stamp: Changes with the file (plugins/problems/files.py).
        row: The fields of a `StoryRow`, packed (plugins/portal/stories.py).
        metadata: The header and what was found in the text, as JSON.
    """

    path: str
    stamp: str
    row: str
    metadata: str


def state_folder(output: Path) -> Path:
    """Return the portal's own folder beside a published site."""
    return output.with_name(f"{output.name}.state")


def state_file(output: Path, command: str = "build") -> Path:
    """Return the database of a published site's state.

    Args:
        output: The published folder.
        command: What keeps it. A command that reads with other settings than `build` and publishes nothing has a state
            of its own, since the build's would be discarded.
    """
    return state_folder(output) / f"{command}.sqlite"


def discard(file: Path) -> None:
    """Delete a state, which is safe at any time."""
    for suffix in ("", "-wal", "-shm", "-journal"):
        file.with_name(file.name + suffix).unlink(missing_ok=True)


def copy(source: Path, target: Path) -> None:
    """Make a state the same as another one, which nobody writes meanwhile."""
    discard(target)
    if source.exists():
        with closing(sqlite3.connect(source)) as before, closing(sqlite3.connect(target)) as after:
            before.backup(after)


class State:
    """The state of one output folder.

    Args:
        file: The database.
        reading_fingerprint: A fingerprint of all but the sources that decides what reading a source gives.

    Attributes:
        fresh: Whether there was no usable state.
        addresses: The addresses of the portal, packed; stored with what was published there (plugins/addresses).
    """

    def __init__(self, file: Path, reading_fingerprint: str) -> None:
        self.file, self._process = file, os.getpid()
        self.fresh = False
        self.addresses = ""
        try:
            self._open()
            stored = dict(self.db.execute("SELECT key, value FROM build"))
        except sqlite3.DatabaseError:
            stored = {}
        stored.pop("addresses", None)
        if stored != {"schema": SCHEMA, "reading": reading_fingerprint, "complete": "yes"}:
            self._start_again(reading_fingerprint)

    def _open(self) -> None:
        self.file.parent.mkdir(parents=True, exist_ok=True)
        self.db = sqlite3.connect(self.file)
        # the first build needs no journal: until it is marked as "complete", its state is discarded anyway
        self.db.execute(f"PRAGMA journal_mode={'OFF' if self.fresh else 'WAL'}")
        self.db.execute(f"PRAGMA synchronous={'OFF' if self.fresh else 'NORMAL'}")

    def _start_again(self, reading_fingerprint: str) -> None:
        self.db.close()
        discard(self.file)
        self.fresh = True
        self._open()
        self.db.executescript(_TABLES)
        self.db.executemany("INSERT INTO build VALUES (?, ?)", [("schema", SCHEMA), ("reading", reading_fingerprint)])
        self.db.commit()

    def sources(self) -> list[Source]:
        """Return all sources, with their metadata left empty."""
        return list(map(Source._make, self.db.execute("SELECT path, stamp, row, '' FROM sources")))

    def store_sources(self, sources: Iterable[tuple[Source, str]]) -> None:
        """Store sources with their bodies."""
        sources = list(sources)
        self.db.executemany("INSERT OR REPLACE INTO sources VALUES (?, ?, ?, ?)", [s for s, _ in sources])
        self.db.executemany("INSERT OR REPLACE INTO bodies VALUES (?, ?)", [(s.path, body) for s, body in sources])

    def remove_sources(self, paths: Iterable[str]) -> None:
        """Remove sources and their bodies."""
        removed = [(path,) for path in paths]
        for table in ("sources", "bodies"):
            self.db.executemany(f"DELETE FROM {table} WHERE path = ?", removed)

    def body(self, path: str) -> str:
        """Return the HTML of a source."""
        return self._value("SELECT html FROM bodies WHERE path = ?", path)

    def metadata(self, path: str) -> str:
        """Return the metadata of a source, as JSON."""
        return self._value("SELECT metadata FROM sources WHERE path = ?", path)

    def _value(self, sql: str, path: str) -> str:
        if self._process != os.getpid():  # closed, or opened before a fork, which a connection must not cross
            self.db, self._process = sqlite3.connect(self.file), os.getpid()
        row = self.db.execute(sql, (path,)).fetchone()
        if row is None:
            raise sqlite3.DatabaseError(f"{path} is missing in {self.file}")
        value: str = row[0]
        return value

    def feature_values(self, topic: str) -> dict[str, str]:
        """Return what a feature has stored under a topic, by path of a source or another key."""
        return dict(self.db.execute("SELECT path, value FROM feature_values WHERE topic = ?", (topic,)))

    def feature_values_of(self, topic: str, paths: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Yield path and value of those of `paths` for which a feature has stored something under a topic."""
        sql = "SELECT path, value FROM feature_values WHERE topic = ? AND path = ?"
        for path in paths:
            yield from self.db.execute(sql, (topic, path))

    def store_feature_values(self, topic: str, values: Mapping[str, str], removed: Iterable[str]) -> None:
        """Store what a feature has computed for the next build.

        Args:
            topic: A name for these values.
            values: New values by path of a source or another key.
            removed: Paths whose values are to be deleted.
        """
        self.db.executemany(
            "INSERT OR REPLACE INTO feature_values VALUES (?, ?, ?)",
            [(topic, path, value) for path, value in values.items()],
        )
        self.db.executemany(
            "DELETE FROM feature_values WHERE topic = ? AND path = ?", [(topic, path) for path in removed]
        )

    def outputs(self) -> Iterator[tuple[str, str, int, int, str]]:
        """Yield the files of the site, each as the fields of an `Output`."""
        return self.db.execute("SELECT name, fingerprint, size, mtime, group_name FROM outputs")

    def groups(self) -> dict[str, str]:
        """Return the fingerprints of groups of outputs."""
        return dict(self.db.execute("SELECT name, fingerprint FROM output_groups"))

    def leaving(self) -> dict[str, int]:
        """Return the outputs that nothing adds any more but that stay for now, each with the number of builds since."""
        return dict(self.db.execute("SELECT name, builds FROM leaving"))

    def commit_build(
        self, written: Iterable[Output], removed: Iterable[str], groups: Mapping[str, str], leaving: Mapping[str, int]
    ) -> None:
        """Store what a build has done, as its last step.

        Args:
            written: The outputs that were rendered.
            removed: The names of outputs that were removed.
            groups: The fingerprints of all groups.
            leaving: What `leaving` will return.
        """
        self.db.executemany("INSERT OR REPLACE INTO outputs VALUES (?, ?, ?, ?, ?)", written)
        self.db.executemany("DELETE FROM outputs WHERE name = ?", [(name,) for name in removed])
        self.db.execute("DELETE FROM output_groups")
        self.db.executemany("INSERT INTO output_groups VALUES (?, ?)", groups.items())
        self.db.execute("DELETE FROM leaving")
        self.db.executemany("INSERT INTO leaving VALUES (?, ?)", leaving.items())
        entries = {"complete": "yes", "addresses": self.addresses}
        self.db.executemany("INSERT OR REPLACE INTO build VALUES (?, ?)", entries.items())
        self.db.commit()

    def commit_reading(self) -> None:
        """Keep what was read, for a command that publishes nothing and has a state of its own."""
        self.commit_build([], [], {}, {})

    def commit(self) -> None:
        """Make what was stored visible to other connections."""
        self.db.commit()

    def close(self) -> None:
        """Close the database. `body` and `metadata` open it again."""
        self.db.close()
        self._process = 0
