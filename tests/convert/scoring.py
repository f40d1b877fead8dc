"""How right a converter is: precision and recall of each field over labelled pages."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from bs4 import BeautifulSoup

from plugins.markdown_reader import front_matter, html

from .stories import OTHERS, TEASERS, Story
from .templates import Made

_FURNITURE = ["Skip to main content", "Chế độ ban đêm", "Xuất PDF", "Đọc nội dung", "Chia sẻ bài viết", "Tăng tương phản", "Tổng số điểm", "Click để đánh giá", "Thống kê truy cập", "Hôm qua", "61.296.415",
              "Lượt xem", "Đã xem", "Loading", "Trở về đầu trang", "Giấy phép số", "Gửi bài viết qua email", "Tin liên quan", "Các tin khác", "Bình luận", "Không phải chữ", *OTHERS, *TEASERS]  # fmt: skip


@dataclass
class Count:
    """Of one field: how many were right, said and wanted."""

    right: float = 0
    said: float = 0
    wanted: float = 0
    wrong: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.right / self.said if self.said else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.wanted if self.wanted else 1.0


def same(text: str) -> str:
    """Texts that readers would call one: NFC, spaces collapsed."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def shown(markdown: str) -> str:
    """The text that a reader gets of an article's body."""
    made = html.convert(front_matter.split_document(markdown).body, "/articles/x.md", "/articles", "vi").html
    return same(re.sub(r"\s+([.,;:!?)…”])", r"\1", BeautifulSoup(made, "html.parser").get_text(" ")))


def score(cases: Iterable[tuple[str, Story, Made, dict[str, Any], str]]) -> dict[str, Count]:
    """Counts by field. cases: template, story, page, row of the report, Markdown of the article."""
    counts = {
        name: Count() for name in ("title", "lead", "date", "author", "source", "captions", "sentences", "chrome")
    }
    for template, story, made, row, markdown in cases:
        where = f"{template} {story.number}"
        _field(counts["title"], where, story.title, row["title"])
        _field(counts["lead"], where, story.lead, row["lead"])
        _field(counts["date"], where, f"{story.date:%Y-%m-%d}" if made.dated else "", (row["date"] or "")[:10])
        _field(counts["author"], where, story.author if made.authored else "", row["author"])
        _field(counts["source"], where, story.source if made.sourced else "", row["source_name"])
        _list(counts["captions"], where, story.captions, row["captions"])
        body = shown(markdown)
        _sentences(counts["sentences"], where, [same(s) for s in story.sentences], row["captions"], body)
        leaked = [words for words in _FURNITURE if words.lower() in body.lower()]
        counts["chrome"].said += 1 + len(story.sentences)
        counts["chrome"].right += len(leaked)
        counts["chrome"].wrong += [f"{where}: {words}" for words in leaked]
    return counts


def _field(count: Count, where: str, wanted: str, said: str | None) -> None:
    said = said or ""
    count.wanted += bool(wanted)
    count.said += bool(said)
    if wanted and same(said) == same(wanted):
        count.right += 1
    elif wanted or said:
        count.wrong.append(f"{where}: {said[:90]!r} for {wanted[:90]!r}")


def _list(count: Count, where: str, wanted: list[str], said: list[str]) -> None:
    left = [re.sub(r"^(?:- )?Ảnh \d+[:.] ", "", same(each)) for each in said]  # a number is part of what the page says
    count.wanted, count.said = count.wanted + len(wanted), count.said + len(left)
    for each in map(same, wanted):
        if each in left:
            left.remove(each)
            count.right += 1
        else:
            count.wrong.append(f"{where}: missing {each!r}")
    count.wrong += [f"{where}: {each!r} is none" for each in left]


def _sentences(count: Count, where: str, wanted: list[str], captions: list[str], body: str) -> None:
    """In order; and what the body holds beyond them."""
    at = 0
    rest = body
    for caption in captions:
        rest = rest.replace(same(caption), " ", 1)
    for each in wanted:
        count.wanted += 1
        found = body.find(each, at)
        if found < 0:
            count.wrong.append(f"{where}: missing {each[:90]!r}")
            continue
        count.right += 1
        at = found + len(each)
        rest = rest.replace(each, " ", 1)
    words = len(re.findall(r"\w+", rest))
    count.said += len([each for each in wanted if each in body]) + (words > 6)
    if words > 6:
        count.wrong.append(f"{where}: beyond it {' '.join(rest.split())[:160]!r}")


def table(counts: dict[str, Count]) -> str:
    """The counts as lines of text."""
    return "\n".join(
        f"{name:<10} precision {c.precision:.4f}  recall {c.recall:.4f}  ({c.right:.0f} right, {c.said:.0f} said, {c.wanted:.0f} wanted)"
        for name, c in counts.items()
    )
