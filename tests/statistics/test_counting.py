"""The counts are exactly those of the log, however it is cut, rotated or repeated."""

from __future__ import annotations

import gzip
import json
import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plugins.statistics import command
from plugins.statistics.database import CountingRules, StatsDatabase
from plugins.statistics.secret_keys import Secrets
from plugins.statistics.stats import Stats
from tests.portals import ROOT
from tests.statistics import ADDRESSES, BEGIN, ZONE, Traffic

NOW = BEGIN + timedelta(days=40)


def run_count(beside: Path, files: Iterable[Path], published: Iterable[str]) -> Stats:
    """Run the counting part of `stats` once."""
    beside.mkdir(exist_ok=True)
    database = StatsDatabase(
        beside / "figures.duckdb", CountingRules(ZONE, NOW, ADDRESSES), Secrets.load(beside / "private.json"), published
    )
    try:
        command.count_logs(database, files, beside)
        return database.read_stats()
    finally:
        database.close()


@pytest.fixture(scope="module")
def traffic() -> tuple[Traffic, bytes]:
    generated = Traffic(7, 6000, people=400, per_second=0.03)
    return generated, b"".join(generated)


def agrees(figures: Stats, traffic: Traffic) -> bool:
    return figures.days == traffic.truth.days and dict(figures.articles) == traffic.truth.counts


def test_every_figure_is_exact(traffic: tuple[Traffic, bytes], tmp_path: Path) -> None:
    generated, log = traffic
    (tmp_path / "log").write_bytes(log)
    figures = run_count(tmp_path / "a", [tmp_path / "log"], generated.truth.articles)
    assert figures.days == generated.truth.days
    assert dict(figures.articles) == generated.truth.counts
    assert sum(day.visits for day in figures.days) > 500 and any(sum(c.votes) > 1 for c in figures.articles.values())
    second = run_count(tmp_path / "a", [tmp_path / "log"], generated.truth.articles)
    assert second == figures


@st.composite
def pieces(draw: st.DrawFn, length: int) -> list[list[tuple[int, int, bool]]]:
    """Draw runs of `stats`, each given some pieces (from, to, compressed) of the log, together all of it.

    A line may be cut in two, but not in three: no rotation leaves a file without a line break.
    """
    cuts: list[int] = []
    for cut in sorted(draw(st.sets(st.integers(1, length - 1), max_size=6))):
        if b"\n" in SMALL_LOG[cuts[-1] if cuts else 0 : cut] and b"\n" in SMALL_LOG[cut:-1]:
            cuts.append(cut)
    whole = list(zip([0, *cuts], [*cuts, length], strict=True))
    more = draw(st.lists(st.sampled_from(whole), max_size=3)) + draw(
        st.sampled_from([[], [(0, length)], [(0, cuts[0] if cuts else length)]])
    )
    files = [(*piece, draw(st.booleans())) for piece in draw(st.permutations(whole + more))]
    runs = draw(st.lists(st.integers(1, 3), min_size=len(files), max_size=len(files)))
    result: list[list[tuple[int, int, bool]]] = []
    for size in runs:
        if files:
            result.append(files[:size])
            files = files[size:]
    return result


SMALL = Traffic(11, 250, articles=12, people=25, per_second=0.01)
SMALL_LOG = b"".join(SMALL)


@settings(max_examples=15)
@given(runs=pieces(len(SMALL_LOG)))
def test_a_log_cut_anywhere_in_any_order_and_repeated_is_counted_exactly(
    runs: list[list[tuple[int, int, bool]]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("cut")
    for number, run in enumerate(runs):
        files = []
        for place, (start, end, packed) in enumerate(run):
            file = folder / f"log.{number}.{place}"
            data = SMALL_LOG[start:end]
            file.write_bytes(gzip.compress(data, 1) if packed else data)
            files.append(file)
        figures = run_count(folder / "site", files, SMALL.truth.articles)
        for file in files:
            file.unlink()  # raw lines may be deleted
    assert agrees(figures, SMALL)
    shutil.rmtree(folder)


@settings(max_examples=8)
@given(
    steps=st.lists(
        st.tuples(st.integers(1, len(SMALL_LOG) // 4), st.sampled_from(["grow", "rename", "truncate", "copy", "pack"])),
        max_size=5,
    )
)
def test_a_log_that_is_written_and_rotated_between_runs_is_counted_exactly(
    steps: list[tuple[int, str]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """In each way that logrotate has, at any byte."""
    folder = tmp_path_factory.mktemp("rotated")
    log, done = folder / "portal.log", 0
    log.touch()
    for number, (size, method) in enumerate([*steps, (len(SMALL_LOG), "grow")]):
        with log.open("ab") as stream:
            stream.write(SMALL_LOG[done : done + size])
        done = min(done + size, len(SMALL_LOG))
        figures = run_count(folder / "site", command.find_logs([f"{folder}/portal.log*"]), SMALL.truth.articles)
        old = folder / f"portal.log.{number}"
        if b"\n" not in log.read_bytes():
            continue  # too small to be rotated
        if method == "rename":
            log.rename(old)
            log.touch()
        elif method in ("copy", "truncate"):
            if method == "copy":
                shutil.copy(log, old)
            os.truncate(log, 0)
        elif method == "pack":
            old.with_suffix(".gz").write_bytes(gzip.compress(log.read_bytes(), 1))
            os.truncate(log, 0)
    assert agrees(figures, SMALL)
    shutil.rmtree(folder)


COUNT = """
import json, sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from plugins.statistics import command, logs
from tests.statistics.test_counting import run_count
logs.BLOCK_SIZE = command.BATCH_SIZE = 40_000
folder = Path(sys.argv[2])
articles = json.loads((folder / "articles").read_text())
print("go", flush=True)
run_count(folder / sys.argv[3], [folder / "log"], articles)
"""


def counting_process(folder: Path, site: str) -> subprocess.Popen[bytes]:
    """Start to count a folder's log in a process, and return as soon as it begins."""
    command = [sys.executable, "-c", COUNT, str(ROOT), str(folder), site]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT)
    assert process.stdout and process.stdout.readline() == b"go\n"
    return process


def test_counting_may_be_killed_at_any_moment(traffic: tuple[Traffic, bytes], tmp_path: Path) -> None:
    generated, log = traffic
    (tmp_path / "log").write_bytes(log)
    (tmp_path / "articles").write_text(json.dumps(list(generated.truth.articles)))
    with counting_process(tmp_path, "undisturbed") as process:
        begun = time.monotonic()
        assert process.wait() == 0
        usual = time.monotonic() - begun
    killed = 0
    for number in range(5):
        with counting_process(tmp_path, "site") as process:
            time.sleep(usual * (number + random.random()) / 5)  # fractions of the time that this machine takes
            process.kill()
            killed += process.wait() != 0
    assert killed
    assert agrees(run_count(tmp_path / "site", [tmp_path / "log"], generated.truth.articles), generated)


def test_a_closed_day_keeps_its_numbers_and_nothing_else(traffic: tuple[Traffic, bytes], tmp_path: Path) -> None:
    generated, log = traffic
    late = Traffic(8, 3000, people=20, per_second=0.003)  # eleven days
    for name, data in (("log", log), ("late", b"".join(late))):
        (tmp_path / name).write_bytes(data)
    first = run_count(tmp_path / "site", [tmp_path / "log"], generated.truth.articles)
    then = run_count(tmp_path / "site", [tmp_path / "late"], generated.truth.articles)
    assert sum(d.views for d in then.days) == sum(d.views for d in first.days) + sum(d.views for d in late.truth.days)
    private = Secrets.load(tmp_path / "site/private.json")
    assert private.salts and min(p for p in private.salts if len(p) == 10) >= "2026-04-02"
    assert "2026-03" not in private.salts and "2026-04" in private.salts
    second = run_count(tmp_path / "site", [tmp_path / "log", tmp_path / "late"], generated.truth.articles)
    assert second == then
    assert sum(sum(c.votes) for c in then.articles.values()) > sum(sum(c.votes) for c in first.articles.values())


def test_no_address_and_no_user_agent_is_stored(traffic: tuple[Traffic, bytes], tmp_path: Path) -> None:
    generated, log = traffic
    (tmp_path / "log").write_bytes(log)
    run_count(tmp_path / "site", [tmp_path / "log"], generated.truth.articles)
    for file in (tmp_path / "site").iterdir():
        data = file.read_bytes()
        assert b"113." not in data and b"Mozilla" not in data and b"Android" not in data, file
        assert file.name != "lines.json"
    assert (tmp_path / "site/private.json").stat().st_mode & 0o077 == 0
