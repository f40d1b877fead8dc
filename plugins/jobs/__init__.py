"""Work spread over the machine's cores: a local pool of processes and a progress bar.

`run(function, items)` calls a module-level function once an item, in any order, and yields
`(item, result)`; an exception is a result too, so that one bad item costs only itself.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from typing import TypeVar

from tqdm import tqdm

Item = TypeVar("Item")
Result = TypeVar("Result")
FEW = 2  # so few items are done here: a pool costs more than it saves


def run(
    function: Callable[[Item], Result], items: Sequence[Item], label: str, jobs: int | None = None
) -> Iterator[tuple[Item, Result | Exception]]:
    """Call `function` for every item on `jobs` processes (all cores by default)."""
    jobs = min(jobs or os.cpu_count() or 1, len(items))
    results = _here(function, items) if jobs < 2 or len(items) <= FEW else _pool(function, items, jobs)
    # a bar only where a person watches, and only for what takes over a second
    yield from tqdm(results, label, len(items), disable=not sys.stderr.isatty(), delay=1, leave=False, unit="")


def _here(function: Callable[[Item], Result], items: Sequence[Item]) -> Iterator[tuple[Item, Result | Exception]]:
    for item in items:
        try:
            yield item, function(item)
        except Exception as error:
            yield item, error


def _pool(
    function: Callable[[Item], Result], items: Sequence[Item], jobs: int
) -> Iterator[tuple[Item, Result | Exception]]:
    method = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
    with ProcessPoolExecutor(jobs, multiprocessing.get_context(method)) as pool:
        running = {pool.submit(function, item): item for item in items}
        while running:
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            for future in done:
                error = future.exception()
                yield running.pop(future), error if isinstance(error, Exception) else future.result()
