"""What an editor waits for at the desk: its start, its list, the page of what is typed, and of what is saved."""

from __future__ import annotations

import re
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import requests

from . import RESULTS, corpus
from .corpus import ROOT

WORK = ROOT / ".cache" / "benchmarks" / "desk"
QUIET = 10.0  # seconds after a save, longer than the build that follows it


def main(sizes: Sequence[int], runs: int) -> None:
    """Measure every size; print and save the table."""
    head = "| Articles | start until the desk answers | … until the portal is built | list | typed | saved |"
    lines = [f"Seconds of the clock; medians of {runs} runs.", "", head, "|---:|---:|---:|---:|---:|---:|"]
    for size in sizes:
        lines.append(f"| {size} | {' | '.join(f'{seconds:.2f}' for seconds in measure_size(size, runs))} |")
        print(lines[-1], flush=True)
    text = "\n".join(lines) + "\n"
    (RESULTS / "desk.md").write_text(text, "utf-8")
    print(f"\n{text}")


def measure_size(size: int, runs: int) -> list[float]:
    """Return the medians of a row."""
    shutil.rmtree(WORK, ignore_errors=True)
    content = WORK / "content"
    corpus.write(content, size)
    with serving(content):
        pass  # the first start, which builds everything
    starts = []
    for _ in range(runs):
        with serving(content) as (_, until_desk, until_built):
            starts.append((until_desk, until_built))
    with serving(content) as (address, _, _):
        article = sorted((content / "articles").rglob("*.md"))[size // 2]
        desk = _Desk(address, article.relative_to(content).as_posix())
        rows = []
        for _ in range(runs + 1):
            time.sleep(QUIET)
            rows.append((_timed(desk.list), _timed(desk.type), _timed(desk.save)))
    shutil.rmtree(WORK, ignore_errors=True)
    return [statistics.median(each) for table in (starts, rows[1:]) for each in zip(*table, strict=True)]


def _timed(act: Callable[[], object]) -> float:
    started = time.perf_counter()
    act()
    return time.perf_counter() - started


@contextmanager
def serving(content: Path) -> Iterator[tuple[str, float, float]]:
    """Serve, and yield the address, the seconds until the desk answers, and those until the portal is built."""
    printed = content.with_name("printed")
    command = [sys.executable, ROOT / "tasks.py", "serve", "--port", "8720", "--content", content]
    command += ["--output", content.with_name("preview"), "--site", content.with_name("site")]
    started = time.perf_counter()
    with printed.open("w") as out:
        serving = subprocess.Popen(command, cwd=ROOT, stdout=out, stderr=subprocess.DEVNULL)
    try:
        _wait_until(lambda: _answers("http://127.0.0.1:8720/soan/"))
        until_desk = time.perf_counter() - started
        _wait_until(lambda: "/soan/" in printed.read_text())
        yield "http://127.0.0.1:8720/", until_desk, time.perf_counter() - started
    finally:
        serving.terminate()
        serving.wait()


def _wait_until(condition: Callable[[], object]) -> None:
    while not condition():
        time.sleep(0.01)


def _answers(address: str) -> bool:
    try:
        return requests.get(address).ok
    except requests.ConnectionError:
        return False


class _Desk:
    """The form of an article. path: of the article."""

    def __init__(self, address: str, path: str) -> None:
        self.address, self.path, self.session, self.number = address, path, requests.Session(), 0
        page = self.session.get(f"{address}soan/bai/{path}").text
        self.session.headers["X-Desk-Token"] = re.search(r'name="desk-token" content="([^"]+)"', page)[1]
        self.version = re.search(r'name="version" value="(\w+)"', page)[1]

    def list(self) -> None:
        self.session.get(f"{self.address}soan/")

    def type(self) -> None:
        self.number += 1
        answer = self.session.post(f"{self.address}soan/thu/{self.path}", {"body": self._words()})
        assert self._words() in answer.json()["html"]

    def save(self) -> None:
        form = {"body": self._words(), "version": self.version}
        self.version = self.session.post(f"{self.address}soan/bai/{self.path}", form).json()["version"]
        slug = Path(self.path).stem
        _wait_until(lambda: self._words() in self.session.get(f"{self.address}bai-viet/{slug}/").content.decode())

    def _words(self) -> str:
        return f"Câu số {self.number}."
