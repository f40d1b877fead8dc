"""What a build costs after a change, compared with Hugo and stock Pelican: time, memory, files written."""

from __future__ import annotations

import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import environment

from . import RESULTS, chart, corpus, measure
from .corpus import ROOT, Article
from .peers import PEERS, CachedPelican, Hugo, Peer, Pelican, Portal, versions

LARGEST_OF_PEERS = 10000  # articles; above that only the portal is measured, and only in TELLING cases
SLOW = 25  # seconds; what takes longer is measured once, and a program with a slower clean build in TELLING cases only
TELLING = ("clean build", "nothing changed", "one body edited")
WORK = ROOT / ".cache" / "benchmarks"


@dataclass(frozen=True)
class Run:
    """One build. wall, cpu in seconds, peak in MB, written and different in files: see measure.py."""

    wall: float
    cpu: float
    peak: float
    written: int
    different: int


Runs = dict[str, dict[str, list[Run]]]  # by case, by program


class Archive:
    """The articles that the cases change; each change is made to one program's site at a time."""

    def __init__(self, size: int, runs: int) -> None:
        self.size = size
        self.body, self.title, self.tag, self.oldest = size // 2, size // 3, size // 5, size // 4
        self.edited = {self.body, self.title, self.tag, *range(self.oldest, self.oldest + runs)}
        self.articles: dict[int, Article] = {}

    def fill(self, peers: Sequence[Peer]) -> None:
        """Give every program all articles."""
        for article in corpus.articles(self.size):
            if article.number in self.edited:
                self.articles[article.number] = article
            for peer in peers:
                peer.take(article)

    # The cases: change something for `peer` for the `run`th time (from 0); return the text that its site must show.

    def nothing(self, peer: Peer, run: int) -> None:
        """Change nothing."""

    def edit_body(self, peer: Peer, run: int) -> None:
        article = self.articles[self.body]
        changed = replace(article, body=f"{article.body}\n\nĐã sửa lần {run}.")
        peer.take(changed)
        self.expected = changed, f"Đã sửa lần {run}."

    def edit_title(self, peer: Peer, run: int) -> None:
        article = self.articles[self.title]
        changed = replace(article, title=f"{article.title} (sửa lần {run})")
        peer.take(changed)
        self.expected = changed, f"(sửa lần {run})"

    def add(self, peer: Peer, run: int) -> None:
        other = self.articles[self.body]
        date = corpus.NEWEST + timedelta(minutes=run)
        added = replace(other, number=self.size + run, date=date, title=f"Bài mới {run}")
        peer.take(added)
        self.expected = added, f"Bài mới {run}"

    def delete(self, peer: Peer, run: int) -> None:
        peer.drop(self.articles[self.oldest + run])

    def tag_one(self, peer: Peer, run: int) -> None:
        article = self.articles[self.tag]
        free = [tag for n in range(corpus.TAGS) if (tag := f"chủ đề {n}") not in article.tags]
        peer.take(replace(article, tags=(*article.tags, free[run])))
        self.expected = article, free[run]

    def edit_template(self, peer: Peer, run: int) -> None:
        peer.edit_template(run)
        self.expected = self.articles[self.tag], f'data-edit="{run}"'

    def check(self, peer: Peer) -> None:
        """Check that a program's site shows the change.

        Raises:
            CommandError: It does not.
        """
        if self.expected and self.expected[1] not in peer.page(self.expected[0]):
            raise environment.CommandError(f"{peer.name}: {self.expected[0].slug} does not say “{self.expected[1]}”")
        self.expected = None

    expected: tuple[Article, str] | None = None


CASES: dict[str, Callable[[Archive, Peer, int], None]] = {
    "clean build": lambda archive, peer, run: peer.clean(),
    "nothing changed": Archive.nothing,
    "one body edited": Archive.edit_body,
    "one title edited": Archive.edit_title,
    "one article added": Archive.add,
    "an old article deleted": Archive.delete,
    "a tag added to an article": Archive.tag_one,
    "a template edited": Archive.edit_template,
}


def main(sizes: Sequence[int], runs: int) -> None:
    """Measure every case at every size, print the tables, and save them in results/ with the chart."""
    for size in sizes:
        runs_by_case = measure_size(size, runs)
        _save_results(size, runs_by_case)
        print(f"\n## {size} articles\n\n{tables(runs_by_case)}", flush=True)
    results = _load_results()
    text = "\n".join(f"## {size} articles\n\n{tables(runs_by_case)}" for size, runs_by_case in results.items())
    (RESULTS / "rebuild.md").write_text(text, "utf-8")
    (RESULTS / "rebuild.svg").write_text(chart_of_cpu_time(results), "utf-8")


def measure_size(size: int, runs: int) -> Runs:
    """Measure all cases at one size; the programs take turns, so that other load affects them equally."""
    shutil.rmtree(WORK, ignore_errors=True)
    peers = [kind(WORK / f"peer-{number}") for number, kind in enumerate(PEERS)]
    peers = peers[:1] if size > LARGEST_OF_PEERS else peers
    try:
        _print_now(f"{size} articles: writing them")
        for peer in peers:
            peer.folder.mkdir(parents=True)
            peer.prepare(WORK / "cache")
        archive = Archive(size, runs)
        archive.fill(peers)
        _warm_cache(WORK / "cache")
        runs_by_case: Runs = {}
        for case, change in CASES.items():
            if size > LARGEST_OF_PEERS and case not in TELLING:
                continue
            runs_by_case[case] = {peer.name: [] for peer in peers}
            for run in range(runs):
                for peer in peers:
                    result = runs_by_case[case][peer.name]
                    if (result and result[0].wall > SLOW) or (case not in TELLING and _is_slow(peer, runs_by_case)):
                        continue
                    result.append(_run_once(peer, lambda: change(archive, peer, run)))  # noqa: B023
                    archive.check(peer)
                    last = result[-1]
                    _print_now(
                        f"{size} · {case} · {peer.name}: {last.wall:.1f} s, {last.cpu:.1f} s CPU, {last.written} files"
                    )
        return runs_by_case
    finally:
        shutil.rmtree(WORK, ignore_errors=True)


def _is_slow(peer: Peer, runs_by_case: Runs) -> bool:
    return not isinstance(peer, Portal) and runs_by_case["clean build"][peer.name][0].wall > SLOW


def _run_once(peer: Peer, change: Callable[[], None]) -> Run:
    before = measure.files(peer.output)
    change()
    if not peer.output.exists():
        before = {}
    cost = measure.cost(peer.command, peer.folder, peer.folder / "log.txt")
    after = measure.files(peer.output)
    return Run(
        cost.wall, cost.cpu, cost.peak, measure.count_written(before, after), measure.count_different(before, after)
    )


def _warm_cache(cache: Path) -> None:
    """Fill the portal's cache of pictures and compiled templates, the only one that outlives `clean`."""
    portal = Portal(WORK / "warm")
    portal.folder.mkdir()
    portal.prepare(cache)
    for number in range(corpus.PICTURES):
        date = corpus.NEWEST - timedelta(days=number)
        portal.take(Article(number, f"Bài {number}", date, "Xã hội", (), "Ai", "", f"![Hình]({{images}}/{number}.png)"))
    measure.cost(portal.command, portal.folder, portal.folder / "log.txt")


def tables(runs_by_case: Runs) -> str:
    """Return Markdown tables of one size: seconds, files, memory, and how the portal compares."""
    peers = list(runs_by_case["clean build"])
    parts = [_table("CPU seconds: median (min–max); wall", peers, runs_by_case, _seconds)]
    parts.append(_table("Files written (of them new or different)", peers, runs_by_case, _files))
    parts.append(_table("Largest process, MB", peers, runs_by_case, _peak))
    if len(peers) > 1:
        others = [name for name in peers if name != Portal.name]
        rows = [[case, *(_ratio(by[Portal.name], by[name]) for name in others)] for case, by in runs_by_case.items()]
        parts.append(_grid(["Portal ÷ peer, CPU; wall", *others], rows))
    return "\n".join(parts)


def _seconds(runs: list[Run]) -> str:
    cpu = [run.cpu for run in runs]
    spread = f" ({min(cpu):.2f}–{max(cpu):.2f})" if len(cpu) > 1 else ""
    return f"{statistics.median(cpu):.2f}{spread}; {_median(runs, 'wall'):.2f}"


def _files(runs: list[Run]) -> str:
    return f"{_median(runs, 'written'):.0f} ({_median(runs, 'different'):.0f})"


def _peak(runs: list[Run]) -> str:
    return f"{max(run.peak for run in runs):.0f}"


def _ratio(portal: list[Run], other: list[Run]) -> str:
    if not other:
        return "–"
    return "; ".join(f"{_median(portal, what) / _median(other, what):.3g}" for what in ("cpu", "wall"))


def _median(runs: Iterable[Run], what: str) -> float:
    return statistics.median(getattr(run, what) for run in runs)


def _table(title: str, peers: list[str], runs_by_case: Runs, cell: Callable[[list[Run]], str]) -> str:
    return _grid(
        [title, *peers],
        [[case, *(cell(by[peer]) if by[peer] else "–" for peer in peers)] for case, by in runs_by_case.items()],
    )


def _grid(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---", *["--:"] * (len(head) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def chart_of_cpu_time(results: dict[int, Runs]) -> str:
    """Draw the chart of CPU seconds against size."""
    lines = []
    for label, peer, case in (
        ("Pelican, any build", Pelican.name, "clean build"),
        ("Pelican with its cache, one edit", CachedPelican.name, "one body edited"),
        ("Hugo, any build", Hugo.name, "clean build"),
        ("Portal, clean build", Portal.name, "clean build"),
        ("Portal, one edit", Portal.name, "one body edited"),
    ):
        points = [
            (size, _median(runs_by_case[case][peer], "cpu"))
            for size, runs_by_case in results.items()
            if peer in runs_by_case[case]
        ]
        if points:
            lines.append(chart.Line(label, points))
    return chart.svg("CPU seconds of a build, by size of the archive", "articles", "seconds", lines)


def machine() -> dict[str, str]:
    """Describe the machine."""
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True
    ).stdout.strip()
    system = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}"
    return {"machine": system, "portal": commit, **versions()}


def _save_results(size: int, runs_by_case: Runs) -> None:
    """Save one size among the results; those of other sizes stay as they were measured."""
    file = RESULTS / "rebuild.json"
    results = json.loads(file.read_text("utf-8")) if file.exists() else {}
    results[str(size)] = {
        "on": machine(),
        "cases": {case: {p: [vars(r) for r in rs] for p, rs in by.items()} for case, by in runs_by_case.items()},
    }
    file.write_text(
        json.dumps(dict(sorted(results.items(), key=lambda item: int(item[0]))), indent=1, ensure_ascii=False), "utf-8"
    )


def _load_results() -> dict[int, Runs]:
    saved = json.loads((RESULTS / "rebuild.json").read_text("utf-8"))
    return {
        int(size): {case: {p: [Run(**r) for r in rs] for p, rs in by.items()} for case, by in each["cases"].items()}
        for size, each in saved.items()
    }


def _print_now(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
