"""Work spread over the machine's cores: a local pool of processes and a progress bar.

`run(function, items)` calls a module-level function once an item, in any order, and yields
`(item, result)`; an exception is a result too, so that one bad item costs only itself.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from typing import TypeVar

from tqdm import tqdm

Item = TypeVar("Item")
Result = TypeVar("Result")
tqdm.set_lock(threading.RLock())  # its own is shared with forked copies, and one that is killed would keep it
FEW = 2  # so few items are done here: a pool costs more than it saves
MANY = 32  # so many items of a millisecond make a forked process worth its start
BATCH = 64
_work: tuple | None = None  # what the forked copies are to do; set before they are made


def run(
    function: Callable[[Item], Result], items: Sequence[Item], label: str, jobs: int | None = None
) -> Iterator[tuple[Item, Result | Exception]]:
    """Call `function` for every item on `jobs` processes (all cores by default)."""
    jobs = min(jobs or os.cpu_count() or 1, len(items))
    results = _here(function, items) if jobs < 2 or len(items) <= FEW else _pool(function, items, jobs)
    # a bar only where a person watches, and only for what takes over a second
    yield from tqdm(results, label, len(items), disable=not sys.stderr.isatty(), delay=1, leave=False, unit="")


def checked(result: Result | Exception) -> Result:
    """A result, or the exception that stands in its place, raised."""
    if isinstance(result, Exception):
        raise result
    return result


def fork(
    function: Callable[[Item], Result], items: Sequence[Item], label: str, jobs: int | None = None
) -> Iterator[tuple[Item, Result | Exception]]:
    """As `run`, but in forked copies of this process: `function` may be a closure over anything it holds.

    In batches, because most items take about a millisecond. Where a process cannot be forked (Windows),
    or there is too little to do, everything is done here.
    """
    jobs = min(jobs or os.cpu_count() or 1, len(items) // MANY)
    results = _forked(function, items, jobs) if jobs > 1 and hasattr(os, "fork") else _here(function, items)
    yield from tqdm(results, label, len(items), disable=not (label and sys.stderr.isatty()), delay=1, leave=False, unit="")


def _forked(
    function: Callable[[Item], Result], items: Sequence[Item], jobs: int
) -> Iterator[tuple[Item, Result | Exception]]:
    global _work
    _work = function, items
    context = multiprocessing.get_context("fork")
    batches = [range(start, min(start + BATCH, len(items))) for start in range(0, len(items), BATCH)]
    with ProcessPoolExecutor(jobs, context, _end_with_parent) as pool:
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
            yield item, error


def _end_with_parent() -> None:
    """Have this worker end when the build is killed; else it would wait for work for ever, holding the build's lock."""

    def watch() -> None:
        parent = multiprocessing.parent_process()
        if parent:
            parent.join()
            os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def _pool(
    function: Callable[[Item], Result], items: Sequence[Item], jobs: int
) -> Iterator[tuple[Item, Result | Exception]]:
    method = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
    with ProcessPoolExecutor(jobs, multiprocessing.get_context(method), _end_with_parent) as pool:
        running = {pool.submit(function, item): item for item in items}
        while running:
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            for future in done:
                error = future.exception()
                yield running.pop(future), error if isinstance(error, Exception) else future.result()
