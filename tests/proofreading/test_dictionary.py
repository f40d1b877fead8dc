"""Words that are spelt by ear are hinted at, with the word that is meant; right words are left alone."""

from __future__ import annotations

import pytest

from plugins.proofreading import dictionary, proofread

HEADER = "---\ntitle: Chợ phiên\n---\n\n"


def hints(text: str, lang: str = "vi") -> list[str]:
    """Return what is said of a text about its words."""
    return [problem.message for problem in proofread(HEADER + text, lang) if problem.code == "misspelt-word"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("sữa chữa", "sửa chữa"),
        ("bổ xung", "bổ sung"),
        ("chia sẽ", "chia sẻ"),
        ("hướng dẩn", "hướng dẫn"),
        ("sản suất", "sản xuất"),
        ("chung tâm", "trung tâm"),
        ("trương trình", "chương trình"),
        ("gia xúc", "gia súc"),
        ("khắt nghiệt", "khắc nghiệt"),
        ("nổ lực", "nỗ lực"),
    ],
)
def test_a_word_that_is_spelt_by_ear_is_hinted_at(typed: str, meant: str) -> None:
    assert hints(f"Người dân đã {typed} theo ý mình.\n\nLại {typed}.") == [
        f"“{typed}” không có trong từ điển; có phải là “{meant}” không?"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Người dân đã sửa chữa, bổ sung và chia sẻ.",
        "Hoà bình, hòa bình; kỹ thuật, kĩ thuật; thủy lợi, thuỷ lợi; lí do, lý do.",
        "Tuyến này dài 5 km, các tuyến kia ngắn.",
        "Xã Sữa Chữa và ông Bổ Xung.",
        "Đổ sữa, chữa bệnh; giữ sữa (chữa mắt).",
        "`sữa chữa`; sữa `x` chữa; [xem](sữa/chữa.md)",
        "Nhà máy sữa chữa cháy kịp thời.",
        "Chiếc xe sẽ chạy.",
    ],
)
def test_right_words_names_and_code_are_left_alone(text: str) -> None:
    assert hints(text) == []


def test_nothing_is_told_of_other_languages_or_without_the_dictionary(monkeypatch: pytest.MonkeyPatch) -> None:
    assert hints("sữa chữa", "en") == []
    monkeypatch.setattr(dictionary, "find_spec", lambda name: None)
    dictionary.words.cache_clear()
    assert hints("sữa chữa") == []
    dictionary.words.cache_clear()
