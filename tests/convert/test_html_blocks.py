"""Blocks of a tree of HTML: what is one word on the old page is one, what are two stays two."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from plugins.convert.html_blocks import BlockReader


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
