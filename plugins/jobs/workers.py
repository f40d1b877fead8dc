"""A process pool with one pipe per worker, so that a crash costs one item only.

`ProcessPoolExecutor` gives up all its work when one worker dies, and does not say over which item; nor does it limit
the time of one item. Here each worker holds one item at a time: a worker that is too slow is killed, one that dies is
replaced, and the item is known. Why not a library: docs/decisions/0091-the-worker-pool-stays-our-own.md.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from multiprocessing.connection import Connection, Pipe, wait
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from multiprocessing.context import ForkContext, ForkServerContext, SpawnContext

    from . import Items

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 60  # that a worker may take to be ready
MAX_ATTEMPTS = 2  # at an item whose worker dies: once may be an accident


class Limits(NamedTuple):
    """What one item may take.

    Attributes:
        seconds: Of wall clock time; None for no limit.
        memory: Bytes of address space of its worker; None for no limit.
    """

    seconds: float | None = None
    memory: int | None = None


class Ready(NamedTuple):
    """The first message of a worker, with the error that `prepare` raised, if any."""

    error: Exception | None = None


class ItemTimeoutError(Exception):
    """The item took longer than its limit."""


class WorkerLostError(Exception):
    """The worker died over the item, at each attempt."""


class WorkerProcess(NamedTuple):
    """A running process of a worker: the pipe to it, and how to kill it and wait for its end."""

    connection: Connection[Any, Any]
    kill: Callable[[], object]
    join: Callable[[], object]


Prepare: TypeAlias = Callable[[], object] | None
StartWorker: TypeAlias = Callable[[], WorkerProcess]


def start_worker() -> WorkerProcess:
    """Start a worker from Python's fork server, or as a fresh interpreter where there is none."""
    context: ForkServerContext | SpawnContext
    if "forkserver" in multiprocessing.get_all_start_methods():
        context = multiprocessing.get_context("forkserver")
    else:
        context = multiprocessing.get_context("spawn")
    return _start_in(context)


def start_forked_worker() -> WorkerProcess:
    """Start a worker that is a copy of this process, with all that it holds. POSIX only."""
    return _start_in(multiprocessing.get_context("fork"))


def _start_in(context: ForkContext | ForkServerContext | SpawnContext) -> WorkerProcess:
    connection, worker_end = Pipe()
    process = context.Process(target=serve, args=(worker_end,), daemon=True)
    process.start()
    worker_end.close()  # while this process holds it too, the worker's death would go unnoticed
    return WorkerProcess(connection, process.kill, process.join)


def start_detached_worker() -> WorkerProcess:
    """Start a worker from a process that multiprocessing allows no children, such as Dask's workers. POSIX only."""
    connection, worker_end = Pipe()
    command = [sys.executable, "-m", __name__, str(worker_end.fileno())]
    process = subprocess.Popen(command, cwd=ROOT, pass_fds=[worker_end.fileno()], stdin=subprocess.DEVNULL)
    worker_end.close()
    return WorkerProcess(connection, process.kill, process.wait)


class Worker:
    """A worker process and the item that it works on.

    Attributes:
        index: The index of the item; None while the worker is idle.
        deadline: When the time of the item ends, by the monotonic clock; None where it has no limit.
    """

    def __init__(self, start: StartWorker, limits: Limits, prepare: Prepare) -> None:
        self.process = start()
        self.connection = self.process.connection
        self.seconds = limits.seconds
        self.is_ready = False
        self.index: int | None = None
        self.deadline: float | None = None
        self._send((limits.memory, prepare))

    def assign(self, function: Callable[[Any], Any], item: object, index: int) -> None:
        """Let the worker call the function with an item."""
        self.index = index
        self._send((function, item))
        self.start_clock()

    def start_clock(self) -> None:
        """Start the time of the item now. While the worker is not ready, this is the time to become ready."""
        self.deadline = self.seconds and time.monotonic() + (self.seconds if self.is_ready else START_SECONDS)

    def _send(self, message: tuple[object, ...]) -> None:
        with suppress(OSError):  # it has just died; whoever waits for its answer will notice
            self.connection.send(message)

    def kill(self) -> None:
        """End the worker at once."""
        self.process.kill()
        self.connection.close()
        self.process.join()


class WorkerPool:
    """A pool of workers that live from item to item; lost ones are replaced.

    Args:
        count: How many workers there are at most.
        limits: What one item may take.
        prepare: What each worker calls before its first item.
        start: Starts a worker process.
    """

    def __init__(self, count: int, limits: Limits, prepare: Prepare = None, start: StartWorker = start_worker) -> None:
        self.count, self.limits, self.prepare, self.start = count, limits, prepare, start
        self.workers: list[Worker] = []

    def work(self, function: Callable[[Any], Any], items: Items[Any]) -> Iterator[tuple[int, Any]]:
        """Yield index and result of every item, in any order; an exception is a result too.

        Raises what `prepare` raised, except OSError and MemoryError, which become the result of each item.
        """
        todo = deque(range(len(items)))
        attempts: Counter[int] = Counter()
        while todo or self._busy():
            self._assign(function, items, todo, attempts)
            busy = self._busy()
            deadlines = [worker.deadline for worker in busy if worker.deadline]
            timeout = max(0, min(deadlines) - time.monotonic()) if deadlines else None
            answered = wait([worker.connection for worker in busy], timeout)
            for worker, index in busy.items():
                if worker.connection in answered:
                    yield from self._receive(worker, index, todo, attempts)
                elif worker.deadline and worker.deadline <= time.monotonic():
                    self._remove(worker)
                    yield index, ItemTimeoutError()

    def _busy(self) -> dict[Worker, int]:
        """The workers that have an item, with its index."""
        return {worker: worker.index for worker in self.workers if worker.index is not None}

    def _assign(
        self, function: Callable[[Any], Any], items: Items[Any], todo: deque[int], attempts: Counter[int]
    ) -> None:
        """Give items to idle workers, and start workers while there are fewer than `count`."""
        while todo:
            idle = next((worker for worker in self.workers if worker.index is None), None)
            if idle is None:
                if len(self.workers) >= self.count:
                    return
                idle = Worker(self.start, self.limits, self.prepare)
                self.workers.append(idle)
            index = todo.popleft()
            attempts[index] += 1
            idle.assign(function, items[index], index)

    def _receive(
        self, worker: Worker, index: int, todo: deque[int], attempts: Counter[int]
    ) -> Iterator[tuple[int, Any]]:
        """Read a worker's message, and yield it where it is a result. A worker that died is replaced."""
        try:
            message = worker.connection.recv()
        except (EOFError, OSError):
            self._remove(worker)
            if attempts[index] < MAX_ATTEMPTS:
                todo.appendleft(index)
            else:
                yield index, WorkerLostError()
            return
        if isinstance(message, Ready):
            if message.error:
                self.close()
                raise message.error
            worker.is_ready = True
            worker.start_clock()
            return
        worker.index = None
        if isinstance(message, MemoryError):
            self._remove(worker)  # a worker that hit its memory limit is replaced
        yield index, message

    def _remove(self, worker: Worker) -> None:
        if worker in self.workers:
            self.workers.remove(worker)
            worker.kill()

    def close(self) -> None:
        """End all workers."""
        for worker in list(self.workers):
            self._remove(worker)


# --- in the worker's process ------------------------------------------------------------------


def serve(connection: Connection[Any, Any]) -> None:
    """Work on what comes through the pipe until its other end is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C ends the build, and the worker ends with it
    exit_with_parent()
    memory, prepare = connection.recv()
    if memory:
        _limit_memory(memory)
    setup_error: Exception | None = None
    ready = Ready()
    try:
        if prepare:
            prepare()
    except (OSError, MemoryError) as error:  # a full disk, a library that is missing: becomes every item's result
        setup_error = error
    except Exception as error:
        ready = Ready(error)
    connection.send(ready)
    while _serve_item(connection, setup_error):
        pass


def _serve_item(connection: Connection[Any, Any], setup_error: Exception | None) -> bool:
    """Work on one item. Returns False where the pipe is closed."""
    result: object
    try:
        function, item = connection.recv()
    except (EOFError, OSError):
        return False
    except Exception as error:  # it cannot be unpickled here
        result = error
    else:
        try:
            result = setup_error or function(item)
        except Exception as error:
            result = error
    try:
        connection.send(result)
    except ConnectionError:
        return False
    except Exception as error:  # it cannot be pickled
        connection.send(RuntimeError(f"{type(error).__name__}: {result!r:.200}"))
    return True


def _limit_memory(size: int) -> None:
    try:
        import resource
    except ImportError:  # Windows
        return
    with suppress(ValueError, OSError):  # a lower limit is set already
        resource.setrlimit(resource.RLIMIT_AS, (size, size))


def exit_with_parent() -> None:
    """Let this worker end when the build is killed; else it would go on and hold the build's lock."""
    parent, parent_pid = multiprocessing.parent_process(), os.getppid()

    def watch() -> None:
        if parent:
            parent.join()
        else:
            while os.getppid() == parent_pid:
                time.sleep(0.5)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


if __name__ == "__main__":
    from plugins.jobs import workers  # the module itself, not its copy named __main__

    workers.serve(Connection(int(sys.argv[1])))
