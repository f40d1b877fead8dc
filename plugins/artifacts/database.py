"""Which artifacts there are and which fingerprints lead to them, in SQLite.

Several builds may use it at once (write-ahead log, short transactions). It only ever saves work: where it is damaged
or cannot be read it is thrown away and made anew, where it cannot be written what is new is known to this process
only, and no caller gets an error.
"""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from .files import file_lock

SCHEMA = 1
WAIT = 10  # seconds for another process that writes
_TABLES = """
CREATE TABLE artifacts (kind TEXT, key TEXT, parts TEXT, facts TEXT, used INTEGER, PRIMARY KEY (kind, key))
WITHOUT ROWID;
CREATE TABLE fingerprints (kind TEXT, fingerprint TEXT, key TEXT, used INTEGER, PRIMARY KEY (kind, fingerprint))
WITHOUT ROWID;
CREATE TABLE tidied (day INTEGER);
"""
# what is asked for comes first, each is then looked up by its primary key; json_each: https://sqlite.org/json1.html
_BY_FINGERPRINT = """
SELECT asked.value, a.key, a.parts, a.facts, min(f.used, a.used) FROM json_each(?2) asked
CROSS JOIN fingerprints f ON f.kind = ?1 AND f.fingerprint = asked.value
CROSS JOIN artifacts a ON a.kind = ?1 AND a.key = f.key
"""
_BY_KEY = """
SELECT a.key, a.parts, a.facts, a.used FROM json_each(?2) asked
CROSS JOIN artifacts a ON a.kind = ?1 AND a.key = asked.value
"""
_TOUCH = "UPDATE {table} SET used = ?3 WHERE kind = ?1 AND {column} IN (SELECT value FROM json_each(?2)) AND used < ?3"


class Row(NamedTuple):
    """An artifact. parts: endings of its files' names. facts: JSON."""

    key: str
    parts: str
    metadata: str


def today() -> int:
    """Days since 1970: when something was last used need not be known better."""
    return int(time.time() // 86400)


class Database:
    """file: the database; its folder is there. lasting: whether what is remembered stays."""

    def __init__(self, file: Path) -> None:
        self.file, self.lasting = file, True
        self._open()

    def by_fingerprint(self, kind: str, fingerprints: Iterable[str]) -> dict[str, Row]:
        """The artifacts that some fingerprints lead to, by fingerprint; from today on they count as used."""
        wanted = json.dumps(list(fingerprints))
        found = self._read(_BY_FINGERPRINT, kind, wanted)
        if any(used < today() for *_, used in found):
            keys = json.dumps([key for _, key, *_ in found])
            self._write(
                (_TOUCH.format(table="fingerprints", column="fingerprint"), [(kind, wanted, today())]),
                (_TOUCH.format(table="artifacts", column="key"), [(kind, keys, today())]),
            )
        return {fingerprint: Row(*row) for fingerprint, *row, _ in found}

    def by_key(self, kind: str, keys: Iterable[str]) -> dict[str, Row]:
        """Those of some keys that there are artifacts of; from today on they count as used."""
        wanted = json.dumps(list(keys))
        found = self._read(_BY_KEY, kind, wanted)
        if any(used < today() for *_, used in found):
            self._write((_TOUCH.format(table="artifacts", column="key"), [(kind, wanted, today())]))
        return {row[0]: Row(*row[:3]) for row in found}

    def store(self, kind: str, rows: Iterable[Row], pairs: Mapping[str, str]) -> None:
        """Remember artifacts, and fingerprints with the keys that they lead to."""
        self._write(
            ("INSERT OR REPLACE INTO artifacts VALUES (?, ?, ?, ?, ?)", [(kind, *row, today()) for row in rows]),
            ("INSERT OR REPLACE INTO fingerprints VALUES (?, ?, ?, ?)",
             [(kind, fingerprint, key, today()) for fingerprint, key in pairs.items()]),
        )  # fmt: skip

    def prune(self, day: int) -> None:
        """Forget what has not been used since a day; and that today the cache was tidied."""
        unused = [(f"DELETE FROM {table} WHERE used < ?", [(day,)]) for table in ("artifacts", "fingerprints")]
        self._write(*unused, ("DELETE FROM tidied", [()]), ("INSERT INTO tidied VALUES (?)", [(today(),)]))

    def names(self) -> dict[str, set[str]] | None:
        """The names of all files of artifacts by kind; None where that is not known."""
        try:
            found = self._db.execute("SELECT kind, key, parts FROM artifacts").fetchall()
        except sqlite3.DatabaseError:
            return None
        if not self.lasting:
            return None
        names: dict[str, set[str]] = {}
        for kind, key, parts in found:
            names.setdefault(kind, set()).update(key + part for part in parts.split())
        return names

    @property
    def tidied(self) -> int:
        """The day when it was last tidied; of a new one, that when it was made: what else there is may be in use."""
        return max((day for (day,) in self._read("SELECT day FROM tidied")), default=today())

    def close(self) -> None:
        """Give the file back."""
        self._db.close()

    # --- what may go wrong ---

    def _open(self) -> None:
        try:
            with file_lock(self.file.with_name("lock")):  # two that open a new one at once would find it busy
                try:
                    self._connect()
                except sqlite3.DatabaseError:
                    self._discard()
                    self._connect()
        except (sqlite3.DatabaseError, OSError):
            self._in_memory()

    def _connect(self) -> None:
        self._db = sqlite3.connect(self.file, timeout=WAIT)
        try:
            version = self._db.execute("PRAGMA user_version").fetchone()[0]
            if version == 0 and not self._db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
                self._create("WAL")
            elif version != SCHEMA:
                raise sqlite3.DatabaseError("of another version")
            self._db.execute("PRAGMA synchronous=NORMAL")
        except BaseException:
            self._db.close()
            raise

    def _create(self, journal: str) -> None:
        self._db.execute(f"PRAGMA journal_mode={journal}")
        first = f"INSERT INTO tidied VALUES ({today()});"
        self._db.executescript(f"BEGIN; {_TABLES} {first} PRAGMA user_version={SCHEMA}; COMMIT;")

    def _discard(self) -> None:
        for ending in ("", "-wal", "-shm", "-journal"):
            self.file.with_name(self.file.name + ending).unlink(missing_ok=True)

    def _in_memory(self) -> None:
        """Go on without the file: the disk is full, or the folder somebody else's."""
        self.lasting = False
        self._db = sqlite3.connect(":memory:")
        self._create("OFF")

    def _read(self, sql: str, *values: Any) -> list[Any]:
        try:
            return self._db.execute(sql, values).fetchall()
        except sqlite3.ProgrammingError:  # it was closed
            return []
        except sqlite3.DatabaseError:
            self._renew()
            return []

    def _write(self, *steps: tuple[str, list[tuple]]) -> None:
        """Do some steps in one transaction."""

        for again in (True, False, False):
            try:
                for sql, rows in steps:
                    if rows:
                        self._db.executemany(sql, rows)
                self._db.commit()
                return
            except sqlite3.DatabaseError as error:
                if again and _damaged(error):
                    self._renew()
                else:  # a full disk is no reason to throw away what is known
                    self._db.close()
                    self._in_memory()

    def _renew(self) -> None:
        """Throw the file away and begin a new one."""
        self._db.close()
        try:
            with file_lock(self.file.with_name("lock")):
                self._discard()
                self._connect()
        except (sqlite3.DatabaseError, OSError):
            self._in_memory()


def _damaged(error: sqlite3.Error) -> bool:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR)
