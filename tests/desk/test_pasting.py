"""What is pasted keeps its words and its structure, whichever program it comes from."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from plugins.desk import blocks
from plugins.desk.pasting import markdown_of
from tests.desk.clipboards import PROGRAMS, STORIES, Story, flat

BEGIN, SEPARATOR = (f'<span style="mso-element:field-{name}"></span>' for name in ("begin", "separator"))
MARK = '<span style="mso-list:Ignore">{}<span style="font:7.0pt">&nbsp;&nbsp;</span></span>'


def word(level: int, mark: str, text: str) -> str:
    """Return an item of a list as Word writes it."""
    style = f"text-indent:-18.0pt;mso-list:l0 level{level} lfo1"
    mark = f"<![if !supportLists]>{MARK.format(mark)}<![endif]>"
    return f"<p class=MsoListParagraph style='{style}'>{mark}<span lang=VI>{text}<o:p></o:p></span></p>"


def symbol(mark: str, text: str) -> str:
    """Return an item whose bullet is a letter in a font of symbols, as Word writes it."""
    return word(1, mark, text).replace("<span style", "<span style='font-family:Wingdings'><span style", 1)


def wps(mark: str, text: str) -> str:
    """Return an item of a list as WPS writes it."""
    mark = f"<![if !supportLists]><span>{mark}</span><![endif]>"
    return f'<p class=MsoNormal style="mso-list:l0 level1 lfo1">{mark}<span>{text}</span></p>'


def web_item(kind: str, level: int, text: str, start: int = 1) -> str:
    """Return an item of a list as Word on the web writes it."""
    item = f'<li data-aria-level="{level}"><p class="Paragraph"><span class="TextRun">{text}</span></p></li>'
    return f'<div class="ListContainerWrapper"><{kind} start="{start}">{item}</{kind}></div>'


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        (word(1, "·", "Gạo") + word(2, "o", "Nếp") + word(1, "·", "Vải"), "- Gạo\n    - Nếp\n- Vải"),
        (word(1, "1.", "Một") + word(1, "2.", "Hai"), "1. Một\n2. Hai"),
        (word(1, "3)", "Ba") + word(2, "§", "Nhỏ") + word(1, "4)", "Bốn"), "3. Ba\n    - Nhỏ\n4. Bốn"),
        (word(1, "a)", "Điểm a"), "a) Điểm a"),
        (word(1, "·", "Một") + "<p class=MsoNormal>Giữa</p>" + word(1, "·", "Hai"), "- Một\n\nGiữa\n\n- Hai"),
        (web_item("ul", 1, "Một") + web_item("ul", 2, "Nhỏ") + web_item("ul", 1, "Hai"), "- Một\n    - Nhỏ\n- Hai"),
        (web_item("ol", 1, "Một") + web_item("ol", 1, "Hai", 2), "1. Một\n2. Hai"),
        (symbol("Ø", "Mũi tên") + symbol("ü", "Dấu tích") + symbol("q", "Ô"), "- Mũi tên\n- Dấu tích\n- Ô"),
        (wps("1.", "Mở đầu") + wps("2.", "Kết thúc"), "1. Mở đầu\n2. Kết thúc"),
        (wps("a)", "Điểm a") + wps('<font face="Wingdings">l</font>', "Mục"), "a) Điểm a\n\n- Mục"),
        ('<ol type="I"><li value="3">Ba</li><li>Bốn</li></ol>', "III. Ba\n\nIV. Bốn"),
        ('<ol><li value="7">Bảy</li><li>Tám</li></ol>', "7. Bảy\n8. Tám"),
        ('<ul><li role="checkbox"><img aria-roledescription="checkbox" src="data:x"><p>Một</p></li></ul>', "- Một"),
        (
            f"<p class=MsoCaption>Hình {BEGIN}<span>SEQ Hình</span>{SEPARATOR}1. Chợ phiên</p>",
            "Hình 1. Chợ phiên",
        ),
        ("<p>Giá <del>10</del> 8 đồng</p>", "Giá ~~10~~ 8 đồng"),
        ("<ol><ol><li>Sâu</li></ol><li>Nông</li><ul><li>Con</li></ul></ol>", "1. Sâu\n2. Nông\n    - Con"),
        ('<p class="Paragraph" role="heading" aria-level="2">Mục</p><p>Chữ</p>', "## Mục\n\nChữ"),
        (
            '<b style="font-weight:normal" id="docs-1"><p>Chữ <span style="font-weight:700">đậm</span></p></b>',
            "Chữ **đậm**",
        ),
        ('<a href="https://www.google.com/url?q=https://x.example/a">liên kết</a>', "[liên kết](https://x.example/a)"),
        (
            "<table><tr><td class=xl65>STT</td><td>Tên</td></tr><tr><td align=right>1</td><td>A</td></tr></table>",
            "| STT | Tên |\n| --- | --- |\n| 1 | A |",
        ),
        ('<p class=MsoNormal><span style="font-family:.VnTime">Céng hoµ x· héi</span></p>', "Cộng hoà xã hội"),
        (
            "<div><span>Dòng một</span></div><div><br></div><div><span>Dòng hai *1*</span></div>",
            "Dòng một\n\nDòng hai \\*1\\*",
        ),
        ("<div>Chú ý:<br>- Tắt điện<br>- Khóa cửa</div>", "Chú ý:  \n- Tắt điện  \n- Khóa cửa"),
        (
            "<p>Giữ <s>gạch</s>, H<sub>2</sub>O</p><blockquote><p>Trích</p></blockquote>",
            "Giữ ~~gạch~~, H<sub>2</sub>O\n\n> Trích",
        ),
    ],
)
def test_structure_is_kept(html: str, markdown: str) -> None:
    assert markdown_of(f"<html><body><!--StartFragment-->{html}<!--EndFragment--></body></html>").markdown == markdown


@pytest.mark.parametrize("program", PROGRAMS)
def test_a_document_stays_what_it_is_whichever_program_it_is_from(program: str) -> None:
    for story in STORIES:
        page = BeautifulSoup("".join(blocks.elements(markdown_of(PROGRAMS[program](story)).markdown)), "html.parser")
        assert letters(page.get_text()) == letters("".join(texts_of(story, KINDS)))
        if program in ("chat", "excel", "google sheets"):  # which know lines and cells only
            continue
        for kinds, tags in ((("heading",), ["h2", "h3"]), (("list", "numbers"), ["li"]), (("table",), ["td", "th"])):
            own = [element.p or element for element in page.find_all(tags)]  # of an item without the lists in it
            assert [element.get_text() for element in own] == texts_of(story, kinds)


KINDS = ("heading", "text", "caption", "list", "numbers", "table")


def texts_of(story: Story, kinds: tuple[str, ...]) -> list[str]:
    """Return the texts of some kinds of parts: of each item and cell."""
    parts = [value for kind, value in story if kind in kinds]
    return [
        text
        for value in parts
        for text in (
            [value]
            if isinstance(value, str)
            else flat([tuple(part) if isinstance(part, list) else part for part in value])
        )
    ]


def letters(text: str) -> list[str]:
    return sorted(letter for letter in text if letter.isalnum())


def test_notes_of_word_become_footnotes() -> None:
    html = (
        '<p>Theo luật<a href="#_ftn1" name="_ftnref1"><span>[1]</span></a>.</p><div style="mso-element:footnote-list">'
        '<div style="mso-element:footnote" id=ftn1><p><a href="#_ftnref1" name="_ftn1">[1]</a> Luật số 1.</p>'
        "</div></div>"
    )
    assert markdown_of(html).markdown == "Theo luật[^1].\n\n[^1]: Luật số 1."


def test_pictures_are_told() -> None:
    pasted = markdown_of('<p>Chữ</p><p><img src="file:///C:/a.png" width=400 height=300></p><p><i>Ảnh: chợ</i></p>')
    assert "Chữ" in pasted.markdown and "Ảnh: chợ" in pasted.markdown and "a.png" not in pasted.markdown
    assert pasted.notes == ["1 ảnh không dán được; hãy kéo thả tệp ảnh vào đây"]


def test_links_that_cannot_be_kept_are_named() -> None:
    pasted = markdown_of('<p>Xem <a href="/tin/1.html">bài này</a>, <a href="https://x.example/a">kia</a>.</p>')
    assert pasted.markdown == "Xem bài này, [kia](https://x.example/a)."
    assert pasted.notes == ["liên kết ở “bài này” dẫn tới chỗ trong trang cũ; hãy đặt lại"]


def test_nothing_harmful_is_pasted() -> None:
    pasted = markdown_of('<p onclick="x()">Chữ<script>x()</script><a href="javascript:x()">bấm</a></p>')
    assert pasted.markdown == "Chữbấm"


def test_what_a_document_hides_or_has_cut_is_left_out_and_told() -> None:
    cut = '<p>Tăng <del datetime="2026-11-30">10%</del><ins datetime="2026-11-30">12%</ins></p>'
    web = '<p><span class="TrackedChange TrackChangeDeleteHighlight">cũ </span>mới</p>'
    shown = "<tr><td>A</td><td>B</td></tr><tr><td>1</td><td>2</td></tr>"
    rows = f'<table><tr style="display:none"><td>kín</td><td>1</td></tr>{shown}</table>'
    pasted = markdown_of(f'<style>.h{{display:none}}</style>{cut}{web}<p class="h">ẩn</p>{rows}')
    assert pasted.markdown == "Tăng 12%\n\nmới\n\n| A | B |\n| --- | --- |\n| 1 | 2 |"
    notes = " ".join(pasted.notes)
    assert all(f"“{text}”" in notes for text in ("12%", "10%; cũ", "ẩn; kín 1"))
