"""Which places an article mentions: names as Vietnamese writes them."""

from __future__ import annotations

import pytest

from plugins.boundary_map import boundaries, mentions
from tests.boundary_map.provinces import collection, square

NAMES = [
    "Xã Khau Mười",
    "Phường Hòa Bình",
    "Xã Ba",
    "Xã Tân Thanh",
    "Phường Tân Thanh",
    "Xã Đoàn Kết",
    "Xã Bình Minh",
    "Xã Minh",
]
FILE = collection(*(square(name, n * 0.1, 0, code=str(n)) for n, name in enumerate(NAMES)))
FINDER = mentions.MentionFinder(boundaries.parse_boundaries(FILE, "f")[0])


def mentioned(*texts: str) -> list[str]:
    return sorted(NAMES[number] for number in FINDER.find(texts))


@pytest.mark.parametrize(
    "text",
    [
        "xã Khau Mười",
        "Xã Khau Mười",
        "XÃ KHAU MƯỜI",
        "chợ phiên Khau Mười",
        "Khau\nMười",
        "<p>Khau <b>Mười</b>, hôm qua</p>",
        "UBND xã\nKhau Mười",
        "thị trấn Khau Mười",
    ],
)
def test_a_name_is_found_however_it_is_written(text: str) -> None:
    assert mentioned(f"Hôm qua tại {text}.") == ["Xã Khau Mười"]


@pytest.mark.parametrize(
    "text",
    [
        "khau mười",
        "Khau Mườing",
        "aKhau Mười",
        "huyện Khau Mười",
        "thành phố Khau Mười",
        "Khau",
        "Mười",
        "ông Nguyễn Khau Mười",
    ],
)
def test_text_that_only_resembles_a_name_does_not_count(text: str) -> None:
    assert mentioned(f"Hôm qua tại {text}.") == []


def test_both_positions_of_the_tone_mark_are_one_name() -> None:
    assert (
        mentioned("phường Hoà Bình")
        == mentioned("phường Hòa Bình")
        == mentioned("PHƯỜNG HOÀ BÌNH")
        == ["Phường Hòa Bình"]
    )


def test_a_name_that_is_also_a_common_word_counts_with_capitals_only() -> None:
    assert mentioned("tinh thần đoàn kết") == [] and mentioned("Đến Đoàn Kết mùa này") == ["Xã Đoàn Kết"]


def test_a_name_of_one_syllable_or_of_two_units_needs_its_kind() -> None:
    assert mentioned("Ba người đến Ba") == [] and mentioned("đến xã Ba") == ["Xã Ba"]
    assert mentioned("cửa khẩu Tân Thanh") == []
    assert mentioned("phường Tân Thanh") == ["Phường Tân Thanh"]
    assert mentioned("xã Tân Thanh và phường Tân Thanh") == ["Phường Tân Thanh", "Xã Tân Thanh"]


def test_a_persons_name_is_not_a_place() -> None:
    assert mentioned("Phó Chủ tịch Nguyễn Bình Minh phát biểu") == []
    assert mentioned("Hôm qua, Bình Minh họp chợ") == ["Xã Bình Minh"]


def test_title_lead_tags_and_text_are_searched_separately() -> None:
    assert mentioned("Chợ Khau", "Mười ngày hội") == []
    assert mentioned("Chợ phiên", "ở Khau Mười", "Ba điều ở xã Ba") == ["Xã Ba", "Xã Khau Mười"]
