"""Leads and captions that rest on little are told."""

from __future__ import annotations

import pytest

from plugins.convert.article import Article, article_of
from plugins.convert.saved_page import from_html
from plugins.convert.text_page import read

PROSE = "Con đường dài ba cây số nối hai bản đã được rải đá xong trong tuần này, xe tải đi lại được."
OTHER = "Trưởng bản cho biết bà con góp hơn một nghìn ngày công trong hai tháng mùa khô."
TITLE = "Rải đá xong đường Nậm Ngà"


def article(text: str, head: str = "") -> Article:
    found = article_of(from_html(f"{head}<body><h1>{TITLE}</h1><p>12/03/2019</p><div>{text}</div>"))
    assert found is not None
    return found


def notes(found: Article, field: str) -> list[str]:
    return [note for note in found.doubts if note.startswith(field)]


@pytest.mark.parametrize(
    "text",
    [
        f"<p>{PROSE}</p><p><b>{OTHER}</b></p><p>{PROSE} Hai.</p>",
        f"<p>{PROSE}</p><p><i>{OTHER}</i></p><p>{PROSE} Hai.</p>",
    ],
)
def test_another_paragraph_that_is_set_apart_is_told(text: str) -> None:
    found = article(text)
    assert found.lead == PROSE and OTHER in notes(found, "Đoạn mở đầu")[0]


def test_a_heading_that_is_a_sentence_is_the_lead() -> None:
    found = article(f"<p>{PROSE}</p><p>{OTHER}</p>")
    assert found.lead == PROSE and not notes(found, "Đoạn mở đầu")
    found = article(f"<h2>{OTHER}</h2><p>{PROSE}</p><p>{PROSE} Hai.</p>")
    assert found.lead == OTHER and not notes(found, "Đoạn mở đầu")


def test_a_bold_line_between_picture_and_text_is_a_subheading() -> None:
    found = article(f"<p>{PROSE}</p><p><img src=a.jpg></p><p><b>Ủ rơm với men</b></p><p>{OTHER}</p>")
    assert found.captions == [] and not notes(found, "Chú thích")


def test_a_plain_line_below_a_picture_is_told() -> None:
    found = article(f"<p>{PROSE}</p><p><img src=a.jpg></p><p>Đoạn dốc đầu bản</p><p>{OTHER}</p><p>{PROSE} Hai.</p>")
    assert found.captions == ["Đoạn dốc đầu bản"] and "Đoạn dốc đầu bản" in notes(found, "Chú thích")[0]
    found = article(f"<p>{PROSE}</p><p><img src=a.jpg></p><p align=center><i>Đoạn dốc đầu bản</i></p><p>{OTHER}</p>")
    assert found.captions == ["Đoạn dốc đầu bản"] and not notes(found, "Chú thích")


def test_a_line_of_a_copied_text_that_may_be_a_caption_is_told() -> None:
    page = read("\n".join((TITLE, "12/03/2019", PROSE, OTHER, "Nước về bản cao", PROSE + " Hai.")).encode())
    found = article_of(page)
    assert found is not None and "Nước về bản cao" in notes(found, "Chú thích")[0]
