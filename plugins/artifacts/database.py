"""Stores which artifacts exist and which fingerprints lead to them, in SQLite.

Several builds may use it at once (write-ahead log, short transactions). It only saves work, so no caller ever gets an
error: a database that is damaged or cannot be read is deleted and created anew; where it cannot be written, what is new
is known to this process only.
"""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from .files import file_lock

SCHEMA = 2
WAIT = 10  # seconds for another process that writes
_TABLES = """
CREATE TABLE artifacts (
    namespace TEXT, key TEXT, suffixes TEXT, metadata TEXT, used INTEGER, PRIMARY KEY (namespace, key)
) WITHOUT ROWID;
CREATE TABLE fingerprints (
    namespace TEXT, fingerprint TEXT, key TEXT, used INTEGER, PRIMARY KEY (namespace, fingerprint)
) WITHOUT ROWID;
CREATE TABLE pruned (day INTEGER);
"""
# CROSS JOIN fixes the order: each value of the list (https://sqlite.org/json1.html) is looked up by the primary key
_BY_FINGERPRINT = """
SELECT wanted.value, a.key, a.suffixes, a.metadata, min(f.used, a.used) FROM json_each(?2) wanted
CROSS JOIN fingerprints f ON f.namespace = ?1 AND f.fingerprint = wanted.value
CROSS JOIN artifacts a ON a.namespace = ?1 AND a.key = f.key
"""
_BY_KEY = """
SELECT a.key, a.suffixes, a.metadata, a.used FROM json_each(?2) wanted
CROSS JOIN artifacts a ON a.namespace = ?1 AND a.key = wanted.value
"""
_MARK_USED = """
UPDATE {table} SET used = ?3 WHERE namespace = ?1 AND {column} IN (SELECT value FROM json_each(?2)) AND used < ?3
"""
_MARK_FINGERPRINTS_USED = _MARK_USED.format(table="fingerprints", column="fingerprint")
_MARK_ARTIFACTS_USED = _MARK_USED.format(table="artifacts", column="key")


class Row(NamedTuple):
    """An artifact as it is stored.

    Attributes:
        key: Its key.
        suffixes: How the names of its files end, separated by spaces.
        metadata: A JSON object.
    """

    key: str
    suffixes: str
    metadata: str


def today() -> int:
    """Days since 1970, the precision of when something was last used."""
    return int(time.time() // 86400)


class Database:
    """The database of one cache.

    Args:
        file: The database; its folder must exist.

    Attributes:
        is_persistent: Whether what is stored outlives this process.
    """

    def __init__(self, file: Path) -> None:
        self.file, self.is_persistent = file, True
        self._open()

    def by_fingerprint(self, namespace: str, fingerprints: Iterable[str]) -> dict[str, Row]:
        """The artifacts that some fingerprints lead to, by fingerprint. Marks them as used today."""
        wanted = json.dumps(list(fingerprints))
        found = self._read(_BY_FINGERPRINT, namespace, wanted)
        if any(used < today() for *_, used in found):
            keys = json.dumps([key for _, key, *_ in found])
            self._write(
                (_MARK_FINGERPRINTS_USED, [(namespace, wanted, today())]),
                (_MARK_ARTIFACTS_USED, [(namespace, keys, today())]),
            )
        return {fingerprint: Row(*row) for fingerprint, *row, _ in found}

    def by_key(self, namespace: str, keys: Iterable[str]) -> dict[str, Row]:
        """The artifacts among some keys, by key. Marks them as used today."""
        wanted = json.dumps(list(keys))
        found = self._read(_BY_KEY, namespace, wanted)
        if any(used < today() for *_, used in found):
            self._write((_MARK_ARTIFACTS_USED, [(namespace, wanted, today())]))
        return {row[0]: Row(*row[:3]) for row in found}

    def store(self, namespace: str, rows: Iterable[Row], keys: Mapping[str, str]) -> None:
        """Store artifacts, and the keys that fingerprints lead to, by fingerprint."""
        links = [(namespace, fingerprint, key, today()) for fingerprint, key in keys.items()]
        self._write(
            ("INSERT OR REPLACE INTO artifacts VALUES (?, ?, ?, ?, ?)", [(namespace, *row, today()) for row in rows]),
            ("INSERT OR REPLACE INTO fingerprints VALUES (?, ?, ?, ?)", links),
        )

    def prune(self, day: int) -> None:
        """Delete what has not been used since a day (as `today` counts), and note that this was done today."""
        deletions = [(f"DELETE FROM {table} WHERE used < ?", [(day,)]) for table in ("artifacts", "fingerprints")]
        self._write(*deletions, ("DELETE FROM pruned", [()]), ("INSERT INTO pruned VALUES (?)", [(today(),)]))

    def file_names(self) -> dict[str, set[str]] | None:
        """The names of the files of all artifacts, by namespace; None where they are not known."""
        try:
            found = self._connection.execute("SELECT namespace, key, suffixes FROM artifacts").fetchall()
        except sqlite3.DatabaseError:
            return None
        if not self.is_persistent:
            return None
        names: dict[str, set[str]] = {}
        for namespace, key, suffixes in found:
            names.setdefault(namespace, set()).update(key + suffix for suffix in suffixes.split())
        return names

    @property
    def last_pruned(self) -> int:
        """The day of the last `prune`. For a new database that is the day of its creation: files may be in use."""
        return max((day for (day,) in self._read("SELECT day FROM pruned")), default=today())

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    # --- opening, and recovering from damage ---

    def _open(self) -> None:
        try:
            with file_lock(self.file.with_name("lock")):  # two processes that create it at once would find it busy
                try:
                    self._connect()
                except sqlite3.DatabaseError:
                    self._delete()
                    self._connect()
        except (sqlite3.DatabaseError, OSError):
            self._continue_in_memory()

    def _connect(self) -> None:
        self._connection = sqlite3.connect(self.file, timeout=WAIT)
        try:
            version = self._connection.execute("PRAGMA user_version").fetchone()[0]
            if version == 0 and not self._connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
                self._create_tables("WAL")
            elif version != SCHEMA:
                raise sqlite3.DatabaseError("of another version")
            self._connection.execute("PRAGMA synchronous=NORMAL")
        except BaseException:
            self._connection.close()
            raise

    def _create_tables(self, journal_mode: str) -> None:
        self._connection.execute(f"PRAGMA journal_mode={journal_mode}")
        created = f"INSERT INTO pruned VALUES ({today()});"
        self._connection.executescript(f"BEGIN; {_TABLES} {created} PRAGMA user_version={SCHEMA}; COMMIT;")

    def _delete(self) -> None:
        for suffix in ("", "-wal", "-shm", "-journal"):
            self.file.with_name(self.file.name + suffix).unlink(missing_ok=True)

    def _continue_in_memory(self) -> None:
        """Go on without the file: the disk is full, or the folder belongs to somebody else."""
        self.is_persistent = False
        self._connection = sqlite3.connect(":memory:")
        self._create_tables("OFF")

    def _read(self, sql: str, *parameters: str) -> list[Any]:
        try:
            return self._connection.execute(sql, parameters).fetchall()
        except sqlite3.ProgrammingError:  # it is closed
            return []
        except sqlite3.DatabaseError:
            self._recreate()
            return []

    def _write(self, *statements: tuple[str, list[Any]]) -> None:
        """Execute statements, each with its rows of parameters, in one transaction."""
        for may_recreate in (True, False, False):
            try:
                for sql, rows in statements:
                    if rows:
                        self._connection.executemany(sql, rows)
                self._connection.commit()
                return
            except sqlite3.DatabaseError as error:
                if may_recreate and _is_damaged(error):
                    self._recreate()
                else:  # a full disk is no reason to delete what is known
                    self._connection.close()
                    self._continue_in_memory()

    def _recreate(self) -> None:
        """Delete the file and create a new one."""
        self._connection.close()
        try:
            with file_lock(self.file.with_name("lock")):
                self._delete()
                self._connect()
        except (sqlite3.DatabaseError, OSError):
            self._continue_in_memory()


def _is_damaged(error: sqlite3.Error) -> bool:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR)
