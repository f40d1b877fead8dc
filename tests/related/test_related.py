"""What a reader is offered beside an article."""

from __future__ import annotations

import random
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from plugins.related import SHOWN, most_alike, terms

words = st.sampled_from(["hạn hán", "lũ lụt", "trường học", "cửa khẩu", "đường đèo", "lễ hội"])
shelves = st.dictionaries(
    st.sampled_from([f"bai-{n:02}" for n in range(20)]),
    st.tuples(words, st.lists(words, max_size=3).map(" và ".join), st.lists(words, max_size=3)),
    max_size=15,
)


def alike(shelf: dict[str, tuple[str, str, list[str]]]) -> dict[str, list[str]]:
    return most_alike({name: terms(*article) for name, article in shelf.items()})


@given(shelves)
def test_no_article_is_offered_beside_itself_nor_twice_nor_one_that_is_not_there(shelf: dict) -> None:
    found = alike(shelf)
    assert set(found) == set(shelf)
    for name, others in found.items():
        assert name not in others
        assert len(others) == len(set(others)) <= SHOWN
        assert set(others) <= set(shelf)


@given(shelves, st.randoms(use_true_random=False))
def test_the_order_in_which_articles_are_read_does_not_matter(shelf: dict, chance: random.Random) -> None:
    names = list(shelf)
    chance.shuffle(names)
    assert alike({name: shelf[name] for name in names}) == alike(shelf)


def test_equally_like_ones_come_in_order_of_name() -> None:
    shelf = {name: ("", "", ["lũ lụt"]) for name in ("d", "b", "a", "c")} | {"x": ("", "", ["lễ hội"]), "y": ("", "", [])}
    assert alike(shelf)["c"] == ["a", "b", "d"]


def test_the_same_subject_comes_before_the_same_word() -> None:
    shelf = {
        "lu-1": ("Mưa lũ lớn ở Khau Muồi", "Nước lên nhanh", ["lũ lụt"]),
        "lu-2": ("Khắc phục mưa lũ lớn", "Nước rút", ["lũ lụt"]),
        "khau-muoi": ("Lễ hội ở Khau Muồi", "Vui", ["lễ hội"]),
        "khac": ("Tiêm chủng cho trẻ", "Ở trạm y tế", ["y tế"]),
        "khac-2": ("Bóng chuyền nữ", "Chung kết", ["thể thao"]),
    }
    assert alike(shelf)["lu-1"] == ["lu-2", "khau-muoi"]
    assert alike(shelf)["khac"] == []


def test_a_subject_of_everybody_tells_nothing() -> None:
    shelf = {f"bai-{n:03}": ("", "", ["tin tức", *(["hiếm"] if n in (7, 80) else [])]) for n in range(100)}
    assert alike(shelf)["bai-007"] == ["bai-080"]
    assert alike(shelf)["bai-008"] == []


def test_letters_are_compared_without_case_and_words_in_pairs() -> None:
    assert terms("Cửa KHẨU mới!", "", []) == Counter({"cửa khẩu": 1, "khẩu mới": 1})


def test_nothing_is_related_where_there_is_nothing() -> None:
    assert most_alike({}) == {}
    assert most_alike({"a": Counter()}) == {"a": []}
