"""The counts are exactly those of the log, however it is cut, rotated or repeated."""

from __future__ import annotations

import gzip
import itertools
import json
import lzma
import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plugins.statistics import command
from plugins.statistics.database import CountingRules, StatsDatabase
from plugins.statistics.logs import LogReader
from plugins.statistics.rules import OPEN_DAYS, VOTES_A_DAY, VOTES_AN_HOUR
from plugins.statistics.secret_keys import Secrets
from plugins.statistics.stats import Stats
from tests.portals import ROOT
from tests.statistics import ADDRESSES, BEGIN, ZONE, Traffic, line

NOW = BEGIN + timedelta(days=4)  # after all lines, within the week in which a day is counted


def run_count(beside: Path, files: Iterable[Path], published: Iterable[str], now: datetime = NOW) -> Stats:
    """Run the counting part of `stats` once."""
    beside.mkdir(exist_ok=True)
    database = StatsDatabase(
        beside / "figures.duckdb", CountingRules(ZONE, now, ADDRESSES), Secrets.load(beside / "private.json"), published
    )
    try:
        database.forget_future()
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
    later = BEGIN + timedelta(days=12)
    then = run_count(tmp_path / "site", [tmp_path / "late"], generated.truth.articles, later)
    assert sum(d.views for d in then.days) == sum(d.views for d in first.days) + sum(d.views for d in late.truth.days)
    private = Secrets.load(tmp_path / "site/private.json")
    assert private.salts and min(p for p in private.salts if len(p) == 10) >= "2026-04-02"
    assert "2026-03" not in private.salts and "2026-04" in private.salts
    second = run_count(tmp_path / "site", [tmp_path / "log", tmp_path / "late"], generated.truth.articles, later)
    assert second == then
    assert sum(sum(c.votes) for c in then.articles.values()) > sum(sum(c.votes) for c in first.articles.values())


ONE = "bai-viet/mot/"
PHONE = "Mozilla/5.0 (Linux; Android 9; SM-J600G) Chrome/98.0.4758.101 Mobile Safari/537.36"
_numbers = itertools.count()


def request(uri: str, at: datetime = BEGIN, address: str = "113.1.2.3", agent: str = PHONE, **fields: str) -> bytes:
    return line(
        f"{next(_numbers) * 2654435761 % 2**64:016x}{next(_numbers):016x}",
        at.timestamp(),
        address,
        agent,
        uri,
        **fields,
    )


def vote(grade: int, at: datetime = BEGIN, address: str = "113.1.2.3", agent: str = PHONE, page: str = ONE) -> bytes:
    uri = f"/danh-gia?bai={page}&diem={grade}"
    return request(uri, at, address, agent, method="POST", status="204", site="same-origin")


def count(folder: Path, lines: Iterable[bytes], now: datetime = NOW, name: str = "log") -> Stats:
    with (folder / name).open("ab") as log:
        log.writelines(one + b"\n" for one in lines)
    return run_count(folder / "site", [folder / name], {ONE}, now)


def test_an_address_is_counted_for_its_article_however_it_is_spelled(tmp_path: Path) -> None:
    spellings = [
        "/bai-viet/mot/",
        "/b%61i-viet/mot/",
        "//bai-viet/mot/",
        "/bai-viet//mot/?fbclid=1",
        "/bai-viet/mot/index.html",
    ]
    figures = count(tmp_path, map(request, [*spellings, "/%ff%fe/", "/bai-viet/%zz/"]))
    assert figures.articles[ONE].views == len(spellings)
    assert figures.days[0].views == len(spellings) + 2


def test_what_nobody_has_published_is_not_stored(tmp_path: Path) -> None:
    junk = [f"/bai-viet/junk-{number}/../mot/" for number in range(50)]
    junk += [f"/bai-viet/junk-{number}/" for number in range(50)] + [
        "/bai-viet/junk/junk.pdf",
        "/bai-viet/junk/junk.mp3",
    ]
    figures = count(tmp_path, map(request, junk))
    assert dict(figures.articles) == {} and (figures.days[0].views, figures.days[0].pdfs) == (100, 0)
    assert b"junk" not in (tmp_path / "site/figures.duckdb").read_bytes()


def test_a_log_of_another_format_is_told(tmp_path: Path, traffic: tuple[Traffic, bytes]) -> None:
    lines = traffic[1].splitlines(keepends=True)
    usual = b'1.2.3.4 - - [30/Nov/2026:10:00:00 +0700] "GET / HTTP/1.1" 200 5 "-" "Mozilla/5.0"\n'
    for data, is_foreign in (
        (usual * 9, True),
        (gzip.compress(usual * 9), True),
        (lzma.compress(b"".join(lines)), True),
        (b"".join(lines[:9]), False),
        (b"end of one\n" + usual[:50], False),
        (b"", False),
        (usual * 9 + next(each for each in lines if each.startswith(b"{")), False),
    ):
        (tmp_path / "log").write_bytes(data)
        reader = LogReader(tmp_path / "log")
        assert len(list(reader.blocks([]))) <= 1
        assert reader.is_foreign == is_foreign


def test_a_vote_with_a_damaged_address_stops_nothing(tmp_path: Path) -> None:
    assert count(tmp_path, [vote(5, page="%ff%fe"), vote(4), vote(3, page="%zz")]).articles[ONE].votes == (
        0,
        0,
        0,
        1,
        0,
    )


@pytest.mark.parametrize("address", ["113.1.2.{}", "2001:db8:1:2:{}::7", "2001:db8::{}"])
def test_of_one_network_a_few_votes_an_hour_and_a_day_count(address: str, tmp_path: Path) -> None:
    many = [vote(1, BEGIN + timedelta(seconds=n), address.format(n), f"{PHONE} {n}") for n in range(1, 61)]
    assert count(tmp_path, many).articles[ONE].votes == (VOTES_AN_HOUR, 0, 0, 0, 0)
    later = [vote(1, BEGIN + timedelta(hours=2 + n / 10), address.format(n), f"{PHONE} x{n}") for n in range(60)]
    assert count(tmp_path, later).articles[ONE].votes == (VOTES_A_DAY, 0, 0, 0, 0)
    other = [vote(5, BEGIN + timedelta(minutes=3), f"14.1.{n}.2") for n in range(20)]  # people elsewhere all count
    assert count(tmp_path, other).articles[ONE].votes == (VOTES_A_DAY, 0, 0, 0, 20)
    changed = [vote(3, BEGIN + timedelta(minutes=9), "14.1.1.2")]  # a person's last vote replaces the earlier one
    assert count(tmp_path, changed).articles[ONE].votes == (VOTES_A_DAY, 0, 1, 0, 19)


def test_a_clock_that_was_ahead_once_does_not_stop_the_figures(tmp_path: Path) -> None:
    wrong = BEGIN + timedelta(days=365)
    count(tmp_path, [request(f"/{ONE}", address=f"113.1.1.{n}") for n in range(10)], BEGIN)
    ahead = count(tmp_path, [request(f"/{ONE}", wrong)], wrong)
    assert ahead.updated == wrong
    total = 10
    for days in (0.01, 1, 30):
        now = BEGIN + timedelta(days=days)
        figures = count(tmp_path, [request(f"/{ONE}", now, f"113.1.1.{n}") for n in range(10)], now, f"log-{days}")
        total += 10
        assert (figures.articles[ONE].views, figures.updated) == (total, now)
        assert figures.days[-1].day == now.date()


def test_a_line_is_never_from_after_now(tmp_path: Path) -> None:
    figures = count(tmp_path, [request(f"/{ONE}", BEGIN + timedelta(hours=20))], BEGIN)
    assert (figures.updated, figures.days[-1].day, figures.days[-1].views) == (BEGIN, BEGIN.date(), 1)


def test_keys_are_destroyed_by_the_clock_even_if_nothing_is_logged_any_more(tmp_path: Path) -> None:
    count(tmp_path, [request(f"/{ONE}"), vote(5)], BEGIN)
    salts = [
        set(count(tmp_path, [], BEGIN + timedelta(days=days)) and Secrets.load(tmp_path / "site/private.json").salts)
        for days in (OPEN_DAYS, OPEN_DAYS + 1, OPEN_DAYS + 4)
    ]
    day, month = BEGIN.date().isoformat(), BEGIN.strftime("%Y-%m")
    assert salts == [{day, month}, {month}, set()]


@pytest.mark.parametrize(
    ("agent", "listens"),
    [
        ("Overcast/3.0 (+http://overcast.fm/; iOS podcast app)", 1),
        ("AppleCoreMedia/1.0.0.17E255 (iPhone; U; CPU OS 13_4 like Mac OS X; vi_vn)", 1),
        ("PodcastAddict/v5 (+https://podcastaddict.com/; Android podcast app)", 1),
        ("okhttp/4.9 (Linux; Android 12) CastBox", 1),
        ("Overcast/1.0 Podcast Sync (12 subscribers; +http://overcast.fm/)", 0),
        ("Mozilla/5.0 (Linux; Android 6.0.1; Nexus 5X) (compatible; Googlebot/2.1)", 0),
        ("curl/8.5.0", 0),
    ],
)
def test_who_listens_in_a_podcast_app_is_a_person(agent: str, listens: int, tmp_path: Path) -> None:
    figures = count(
        tmp_path, [request(f"/{ONE}mot.mp3", agent=agent, status="206", range="bytes=0-"), request(f"/{ONE}")]
    )
    assert figures.articles[ONE].listens == listens


def test_no_address_and_no_user_agent_is_stored(traffic: tuple[Traffic, bytes], tmp_path: Path) -> None:
    generated, log = traffic
    (tmp_path / "log").write_bytes(log)
    run_count(tmp_path / "site", [tmp_path / "log"], generated.truth.articles)
    for file in (tmp_path / "site").iterdir():
        data = file.read_bytes()
        assert b"113." not in data and b"Mozilla" not in data and b"Android" not in data, file
        assert file.name != "lines.json"
    assert (tmp_path / "site/private.json").stat().st_mode & 0o077 == 0


def test_a_folder_that_a_backup_has_opened_to_all_is_closed_again(tmp_path: Path) -> None:
    from plugins.statistics.command import stats_lock

    (tmp_path / "site.stats").mkdir(mode=0o755)
    with stats_lock(tmp_path / "site.stats"):
        assert (tmp_path / "site.stats").stat().st_mode & 0o777 == 0o700
