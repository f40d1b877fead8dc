"""Precision and recall of each field of the converted articles, over labelled pages."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from bs4 import BeautifulSoup

from plugins.markdown_reader import header_parser, html

from .stories import OTHERS, TEASERS, Story
from .templates import SavedPage

_BOILERPLATE = [
    "Skip to main content",
    "Chế độ ban đêm",
    "Xuất PDF",
    "Đọc nội dung",
    "Chia sẻ bài viết",
    "Tăng tương phản",
    "Tổng số điểm",
    "Click để đánh giá",
    "Thống kê truy cập",
    "Hôm qua",
    "61.296.415",
    "Lượt xem",
    "Đã xem",
    "Loading",
    "Trở về đầu trang",
    "Giấy phép số",
    "Gửi bài viết qua email",
    "Tin liên quan",
    "Các tin khác",
    "Bình luận",
    "Không phải chữ",
    *OTHERS,
    *TEASERS,
]


@dataclass
class Count:
    """The score of one field: how many values were correct, found and expected; wrong: descriptions of the others."""

    correct: float = 0
    found: float = 0
    expected: float = 0
    wrong: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.correct / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        return self.correct / self.expected if self.expected else 1.0


def normalize(text: str) -> str:
    """Return a text in NFC with spaces collapsed, for comparisons."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def visible_text(markdown: str) -> str:
    """Return the text that a reader sees of an article's body."""
    body_html = html.convert(header_parser.split_document(markdown).body, "/articles/x.md", "/articles", "vi").html
    return normalize(re.sub(r"\s+([.,;:!?)…”])", r"\1", BeautifulSoup(body_html, "html.parser").get_text(" ")))


def score(cases: Iterable[tuple[str, Story, SavedPage, dict[str, Any], str]]) -> dict[str, Count]:
    """Return counts by field. cases: template, story, page, row of the report, Markdown of the article."""
    counts = {
        name: Count() for name in ("title", "lead", "date", "author", "source", "captions", "sentences", "boilerplate")
    }
    for template, story, page, row, markdown in cases:
        where = f"{template} {story.number}"
        _field(counts["title"], where, story.title, row["title"])
        _field(counts["lead"], where, story.lead, row["lead"])
        _field(counts["date"], where, f"{story.date:%Y-%m-%d}" if page.has_date else "", (row["date"] or "")[:10])
        _field(counts["author"], where, story.author if page.has_author else "", row["author"])
        _field(counts["source"], where, story.source if page.has_source else "", row["source_name"])
        _list(counts["captions"], where, story.captions, row["captions"])
        body = visible_text(markdown)
        _sentences(counts["sentences"], where, [normalize(s) for s in story.sentences], row["captions"], body)
        leaked = [words for words in _BOILERPLATE if words.lower() in body.lower()]
        counts["boilerplate"].found += 1 + len(story.sentences)
        counts["boilerplate"].correct += len(leaked)
        counts["boilerplate"].wrong += [f"{where}: {words}" for words in leaked]
    return counts


def _field(count: Count, where: str, expected: str, found: str | None) -> None:
    found = found or ""
    count.expected += bool(expected)
    count.found += bool(found)
    if expected and normalize(found) == normalize(expected):
        count.correct += 1
    elif expected or found:
        count.wrong.append(f"{where}: {found[:90]!r} for {expected[:90]!r}")


def _list(count: Count, where: str, expected: list[str], found: list[str]) -> None:
    # a number is part of what the page says
    counted = [re.sub(r"^(?:- )?Ảnh \d+[:.] ", "", normalize(each)) for each in found]
    count.expected, count.found = count.expected + len(expected), count.found + len(counted)
    for each in map(normalize, expected):
        if each in counted:
            counted.remove(each)
            count.correct += 1
        else:
            count.wrong.append(f"{where}: missing {each!r}")
    count.wrong += [f"{where}: {each!r} is none" for each in counted]


def _sentences(count: Count, where: str, expected: list[str], captions: list[str], body: str) -> None:
    """Score sentences in order, and what the body holds beyond them."""
    at = 0
    remaining = body
    for caption in captions:
        remaining = remaining.replace(normalize(caption), " ", 1)
    for each in expected:
        count.expected += 1
        start = body.find(each, at)
        if start < 0:
            count.wrong.append(f"{where}: missing {each[:90]!r}")
            continue
        count.correct += 1
        at = start + len(each)
        remaining = remaining.replace(each, " ", 1)
    words = len(re.findall(r"\w+", remaining))
    count.found += len([each for each in expected if each in body]) + (words > 6)
    if words > 6:
        count.wrong.append(f"{where}: beyond it {' '.join(remaining.split())[:160]!r}")


def table(counts: dict[str, Count]) -> str:
    """Return the counts as lines of text."""
    return "\n".join(
        (
            f"{name:<10} precision {c.precision:.4f}  recall {c.recall:.4f}  ({c.correct:.0f} correct, "
            f"{c.found:.0f} found, {c.expected:.0f} expected)"
        )
        for name, c in counts.items()
    )
