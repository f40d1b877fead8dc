"""What `check` costs: the first time, unchanged, and with one article changed or mended."""

from __future__ import annotations

import shutil
import statistics
import sys
from collections.abc import Sequence

from . import RESULTS, corpus
from .corpus import ROOT
from .measure import cost

WORK = ROOT / ".cache" / "benchmarks" / "check"


def main(sizes: Sequence[int], runs: int) -> None:
    """Check generated articles by the command, in a process of its own."""
    lines = [f"Seconds of `check`, wall and CPU; medians of {runs} runs but the first column.", ""]
    lines += ["| Articles | first | unchanged | one changed |", "|---:|---:|---:|---:|"]
    lines += [_row(size, runs) for size in sizes]
    text = "\n".join(lines) + "\n"
    (RESULTS / "check.md").write_text(text, "utf-8")
    print(text)


def _row(size: int, runs: int) -> str:
    shutil.rmtree(WORK, ignore_errors=True)
    content, log = WORK / "content", WORK / "log"
    corpus.write(content, size)
    command = [sys.executable, ROOT / "tasks.py", "check", "--content", content, "--output", WORK / "output"]
    article = sorted(content.rglob("*.md"))[size // 2]
    cells = []
    for change, repeated in (("", 1), ("", runs), ("\n\nThêm một câu.", runs)):
        costs = []
        for _ in range(repeated):
            if change:  # writing changes the stamp of a file
                article.write_text(article.read_text("utf-8") + change, "utf-8")
            costs.append(cost(command, ROOT, log))
        wall, cpu = (statistics.median(getattr(each, name) for each in costs) for name in ("wall", "cpu"))
        cells.append(f"{wall:.2f} ({cpu:.2f})")
    return f"| {size} | {' | '.join(cells)} |"
