"""`status` says what is wrong with a portal that runs, in a line each and by its exit status."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import environment
from plugins.monitoring import command, journal, log_files
from plugins.monitoring.alarms import alarms, log_alarms
from tests import editors, portals
from tests.incremental import builds
from tests.statistics import line

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
BEFORE = {"time": "2026-11-30T11:59:00+00:00", "error": ""}


@pytest.mark.parametrize(
    ("found", "words"),
    [
        ({}, "build: it has not run"),
        ({"build": BEFORE}, ""),
        ({"build": BEFORE | {"due": "2026-11-30T11:50:00+00:00"}}, ""),
        ({"build": BEFORE | {"due": "2026-11-30T11:44:00+00:00"}}, "portal-build.timer"),
        ({"build": BEFORE | {"due": "2026-11-30T18:44:00+07:00"}}, "portal-build.timer"),
        ({"build": BEFORE | {"error": "a.md:3: x"}}, "build: it failed at 2026-11-30T11:59:00+00:00: a.md:3: x"),
        ({"build": BEFORE, "stats": BEFORE}, ""),
        ({"build": BEFORE, "stats": BEFORE | {"time": "2026-11-30T11:40:00+00:00"}}, "portal-stats.timer"),
        ({"build": BEFORE, "publish": BEFORE | {"error": "x"}}, "publish: it failed"),
        ({"build": {"time": 5, "due": "soon"}}, ""),
    ],
)
def test_each_thing_that_is_wrong_is_told(found: journal.Journal, words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORTAL_LANG", "en")
    told = list(alarms(found, NOW))
    assert len(told) == bool(words) and all(words in text for text in told)


def write_log(file: Path, *days: float, address: str = "113.1.2.0") -> Path:
    """Write a log with a line as old as each number of days says."""
    lines = [
        line(f"{number:032x}", (NOW - timedelta(days=age)).timestamp(), address, "x", "/")
        for number, age in enumerate(days)
    ]
    data = b"".join(each + b"\n" for each in lines)
    file.write_bytes(gzip.compress(data) if file.suffix == ".gz" else data)
    return file


def test_logs_are_as_the_privacy_page_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORTAL_LANG", "en")
    files = [write_log(tmp_path / "portal.log.2.gz", 6.9, 5), write_log(tmp_path / "portal.log", 1, 0)]
    assert not list(log_alarms(log_files.oldest_line(files), log_files.has_whole_address(files), 7, False, NOW))
    files.append(write_log(tmp_path / "portal.log.9.gz", 9.5))
    assert "9 days old" in next(log_alarms(log_files.oldest_line(files), False, 7, False, NOW))
    (tmp_path / "damaged.gz").write_bytes(b"\x1f\x8bxx")
    (tmp_path / "text").write_bytes(b"no log at all\n{}\n")
    for name in ("damaged.gz", "text", "missing"):
        assert log_files.oldest_line([tmp_path / name]) is None and not log_files.has_whole_address([tmp_path / name])


@pytest.mark.parametrize(
    ("address", "is_whole"),
    [
        ("113.1.2.0", False),
        ("113.1.2.3", True),
        ("2001:db8:1:2", False),
        ("2001:db8::7:", False),
        ("2001:db8::", False),
        ("2001:db8:1:2::9", True),
        ("::", False),
    ],
)
def test_whole_addresses_are_noticed(address: str, is_whole: bool, tmp_path: Path) -> None:
    log = write_log(tmp_path / "portal.log", 2, 1, 0, address=address)
    assert log_files.has_whole_address([log]) == is_whole
    assert len(list(log_alarms(None, is_whole, 7, False, NOW))) == is_whole
    assert not list(log_alarms(None, is_whole, 7, True, NOW))


def test_the_journal_keeps_the_last_success_and_bears_damage(tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    output = tmp_path / "output"
    journal.record(output, "build", NOW, articles=3)
    journal.record(output, "build", NOW + timedelta(hours=1), "x")
    entry = journal.read(output)["build"]
    assert (entry["error"], entry["succeeded"]) == ("x", "2026-11-30T12:00:00+00:00")
    for damage in ("", "[]", '{"build": 1}', "\0"):
        journal.journal_file(output).write_text(damage)
        assert journal.read(output) == {}
    journal.record(tmp_path / "no/such/folder", "build", NOW, "failed and said so")
    assert capsys.readouterr().err == ""
    journal.record(tmp_path / "no/such/folder", "build", NOW)
    assert capsys.readouterr().err.count("status.json") == 1


def test_a_build_records_how_it_went(tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    content = editors.write_small_content(tmp_path / "content")
    editors.write_article(content, "mai.md", title="Mai", slug="mai", date="2026-06-01 08:00")  # builds are in May
    output, cache = tmp_path / "output", tmp_path / "cache"
    small = {"PDF_EXPORT": False, "AUDIO": False, "SEARCH_INDEX": False}
    assert builds.build(output, content, cache, **small).status == 0
    entry = json.loads(journal.journal_file(output).read_text())["build"]
    assert (entry["error"], entry["due"]) == ("", "2026-06-01T08:00:00+07:00")
    editors.write_file(content, "articles/sai.md", "---\ntitle: Sai\n")
    assert builds.build(output, content, cache, **small).status == 1
    places = {"OUTPUT_PATH": str(output), "STATISTICS_LOGS": [str(tmp_path / "none*")]}
    assert command.status(now=datetime.fromtimestamp(builds.NOON, UTC), **places) == command.CRITICAL
    version = f"Cổng do phiên bản {environment.version()} dựng.\n"  # what readers have
    out = capsys.readouterr().out
    assert out.startswith(version) and "sai.md" in out


def test_the_rotation_that_is_delivered_keeps_what_is_promised() -> None:
    import pelicanconf

    text = (portals.ROOT / "deploy/logrotate/portal").read_text()
    for word in ("rotate", "maxage"):
        assert f"\n    {word} {pelicanconf.LOG_DAYS - 1}\n" in text
    assert "\n    daily\n" in text
