"""Work spread over the machine's cores, or over a cluster: a pool of processes and a progress bar.

`run(function, items, label)` calls a module-level function once an item, in any order, and yields
`(item, result)`; an exception is a result too, so that one bad item costs only itself. Its module, and what the
items are, must be importable and picklable: the work is done in other processes, and with `scheduler` on other
machines (cluster.py).
"""

from __future__ import annotations

import multiprocessing
import os
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import TypeVar

from tqdm import tqdm

from plugins.i18n import translate

from . import cluster
from .workers import ItemTimeoutError, Limits, WorkerLostError, WorkerPool, end_with_parent

__all__ = ["ItemTimeoutError", "Limits", "WorkerLostError", "unwrap", "run_forked", "run"]

Item = TypeVar("Item")
Result = TypeVar("Result")
tqdm.set_lock(threading.RLock())  # its own is shared with forked copies, and one that is killed would keep it
FEW = 2  # so few items are done here: a pool costs more than it saves
MANY = 32  # so many items of a millisecond make a forked process worth its start
BATCH = 64
_work: tuple | None = None  # what the forked copies are to do; set before they are made


def run(
    function: Callable[[Item], Result],
    items: Sequence[Item],
    label: str,
    jobs: int | None = None,
    *,
    limits: Limits | None = None,
    scheduler: str | None = None,
    prepare: Callable[[], object] | None = None,
) -> Iterator[tuple[Item, Result | Exception]]:
    """Call `function` for every item on `jobs` processes (all cores by default).

    limits: what one item may take; a worker that takes more is killed, and ItemTimeoutError or MemoryError is the
    item's result. WorkerLostError is that of an item over which its worker has died, twice. prepare: called in each
    worker before its first item, outside the item's time; what it raises is raised here, but OSError and MemoryError
    are the result of each item. scheduler: the address of a Dask cluster (tcp://…) to do it on; what it does not do
    is done here.
    """
    jobs = min(jobs or os.cpu_count() or 1, len(items))
    if scheduler and items:
        results = _on_cluster(scheduler, function, items, jobs, limits or Limits(), prepare)
    elif not limits and not prepare and (jobs < 2 or len(items) <= FEW):
        results = _here(function, items)
    else:
        results = _pool(function, items, jobs, limits or Limits(), prepare)
    # a bar only where a person watches, and only for what takes over a second
    yield from tqdm(results, label, len(items), disable=not sys.stderr.isatty(), delay=1, leave=False, unit="")


def unwrap(result: Result | Exception) -> Result:
    """A result, or the exception that stands in its place, raised."""
    if isinstance(result, Exception):
        raise result
    return result


def run_forked(
    function: Callable[[Item], Result], items: Sequence[Item], label: str, jobs: int | None = None
) -> Iterator[tuple[Item, Result | Exception]]:
    """As `run`, but in forked copies of this process: `function` may be a closure over anything it holds.

    In batches, because most items take about a millisecond. Where a process cannot be forked (Windows),
    or there is too little to do, everything is done here.
    """
    jobs = min(jobs or os.cpu_count() or 1, len(items) // MANY)
    results = _forked(function, items, jobs) if jobs > 1 and hasattr(os, "fork") else _here(function, items)
    yield from tqdm(
        results, label, len(items), disable=not (label and sys.stderr.isatty()), delay=1, leave=False, unit=""
    )


def _forked(
    function: Callable[[Item], Result], items: Sequence[Item], jobs: int
) -> Iterator[tuple[Item, Result | Exception]]:
    global _work
    _work = function, items
    context = multiprocessing.get_context("fork")
    batches = [range(start, min(start + BATCH, len(items))) for start in range(0, len(items), BATCH)]
    with ProcessPoolExecutor(jobs, context, end_with_parent) as pool:
        for batch, results in zip(batches, pool.map(_batch, batches), strict=True):
            yield from zip((items[i] for i in batch), results, strict=True)
    _work = None


def _batch(indices: range) -> list:
    function, items = _work
    return [result for _, result in _here(function, [items[i] for i in indices])]


def _here(function: Callable[[Item], Result], items: Sequence[Item]) -> Iterator[tuple[Item, Result | Exception]]:
    for item in items:
        try:
            yield item, function(item)
        except Exception as error:
            error.passed = traceback_locations(error)  # type: ignore[attr-defined]  # a traceback does not leave its process
            yield item, error


def traceback_locations(error: BaseException) -> list[tuple[str, int]]:
    """The modules and templates that an exception has come through, with the line; where it was raised stands last."""
    found, traceback = [], error.__traceback__
    while traceback:
        found.append((traceback.tb_frame.f_globals.get("__name__", ""), traceback.tb_lineno))
        traceback = traceback.tb_next
    return [*found, *getattr(error, "passed", ())]


def _pool(
    function: Callable[[Item], Result], items: Sequence[Item], jobs: int, limits: Limits, prepare: Callable | None
) -> Iterator[tuple[Item, Result | Exception]]:
    pool = WorkerPool(jobs, limits, prepare)
    try:
        for index, result in pool.work(function, items):
            yield items[index], result
    finally:
        pool.close()


def _on_cluster(
    address: str,
    function: Callable[[Item], Result],
    items: Sequence[Item],
    jobs: int,
    limits: Limits,
    prepare: Callable | None,
) -> Iterator[tuple[Item, Result | Exception]]:
    left = dict.fromkeys(range(len(items)))
    reason = ""
    try:
        for index, result in cluster.run_on_cluster(address, function, items, limits, prepare):
            del left[index]
            yield items[index], result
    except OSError as error:
        reason = f" ({error})"
    if left:
        text = translate(
            "The cluster {address} has not done everything{reason}; the rest is done on this machine",
            address=address,
            reason=reason,
        )
        print(" ".join(text.split()), file=sys.stderr, flush=True)
        yield from _pool(function, [items[index] for index in left], jobs, limits, prepare)
