"""Spreads work over the machine's cores or over a cluster, with a progress bar.

`run(function, items, label)` calls a module-level function for each item, in any order, and yields `(item, result)`. An
exception is a result too, so that one bad item costs only itself. The work is done in other processes, and with
`scheduler` on other machines (cluster.py): the function must be importable there, items and results picklable.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any, Protocol, TypeVar

from plugins.i18n import translate

from . import cluster
from .workers import ItemTimeoutError, Limits, Prepare, WorkerLostError, WorkerPool, start_forked_worker

__all__ = ["ItemTimeoutError", "Items", "Limits", "WorkerLostError", "run", "run_forked", "unwrap"]

Item = TypeVar("Item")
Item_co = TypeVar("Item_co", covariant=True)
Result = TypeVar("Result")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # NumPy starts no threads, as a process that forks must have none
MAX_IN_PROCESS = 2  # items; a pool for so few costs more than it saves
MIN_PER_FORK = 32  # items of a millisecond that make it worth to fork a process
FORK_BATCH = 64
PROGRESS_LINES = "PORTAL_PROGRESS"  # an environment variable: progress is printed as lines


class Items(Protocol[Item_co]):
    """What can be worked on: anything with a length and an index. Each item is fetched when it is needed."""

    def __len__(self) -> int: ...

    def __getitem__(self, index: int, /) -> Item_co: ...


def run(
    function: Callable[[Item], Result],
    items: Items[Item],
    label: str,
    jobs: int | None = None,
    *,
    limits: Limits | None = None,
    scheduler: str | None = None,
    prepare: Prepare = None,
) -> Iterator[tuple[Item, Result | Exception]]:
    """Call `function` for every item in a pool of processes, and yield each item with its result.

    The result of an item that exceeds the limits is ItemTimeoutError or MemoryError; that of an item whose worker died
    twice is WorkerLostError.

    Args:
        function: A module-level function.
        items: What to call it with.
        label: What the progress bar shows.
        jobs: The number of processes, by default one for each core.
        limits: What one item may take. A worker that takes more is killed.
        scheduler: The address of a Dask cluster (tcp://…) to use; what it does not do is done here.
        prepare: Called in each worker before its first item, outside the item's time. What it raises is raised here,
            except OSError and MemoryError, which become the result of each item.
    """
    jobs = min(jobs or os.cpu_count() or 1, len(items))
    if scheduler and len(items):
        results = _run_on_cluster(scheduler, function, items, jobs, limits or Limits(), prepare)
    elif not limits and not prepare and (jobs < 2 or len(items) <= MAX_IN_PROCESS):
        results = _run_in_process(function, items)
    else:
        results = _run_in_pool(function, items, jobs, limits or Limits(), prepare)
    return _with_progress(results, label, len(items))


def unwrap(result: Result | Exception) -> Result:
    """Return a result, or raise the exception that stands for it."""
    if isinstance(result, Exception):
        raise result
    return result


def run_forked(
    function: Callable[[Item], Result], items: Items[Item], label: str, jobs: int | None = None
) -> Iterator[tuple[Item, Result | Exception]]:
    """As `run`, but in forked copies of this process and in the order of the items.

    `function` may be a closure over anything that this process holds. Items are sent in batches, because most take
    about a millisecond. Where a process cannot be forked (Windows), or there is too little to do, the work is done in
    this process. Without a label there is no progress bar.
    """
    jobs = min(jobs or os.cpu_count() or 1, len(items) // MIN_PER_FORK)
    can_fork = jobs > 1 and hasattr(os, "fork")
    results = _run_in_forks(function, items, jobs) if can_fork else _run_in_process(function, items)
    return _with_progress(results, label, len(items))


def _with_progress(
    results: Iterator[tuple[Item, Result | Exception]], label: str, total: int
) -> Iterator[tuple[Item, Result | Exception]]:
    """Show a progress bar where a person watches, for what takes over a second; lines for a program that wants them."""
    if label and os.environ.get(PROGRESS_LINES):
        return _with_lines(results, label, total)
    if not (label and sys.stderr.isatty()):
        return results
    from tqdm import tqdm

    tqdm.monitor_interval = 0  # no thread: this process will be forked
    tqdm.set_lock(threading.RLock())  # its own is shared with forked processes; one that is killed would keep it
    return iter(tqdm(results, label, total, delay=1, leave=False, unit=""))


def _with_lines(
    results: Iterator[tuple[Item, Result | Exception]], label: str, total: int
) -> Iterator[tuple[Item, Result | Exception]]:
    """Print how far it is, about once a second."""
    printed = time.monotonic()
    for done, result in enumerate(results, 1):
        yield result
        if time.monotonic() - printed > 1:
            printed = time.monotonic()
            print(f"{label}: {done}/{total}", file=sys.stderr, flush=True)


# --- in this process ---


def _run_in_process(
    function: Callable[[Item], Result], items: Items[Item]
) -> Iterator[tuple[Item, Result | Exception]]:
    for index in range(len(items)):
        item = items[index]
        result: Result | Exception
        try:
            result = function(item)
        except Exception as error:
            error.__dict__["locations"] = traceback_locations(error)  # a traceback is not pickled
            result = error
        yield item, result


def traceback_locations(error: BaseException) -> list[tuple[str, int]]:
    """The modules and templates that an exception has come through, each with its line; the last one raised it.

    This also works for an exception that was raised in another process.
    """
    locations, traceback = [], error.__traceback__
    while traceback:
        locations.append((traceback.tb_frame.f_globals.get("__name__", ""), traceback.tb_lineno))
        traceback = traceback.tb_next
    return [*locations, *getattr(error, "locations", ())]


# --- in forked processes ---

_forked_work: tuple[Callable[[Any], Any], Items[Any]] | None = None  # set before forking, for the forked processes


def _run_in_forks(
    function: Callable[[Item], Result], items: Items[Item], jobs: int
) -> Iterator[tuple[Item, Result | Exception]]:
    """Work with forked workers; no thread is ever started here, which a fork would leave in an unknown state."""
    global _forked_work
    _forked_work = function, items
    batches = [range(start, min(start + FORK_BATCH, len(items))) for start in range(0, len(items), FORK_BATCH)]
    pool = WorkerPool(jobs, Limits(), start=start_forked_worker)
    done: dict[int, list[Any]] = {}  # batches that others before them are waited for
    try:
        following = 0
        for number, result in pool.work(_run_batch, batches):
            done[number] = [result] * len(batches[number]) if isinstance(result, Exception) else result
            while following in done:
                yield from zip((items[index] for index in batches[following]), done.pop(following), strict=True)
                following += 1
    finally:
        pool.close()
        _forked_work = None


def _run_batch(indices: range) -> list[Any]:
    assert _forked_work is not None
    function, items = _forked_work
    return [result for _, result in _run_in_process(function, [items[index] for index in indices])]


# --- in worker processes and on a cluster ---


def _run_in_pool(
    function: Callable[[Item], Result], items: Items[Item], jobs: int, limits: Limits, prepare: Prepare
) -> Iterator[tuple[Item, Result | Exception]]:
    pool = WorkerPool(jobs, limits, prepare)
    try:
        for index, result in pool.work(function, items):
            yield items[index], result
    finally:
        pool.close()


def _run_on_cluster(
    address: str,
    function: Callable[[Item], Result],
    items: Items[Item],
    jobs: int,
    limits: Limits,
    prepare: Prepare,
) -> Iterator[tuple[Item, Result | Exception]]:
    remaining = set(range(len(items)))
    reason = ""
    try:
        for index, result in cluster.run_on_cluster(address, function, items, limits, prepare):
            remaining.remove(index)
            yield items[index], result
    except OSError as error:
        reason = f" ({error})"
    if remaining:
        text = translate(
            "The cluster {address} has not done everything{reason}; the rest is done on this machine",
            address=address,
            reason=reason,
        )
        print(" ".join(text.split()), file=sys.stderr, flush=True)
        yield from _run_in_pool(function, [items[index] for index in sorted(remaining)], jobs, limits, prepare)
