"""How far the articles of marked pages are right, and which of their errors no line of `review` tells."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from bs4 import BeautifulSoup

from plugins.markdown_reader import header_parser, html
from tests import editors

from . import archives
from .marked_pages import MarkedPage, plain

TELLS = {
    "title": "Tiêu đề",
    "lead": "Đoạn mở đầu",
    "date": "Ngày đăng",
    "author": "Tác giả",
    "section": "Chuyên mục",
    "captions": "Chú thích",
}


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

    @property
    def values(self) -> int:
        """How many values there are to be right or wrong."""
        return sum(self.wanted.values())

    def __str__(self) -> str:
        lines = [
            f"{name:<10} precision {self.share(name)[0]:.3f} recall {self.share(name)[1]:.3f} of {self.wanted[name]}"
            for name in self.wanted
        ]
        lines.append(
            f"{len(self.silent)} silent errors in {self.values} values; {self.reviewed} of {self.articles} articles to "
            "review"
        )
        return "\n".join([*lines, *self.wrong])


def score(pages: dict[str, MarkedPage], folder: Path) -> tuple[Result, dict[str, dict[str, Any]]]:
    """Convert pages, each in a folder of its own; return how right it is, and the rows of the report by page."""
    paths = {name: folder / "old" / name / page.name for name, page in pages.items()}
    for name, path in paths.items():
        path.parent.mkdir(parents=True)
        path.write_bytes(pages[name].raw)
        _write_pictures(path.parent, pages[name].raw)
    converted = archives.convert(folder / "old", folder / "content" / "articles")
    rows = {name: converted[str(path)] for name, path in paths.items()}
    result = Result()
    fields = ["title", "lead", "date", "author"]
    if any("section" in page.fields for page in pages.values()):  # the first sets do not mark it
        fields.append("section")
    for name, page in pages.items():
        _score_page(result, name, page, rows[name], fields)
    return result, rows


def _write_pictures(folder: Path, raw: bytes) -> None:
    """Write the pictures that a page names beside it, as an archive has them."""
    picture = editors.photo(120, 80)
    for source in re.findall(r'<img[^>]*? src="?([^">\s]+)', raw.decode("utf-8", "replace")):
        if not re.match(r"\w+:|//", source):
            editors.write_file(folder, unquote(source).lstrip("/.-"), picture)


def _score_page(result: Result, name: str, page: MarkedPage, row: dict[str, Any], fields: list[str]) -> None:
    reasons = "\n".join(row["reasons"])
    result.add("article", 1, 1, int(page.is_article == bool(row["output"])))
    if not page.is_article or not row["output"]:
        if page.is_article != bool(row["output"]):
            result.miss(name, f"{row['status']} {reasons}", "Trang: " in reasons or not row["output"])
        return
    result.articles += 1
    result.reviewed += row["status"] == "review"
    for key in fields:
        if key not in page.unscored:
            _score_field(result, name, key, page.fields.get(key, ""), row)
    found = [plain(each) for each in row["captions"]]
    result.add("captions", len(page.captions), len(found), sum(each in found for each in page.captions))
    if sorted(found) != sorted(page.captions):
        result.miss(name, f"captions {found} for {list(page.captions)}", TELLS["captions"] in reasons)
    _score_text(result, name, page, row)


def _score_field(result: Result, name: str, key: str, wanted: str, row: dict[str, Any]) -> None:
    found = plain(row["category" if key == "section" else key] or "")[: 10 if key == "date" else None]
    result.add(key, bool(wanted), bool(found), bool(wanted) and found == wanted)
    if found != wanted:
        result.miss(name, f"{key} {found[:80]!r} for {wanted[:80]!r}", TELLS[key] in "\n".join(row["reasons"]))


def _score_text(result: Result, name: str, page: MarkedPage, row: dict[str, Any]) -> None:
    source = Path(row["output"]).read_text("utf-8")
    shown = html.convert(header_parser.split_document(source).body, "/articles/x.md", "/articles", "vi").html
    title = row["title"] if "title" in page.unscored else ""
    body = plain(" ".join([title or "", row["lead"] or "", BeautifulSoup(shown, "html.parser").get_text(" ")]))
    told = plain("\n".join(row["reasons"]))
    for each in filter(None, [page.fields.get("lead", ""), *page.sentences]):
        result.add("sentences", 1, 1, each in body)
        if each not in body:
            result.miss(name, f"missing {each[:90]!r}", each in told)
    for each in page.chrome:
        leaks = each.lower() in body.lower()
        result.add("clean", 1, 1, not leaks)
        if leaks:
            result.miss(name, f"chrome {each!r}", each in told)
    for each in page.reviewed:
        result.add("reviewed", 1, 1, each in told)
        if each not in told:
            result.miss(name, f"no review line of {each!r}", False)
