"""Work on several cores: all of it is done, and a bad item costs only itself."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from plugins import jobs
from tests import portals


def half(number: int) -> tuple[int, int]:
    if number == 13:
        raise ValueError("unlucky")
    return number // 2, os.getpid()


@pytest.mark.parametrize("workers", [1, 2])
def test_every_item_comes_back_once_and_a_bad_one_with_its_error(workers: int) -> None:
    returned = list(jobs.run(half, range(30), "x", workers))
    assert sorted(item for item, _ in returned) == list(range(30))
    results = dict(returned)
    assert isinstance(results.pop(13), ValueError)
    assert all(result[0] == item // 2 for item, result in results.items())


def test_one_worker_works_in_this_process_and_two_in_others() -> None:
    assert {result[1] for _, result in jobs.run(half, range(8), "x", 1)} == {os.getpid()}
    assert os.getpid() not in {result[1] for _, result in jobs.run(half, range(8), "x", 2)}


def test_no_items_are_no_work() -> None:
    assert list(jobs.run(half, [], "x")) == []


def test_no_progress_bar_is_drawn_without_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    list(jobs.run(half, range(5), "x", 2))
    assert capsys.readouterr() == ("", "")


# --- forked copies ---


def run_in_copies(count: int, workers: int, bad: int = -1) -> dict:
    """Do work that only a forked copy can know of: a closure over data of this process."""
    held = {"ten": 10}

    def work(item: int) -> tuple[int, int]:
        if item == bad:
            raise ValueError(f"unlucky {item}")
        return item * held["ten"], os.getpid()

    results = list(jobs.run_forked(work, range(count), "x", workers))
    assert len(results) == count
    return dict(results)


@pytest.mark.parametrize(
    "count",
    [
        0,
        1,
        jobs.MIN_PER_FORK,
        2 * jobs.MIN_PER_FORK,
        jobs.FORK_BATCH + 1,
        5 * jobs.FORK_BATCH,
        5 * jobs.FORK_BATCH + 17,
    ],
)
def test_a_closure_is_called_for_every_item_once(count: int) -> None:
    assert {item: result[0] for item, result in run_in_copies(count, 2).items()} == {n: 10 * n for n in range(count)}


def test_a_bad_item_of_a_batch_costs_only_itself() -> None:
    results = run_in_copies(300, 2, bad=77)
    assert isinstance(results.pop(77), ValueError)
    assert len(results) == 299 and all(isinstance(result, tuple) for result in results.values())


def test_few_items_are_done_in_this_process_and_many_in_others() -> None:
    assert {pid for _, pid in run_in_copies(jobs.MIN_PER_FORK, 2).values()} == {os.getpid()}
    assert {pid for _, pid in run_in_copies(300, 1).values()} == {os.getpid()}
    assert os.getpid() not in {pid for _, pid in run_in_copies(300, 2).values()}


def test_without_fork_everything_is_done_in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "fork")
    assert {pid for _, pid in run_in_copies(300, 2).values()} == {os.getpid()}


def test_changes_in_a_copy_stay_there_and_one_round_follows_another() -> None:
    local_list: list[int] = []
    for _ in range(2):
        results = jobs.run_forked(lambda item: local_list.append(item) or len(local_list), range(200), "x", 2)
        assert [item for item, _ in results] == list(range(200))
    assert local_list == []


def test_an_exception_in_place_of_a_result_is_raised_when_the_result_is_requested() -> None:
    assert jobs.unwrap(3) == 3
    with pytest.raises(ValueError, match="unlucky"):
        [jobs.unwrap(result) for _, result in jobs.run_forked(half, [12, 13], "x")]


ORPHANS = """
import os, sys, time
sys.path.insert(0, {root!r})
from plugins import jobs
from tests import portals
def work(item):
    os.write(1, f"{{os.getpid()}}\\n".encode())
    time.sleep(0.02)
list(getattr(jobs, {how!r})(work, range(20_000), "x", 2))
"""


@pytest.mark.parametrize("how", ["run_forked", "run"])
def test_workers_end_when_their_build_is_killed(how: str, tmp_path: Path) -> None:
    """A worker that survived would hold the lock of the output folder, and the next build would wait for ever."""
    script = tmp_path / "orphans.py"
    text = ORPHANS.format(root=str(portals.ROOT), how=how)
    head, _, last = text.strip().rpartition("\n")
    script.write_text(f"{head}\nif __name__ == '__main__':\n    {last}\n")
    build = subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, text=True)
    workers = {int(build.stdout.readline()) for _ in range(40)}
    build.kill()
    build.wait()
    build.stdout.close()
    portals.wait_until(lambda: not any(map(alive, workers)), lambda: f"alive: {[*filter(alive, workers)]}")


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
