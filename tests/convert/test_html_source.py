"""Parts of pages, addresses and names of files are read, and the parser says nothing of them to an editor."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from plugins.convert import document_page, markdown, office_html, saved_page
from plugins.convert.article import Article
from plugins.convert.blocks import Block
from plugins.convert.records.labels import Labels
from plugins.convert.records.pages import records_of
from plugins.desk import pasting
from tests.legal_documents.conversion_scores import KIND

PART = """<?xml version="1.0" encoding="UTF-8"?>
<div>{head}<h1>Đường mới</h1><p>Con đường dài mười cây số đã thông xe vào sáng nay.</p></div>"""
WORD = '<meta name="Generator" content="Microsoft Word 15" />'


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize(
    "read",
    [
        lambda: saved_page.read(PART.format(head="").encode()),
        lambda: office_html.read(PART.format(head=WORD).encode()),
        lambda: document_page.from_html(PART.format(head="")),
        lambda: records_of(PART.format(head="").encode(), "html", "html", Labels(KIND)),
        lambda: pasting.markdown_of(PART.format(head=WORD)),
    ],
    ids=["saved page", "Word", "document", "record", "pasted"],
)
def test_a_part_of_a_page_is_read_without_a_warning(read: Callable[[], object]) -> None:
    read()


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("text", ["https://vanson.example/bai-viet", "bao-cao.html", "/thu-muc/tep.txt", "a@b.example"])
def test_an_address_alone_is_read_without_a_warning(text: str) -> None:
    assert document_page.from_html(f"<p>{text}</p><p>Nội dung.</p>").blocks[0].text == text
    code = Block("code", text, html=text)
    assert markdown.body(Article("", "", None, "", "", "", [code]), {}) == f"~~~\n{text}\n~~~"
