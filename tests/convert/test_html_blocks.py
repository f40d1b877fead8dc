"""Blocks of a tree of HTML: what is one word on the old page is one, what are two stays two."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from plugins.convert.html_blocks import BlockReader
from plugins.convert.saved_page import from_html

PROSE = "Con đường dài ba cây số nối hai bản đã được rải đá xong trong tuần này, xe tải đi lại được."


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ('<a href="qd.pdf">Quyết định</a><a href="qd.pdf" download>Tải về</a>', "Quyết định Tải về"),
        ('<a href="/1">Kỳ 1</a><a href="/2">Kỳ 2</a>', "Kỳ 1 Kỳ 2"),
        ('<a href="/qd">Xem</a><a class="btn" href="/qd">In</a>', "Xem In"),
        ('<a href="/qd">Quyết đ</a><a href="/qd">ịnh</a>', "Quyết định"),
        ('Ngh<a name="_Toc1">ị</a><a href="/nq">quyết</a>', "Nghịquyết"),
    ],
)
def test_neighbouring_links_are_one_if_they_are_alike(markup: str, text: str) -> None:
    blocks = BlockReader({}).read(BeautifulSoup(f"<div><p>{markup}</p></div>", "html.parser").div)
    assert [block.text for block in blocks] == [text]


def test_what_a_page_builder_places_is_no_aside() -> None:
    text = f"<div class=elementor-widget><p>{PROSE}</p><p>{PROSE} Hai.</p></div><div class=widget><p>Quà</p></div>"
    page = from_html(f"<div class='elementor-widget x'><h1>Đàn ong trên mái trường</h1></div>{text}")
    assert f"{PROSE} Hai." in [block.text for block in page.blocks]
    page = from_html(f"<h1>Đàn ong</h1><p>{PROSE}</p><p>{PROSE} Hai.</p><div class=widget><p>Quà</p></div>")
    assert "Quà" not in [block.text for block in page.all_blocks]


@pytest.mark.parametrize(
    "link",
    [
        "<span class=e>[<a href=/e>sửa</a>]</span>",
        "<span>[<a href=/e>sửa</a> | <a href=/f>sửa mã nguồn</a>]</span>",
        "<a href=#x>¶</a>",
    ],
)
def test_links_of_a_heading_are_no_words_of_it(link: str) -> None:
    page = from_html(f"<h1>Lễ cúng bến nước</h1><p>{PROSE}</p><h2>Diễn trình{link}</h2><p>{PROSE} Hai.</p>")
    assert "Diễn trình" in [block.text for block in page.all_blocks]
    page = from_html(f"<h1>Lễ cúng</h1><p>{PROSE}</p><h2><a href=/qd>[Dự thảo]</a> lấy ý kiến</h2><p>{PROSE} Hai.</p>")
    assert "[Dự thảo] lấy ý kiến" in [block.text for block in page.all_blocks]
