"""How accurately and how fast old pages become articles, compared with trafilatura and readability-lxml."""

from __future__ import annotations

import json
import random
import re
import shutil
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import environment

from . import RESULTS, measure
from .corpus import ROOT

WORK = ROOT / ".cache" / "benchmarks" / "convert"
LARGE = 35_000  # pages
PADDING = 40_000  # bytes of scripts, styles and menus around a page, as in a saved page of a portal
FLAT = 400  # MB, for the largest process


def main(sizes: Sequence[int], runs: int) -> None:
    """Measure quality on labelled pages, then pages per second and memory at each size.

    `--size 1000,5000,35000` includes 35,000 pages.
    """
    lines = ["## Right", "", quality(), "", "## Fast", "", speed(runs), "", "## Many", "", curve(sizes)]
    (RESULTS / "convert.md").write_text("\n".join(lines), "utf-8")


def _pages(each: int, seed: int) -> list[tuple[str, object, bytes]]:
    from tests.convert import markup_hints, stories, templates, templates_later

    pages = []
    kinds = {**templates.TEMPLATES, **templates_later.TEMPLATES}
    for name, template in kinds.items():
        for _ in range(each):
            story = stories.story(len(pages), seed)
            page = template(story, random.Random(len(pages)))
            if page.name.endswith((".html", ".htm")):
                pages.append((name, story, page.raw))
                if name != "metadata_only":
                    pages.append(
                        (name + ", blind", story, markup_hints.strip_hints(page, random.Random(len(pages))).raw)
                    )
    return pages


def _portal(raw: bytes) -> str:
    """Return lead and Markdown: all that the command makes of a page, except its header."""
    from plugins.convert import markdown, saved_page
    from plugins.convert.article import article_of

    article = article_of(saved_page.read(raw))
    return f"{article.lead}\n\n{markdown.body(article, {})}" if article else ""


def _trafilatura(raw: bytes) -> str:
    import trafilatura

    return trafilatura.extract(raw, include_comments=False) or ""


def _readability(raw: bytes) -> str:
    import lxml.html
    from readability import Document

    from plugins.convert.encodings import decode

    return lxml.html.fromstring(Document(decode(raw)[0].replace("\0", "")).summary()).text_content()


PEERS: dict[str, Callable[[bytes], str]] = {
    "portal": _portal,
    "trafilatura": _trafilatura,
    "readability-lxml": _readability,
}


def _f1(expected: str, actual: str) -> float:
    """Compare words in groups of four, as scrapinghub/article-extraction-benchmark does."""
    a, b = (
        Counter(zip(*(w[n:] for n in range(4)), strict=False))
        for w in (re.findall(r"\w+", text) for text in (expected, actual))
    )
    both = sum((a & b).values())
    return 2 * both / (sum(a.values()) + sum(b.values())) if a or b else 1.0


def quality() -> str:
    """Return F1 of lead and text, by template, for the portal and the other libraries."""
    by: dict[str, dict[str, list[float]]] = {}
    for name, story, raw in _pages(3, 50):
        parts = [story.lead]
        for part in story.parts:
            parts += [part.words] if part.words else []
            parts += [" ".join(item) if isinstance(item, tuple) else item for item in part.items]
        for peer, extract in PEERS.items():
            by.setdefault(name, {}).setdefault(peer, []).append(_f1("\n".join(parts), extract(raw)))
    rows = [
        [name, *(f"{statistics.mean(scores_by_peer[peer]):.3f}" for peer in PEERS)]
        for name, scores_by_peer in sorted(by.items())
    ]
    rows.append(
        [
            "**all**",
            *(
                f"**{statistics.mean(x for scores_by_peer in by.values() for x in scores_by_peer[peer]):.3f}**"
                for peer in PEERS
            ),
        ]
    )
    return _markdown_table(["F1 of lead, text and captions", *PEERS], rows)


def speed(runs: int) -> str:
    """Return pages per second of one process, with the libraries in turn; medians."""
    pages = [_padded(raw) for _, _, raw in _pages(2, 51)]
    took: dict[str, list[float]] = {peer: [] for peer in PEERS}
    for _ in range(runs):
        for peer, extract in PEERS.items():
            begun = time.process_time()
            for raw in pages:
                extract(raw)
            took[peer].append(len(pages) / (time.process_time() - begun))
    size = sum(map(len, pages)) / len(pages) / 1000
    return _markdown_table(
        [f"pages of {size:.0f} KB a second of CPU time, one process", *PEERS],
        [["median", *(f"{statistics.median(took[peer]):.0f}" for peer in PEERS)]],
    )


def _padded(raw: bytes) -> bytes:
    """Surround a page with scripts, styles and menus, which are most of a saved page's bytes."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw
    menu = (
        b"<ul class='menu'>"
        + b"".join(b"<li><a href='/muc/%d' title='Muc %d'>Muc %d</a></li>" % (n, n, n) for n in range(150))
        + b"</ul>"
    )
    script = b"<script>" + b"var a=[1,2,3];function f(x){return x*2}\n" * (PADDING // 80) + b"</script>"
    return raw.replace(b"<body>", b"<body><nav>" + menu + b"</nav>" + script, 1)


def curve(sizes: Sequence[int]) -> str:
    """Run the command over whole folders: wall time, pages per second, largest process."""
    rows = []
    for size in sizes:
        shutil.rmtree(WORK, ignore_errors=True)
        _fill(WORK / "old", size)
        command = [
            sys.executable,
            str(ROOT / "tasks.py"),
            "convert",
            str(WORK / "old"),
            "--into",
            str(WORK / "content/articles"),
            "--report",
            str(WORK / "r.json"),
        ]
        first = measure.cost(command, ROOT, WORK / "log.txt")
        second = measure.cost(command, ROOT, WORK / "log.txt")
        articles = sum(row["output"] is not None for row in json.loads((WORK / "r.json").read_text("utf-8")))
        if articles != size:
            raise environment.CommandError(f"{articles} of {size} pages became articles")
        rows.append(
            [
                str(size),
                f"{first.wall:.1f}",
                f"{size / first.wall:.0f}",
                f"{first.cpu:.1f}",
                f"{first.peak:.0f}",
                f"{second.wall:.1f}",
            ]
        )
        print(" · ".join(rows[-1]), file=sys.stderr, flush=True)
        if first.peak > FLAT:
            raise environment.CommandError(f"{size} pages took {first.peak:.0f} MB; the bar is {FLAT}")
    shutil.rmtree(WORK, ignore_errors=True)
    return _markdown_table(
        ["pages", "seconds", "pages a second", "CPU seconds", "largest process, MB", "again, seconds"], rows
    )


def _fill(folder: Path, size: int) -> None:
    from tests.convert import stories, templates

    kinds = [template for name, template in templates.TEMPLATES.items() if "text" not in name]
    for number in range(size):
        page = kinds[number % len(kinds)](stories.story(number), random.Random(number))
        path = folder / str(number // 500) / f"{number}.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(_padded(page.raw))


def _markdown_table(head: list[str], rows: list[list[str]]) -> str:
    text = "\n".join(f"| {' | '.join(row)} |" for row in [head, ["---", *["--:"] * (len(head) - 1)], *rows])
    print(text + "\n", flush=True)
    return text
