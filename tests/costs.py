"""A pytest plugin that measures CPU time: a test that takes more than LIMIT fails, and --costs prints tables.

CPU time is the same on a busy machine as on a quiet one, apart from the effect of shared caches. It is the user and
system time of the test's process and of the processes it has started, as soon as these have ended. On Linux that
includes processes whose parent did not wait for them, such as the workers of a build: they become children of the
process that runs the tests (prctl(2), PR_SET_CHILD_SUBREAPER), which collects them after each test.

The tables also name the tests that wait longest. One that waits for minutes may pass only by patience, for something
that was asked at once and came by chance.
"""

from __future__ import annotations

import ctypes
import os
import resource
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path, PurePosixPath

import pytest

LIMIT = 20.0  # CPU seconds that one test may take, without the fixtures it shares with others
AUDIT = Path(__file__).with_name("audit")  # the long forms, which have no limit
LISTED = 20  # how many files, fixtures and tests the tables list

PR_SET_CHILD_SUBREAPER = 36
TICK = os.sysconf("SC_CLK_TCK")

_phase_seconds = pytest.StashKey[float]()
_fixture_seconds = pytest.StashKey[dict[str, float]]()


def cpu_seconds() -> float:
    """Return the CPU seconds of this process so far, with those of all processes below it that have ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in used) + sum(map(_child_seconds, _children()))


def _children() -> list[str]:
    """Return the process ids of the children that nobody has waited for yet."""
    pids: list[str] = []
    for task in Path("/proc/self/task").glob("*/children"):
        with suppress(OSError):
            pids += task.read_text().split()
    return pids


def _child_seconds(pid: str) -> float:
    with suppress(OSError):
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        return sum(map(int, fields[11:15])) / TICK  # utime, stime, and those of its own children
    return 0.0


def _collect_ended_processes() -> None:
    """Wait for the children that have ended: the code that started them either has done so or never will."""
    with suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add --costs."""
    parser.addoption("--costs", action="store_true", help="print the CPU seconds of folders, files, fixtures, tests")


def pytest_configure(config: pytest.Config) -> None:
    """Adopt abandoned processes where tests run, and sum up the figures where they are printed."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    if config.getoption("costs") and not hasattr(config, "workerinput"):
        config.pluginmanager.register(Costs(), "portal-costs")


# --- measuring ---


def _measured(item: pytest.Item) -> Iterator[None]:
    start = cpu_seconds()
    try:
        return (yield)
    finally:
        item.stash[_phase_seconds] = cpu_seconds() - start


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item: pytest.Item) -> Iterator[None]:
    """Measure the set-up of a test."""
    item.stash[_fixture_seconds] = {}
    return (yield from _measured(item))


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(fixturedef: pytest.FixtureDef[object], request: pytest.FixtureRequest) -> Iterator[object]:
    """Measure a fixture without those it depends on."""
    start = cpu_seconds() if fixturedef.scope != "function" else 0.0
    result = yield
    if fixturedef.scope != "function":
        seconds: dict[str, float] = request.node.session.stash.setdefault(_fixture_seconds, {})
        seconds[f"{fixturedef.baseid or 'pytest'}::{fixturedef.argname}"] = cpu_seconds() - start
    return result


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """Measure a test, and fail it beyond the limit."""
    yield from _measured(item)
    seconds = item.stash[_phase_seconds]
    if seconds > LIMIT and AUDIT not in item.path.parents:
        pytest.fail(
            f"This test took {seconds:.1f} s of CPU time; one test may take {LIMIT:.0f} s. Let it prove the same "
            "with less, or move its long form to tests/audit (docs/tests.md).",
            pytrace=False,
        )


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Iterator[None]:
    """Measure what follows a test."""
    try:
        return (yield from _measured(item))
    finally:
        _collect_ended_processes()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[pytest.TestReport]:
    """Add the figures to the report, which takes them to the process that prints them."""
    report = yield
    report.cpu_seconds = item.stash.get(_phase_seconds, 0.0)
    fixtures = item.session.stash.setdefault(_fixture_seconds, {})
    report.fixture_seconds = dict(fixtures)
    fixtures.clear()
    return report


# --- reporting ---


class Costs:
    """Sums up the figures of all workers and prints them as tables."""

    def __init__(self) -> None:
        self.folders: dict[str, Counter[str]] = defaultdict(Counter)
        self.files: dict[str, Counter[str]] = defaultdict(Counter)
        self.fixtures: Counter[str] = Counter()
        self.tests: Counter[str] = Counter()
        self.waits: Counter[str] = Counter()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Add one phase of one test."""
        path = PurePosixPath(report.nodeid.partition("::")[0])
        for row in (self.folders[str(path.parent)], self.files[str(path)]):
            row[report.when] += report.cpu_seconds
            row["seconds"] += report.cpu_seconds
            row["tests"] += report.when == "call"
        self.fixtures.update(report.fixture_seconds)
        if report.when == "call":
            self.tests[report.nodeid] = report.cpu_seconds
            self.waits[report.nodeid] = report.duration - report.cpu_seconds

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Print the tables."""
        write = terminalreporter.write_line
        terminalreporter.section("CPU seconds")
        for title, rows, count in (("folder", self.folders, None), ("dearest files", self.files, LISTED)):
            write(f"{title:52} tests   total  set-up    test   after")
            for name, row in sorted(rows.items(), key=lambda entry: -entry[1]["seconds"])[:count]:
                phases = "".join(f"{row[phase]:8.1f}" for phase in ("seconds", "setup", "call", "teardown"))
                write(f"{name:52} {row['tests']:5}{phases}")
            if count is None:
                total = sum(row["seconds"] for row in rows.values())
                write(f"{'all folders':52} {sum(row['tests'] for row in rows.values()):5}{total:8.1f}")
        for title, figures in (
            ("dearest shared fixtures", self.fixtures),
            ("dearest tests", self.tests),
            ("tests that wait longest, in seconds of the clock (Chromium's work counts as waiting)", self.waits),
        ):
            write(title)
            for name, seconds in figures.most_common(LISTED):
                write(f"{seconds:8.1f}  {name}")
