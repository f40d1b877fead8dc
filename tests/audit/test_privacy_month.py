"""What the privacy page promises, held against everything that lies on the disk after each of forty days of traffic."""

from __future__ import annotations

import gzip
import hashlib
import json
import shutil
from datetime import datetime, timedelta
from pathlib import Path

import duckdb
import pytest

import pelicanconf
from plugins.monitoring import log_files
from plugins.monitoring.alarms import log_alarms
from plugins.statistics.rules import OPEN_DAYS
from tests.statistics import BEGIN, line
from tests.statistics.test_counting import run_count

DAYS = 40
KEPT = pelicanconf.LOG_DAYS - 1  # rotated files, as deploy/logrotate/portal has it
ARTICLE = "bai-viet/mot/"


def write_day(log: Path, day: datetime) -> None:
    """Append a day of views and votes by twenty readers."""
    with log.open("ab") as stream:
        for reader in range(20):
            at = (day + timedelta(minutes=reader)).timestamp()
            who = (f"113.1.{reader}.0", f"Mozilla/5.0 reader-{reader}")
            one, two = (hashlib.md5(f"{day} {reader} {kind}".encode()).hexdigest() for kind in ("view", "vote"))
            stream.write(line(one, at, *who, f"/{ARTICLE}") + b"\n")
            vote = {"method": "POST", "status": "204", "site": "same-origin"}
            stream.write(line(two, at, *who, f"/danh-gia?bai={ARTICLE}&diem=4", **vote) + b"\n")


def rotate(log: Path) -> None:
    """Rotate as logrotate does by the file that is delivered, once a day."""
    for number in range(KEPT, 0, -1):
        older, newer = log.with_name(f"{log.name}.{number}.gz"), log.with_name(f"{log.name}.{number - 1}.gz")
        older.unlink(missing_ok=True)
        if newer.exists():
            shutil.move(newer, older)
    log.with_name(f"{log.name}.1.gz").write_bytes(gzip.compress(log.read_bytes()))
    log.write_bytes(b"")


def texts_in(database: Path) -> str:
    """Return all texts that a database has."""
    with duckdb.connect(str(database), read_only=True) as connection:
        tables = [name for (name,) in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()]
        return str([connection.execute(f"FROM {name}").fetchall() for name in tables])


def test_nothing_is_kept_longer_than_the_privacy_page_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORTAL_LANG", "en")
    log, beside = tmp_path / "portal.log", tmp_path / "output.stats"
    log.touch()
    midnight = BEGIN.replace(hour=0, minute=0, second=0, microsecond=0)
    views = 0
    for number in range(DAYS):
        day = midnight + timedelta(days=number)
        write_day(log, day + timedelta(hours=9))
        now = day + timedelta(hours=23, minutes=59)
        logs = sorted(tmp_path.glob("portal.log*"))
        views += 20
        assert run_count(beside, logs, [ARTICLE], now).articles[ARTICLE].views == views
        # the log
        assert not list(
            log_alarms(log_files.oldest_line(logs), log_files.has_whole_address(logs), KEPT + 1, False, now)
        )
        # the keys
        private = json.loads((beside / "private.json").read_text())
        closed = (now - timedelta(days=OPEN_DAYS)).date().isoformat()
        assert private["salts"]
        assert all(period >= closed[: len(period)] for period in private["salts"]), (closed, private["salts"])
        assert not private["heads"] and not private["tails"]
        # the figures
        kept = texts_in(beside / "figures.duckdb")
        assert "113.1." not in kept and "reader-" not in kept
        assert not {path.name for path in beside.iterdir()} - {"private.json", "figures.duckdb", "lock"}
        rotate(log)
    assert midnight.strftime("%Y-%m") not in json.loads((beside / "private.json").read_text())["salts"]
