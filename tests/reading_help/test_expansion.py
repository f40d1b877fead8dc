"""Abbreviations are explained where a text uses them first, and nothing else of the text changes."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.abbreviations.expansion import expand
from plugins.abbreviations.word_list import is_abbreviation

MEANINGS = {"UBND": "Uỷ ban nhân dân", "HTX": "hợp tác xã", "R&D": "nghiên cứu và phát triển"}
MARK = re.compile(r'<abbr class="spelt" title="([^"]*)">([^<]*)</abbr>')


@pytest.mark.parametrize(
    ("html", "explained"),
    [
        ("<p>UBND tỉnh và UBND xã, HTX Nà Lẹng.</p>", ["UBND", "HTX"]),
        ("<p>Phòng R&amp;D.</p>", ["R&amp;D"]),
        ("<h2>UBND</h2><p>Chờ UBND.</p>", ["UBND"]),
        ('<p>Số 12/QĐ-UBND, <a href="/ubnd/">UBND</a>, <code>UBND</code>, UBNDX, HTX2.</p>', []),
        ("<p>Ủy ban nhân dân (UBND) xã, rồi UBND tỉnh.</p>", []),
        ("<p>Uỷ ban\n<b>nhân dân</b> và UBND.</p>", []),
        ('<p><abbr title="Hội đồng nhân dân">HĐND</abbr> và <abbr title="Hội đồng nhân dân">HĐND</abbr></p>', ["HĐND"]),
        ('<img alt="Trụ sở UBND > HTX"><p>Không có gì.</p>', []),
        ("<table><tr><th>UBND</th><td>UBND</td></tr></table>", ["UBND"]),
    ],
)
def test_the_first_use_in_a_sentence_is_explained(html: str, explained: list[str]) -> None:
    assert [word for _, word in MARK.findall(expand(html, MEANINGS))] == explained


def test_what_the_lead_has_said_is_not_said_again() -> None:
    assert not MARK.search(expand("<p>UBND tỉnh.</p>", MEANINGS, "Chủ tịch Ủy ban nhân dân tỉnh. "))


@given(st.lists(st.sampled_from(["UBND", "HTX", " ", "<p>", "</p>", "<a>", "</a>", "</h2>", "&amp;", "<", ">", "a/"])))
def test_the_words_of_any_text_stay_as_they_are(parts: list[str]) -> None:
    html = "".join(parts)
    assert MARK.sub(r"\2", expand(html, MEANINGS)) == html


def test_terms_are_no_abbreviations() -> None:
    assert [
        word for word in ("UBND", "một cửa", "People's Committee", "GPLX", "Internet") if is_abbreviation(word)
    ] == [
        "UBND",
        "GPLX",
    ]
