"""Text is split into sentences where a listener would hear one end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.read_aloud.sentences import MAX_LENGTH, split_sentences


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Câu một. Câu hai! Câu ba? Câu bốn…", ["Câu một.", "Câu hai!", "Câu ba?", "Câu bốn…"]),
        ("UBND TP. Hồ Chí Minh họp.", ["UBND TP. Hồ Chí Minh họp."]),
        ("PGS. TS. Lê A. nói. Rồi nghỉ.", ["PGS. TS. Lê A. nói.", "Rồi nghỉ."]),
        ("Giá 22.000 đồng, tăng 1,5 lần.", ["Giá 22.000 đồng, tăng 1,5 lần."]),
        ("Xem laichau.gov.vn. Cảm ơn.", ["Xem laichau.gov.vn.", "Cảm ơn."]),
        ("người dân…Ban Quản lý", ["người dân…", "Ban Quản lý"]),
        ("“Tôi không đợi.” Ông nói.", ["“Tôi không đợi.”", "Ông nói."]),
        ("Nâng cấp cửa khẩu…; quan tâm hơn.", ["Nâng cấp cửa khẩu…; quan tâm hơn."]),
        ("Gồm gạo, muối... và dầu.", ["Gồm gạo, muối... và dầu."]),
        ("1. Nộp hồ sơ.", ["1. Nộp hồ sơ."]),
        ("Mr. Smith came. He left.", ["Mr. Smith came.", "He left."]),
        ("", []),
    ],
)
def test_sentences_end_where_they_should(text: str, parts: list[str]) -> None:
    assert split_sentences(text) == parts


def test_a_long_sentence_also_ends_at_its_semicolons() -> None:
    text = "; ".join(["phối hợp với các sở, ngành trong việc thu hút đầu tư và tháo gỡ khó khăn"] * 5) + "."
    assert len(split_sentences(text)) == 5


@given(st.text(alphabet="aăđ .!?…;,:ABĐ1“”\n", max_size=3000))
def test_no_text_is_lost_and_no_sentence_is_too_long(text: str) -> None:
    parts = split_sentences(" ".join(text.split()))
    assert "".join("".join(parts).split()) == "".join(text.split())
    assert all(part and len(part) <= MAX_LENGTH for part in parts)


def test_ten_thousand_letters_without_a_stop_are_cut() -> None:
    assert [len(part) for part in split_sentences("a" * 10_000)] == [MAX_LENGTH] * (10_000 // MAX_LENGTH)
