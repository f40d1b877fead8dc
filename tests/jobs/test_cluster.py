"""The same work on a Dask cluster: all of it is done, whichever worker is lost."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from plugins import jobs
from plugins.jobs import cluster
from tests import portals
from tests.jobs.test_limits import LIMITS, misbehave


@contextmanager
def dask(workers: int, folder: Path) -> Iterator[tuple[str, list[subprocess.Popen]]]:
    """A scheduler and workers, as an operator starts them, in a folder outside the project."""
    processes = []

    def start(*arguments: str) -> subprocess.Popen:
        command = [sys.executable, "-m", "dask", *arguments, "--no-dashboard"]
        processes.append(
            subprocess.Popen(command, cwd=folder, stderr=subprocess.PIPE, text=True, start_new_session=True)
        )
        return processes[-1]

    try:
        scheduler = start("scheduler", "--host", "127.0.0.1", "--port", "0")
        address = next(
            match[1] for line in scheduler.stderr if (match := re.search(r"Scheduler at:\s+(tcp://\S+)", line))
        )
        threading.Thread(target=scheduler.stderr.read, daemon=True).start()
        started = [
            start("worker", address, "--nthreads", "1", "--local-directory", str(folder)) for _ in range(workers)
        ]
        for worker in started:
            next(line for line in worker.stderr if "Starting established connection" in line)
            threading.Thread(target=worker.stderr.read, daemon=True).start()
        yield address, started
    finally:
        for process in reversed(processes):
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def double(number: int) -> int:
    time.sleep(0.02)
    return number * 2


def wait_for_two_workers(item: tuple[str, int]) -> int:
    """Wait in a folder until two workers are there; return the process group that waited."""
    folder = Path(item[0])
    (folder / str(os.getpgrp())).touch()
    portals.wait_until(lambda: len(list(folder.iterdir())) >= 2)
    return os.getpgrp()


def test_a_cluster_does_all_of_it_with_limits_and_without_a_lost_worker(tmp_path: Path) -> None:
    with dask(2, tmp_path) as (address, workers):
        returned = dict(jobs.run(double, range(100), "x", scheduler=address))
        assert returned == {number: 2 * number for number in range(100)}
        place = tmp_path / "place"
        place.mkdir()
        groups = {
            group
            for _, group in jobs.run(wait_for_two_workers, [(str(place), n) for n in range(16)], "x", scheduler=address)
        }
        assert groups == {worker.pid for worker in workers}

        bad = {"sleeps": jobs.ItemTimeoutError, "eats": MemoryError, "dies": jobs.WorkerLostError, "raises": ValueError}
        results = dict(jobs.run(misbehave, ["a", *bad, "b"], "x", limits=LIMITS, scheduler=address))
        assert {item: type(results.pop(item)) for item in bad} == bad
        assert results.keys() == {"a", "b"}

        killed = []
        for _, result in jobs.run(double, range(200), "x", scheduler=address):
            if not killed:
                os.killpg(workers[0].pid, signal.SIGKILL)
            killed.append(result)
        assert sorted(killed) == list(range(0, 400, 2))


def test_what_no_cluster_does_is_done_locally(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "ANSWER", 1)
    for address in ("tcp://127.0.0.1:9", "nonsense"):
        assert {result for _, result in jobs.run(double, range(5), "x", scheduler=address)} == {0, 2, 4, 6, 8}
        assert address in capsys.readouterr().err


def test_a_cluster_whose_workers_are_all_gone_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "PATIENCE", 1)
    with dask(1, tmp_path) as (address, workers):
        done = []
        for _, result in jobs.run(double, range(100), "x", scheduler=address):
            if not done:
                os.killpg(workers[0].pid, signal.SIGKILL)
            done.append(result)
        assert sorted(done) == list(range(0, 200, 2))
