"""What an article costs to be read: header, Markdown and checks, beside Pelican's own reader."""

from __future__ import annotations

import shutil
import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from unittest.mock import patch

from . import RESULTS, SIZES, corpus
from .corpus import ROOT

WORK = ROOT / ".cache" / "benchmarks" / "read"
ARTICLES = 2000
PASSES = 5  # over the demonstration's articles in one run


def main(sizes: Sequence[int], runs: int) -> None:
    """Read generated articles, which are plain, and those of the demonstration, which have every kind of markup."""
    generated = ARTICLES if tuple(sizes) == SIZES else sizes[0]
    shutil.rmtree(WORK, ignore_errors=True)
    corpus.write(WORK, generated)
    demonstration = sorted((ROOT / "content" / "articles").rglob("*.md"))
    lines = [f"CPU milliseconds an article, medians of {runs} runs in turns; in brackets, times our reader.", ""]
    lines += [f"| Articles | {' | '.join(_readers(ROOT / 'content'))} |", "|---|---:|---:|---:|"]
    lines.append(_row(f"{generated} generated", sorted(WORK.rglob("*.md")), _readers(WORK), runs))
    lines.append(_row("the demonstration's", demonstration * PASSES, _readers(ROOT / "content"), runs))
    text = "\n".join(lines) + "\n"
    (RESULTS / "read.md").write_text(text, "utf-8")
    print(text)


def _readers(content: Path) -> dict[str, Callable[[Path], object]]:
    """The programs that are compared, each a function that reads a file of a content folder."""
    from pelican.readers import MarkdownReader
    from pelican.settings import read_settings

    from plugins.markdown_reader import front_matter, read, reports

    keys = front_matter.HeaderKeys("article")
    pelican = MarkdownReader(read_settings(override={"PATH": str(content), "TIMEZONE": "Asia/Ho_Chi_Minh"}))

    def portal(path: Path) -> object:
        return read(str(path), str(content), keys, ("vi", "en"))

    def without_comparison(path: Path) -> object:
        with patch.object(reports, "find_lost_text", lambda markdown, page: []):
            return portal(path)

    return {
        "Portal": portal,
        "without comparing page and file": without_comparison,
        "Pelican": lambda path: pelican.read(str(path)),
    }


def _row(name: str, files: Sequence[Path], readers: dict[str, Callable[[Path], object]], runs: int) -> str:
    """A row of the table: the median of each reader's runs, and how many times the first one's that is."""
    costs: dict[str, list[float]] = {reader: [] for reader in readers}
    for run in range(-1, runs):  # the first warms up
        for reader, read in readers.items():
            begun = time.process_time()
            for path in files[:100] if run < 0 else files:
                read(path)
            if run >= 0:
                costs[reader].append(1000 * (time.process_time() - begun) / len(files))
    medians = {reader: statistics.median(values) for reader, values in costs.items()}
    cells = [f"{cost:.3f} ({cost / medians['Portal']:.2f})" for cost in medians.values()]
    return f"| {name} | {' | '.join(cells)} |"
