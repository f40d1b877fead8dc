"""Work spread over many machines: a Dask cluster (https://distributed.dask.org/).

Every machine sees the project and its `.cache` under the same path, and has the same `.venv`; then results are
those of the local pool. What the cluster gives no answer for is left to the caller, who does it here.
"""

from __future__ import annotations

import logging
import pickle
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from .workers import ROOT, Limits, WorkerPool, detached

BATCH = 32  # at most so many items travel together
BATCHES = 4  # at least so many for each of the cluster's threads, so that all end at about the same time
ANSWER = 10  # seconds to wait for the scheduler
PATIENCE = 30  # seconds to wait for a worker where all are gone
_here = threading.local()


def run_on_cluster(
    address: str,
    function: Callable[[Any], Any],
    items: Sequence[Any],
    limits: Limits,
    prepare: Callable[[], object] | None,
) -> Iterator[tuple[int, Any]]:
    """Index and result of every item that the cluster has done. Raises OSError where it cannot be reached."""
    from distributed import CancelledError, Client, wait

    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what is lost is done here, and told

    def batch(root: str, work: bytes) -> bytes:  # travels as a whole: a worker need not find the project by itself
        import sys

        if root not in sys.path:
            sys.path.insert(0, root)
        from plugins.jobs import cluster

        return cluster.run_batch(work)

    try:
        client = Client(address, timeout=ANSWER)
    except ValueError as error:  # no address at all
        raise OSError(str(error)) from None
    try:
        size = max(1, min(BATCH, len(items) // (BATCHES * (sum(client.nthreads().values()) or 1))))
        batches = [range(start, min(start + size, len(items))) for start in range(0, len(items), size)]
        running = {}
        for indices in batches:
            work = pickle.dumps((function, [items[i] for i in indices], limits, prepare))
            running[client.submit(batch, str(ROOT), work, pure=False)] = indices
        seen = time.monotonic()
        while running:
            try:
                done = wait(list(running), timeout=1, return_when="FIRST_COMPLETED").done
            except TimeoutError:
                done = ()
            except (CancelledError, OSError):  # the scheduler is gone
                return
            for future in done:
                indices = running.pop(future)
                if future.status == "finished":
                    yield from zip(indices, pickle.loads(future.result()), strict=True)
            if client.status != "running":
                return
            if client.nthreads():
                seen = time.monotonic()
            elif time.monotonic() - seen > PATIENCE:
                return
    except (OSError, CancelledError):
        return
    finally:
        client.close(timeout=ANSWER)


def run_batch(work: bytes) -> bytes:
    """In a process of the cluster: do a batch, in a child that can be ended and that is kept for the next batch."""
    function, items, limits, prepare = pickle.loads(work)
    kind = pickle.dumps((limits, prepare))
    if getattr(_here, "kind", None) != kind:
        if hasattr(_here, "pool"):
            _here.pool.close()
        _here.kind, _here.pool = kind, WorkerPool(1, limits, prepare, detached)
    results = dict(_here.pool.work(function, items))
    return pickle.dumps([results[index] for index in range(len(items))])
