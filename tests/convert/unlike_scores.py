"""How far the articles of labelled pages are right, and which of their errors no line of `review` tells."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup

from plugins.markdown_reader import front_matter, html

from . import archives
from .unlike_pages import UnlikePage

FIELDS = {"title": "Tiêu đề", "lead": "Đoạn mở đầu", "date": "Ngày đăng", "author": "Tác giả", "captions": "Chú thích"}


@dataclass
class Result:
    """Counts by field: right, wanted and given; wrong: what is not right; silent: what of it nobody is told."""

    right: dict[str, int] = field(default_factory=dict)
    wanted: dict[str, int] = field(default_factory=dict)
    given: dict[str, int] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    silent: list[str] = field(default_factory=list)
    reviewed: int = 0
    articles: int = 0

    def share(self, name: str) -> tuple[float, float]:
        """Return precision and recall of a field."""
        right = self.right.get(name, 0)
        return right / max(1, self.given.get(name, 0)), right / max(1, self.wanted.get(name, 0))

    def add(self, name: str, wanted: int, given: int, right: int) -> None:
        """Count values of a field."""
        for counts, number in ((self.wanted, wanted), (self.given, given), (self.right, right)):
            counts[name] = counts.get(name, 0) + number

    def miss(self, where: str, what: str, is_told: bool) -> None:
        """Note something wrong."""
        self.wrong.append(f"{where}: {what}{' (told)' if is_told else ''}")
        if not is_told:
            self.silent.append(f"{where}: {what}")

    def __str__(self) -> str:
        lines = [
            f"{name:<10} precision {self.share(name)[0]:.3f} recall {self.share(name)[1]:.3f} of {self.wanted[name]}"
            for name in self.wanted
        ]
        lines.append(f"{len(self.silent)} silent errors; {self.reviewed} of {self.articles} articles to review")
        return "\n".join([*lines, *self.wrong])


def _plain(text: str) -> str:
    text = unicodedata.normalize("NFC", text)
    return re.sub(r"\s+([.,;:!?)…”\]>])", r"\1", " ".join(text.split()))


def write(folder: Path, pages: dict[str, UnlikePage]) -> dict[str, Path]:
    """Write pages, each into a folder of its own; return their paths."""
    paths = {}
    for name, page in pages.items():
        paths[name] = folder / name / page.name
        paths[name].parent.mkdir(parents=True)
        paths[name].write_text(page.text, "utf-8")
    return paths


def score(pages: dict[str, UnlikePage], folder: Path) -> tuple[Result, dict[str, dict[str, Any]]]:
    """Convert pages and compare; return the result and the rows of the report by page."""
    paths = write(folder / "old", pages)
    converted = archives.convert(folder / "old", folder / "content" / "articles")
    rows = {name: converted[str(path)] for name, path in paths.items()}
    result = Result()
    for name, page in pages.items():
        _score_page(result, name, page, rows[name])
    return result, rows


def _score_page(result: Result, name: str, page: UnlikePage, row: dict[str, Any]) -> None:
    reasons = "\n".join(row["reasons"])
    if not page.is_article or not row["output"]:
        result.add("article", 1, 1, int(page.is_article == bool(row["output"])))
        if page.is_article != bool(row["output"]):
            result.miss(name, f"{row['status']} {reasons}", bool(row["reasons"]) and not row["output"])
        return
    result.articles += 1
    result.reviewed += bool(row["reasons"])
    told = page.told
    date = f"{told.date:%Y-%m-%d}" if page.has_date else ""
    for key, wanted in (("title", told.title), ("lead", told.lead), ("date", date), ("author", told.author)):
        found = (row[key] or "")[:10] if key == "date" else row[key] or ""
        right = bool(wanted) and _plain(found) == _plain(wanted)
        result.add(key, bool(wanted), bool(found), right)
        if _plain(found) != _plain(wanted):
            result.miss(name, f"{key} {found[:80]!r} for {wanted[:80]!r}", FIELDS[key] in reasons)
    found_captions = [_plain(each) for each in row["captions"]]
    right = sum(_plain(each) in found_captions for each in told.captions)
    result.add("captions", len(told.captions), len(found_captions), right)
    if sorted(found_captions) != sorted(map(_plain, told.captions)):
        result.miss(name, f"captions {found_captions} for {told.captions}", FIELDS["captions"] in reasons)
    _score_text(result, name, page, row, reasons)


def _score_text(result: Result, name: str, page: UnlikePage, row: dict[str, Any], reasons: str) -> None:
    source = Path(row["output"]).read_text("utf-8")
    shown = html.convert(front_matter.split_document(source).body, "/articles/x.md", "/articles", "vi").html
    body = _plain(" ".join([row["lead"] or "", BeautifulSoup(shown, "html.parser").get_text(" ")]))
    told_text = _plain(reasons)
    for each in map(_plain, [page.told.lead, *page.told.paragraphs, *page.more]):
        result.add("sentences", bool(each), bool(each), bool(each) and each in body)
        if each not in body:
            result.miss(name, f"missing {each[:90]!r}", each in told_text)
    for each in page.chrome:
        leaks = each.lower() in body.lower()
        result.add("clean", 1, 1, not leaks)
        if leaks:
            result.miss(name, f"chrome {each!r}", False)
    for each in page.reviewed:
        result.add("reviewed", 1, 1, each in reasons)
        if each not in reasons:
            result.miss(name, f"no review line of {each!r}", False)
