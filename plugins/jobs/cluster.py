"""Spreads work over many machines with a Dask cluster (https://distributed.dask.org/).

Every machine sees the project and its `.cache` under the same path, and has the same `.venv`; so the results are those
of the local pool. Items that the cluster gives no answer for are left to the caller, who does them on this machine.
"""

from __future__ import annotations

import logging
import pickle
import threading
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from .workers import ROOT, Limits, Prepare, WorkerPool, start_detached_worker

if TYPE_CHECKING:
    from . import Items

MAX_BATCH = 32  # items that travel together
BATCHES_PER_THREAD = 4  # at least, so that all threads of the cluster end at about the same time
ANSWER = 10  # seconds to wait for the scheduler
PATIENCE = 30  # seconds to wait for a worker when all are gone
_thread = threading.local()


def run_on_cluster(
    address: str,
    function: Callable[[Any], Any],
    items: Items[Any],
    limits: Limits,
    prepare: Prepare,
) -> Iterator[tuple[int, Any]]:
    """Yield index and result of every item that the cluster has done.

    Raises OSError where the cluster cannot be reached. Ends early where it is lost on the way.
    """
    from distributed import CancelledError

    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # the caller reports what is lost
    try:
        batches = _Batches(address)
    except ValueError as error:  # not an address
        raise OSError(str(error)) from None
    try:
        batches.submit(function, items, limits, prepare)
        yield from batches.results()
    except (OSError, CancelledError):  # the scheduler is gone
        return
    finally:
        batches.close()


class _Batches:
    """Batches of items that a cluster works on."""

    def __init__(self, address: str) -> None:
        from distributed import Client

        self.client: Any = Client(address, timeout=ANSWER)  # type: ignore[no-untyped-call]  # distributed has no types
        self.running: dict[Any, range] = {}  # the indices of the items of each future

    def submit(self, function: Callable[[Any], Any], items: Items[Any], limits: Limits, prepare: Prepare) -> None:
        def run(root: str, work: bytes) -> bytes:
            # A nested function is sent with its code: the cluster's worker need not be able to import the project.
            import sys

            if root not in sys.path:
                sys.path.insert(0, root)
            from plugins.jobs import cluster

            return cluster.run_batch(work)

        threads = sum(self.client.nthreads().values()) or 1
        size = max(1, min(MAX_BATCH, len(items) // (BATCHES_PER_THREAD * threads)))
        for start in range(0, len(items), size):
            indices = range(start, min(start + size, len(items)))
            work = pickle.dumps((function, [items[index] for index in indices], limits, prepare))
            self.running[self.client.submit(run, str(ROOT), work, pure=False)] = indices

    def results(self) -> Iterator[tuple[int, Any]]:
        last_seen = time.monotonic()  # when the cluster last had a worker
        while self.running:
            for future in self._wait():
                indices = self.running.pop(future)
                if future.status == "finished":
                    yield from zip(indices, pickle.loads(future.result()), strict=True)
            if self.client.status != "running":
                return
            if self.client.nthreads():
                last_seen = time.monotonic()
            elif time.monotonic() - last_seen > PATIENCE:
                return

    def _wait(self) -> set[Any]:
        """The futures that are done; waits a second for the first."""
        from distributed import wait

        try:
            outcome: Any = wait(list(self.running), timeout=1, return_when="FIRST_COMPLETED")  # type: ignore[no-untyped-call]  # as above
        except TimeoutError:
            return set()
        done: set[Any] = outcome.done
        return done

    def close(self) -> None:
        self.client.close(timeout=ANSWER)


def run_batch(work: bytes) -> bytes:
    """Do a batch, in a process of the cluster.

    The work is done in a child process, which can be killed when an item exceeds its limits, and which is kept for the
    next batch.

    Args:
        work: Function, items, limits and `prepare`, pickled.

    Returns:
        The results in the order of the items, pickled.
    """
    function, items, limits, prepare = pickle.loads(work)
    pool_key = pickle.dumps((limits, prepare))
    if getattr(_thread, "pool_key", None) != pool_key:
        if hasattr(_thread, "pool"):
            _thread.pool.close()
        _thread.pool_key, _thread.pool = pool_key, WorkerPool(1, limits, prepare, start_detached_worker)
    results = dict(_thread.pool.work(function, items))
    return pickle.dumps([results[index] for index in range(len(items))])
