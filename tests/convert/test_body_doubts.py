"""Lines that only their place makes a part of the text are told: see body_doubts.py."""

from __future__ import annotations

import pytest

from plugins.convert.article import Article, article_of
from plugins.convert.saved_page import from_html

PROSE = "Con đường dài ba cây số nối hai bản đã được rải đá xong trong tuần này, xe tải đi lại được."
TITLE = "Rải đá xong đường Nậm Ngà"


def article(text: str, title: str = TITLE) -> Article:
    found = article_of(from_html(f"<h1>{title}</h1><p>12/03/2019</p><div class=than>{text}</div>"))
    assert found is not None
    return found


def told(found: Article) -> str:
    return "\n".join(note for note in found.doubts if note.startswith("Nội dung"))


@pytest.mark.parametrize(
    "line",
    ["<div class=x><p>Bách khoa thư mở</p></div>", "<div class=y><span>123 lượt quan tâm</span></div>"],
)
def test_a_line_in_another_element_than_the_paragraphs_is_told(line: str) -> None:
    words = line.split(">")[2].split("<")[0]
    assert words in told(article(f"<p>{PROSE}</p>{line}<p>{PROSE} Hai.</p><p>{PROSE} Ba.</p>"))


@pytest.mark.parametrize("line", ["<p>Ghi rõ nguồn khi phát hành lại</p>"])
def test_a_line_below_the_last_paragraph_is_told(line: str) -> None:
    assert line.split(">")[1].split("<")[0] in told(article(f"<p>{PROSE}</p><p>{PROSE} Hai.</p>{line}"))


@pytest.mark.parametrize(
    "line",
    [
        "<div class=x><h2>Rải đá hai lớp</h2></div>",  # heads the paragraph below
        "<p>Trâu đi trước.</p>",
        "<p>Đá lấy ở suối</p>",
    ],
)
def test_a_line_among_the_paragraphs_is_not(line: str) -> None:
    assert not told(article(f"<p>{PROSE}</p>{line}<p>{PROSE} Hai.</p><p>{PROSE} Ba.</p>"))


@pytest.mark.parametrize(
    "line", ["<p><b>CHỦ TỊCH</b></p>", "<p>Lò Văn Páo</p>", "<p align=right>Đài xã</p>", "<p>Trâu đi trước.</p>"]
)
def test_what_signs_an_article_or_ends_it_is_not(line: str) -> None:
    assert not told(article(f"<p>{PROSE}</p><p>{PROSE} Hai.</p>{line}"))


def test_a_page_that_may_be_no_article_is_told() -> None:
    found = article_of(
        from_html("<h1>Ôi, trang này đi lạc rồi</h1><p>Liên kết bạn bấm có thể đã hỏng hoặc bài viết đã được gỡ.</p>")
    )
    assert found is not None and any(note.startswith("Trang:") for note in found.review)
