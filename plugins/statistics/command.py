"""The command `stats`: count what is new in the logs, then write the figures into the site."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import mkstemp
from typing import Any
from zoneinfo import ZoneInfo

from plugins.addresses import Addresses
from plugins.i18n import translate
from plugins.portal import command, last_build
from plugins.portal.stories import StoryRow
from plugins.problems import ContentError, Problem, display_path, print_problems

from . import DEFAULTS, logs, publishing
from .database import CountingRules, StatsDatabase
from .logs import Reading
from .secret_keys import Secrets

TOGETHER = 96 << 20  # bytes counted at once
LINES = "lines-"  # how files of lines begin, where there are none in memory


class AlreadyRunningError(Exception):
    """Another run is at work."""


def stats(named: list[str], config: str = "publishconf.py", now: datetime | None = None, **overrides: Any) -> int:
    """Count the logs `named`, or those of the settings, and publish the figures; the exit status."""
    try:
        settings = command.settings(config, **overrides)
    except ContentError as error:
        print_problems(error.problems)
        return 1
    folder = Path(settings["OUTPUT_PATH"])
    articles, addresses = last_build.published_articles(folder), last_build.published_addresses(folder)
    if not articles or not addresses:
        return _problem(
            display_path(folder), translate("no articles are published here yet; run first: python3 tasks.py build")
        )
    files = find(named or settings.get("STATISTICS_LOGS", DEFAULTS["STATISTICS_LOGS"]))
    if named and (
        missing := [name for name in named if not glob.glob(name, recursive=True) and not os.path.exists(name)]
    ):
        return _problem(missing[0], translate("there is no such log"))
    beside = Path(f"{folder}.stats")
    try:
        with stats_lock(beside):
            return _run(files, settings, folder, beside, articles, addresses, now)
    except AlreadyRunningError:
        print(translate("Figures are being counted already; nothing to do."))
        return 0
    except OSError as error:
        where = display_path(error.filename or beside)
        return _problem(
            where,
            translate(
                "{reason}; free some space or ask whoever looks after this machine", reason=error.strerror or str(error)
            ),
        )


def _run(
    files: list[Path],
    settings: Mapping[str, Any],
    folder: Path,
    beside: Path,
    articles: Mapping[str, StoryRow],
    addresses: Addresses,
    now: datetime | None,
) -> int:
    import duckdb

    now = now or datetime.now(ZoneInfo(settings["TIMEZONE"]))
    database = beside / "figures.duckdb"
    try:
        private = Secrets.read(beside / "private.json")
    except ValueError:
        return _problem(
            display_path(beside / "private.json"), translate("this file is damaged; put it aside and run stats again")
        )
    try:
        zone = ZoneInfo(settings["TIMEZONE"])
        rules = CountingRules(zone, now, (addresses, *addresses.former_layouts(settings)))
        counting = StatsDatabase(database, rules, private, articles)
        try:
            _follow(counting, articles, settings)
            problems = count(counting, files, beside)
            figures = counting.figures(settings.get("STATISTICS_BEFORE", DEFAULTS["STATISTICS_BEFORE"]))
            wanted = dict(publishing.files(figures, articles, addresses, now))
            for feature in command.features(settings):
                wanted |= feature.stats_files(figures, folder)
            written = publishing.sync_files(folder, beside, wanted, counting.written, counting.note_written)
        finally:
            counting.close()
    except duckdb.Error as error:
        reason = str(error).splitlines()[0]
        return _problem(
            display_path(database),
            translate("{reason}; restore the file from a backup, or put it aside to count anew", reason=reason),
        )
    if not files:
        problems.append(
            Problem(
                "STATISTICS_LOGS",
                0,
                translate("there is no log there; name one (stats LOG) or correct this setting"),
                "warning",
            )
        )
    errors = print_problems(problems)
    visits = sum(day.visits for day in figures.days) + figures.before
    print(translate("{visits} visits in all; {written} files of figures written", visits=visits, written=written))
    return 1 if errors else 0


def _follow(counting: StatsDatabase, articles: Mapping[str, StoryRow], settings: Mapping[str, Any]) -> None:
    """Have figures follow articles that stand at other addresses than when they were counted."""
    now, *before = counting.rules.addresses
    layouts = counting.layouts
    if not layouts or layouts[-1].pack() != now.pack():
        last = layouts[-1:]
        counting.move(
            {
                former: url
                for layout in last
                for former, url in last_build.moved_articles(articles, layout, settings).items()
            }
        )
    known = {
        former: url
        for layout in (*layouts, *before)
        for former, url in last_build.moved_articles(articles, layout, settings).items()
    }
    counting.follow({former: url for former, url in known.items() if former not in articles})


def find(names: Iterable[str]) -> list[Path]:
    """The files that names and patterns mean, the one changed longest ago first."""
    found = {
        Path(file) for name in names for file in ([name] if os.path.isfile(name) else glob.glob(name, recursive=True))
    }
    return sorted((file for file in found if file.is_file()), key=lambda file: (file.stat().st_mtime_ns, file))


def count(counting: StatsDatabase, files: Iterable[Path], beside: Path) -> list[Problem]:
    """Count all that is new in the files; what is wrong with some of them."""
    for left in beside.glob(f"{LINES}*"):  # by a run that was killed
        left.unlink()
    private, marks = counting.private, counting.marks
    today = counting.rules.now.date().isoformat()
    problems = []
    for file in files:
        reading = Reading(file)
        try:
            for lines in _ahead(_gathered(reading.blocks(marks), beside)):
                with lines:
                    counting.count(lines.path)
        except OSError as error:
            problems.append(
                Problem(
                    display_path(file), 0, translate("{reason}; let the user of stats read it", reason=error.strerror)
                )
            )
            continue
        if reading.damaged:
            text = translate("it is damaged ({reason}); what comes before is counted", reason=reading.damaged)
            problems.append(Problem(display_path(file), 0, text, "warning"))
        kept = len(private.tails), len(private.heads)
        for tail in [tail for tail in private.tails if logs.goes_on(tail, reading.resumed)]:
            del private.tails[tail]
        private.keep([reading.head] if reading.head else [], [reading.tail] if reading.tail else [], today)
        if kept != (len(private.tails), len(private.heads)) or reading.tail or reading.head:
            private.save()
        if reading.mark and reading.mark not in marks:
            counting.remember(reading.mark)
    _count_cut(counting, beside)
    counting.close_days()
    return problems


class _Lines:
    """Whole lines in a file of memory, or, without one, in a file that only its owner may read; gone when left."""

    def __init__(self, beside: Path) -> None:
        self._in_memory = hasattr(os, "memfd_create")
        file, path = (os.memfd_create("lines"), "") if self._in_memory else mkstemp(dir=beside, prefix=LINES)
        self.path = Path(path or f"/proc/self/fd/{file}")
        self._stream = open(file, "wb")
        self.size = 0

    def add(self, lines: bytes) -> None:
        """Append lines."""
        self._stream.write(lines)
        self._stream.flush()
        self.size += len(lines)

    def __enter__(self) -> _Lines:
        return self

    def __exit__(self, *error: object) -> None:
        self._stream.close()
        if not self._in_memory:
            self.path.unlink(missing_ok=True)


def _gathered(blocks: Iterable[bytes], beside: Path) -> Iterator[_Lines]:
    """Blocks put together, so large that DuckDB reads them on all cores."""
    lines = _Lines(beside)
    for block in blocks:
        lines.add(block)
        if lines.size >= TOGETHER:
            yield lines
            lines = _Lines(beside)
    if lines.size:
        yield lines


def _ahead(blocks: Iterator[_Lines]) -> Iterator[_Lines]:
    """The same, each read while the one before is counted."""
    with ThreadPoolExecutor(1) as reader:
        coming = reader.submit(next, blocks, None)
        while (lines := coming.result()) is not None:
            coming = reader.submit(next, blocks, None)
            yield lines


def _count_cut(counting: StatsDatabase, beside: Path) -> None:
    """Count lines whose halves have come together."""
    private = counting.private
    found = list(logs.joined(private.tails, private.heads))
    if found:
        with _Lines(beside) as lines:
            lines.add(logs.whole_lines(b"".join(line + b"\n" for line, _, _ in found)))
            counting.count(lines.path)
        for _, tail, head in found:
            private.tails.pop(tail, None)
            private.heads.pop(head, None)
        private.save()


@contextmanager
def stats_lock(folder: Path) -> Iterator[None]:
    """Hold the lock of a folder of figures, closed to everybody else. Raises Busy where another run has it."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (folder / "lock").open("w") as lock:
        try:
            import fcntl
        except ImportError:  # Windows: editors there try it out on their own machine
            yield
            return
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AlreadyRunningError from None
        yield


def _problem(where: str, text: str) -> int:
    print_problems([Problem(where, 0, text)])
    return 1
