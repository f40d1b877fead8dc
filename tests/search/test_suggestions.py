"""What is offered to those who type: phrases and words of titles."""

from __future__ import annotations

import re

from plugins.search.suggestions import MOST_LETTERS, phrases, vocabulary

TITLES = [
    "Thủ tướng thăm Cao Bằng",
    "Thủ tướng họp, Cao Bằng mưa",
    "THỦ TƯỚNG: họp với tỉnh Cao Bằng",
    "Chợ phiên vùng cao",
    "Bằng khen cho vùng cao",
    "Trung tâm Hành chính công mở cửa",
    "Trung tâm Hành chính công nghỉ Tết",
    "Xe tới của khẩu, xe của dân",
]


def words_of(text: str) -> list[str]:
    """Decode a vocabulary."""
    words, word = [], ""
    for shared, rest in re.findall(r"(\d)(\D*)", text):
        word = word[: int(shared)] + rest
        words.append(word)
    return words


def test_phrases_are_words_that_belong_together_as_most_titles_write_them() -> None:
    found = phrases(TITLES)
    assert found[:2] == ["Cao Bằng", "Thủ tướng"]
    assert "Trung tâm Hành chính" in found or "tâm Hành chính công" in found  # nothing is longer than four words
    assert not {"Trung tâm", "Hành chính", "tướng họp Cao", "họp Cao"} & set(found)
    assert phrases([]) == [] and phrases(["Một tiêu đề"]) == []


def test_the_vocabulary_holds_words_of_titles_within_its_limit() -> None:
    words = words_of(vocabulary(TITLES))
    assert words == sorted(set(words)) and {"thu", "tuong", "bang", "khau"} <= set(words)
    many = [f"{a}{b}{c}{d}" for a in "bcdghklmnpqrstvx" for b in "aeiou" for c in "cmnpt" for d in "abcdefghijklmnop"]
    assert MOST_LETTERS * 0.8 < len(vocabulary(many * 2)) <= MOST_LETTERS < len("".join(many))
    assert words_of(vocabulary(["tháng 12 năm 2021", "quý IV"])) == ["iv", "nam", "qui", "thang"]
