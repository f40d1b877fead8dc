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
from typing import TYPE_CHECKING

import environment

from . import RESULTS, measure
from .corpus import ROOT

if TYPE_CHECKING:
    from tests.convert.marked_pages import MarkedPage

WORK = ROOT / ".cache" / "benchmarks" / "convert"
LARGE = 35_000  # pages
PADDING = 40_000  # bytes of scripts, styles and menus around a page, as in a saved page of a portal
FLAT = 400  # MB, for the largest process


def main(sizes: Sequence[int], runs: int) -> None:
    """Measure quality on labelled pages, then pages per second and memory at each size.

    `--size 1000,5000,35000` includes 35,000 pages.
    """
    lines = [
        "## Right",
        "",
        quality(),
        "",
        "## Unlike",
        "",
        unlike(),
        "",
        "## Fast",
        "",
        speed(runs),
        "",
        "## Many",
        "",
        curve(sizes),
    ]
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


SETS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
FIELDS = ("title", "lead", "date", "author")


def unlike() -> str:
    """Return what the portal and trafilatura keep and find of the marked pages that are HTML; see marked_pages.py."""
    from tests.convert import marked_pages

    readers = {"portal": _portal_fields, "trafilatura": _trafilatura_fields}
    rows = []
    for name in SETS:
        pages = [page for page in marked_pages.pages(name).values() if page.is_article and page.name.endswith(_HTML)]
        for peer, read in readers.items():
            found = [read(page.raw) for page in pages]
            rows.append([name, str(len(pages)), peer, *_shares(pages, found)])
    head = ["set", "pages", "program", "sentences kept", "clean of chrome"]
    return _markdown_table([*head, *(f"{field}: precision, recall" for field in FIELDS)], rows)


_HTML = (".html", ".htm", ".aspx")


def _shares(pages: Sequence[MarkedPage], found: Sequence[dict[str, str]]) -> list[str]:
    from tests.convert.marked_pages import plain

    texts = [plain(" ".join([each["lead"], each["text"]])) for each in found]
    both = list(zip(pages, texts, strict=True))
    kept = [words in text for page, text in both for words in (page.fields.get("lead", ""), *page.sentences) if words]
    clean = [words.lower() not in text.lower() for page, text in both for words in page.chrome]
    cells = [f"{sum(each) / max(1, len(each)):.3f}" for each in (kept, clean)]
    for field in FIELDS:
        pairs = [
            (page.fields.get(field, ""), plain(each[field]))
            for page, each in zip(pages, found, strict=True)
            if field not in page.unscored
        ]
        right = sum(bool(wanted) and wanted == given for wanted, given in pairs)
        given, wanted = (max(1, sum(bool(pair[at]) for pair in pairs)) for at in (1, 0))
        cells.append(f"{right / given:.2f}, {right / wanted:.2f}")
    return cells


def _portal_fields(raw: bytes) -> dict[str, str]:
    from bs4 import BeautifulSoup

    from plugins.convert import markdown, office_html
    from plugins.convert.article import article_of
    from plugins.markdown_reader import html

    article = article_of(office_html.read(raw))
    if article is None:
        return dict.fromkeys((*FIELDS, "text"), "")
    shown = html.convert(markdown.body(article, {}), "/articles/x.md", "/articles", "vi").html
    text = BeautifulSoup(shown, "html.parser").get_text(" ")
    date = f"{article.date.value:%Y-%m-%d}" if article.date else ""
    return {"title": article.title, "lead": article.lead, "date": date, "author": article.author, "text": text}


def _trafilatura_fields(raw: bytes) -> dict[str, str]:
    import trafilatura

    found = trafilatura.bare_extraction(raw, include_comments=False, with_metadata=True)
    if found is None:
        return dict.fromkeys((*FIELDS, "text"), "")
    names = {"title": "title", "lead": "description", "date": "date", "author": "author", "text": "text"}
    return {field: str(getattr(found, name) or "") for field, name in names.items()}


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
