"""What is typed in special letters, spaces and lists is on paper as on the page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from plugins.pdf.glyphs import passages, replace_missing_glyphs, supported_characters
from plugins.pdf.list_counters import number_items
from plugins.pdf.render import prepare, render
from plugins.pdf.whole_numbers import keep_whole
from tests.pdf import drawn, torture
from tests.pdf.test_hostile import job_for

LISTS = """<ol reversed=""><li>Giải ba<ul><li>đội Hữu Lũng</li></ul></li><li>Giải nhì</li><li>Giải nhất</li></ol>
<ol start="3" type="a"><li>điểm xê</li><li value="6">điểm ép<ol><li>ý một</li></ol></li></ol>
<ol start="4" type="I"><li>Chương bốn</li><li type="1">Mục năm</li></ol>
<ol reversed="" start="10"><li>Mười</li><li value="5">Năm</li><li>Bốn</li></ol><ol start="0"><li>Không</li></ol>"""
NUMBERS = ["3.", "2.", "1.", "c.", "f.", "1.", "IV.", "5.", "10.", "5.", "4.", "0."]
SIGNS = "1\u2009234\u2009567 đồng, Δ + β ≤ 2π Ω, ⅓, ①, Ⅳ, ㎡, \U0001d413\U0001d422\U0001d427, a\u3000b\u2003c"
PLAIN = {"Ⅳ": "IV", "㎡": "m2", "\U0001d413": "T", "\u3000": " ", "\u202e": "", "\ufe0f": "", "㊗": "(祝)", "😀": "□"}


def test_lists_and_signs_are_on_paper_as_on_the_page(tmp_path: Path) -> None:
    prepare(tmp_path)
    job = job_for("a", f"{number_items(LISTS)}<p>{keep_whole(SIGNS)}</p>", {}, tmp_path)
    assert render(job).notices == []
    text = "".join(sheet.text for sheet in drawn.sheets(Path(job.target)))
    assert re.findall(r"^\w+\.", text, re.M) == NUMBERS
    assert " 1 234 567 đồng, Δ + β ≤ 2π Ω, ⅓, ①, IV, m2, Tin, a b c " in re.sub(r"\s+", " ", text)


def test_pictures_in_a_nested_list_leave_no_sheet_nearly_empty(tmp_path: Path) -> None:
    prepare(tmp_path)
    picture = tmp_path / "a.jpg"
    picture.write_bytes(torture.photo(1, 400, 300))
    image = '<img src="portal:a.jpg" alt="Đèo">'
    body = f"<p>{image}</p><p>{image}</p><ul><li>Ảnh<ul><li>{image}<ul><li>sâu {image}</li></ul></li></ul></li></ul>"
    job = job_for("b", body, {"portal:a.jpg": str(picture)}, tmp_path)
    render(job)
    assert [len(sheet.pictures) for sheet in drawn.sheets(Path(job.target))] == [2, 2]


@pytest.mark.parametrize(("letter", "drawn_as"), PLAIN.items())
def test_a_letter_without_glyph_has_its_plain_form_or_a_box(letter: str, drawn_as: str) -> None:
    supported = supported_characters() | {"祝"}
    assert replace_missing_glyphs(f"a{letter}b", supported) == (f"a{drawn_as}b", letter if drawn_as == "□" else "")


def test_a_missing_letter_is_told_with_its_passage_whatever_it_is() -> None:
    html = "<body><p>Ở đây\u1680có 友谊。</p><p>Hết</p>"
    assert passages(html, "\u1680。友") == [("Ở đây\u1680có 友谊。", letters) for letters in ("\u1680", "友。")]
