"""What the last build knew, in SQLite: plain columns of text and numbers, no pickles.

The state only ever saves work. Where it is damaged, was made by other code or for other settings,
or was cut short, it is thrown away and everything is made anew; the list of our own files
(`files.txt`, see site.py) outlives it, so that nothing is left lying about.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

SCHEMA = "2"
_TABLES = """
CREATE TABLE build (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE sources (path TEXT PRIMARY KEY, stamp TEXT, line TEXT, metadata TEXT);
CREATE TABLE bodies (path TEXT PRIMARY KEY, html TEXT);
CREATE TABLE remembered (topic TEXT, path TEXT, value TEXT, PRIMARY KEY (topic, path)) WITHOUT ROWID;
CREATE TABLE outputs (name TEXT PRIMARY KEY, fingerprint TEXT, size INTEGER, mtime INTEGER, room TEXT);
CREATE TABLE rooms (room TEXT PRIMARY KEY, fingerprint TEXT) WITHOUT ROWID;
"""


class Output(NamedTuple):
    """A file of the site as the last build left it. mtime in ns; room: see `Site.room`."""

    name: str
    fingerprint: str
    size: int
    mtime: int
    group: str


class Source(NamedTuple):
    """A file of content as it was read. stamp: mtime in ns and size. line, metadata: see plugins/portal/stories.py."""

    path: str
    stamp: str
    row: str
    metadata: str


def discard(file: Path) -> None:
    """Throw a state away; it only ever saves work."""
    for ending in ("", "-wal", "-shm", "-journal"):
        file.with_name(file.name + ending).unlink(missing_ok=True)


class State:
    """The state of one output folder.

    file: the database. reading: digest of all but the sources that decides what reading gives.
    """

    def __init__(self, file: Path, reading: str) -> None:
        self.file, self._process = file, os.getpid()
        self.fresh = False
        self.addresses = ""  # of the portal, see plugins/addresses; remembered with what was published there
        try:
            self._open()
            known = dict(self.db.execute("SELECT key, value FROM build"))
        except sqlite3.DatabaseError:
            known = {}
        known.pop("addresses", None)
        if known != {"schema": SCHEMA, "reading": reading, "whole": "yes"}:
            self._start_again(reading)

    def _open(self) -> None:
        self.file.parent.mkdir(parents=True, exist_ok=True)
        self.db = sqlite3.connect(self.file)
        # a first fill needs no journal: without its mark "whole" it is thrown away
        self.db.execute(f"PRAGMA journal_mode={'OFF' if self.fresh else 'WAL'}")
        self.db.execute(f"PRAGMA synchronous={'OFF' if self.fresh else 'NORMAL'}")

    def _start_again(self, reading: str) -> None:
        self.db.close()
        discard(self.file)
        self.fresh = True
        self._open()
        self.db.executescript(_TABLES)
        self.db.executemany("INSERT INTO build VALUES (?, ?)", [("schema", SCHEMA), ("reading", reading)])
        self.db.commit()

    def sources(self) -> list[Source]:
        """Everything that was read, without bodies and metadata (left empty)."""
        return list(map(Source._make, self.db.execute("SELECT path, stamp, line, '' FROM sources")))

    def store_sources(self, sources: Iterable[tuple[Source, str]]) -> None:
        """Remember sources with their bodies."""
        sources = list(sources)
        self.db.executemany("INSERT OR REPLACE INTO sources VALUES (?, ?, ?, ?)", [s for s, _ in sources])
        self.db.executemany("INSERT OR REPLACE INTO bodies VALUES (?, ?)", [(s.path, body) for s, body in sources])

    def remove_sources(self, paths: Iterable[str]) -> None:
        """Forget sources."""
        gone = [(path,) for path in paths]
        for table in ("sources", "bodies"):
            self.db.executemany(f"DELETE FROM {table} WHERE path = ?", gone)

    def body(self, path: str) -> str:
        """The HTML of a source."""
        return self._one("SELECT html FROM bodies WHERE path = ?", path)

    def metadata(self, path: str) -> str:
        """The metadata of a source, as JSON."""
        return self._one("SELECT metadata FROM sources WHERE path = ?", path)

    def _one(self, sql: str, path: str) -> str:
        if self._process != os.getpid():  # closed, or opened before a fork, which a connection must not cross
            self.db, self._process = sqlite3.connect(self.file), os.getpid()
        row = self.db.execute(sql, (path,)).fetchone()
        if row is None:
            raise sqlite3.DatabaseError(f"{path} is missing in {self.file}")
        return row[0]

    def feature_values(self, topic: str) -> dict[str, str]:
        """What a feature has computed, by path of a source or another key."""
        return dict(self.db.execute("SELECT path, value FROM remembered WHERE topic = ?", (topic,)))

    def feature_values_of(self, topic: str, paths: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Path and value of those of `paths` that a feature has computed something of."""
        sql = "SELECT path, value FROM remembered WHERE topic = ? AND path = ?"
        for path in paths:
            yield from self.db.execute(sql, (topic, path))

    def store_feature_values(self, topic: str, values: Mapping[str, str], gone: Iterable[str]) -> None:
        """Keep what a feature has computed, to spare it the next build."""
        self.db.executemany(
            "INSERT OR REPLACE INTO remembered VALUES (?, ?, ?)",
            [(topic, path, value) for path, value in values.items()],
        )
        self.db.executemany("DELETE FROM remembered WHERE topic = ? AND path = ?", [(topic, path) for path in gone])

    def outputs(self) -> Iterator[tuple[str, str, int, int, str]]:
        """The files of the site, each as the fields of an Output."""
        return self.db.execute("SELECT name, fingerprint, size, mtime, room FROM outputs")

    def groups(self) -> dict[str, str]:
        """Fingerprints of rooms."""
        return dict(self.db.execute("SELECT room, fingerprint FROM rooms"))

    def commit_build(self, written: Iterable[Output], removed: Iterable[str], rooms: Mapping[str, str]) -> None:
        """Remember what a finished build has done. Last of all."""
        self.db.executemany("INSERT OR REPLACE INTO outputs VALUES (?, ?, ?, ?, ?)", written)
        self.db.executemany("DELETE FROM outputs WHERE name = ?", [(name,) for name in removed])
        self.db.execute("DELETE FROM rooms")
        self.db.executemany("INSERT INTO rooms VALUES (?, ?)", rooms.items())
        kept = {"whole": "yes", "addresses": self.addresses}
        self.db.executemany("INSERT OR REPLACE INTO build VALUES (?, ?)", kept.items())
        self.db.commit()

    def commit(self) -> None:
        """Let other connections see what was kept."""
        self.db.commit()

    def close(self) -> None:
        """Give the file back. `body` and `metadata` open it again."""
        self.db.close()
        self._process = 0
