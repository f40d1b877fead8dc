"""The section of an article: places that name it confirm each other, and what rests on one weak hint is told."""

from __future__ import annotations

import pytest

from plugins.convert.article import Article, article_of
from plugins.convert.saved_page import from_html

PROSE = "Con đường dài ba cây số nối hai bản đã được rải đá xong trong tuần này, xe tải đi lại được."
TITLE = "Rải đá xong đường Nậm Ngà"
TEXT = f"<div><p>{PROSE}</p><p>{PROSE} Hai.</p></div>"


def article(above: str, below: str = "<p>12/03/2019</p>", window: str = TITLE) -> Article:
    found = article_of(from_html(f"<title>{window}</title><body>{above}<h1>{TITLE}</h1>{below}{TEXT}"))
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("above", "below", "section"),
    [
        ("<nav aria-label='Breadcrumb'><a>Home</a> › <a>Giao thông</a></nav>", "", "Giao thông"),
        ("<div class='path'><a>Trang chủ</a> / <a>Tin tức</a> / <a>Giao thông</a></div>", "", "Giao thông"),
        ("<p class='kicker'>Giao thông</p>", "", "Giao thông"),
        ("<a class='cate' href='/gt'>Giao thông</a>", "", "Giao thông"),
        ("<p><a href='/gt'>Giao thông</a></p>", "", "Giao thông"),
        ("", "<p>12/03/2019 | <a href='/gt'>Giao thông</a> | 214 lượt xem</p>", "Giao thông"),
        ("", "<dl><dd>Danh mục: <a href='/gt'><span itemprop='genre'>Giao thông</span></a></dd></dl>", "Giao thông"),
        ("<p><a href='/'>Bản tin Nậm Ngà</a></p>", "", ""),
        ("<p>muongcha.example.vn</p>", "", ""),
        ("<p><b>Vừ Thị Mai</b></p>", "", ""),
    ],
)
def test_the_section_is_found_without_a_note(above: str, below: str, section: str) -> None:
    found = article(above, below)
    assert found.category == section
    assert not [note for note in found.doubts if note.startswith("Chuyên mục")]


@pytest.mark.parametrize(
    ("above", "below", "told"),
    [
        ("<p>Giao thông</p>", "", "Giao thông"),
        ("", "<p>12/03/2019 | Giao thông</p>", "Giao thông"),
        ("<p class='cat'><a>Giao thông</a>, <a>Đời sống</a></p>", "", "Đời sống"),
    ],
)
def test_a_section_with_one_weak_hint_or_a_rival_is_told(above: str, below: str, told: str) -> None:
    found = article(above, below)
    assert found.category == "Giao thông"
    assert [note for note in found.doubts if note.startswith("Chuyên mục") and told in note]


def test_labels_of_other_articles_do_not_name_the_section() -> None:
    cards = "".join(
        f"<div><span class='cat'>{name}</span><h3><a href='/x'>Tin về {name}</a></h3></div>" for name in "ABC"
    )
    found = article("<div class='breadcrumb'><a>Trang chủ</a> » <a>Giao thông</a></div>", cards)
    assert found.category == "Giao thông"


def test_a_section_below_the_text_is_no_text() -> None:
    found = article_of(from_html(f"<body><h1>{TITLE}</h1><p>12/03/2019</p>{TEXT}<div class='cat'>Giao thông</div>"))
    assert found is not None and found.category == "Giao thông"
    assert [block.text for block in found.body] == [f"{PROSE} Hai."]


def test_the_name_of_the_site_is_no_section() -> None:
    assert article("<p>Bản tin vùng cao</p>", window=f"{TITLE} - Bản tin vùng cao").category == ""
