"""Work on several cores: all of it is done, and one bad item costs only itself."""

from __future__ import annotations

import os

import pytest

from plugins import jobs


def half(number: int) -> tuple[int, int]:
    if number == 13:
        raise ValueError("unlucky")
    return number // 2, os.getpid()


@pytest.mark.parametrize("workers", [1, 2])
def test_every_item_comes_back_once_and_a_bad_one_with_its_error(workers: int) -> None:
    found = list(jobs.run(half, range(30), "x", workers))
    assert sorted(item for item, _ in found) == list(range(30))
    results = dict(found)
    assert isinstance(results.pop(13), ValueError)
    assert all(result[0] == item // 2 for item, result in results.items())


def test_one_worker_works_here_and_two_elsewhere() -> None:
    assert {result[1] for _, result in jobs.run(half, range(8), "x", 1)} == {os.getpid()}
    assert os.getpid() not in {result[1] for _, result in jobs.run(half, range(8), "x", 2)}


def test_nothing_to_do_is_done() -> None:
    assert list(jobs.run(half, [], "x")) == []


def test_no_bar_is_drawn_where_nobody_watches(capsys: pytest.CaptureFixture[str]) -> None:
    list(jobs.run(half, range(5), "x", 2))
    assert capsys.readouterr() == ("", "")
