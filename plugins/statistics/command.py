"""The command `stats`: counts what is new in the logs, then writes the counts into the site."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import mkstemp
from typing import Any, Self
from zoneinfo import ZoneInfo

from plugins.addresses import Addresses
from plugins.i18n import translate
from plugins.monitoring import journal
from plugins.portal import last_build, loading
from plugins.portal.stories import StoryRow
from plugins.problems import ContentError, Problem, display_path, print_problems
from plugins.problems.files import why_unwritable

from . import publishing
from .database import CountingRules, StatsDatabase
from .logs import LogReader, is_continued, join_fragments, whole_lines
from .rules import DEFAULTS
from .secret_keys import Secrets

BATCH_SIZE = 96 << 20  # bytes counted at once, so many that DuckDB uses all cores
BATCH_PREFIX = "lines-"  # of the names of batch files, on systems without files in memory


class AlreadyRunningError(Exception):
    """Another run is at work."""


@dataclass(frozen=True)
class _Site:
    """The published site that counts are written into.

    Args:
        output: Its folder.
        stats_folder: The folder of the database beside it.
        articles: The published articles by address.
        addresses: Those of the last build.
    """

    output: Path
    stats_folder: Path
    articles: Mapping[str, StoryRow]
    addresses: Addresses


def stats(
    log_names: list[str], config: str = "publishconf.py", now: datetime | None = None, **overrides: object
) -> int:
    """Count what is new in the logs, and publish the counts.

    Args:
        log_names: Files or patterns; without any, those of STATISTICS_LOGS.
        config: The settings file.
        now: The time of this run, for tests.
        overrides: Settings that replace those of the file.

    Returns:
        The exit status.
    """
    try:
        settings = loading.settings(config, **overrides)
    except ContentError as error:
        print_problems(error.problems)
        return 1
    output = Path(settings["OUTPUT_PATH"])
    articles, addresses = last_build.published_articles(output), last_build.published_addresses(output)
    if not articles or not addresses:
        text = translate("no articles are published here yet; run first: python3 tasks.py build")
        return _fail(display_path(output), text)
    files = find_logs(log_names or settings.get("STATISTICS_LOGS", DEFAULTS["STATISTICS_LOGS"]))
    missing = [name for name in log_names if not glob.glob(name, recursive=True) and not os.path.exists(name)]
    if missing:
        return _fail(missing[0], translate("there is no such log"))
    site = _Site(output, Path(f"{output}.stats"), articles, addresses)
    try:
        with stats_lock(site.stats_folder):
            now = now or datetime.now(ZoneInfo(settings["TIMEZONE"]))
            status = _run(files, settings, site, now)
            reason = translate("see the journal of portal-stats.service") if status else ""
            journal.record(output, "stats", now, reason)
            return status
    except AlreadyRunningError:
        print(translate("Figures are being counted already; nothing to do."))
        return 0
    except OSError as error:
        return _fail(display_path(error.filename or site.stats_folder), why_unwritable(error))


def _run(files: list[Path], settings: dict[str, Any], site: _Site, now: datetime) -> int:
    import duckdb

    secrets_file, database_file = site.stats_folder / "private.json", site.stats_folder / "figures.duckdb"
    try:
        secrets = Secrets.load(secrets_file)
    except ValueError:
        return _fail(display_path(secrets_file), translate("this file is damaged; put it aside and run stats again"))
    rules = CountingRules(
        ZoneInfo(settings["TIMEZONE"]), now, (site.addresses, *site.addresses.former_layouts(settings))
    )
    try:
        database = StatsDatabase(database_file, rules, secrets, site.articles)
        try:
            _follow_moved_articles(database, site.articles, settings)
            problems = [_clock_problem()] if database.forget_future() else []
            problems += count_logs(database, files, site.stats_folder)
            counted = database.read_stats(settings.get("STATISTICS_BEFORE", DEFAULTS["STATISTICS_BEFORE"]))
            wanted = dict(publishing.stats_files(counted, site.articles, site.addresses, now))
            for feature in loading.features(settings):
                wanted |= feature.stats_files(counted, site.output)
            written = publishing.sync_files(site.output, wanted, database.written, database.record_written)
        finally:
            database.close()
    except duckdb.Error as error:
        reason = str(error).splitlines()[0]
        text = translate("{reason}; restore the file from a backup, or put it aside to count anew", reason=reason)
        return _fail(display_path(database_file), text)
    if not files:
        text = translate("there is no log there; name one (stats LOG) or correct this setting")
        problems.append(Problem("STATISTICS_LOGS", 0, text, "warning"))
    errors = print_problems(problems)
    visits = sum(day.visits for day in counted.days) + counted.former_visits
    print(translate("{visits} visits in all; {written} files of figures written", visits=visits, written=written))
    return 1 if errors else 0


def _clock_problem() -> Problem:
    text = translate("this machine's clock was ahead once; what came after now is removed, and counting goes on")
    return Problem("stats", 0, text, "warning")


def _follow_moved_articles(
    database: StatsDatabase, articles: Mapping[str, StoryRow], settings: Mapping[str, Any]
) -> None:
    """Move counts to the new addresses of articles, and count log lines of former addresses for them."""
    current, *former = database.rules.addresses
    layouts = database.layouts
    if not layouts or layouts[-1].pack() != current.pack():
        moved = last_build.moved_articles(articles, layouts[-1], settings) if layouts else {}
        database.move_articles(moved)
    known = {
        old: new
        for layout in (*layouts, *former)
        for old, new in last_build.moved_articles(articles, layout, settings).items()
    }
    database.add_former_addresses({old: new for old, new in known.items() if old not in articles})


def find_logs(names: Iterable[str]) -> list[Path]:
    """Return the files that names and glob patterns match, the least recently changed first."""
    found = {
        Path(file) for name in names for file in ([name] if os.path.isfile(name) else glob.glob(name, recursive=True))
    }
    return sorted((file for file in found if file.is_file()), key=lambda file: (file.stat().st_mtime_ns, file))


def count_logs(database: StatsDatabase, files: Iterable[Path], stats_folder: Path) -> list[Problem]:
    """Count what is new in log files; return a problem for each file that could not be read whole.

    Args:
        database: The open database.
        files: Logs, plain or gzip.
        stats_folder: Where files of lines are put on systems without files in memory.
    """
    for leftover in stats_folder.glob(f"{BATCH_PREFIX}*"):  # of a run that was killed
        leftover.unlink()
    checkpoints = database.checkpoints
    problems = []
    for file in files:
        reader = LogReader(file)
        try:
            for batch in _prefetch(_batches(reader.blocks(checkpoints), stats_folder)):
                with batch:
                    database.count_lines(batch.path)
        except OSError as error:
            text = translate("{reason}; let the user of stats read it", reason=error.strerror)
            problems.append(Problem(display_path(file), 0, text))
            continue
        if reader.damaged:
            text = translate("it is damaged ({reason}); what comes before is counted", reason=reader.damaged)
            problems.append(Problem(display_path(file), 0, text, "warning"))
        if reader.is_foreign:
            text = translate("none of its lines is of the portal's format; see log_format in deploy/nginx/portal.conf")
            problems.append(Problem(display_path(file), 0, text, "warning"))
        _save_fragments(database, reader)
        if reader.checkpoint and reader.checkpoint not in checkpoints:
            database.save_checkpoint(reader.checkpoint)
    _count_joined_fragments(database, stats_folder)
    database.close_days()
    return problems


def _save_fragments(database: StatsDatabase, reader: LogReader) -> None:
    """Save the fragments found in a file, and drop tails that have become whole lines."""
    secrets, today = database.secrets, database.rules.now.date().isoformat()
    counts = len(secrets.tails), len(secrets.heads)
    for tail in [tail for tail in secrets.tails if is_continued(tail, reader.first_bytes)]:
        del secrets.tails[tail]
    secrets.add_fragments([reader.head] if reader.head else [], [reader.tail] if reader.tail else [], today)
    if counts != (len(secrets.tails), len(secrets.heads)) or reader.tail or reader.head:
        secrets.save()


def _count_joined_fragments(database: StatsDatabase, stats_folder: Path) -> None:
    secrets = database.secrets
    joined = list(join_fragments(secrets.tails, secrets.heads))
    if joined:
        with _Batch(stats_folder) as batch:
            batch.add(whole_lines(b"".join(line + b"\n" for line, _, _ in joined)))
            database.count_lines(batch.path)
        for _, tail, head in joined:
            secrets.tails.pop(tail, None)
            secrets.heads.pop(head, None)
        secrets.save()


class _Batch:
    """Whole lines in a file that DuckDB can read, deleted when the context is left.

    The file is in memory, or, on systems that cannot do that, readable by its owner only.
    """

    def __init__(self, stats_folder: Path) -> None:
        self._in_memory = hasattr(os, "memfd_create")
        file, path = (
            (os.memfd_create("lines"), "") if self._in_memory else mkstemp(dir=stats_folder, prefix=BATCH_PREFIX)
        )
        self.path = Path(path or f"/proc/self/fd/{file}")
        self._stream = open(file, "wb")
        self.size = 0

    def add(self, lines: bytes) -> None:
        """Append lines."""
        self._stream.write(lines)
        self._stream.flush()
        self.size += len(lines)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._stream.close()
        if not self._in_memory:
            self.path.unlink(missing_ok=True)


def _batches(blocks: Iterable[bytes], stats_folder: Path) -> Iterator[_Batch]:
    """Collect blocks of lines into batches of about BATCH_SIZE bytes."""
    batch = _Batch(stats_folder)
    for block in blocks:
        batch.add(block)
        if batch.size >= BATCH_SIZE:
            yield batch
            batch = _Batch(stats_folder)
    if batch.size:
        yield batch


def _prefetch(batches: Iterator[_Batch]) -> Iterator[_Batch]:
    """Read the next batch in a thread while the caller counts the current one."""
    with ThreadPoolExecutor(1) as reader:
        coming = reader.submit(next, batches, None)
        while (batch := coming.result()) is not None:
            coming = reader.submit(next, batches, None)
            yield batch


@contextmanager
def stats_lock(folder: Path) -> Iterator[None]:
    """Hold the lock of a stats folder, which is created for its owner only.

    Raises AlreadyRunningError if another run holds it. Does not lock on Windows.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if folder.stat().st_mode & 0o077:
        folder.chmod(0o700)  # restored from a backup, for instance
    with (folder / "lock").open("w") as lock:
        try:
            import fcntl
        except ImportError:  # Windows, where editors only try it out on their own machine
            yield
            return
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AlreadyRunningError from None
        yield


def _fail(where: str, text: str) -> int:
    print_problems([Problem(where, 0, text)])
    return 1
