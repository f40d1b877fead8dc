"""One item that takes too long, too much memory, or its worker with it, costs only itself."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

from plugins import jobs

LIMITS = jobs.Limits(seconds=1.5, memory=1 << 30)


def odd(item: str) -> str:
    """What an item asks for."""
    if item == "sleeps":
        time.sleep(60)
    if item == "eats":
        return "x" * (2 << 30)
    if item == "dies":
        os.kill(os.getpid(), signal.SIGKILL)
    if item == "cannot be sent":
        return (lambda: 0)  # type: ignore[return-value]
    if item == "raises":
        raise ValueError(item)
    return f"{item} {os.getpid()}"


def test_each_bad_item_is_told_from_the_others() -> None:
    bad = {"sleeps": jobs.TooLong, "eats": MemoryError, "dies": jobs.Lost, "cannot be sent": RuntimeError, "raises": ValueError}
    items = [*map(str, range(10)), *bad, *map(str, range(10, 20))]
    begun = time.monotonic()
    found = list(jobs.run(odd, items, "x", 2, limits=LIMITS))
    assert time.monotonic() - begun < 30
    assert sorted(item for item, _ in found) == sorted(items)
    results = dict(found)
    assert {item: type(results.pop(item)) for item in bad} == bad
    assert all(result.startswith(f"{item} ") for item, result in results.items())


def test_a_bound_holds_for_a_single_item_on_a_single_worker_too() -> None:
    assert [type(result) for _, result in jobs.run(odd, ["sleeps"], "x", 1, limits=LIMITS)] == [jobs.TooLong]


def kill_once(mark: str) -> int:
    """Take the worker with it the first time."""
    try:
        os.close(os.open(mark, os.O_CREAT | os.O_EXCL))
    except FileExistsError:
        return os.getpid()
    os.kill(os.getpid(), signal.SIGKILL)
    return 0


def test_a_worker_that_is_killed_is_replaced_and_its_item_done(tmp_path: Path) -> None:
    marks = [str(tmp_path / str(number)) for number in range(6)]
    found = dict(jobs.run(kill_once, marks, "x", 2))
    assert found.keys() == set(marks)
    assert all(isinstance(pid, int) and pid != os.getpid() for pid in found.values())
