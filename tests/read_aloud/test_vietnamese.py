"""Vietnamese text is spelt out as a person would say it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.read_aloud import numbers, pronunciations, vietnamese

TABLE = pronunciations.load_table("vi", Path("/nonexistent"))[0]
KINDS = (
    "offices",
    "documents",
    "dates",
    "time of day",
    "numbers",
    "money",
    "units",
    "Roman numerals",
    "trade",
    "signs",
)


def phrases() -> list[tuple[str, str, bool]]:
    """Return (written, spoken, whether the program gets it wrong) for each phrase of phrases.txt."""
    entries = []
    for line in Path(__file__).with_name("phrases.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            written, spoken = line.removeprefix("! ").split(" = ")
            entries.append((written, spoken, line.startswith("! ")))
    return entries


def spell_out(text: str) -> str:
    return vietnamese.spoken_form(text, TABLE)


def test_at_least_98_of_100_phrases_are_spoken_right_and_the_others_are_known() -> None:
    listed = phrases()
    wrong = {written for written, right, _ in listed if spell_out(written) != right}
    assert len(listed) >= 150
    assert wrong == {written for written, _, known in listed if known}
    assert len(wrong) <= 0.02 * len(listed)


def test_the_list_covers_every_kind() -> None:
    text = Path(__file__).with_name("phrases.txt").read_text(encoding="utf-8")
    assert [kind for kind in KINDS if f"# {kind}" not in text] == []


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "không"), (10, "mười"), (11, "mười một"), (15, "mười lăm"), (21, "hai mươi mốt"), (25, "hai mươi lăm"),
        (101, "một trăm linh một"), (110, "một trăm mười"), (1001, "một nghìn không trăm linh một"),
        (1_000_000_000, "một tỷ"), (2_000_000_005, "hai tỷ không trăm linh năm"), (10**12, "một nghìn tỷ"),
    ],
)  # fmt: skip
def test_numbers_are_spelt_out(number: int, words: str) -> None:
    assert numbers.cardinal(number) == words


@given(st.integers(0, 10**15))
def test_every_number_has_words_and_no_digit_is_left(number: int) -> None:
    words = numbers.cardinal(number)
    assert words and "  " not in words and not any(c.isdigit() for c in words)


@given(st.integers(1, 39))
def test_roman_numerals_are_recognised(number: int) -> None:
    ones = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"]
    assert numbers.roman_value("X" * (number // 10) + ones[number % 10]) == number


@pytest.mark.parametrize("text", ["IIII", "VX", "IXI", "", "Vi", "IC"])
def test_what_only_resembles_a_roman_numeral_is_not_one(text: str) -> None:
    assert numbers.roman_value(text) == 0


@given(st.text(max_size=200))
def test_any_text_is_spoken_without_digits_or_marks(text: str) -> None:
    words = spell_out(text)
    assert not any(c in "0123456789<>[]" for c in words)


def test_an_entry_in_the_editors_table_overrides_the_portals() -> None:
    assert vietnamese.spoken_form("UBND họp", TABLE.extended({"UBND": "ủy ban"})) == "ủy ban họp"
