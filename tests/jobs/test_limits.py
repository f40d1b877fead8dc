"""An item that takes too long or too much memory, or that kills its worker, costs only itself."""

from __future__ import annotations

import hashlib
import os
import signal
import time
from pathlib import Path

import pytest

from plugins import jobs

LIMITS = jobs.Limits(seconds=1.5, memory=1 << 30)


def misbehave(item: str) -> str:
    """Do what an item says."""
    if item == "sleeps":
        time.sleep(3600)
    if item == "eats":
        return "x" * (2 << 30)
    if item == "dies":
        os.kill(os.getpid(), signal.SIGKILL)
    if item == "cannot be sent":
        return lambda: 0  # type: ignore[return-value]
    if item == "raises":
        raise ValueError(item)
    return f"{item} {os.getpid()}"


def test_each_bad_item_has_its_own_error() -> None:
    bad = {
        "sleeps": jobs.ItemTimeoutError,
        "eats": MemoryError,
        "dies": jobs.WorkerLostError,
        "cannot be sent": RuntimeError,
        "raises": ValueError,
    }
    items = [*map(str, range(10)), *bad, *map(str, range(10, 20))]
    returned = list(jobs.run(misbehave, items, "x", 2, limits=LIMITS))
    assert sorted(item for item, _ in returned) == sorted(items)
    results = dict(returned)
    assert {item: type(results.pop(item)) for item in bad} == bad
    assert all(result.startswith(f"{item} ") for item, result in results.items())


def test_limits_apply_to_a_single_item_on_a_single_worker_too() -> None:
    assert [type(result) for _, result in jobs.run(misbehave, ["sleeps"], "x", 1, limits=LIMITS)] == [
        jobs.ItemTimeoutError
    ]


def kill_once(mark: str) -> int:
    """Kill the worker the first time."""
    try:
        os.close(os.open(mark, os.O_CREAT | os.O_EXCL))
    except FileExistsError:
        return os.getpid()
    os.kill(os.getpid(), signal.SIGKILL)
    return 0


def test_a_killed_worker_is_replaced_and_its_item_is_done(tmp_path: Path) -> None:
    marks = [str(tmp_path / str(number)) for number in range(6)]
    results = dict(jobs.run(kill_once, marks, "x", 2))
    assert results.keys() == set(marks)
    assert all(isinstance(pid, int) and pid != os.getpid() for pid in results.values())


def fail_to_prepare() -> None:
    raise ValueError("a library is not as expected")


def without_disk() -> None:
    raise OSError("no space")


def test_an_exception_of_prepare_ends_the_work() -> None:
    for items in (["a"], list("abcdef")):
        with pytest.raises(ValueError, match="not as expected"):
            list(jobs.run(misbehave, items, "x", 2, limits=LIMITS, prepare=fail_to_prepare))
        with pytest.raises(ValueError, match="not as expected"):
            list(jobs.run(misbehave, items, "x", 2, prepare=fail_to_prepare))


def test_an_error_on_starting_a_worker_is_each_items_result() -> None:
    assert [
        type(result) for _, result in jobs.run(misbehave, list("abc"), "x", 2, limits=LIMITS, prepare=without_disk)
    ] == [OSError] * 3


def loop_in_c(item: str) -> str:
    """Loop in C, where no Python signal handler runs."""
    if item == "deaf":
        hashlib.pbkdf2_hmac("sha256", b"x", b"y", 2_000_000_000)
    return item


def test_an_item_that_loops_in_c_does_not_hold_up_others() -> None:
    others = [str(number) for number in range(120)]
    returned = jobs.run(loop_in_c, ["deaf", *others], "x", 2, limits=jobs.Limits(seconds=3600))
    assert {next(returned)[0] for _ in others} == set(others), "they do not wait for an item that has an hour"
    returned.close()
    results = dict(jobs.run(loop_in_c, ["a", "deaf", "b"], "x", 2, limits=LIMITS))
    assert isinstance(results.pop("deaf"), jobs.ItemTimeoutError)
    assert results == {"a": "a", "b": "b"}
