"""A process pool with one pipe per worker, so that a crash costs one item only.

`ProcessPoolExecutor` gives up all its work when one worker dies, and never says over which item; it has no bound on
the time of one item either. Here each worker holds one item at a time: one that is too slow is killed, one that
dies is replaced, and the item is known. Why not a library: docs/decisions/0091-the-worker-pool-stays-our-own.md.
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
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection, Pipe, wait
from pathlib import Path
from typing import Any, NamedTuple, Protocol

ROOT = Path(__file__).resolve().parents[2]
START = 60  # seconds that a worker may take to be ready
TRIES = 2  # so often an item is begun whose worker dies: once may be an accident


class Limits(NamedTuple):
    """What one item may take. seconds: wall clock; memory: bytes of address space. None: no bound."""

    seconds: float | None = None
    memory: int | None = None


class Ready(NamedTuple):
    """What a worker sends first of all. trouble: what `prepare` raised."""

    trouble: Exception | None = None


class ItemTimeoutError(Exception):
    """The item took longer than it may."""


class WorkerLostError(Exception):
    """The worker died over the item, each time."""


class Process(Protocol):
    """What a pool asks of a process: `multiprocessing.Process` and `subprocess.Popen` both have it."""

    pid: int | None

    def kill(self) -> None: ...


Prepare = Callable[[], object] | None
Start = Callable[[], tuple[Process, Connection]]


def forked() -> tuple[Process, Connection]:
    """A worker from Python's fork server (where there is none, from a fresh interpreter)."""
    method = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
    ours, theirs = Pipe()
    process = multiprocessing.get_context(method).Process(target=serve, args=(theirs,), daemon=True)
    process.start()
    theirs.close()  # else its end would go unnoticed
    return process, ours


def detached() -> tuple[Process, Connection]:
    """A worker for a process that may have no children of its own, as Dask's are. POSIX."""
    ours, theirs = Pipe()
    command = [sys.executable, "-m", __name__, str(theirs.fileno())]
    process = subprocess.Popen(command, cwd=ROOT, pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL)
    theirs.close()
    return process, ours


class Worker:
    """One process and the item it is at; `index` is None while it waits for one."""

    def __init__(self, start: Start, limits: Limits, prepare: Prepare) -> None:
        self.process, self.connection = start()
        self.seconds = limits.seconds
        self.ready = False
        self.index: int | None = None
        self.until: float | None = None
        self._send((limits.memory, prepare))

    def give(self, function: Callable[[Any], Any], item: Any, index: int) -> None:
        """Have it call the function with an item."""
        self.index = index
        self._send((function, item))
        self.begin()

    def begin(self) -> None:
        """Let the time of its item run from now; while it is not ready, that it may take to be so."""
        self.until = self.seconds and time.monotonic() + (self.seconds if self.ready else START)

    def _send(self, message: tuple) -> None:
        with suppress(OSError):  # it has just died; what waits for its answer will find out
            self.connection.send(message)

    def end(self) -> None:
        """End it at once."""
        self.process.kill()
        self.connection.close()
        getattr(self.process, "join", getattr(self.process, "wait", None))()


class WorkerPool:
    """Workers that live from item to item; lost ones are replaced."""

    def __init__(self, count: int, limits: Limits, prepare: Prepare = None, start: Start = forked) -> None:
        self.count, self.limits, self.prepare, self.start = count, limits, prepare, start
        self.workers: list[Worker] = []

    def work(self, function: Callable[[Any], Any], items: Sequence[Any]) -> Iterator[tuple[int, Any]]:
        """Index and result of every item, in any order; an exception is a result too.

        Raises what `prepare` raised, but for OSError and MemoryError: no item could be done right.
        """
        todo = deque(range(len(items)))
        begun: Counter[int] = Counter()
        while todo or self._busy():
            self._give(function, items, todo, begun)
            busy = self._busy()
            ends = [worker.until for worker in busy if worker.until]
            answered = wait(
                [worker.connection for worker in busy], max(0, min(ends) - time.monotonic()) if ends else None
            )
            for worker in busy:
                if worker.connection in answered:
                    index = worker.index
                    try:
                        result = worker.connection.recv()
                        if isinstance(result, Ready):
                            if result.trouble:
                                self.close()
                                raise result.trouble
                            worker.ready = True
                            worker.begin()
                            continue
                        worker.index = None
                    except (EOFError, OSError):
                        self._dismiss(worker)
                        if begun[index] < TRIES:
                            todo.appendleft(index)
                            continue
                        result = WorkerLostError()
                    if isinstance(result, MemoryError):
                        self._dismiss(worker)  # a worker that hit its memory limit is replaced
                    yield index, result
                elif worker.until and worker.until <= time.monotonic():
                    self._dismiss(worker)
                    yield worker.index, ItemTimeoutError()

    def _busy(self) -> list[Worker]:
        return [worker for worker in self.workers if worker.index is not None]

    def _give(self, function: Callable, items: Sequence[Any], todo: deque[int], begun: Counter[int]) -> None:
        while todo:
            idle = next((worker for worker in self.workers if worker.index is None), None)
            if idle is None:
                if len(self.workers) >= self.count:
                    return
                idle = Worker(self.start, self.limits, self.prepare)
                self.workers.append(idle)
            index = todo.popleft()
            begun[index] += 1
            idle.give(function, items[index], index)

    def _dismiss(self, worker: Worker) -> None:
        if worker in self.workers:
            self.workers.remove(worker)
            worker.end()

    def close(self) -> None:
        """End all of them."""
        for worker in list(self.workers):
            self._dismiss(worker)


# --- in the worker's process ------------------------------------------------------------------


def serve(connection: Connection) -> None:
    """Do what comes over the line, until it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C ends the build, and we end with it
    end_with_parent()
    memory, prepare = connection.recv()
    if memory:
        _bound(memory)
    trouble: Exception | None = None
    ready = Ready()
    try:
        if prepare:
            prepare()
    except (OSError, MemoryError) as error:  # a full disk, a library that is not there: every item's result
        trouble = error
    except Exception as error:
        ready = Ready(error)
    connection.send(ready)
    while True:
        try:
            function, item = connection.recv()
        except (EOFError, OSError):
            return
        except Exception as error:  # what was sent cannot be understood here
            result: Any = error
        else:
            try:
                result = trouble or function(item)
            except Exception as error:
                result = error
        try:
            connection.send(result)
        except (BrokenPipeError, ConnectionError):
            return
        except Exception as error:  # it cannot be sent
            connection.send(RuntimeError(f"{type(error).__name__}: {result!r:.200}"))


def _bound(memory: int) -> None:
    try:
        import resource
    except ImportError:  # Windows
        return
    with suppress(ValueError, OSError):  # a lower bound is set already
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def end_with_parent() -> None:
    """Have this worker end when the build is killed; else it would work on for nobody, holding the build's lock."""
    parent, ours = multiprocessing.parent_process(), os.getppid()

    def watch() -> None:
        if parent:
            parent.join()
        else:
            while os.getppid() == ours:
                time.sleep(0.5)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


if __name__ == "__main__":
    from plugins.jobs import workers  # the module itself, not its copy named __main__

    workers.serve(Connection(int(sys.argv[1])))
