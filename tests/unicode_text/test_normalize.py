"""Text has one form, whatever it was typed with."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.unicode_text import normalize, normalize_lines


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("mo\u0323\u0302t", "một"),
        ("\u00d0\u1ed3ng \u00d0\u0103ng, b\u1ea3n \u0189\u00f4n, \u00f0i \u0256\u00e2u", "Đồng Đăng, bản Đôn, đi đâu"),
        ("d\u0335i D\u0335\u00f4ng, a\u0335", "đi Đông, a\u0335"),
        ("ph\u00e1t\u00ad tri\u00ad\u1ec3n", "phát triển"),
        ("n\u00f4ng\u200bnghi\u200b\u1ec7p \ufeffch\u00e8\u2060", "nôngnghiệp chè"),
        ("m\u1ed9t\x0bhai\x85ba\u2028b\u1ed1n\x0cn\u0103m\u2029s\u00e1u", "một hai ba bốn năm sáu"),
        ("\x93L\u1eddi\x94 \x96 n\u00f3i\x07", "“Lời” – nói"),
        ("a\u200dm\u200e \u202a5 kg\u202c", "am 5 kg"),
        (
            "\u1780\u200b\u1781 \u0e01\u200b\u0e02",
            "\u1780\u200b\u1781 \u0e01\u200b\u0e02",
        ),  # Khmer and Thai part words by it
        ("\U0001f468\u200d\U0001f469\u200d\U0001f467", "\U0001f468\u200d\U0001f469\u200d\U0001f467"),  # one emoji
        (
            "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
            "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
        ),  # Persian
    ],
)
def test_what_looks_the_same_is_the_same(typed: str, read: str) -> None:
    assert normalize(typed) == unicodedata.normalize("NFC", read)


@given(st.text())
def test_a_normalized_text_stays_as_it_is_and_keeps_its_visible_letters(text: str) -> None:
    once = normalize(text)
    assert normalize(once) == once
    assert unicodedata.is_normalized("NFC", once)
    kept = [c for c in unicodedata.normalize("NFC", text) if unicodedata.category(c)[0] in "LNMPS"]
    strokes = sum(map(text.count, ("d\u0335", "D\u0335")))  # two letters become one
    assert len([c for c in once if unicodedata.category(c)[0] in "LNMPS"]) >= len(kept) - strokes


@given(st.text(alphabet="ab\n\x0b\x0c\x85\u2028\u2029\u00ad"))
def test_lines_are_numbered_as_in_the_original(text: str) -> None:
    normalized = normalize_lines(text)
    lines = normalized.text.split("\n")
    originals = text.split("\n")
    assert normalized.original_line(len(lines) - 1) == len(originals) - 1
    for number, line in enumerate(lines):
        assert line in normalize(originals[normalized.original_line(number)])
