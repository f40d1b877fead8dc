"""Vietnamese numbers in words, as spoken in the north: 1.204 becomes "một nghìn hai trăm linh bốn"."""

from __future__ import annotations

import re

DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_GROUP_NAMES = ("", "nghìn", "triệu")
MAX_DIGITS = 15  # a longer run of digits is an identifier, not a quantity
_ROMAN_DIGITS = {"I": 1, "V": 5, "X": 10}
_ROMAN_NUMERAL = re.compile(r"X{0,3}(IX|IV|V?I{0,3})\Z")


def cardinal(number: int) -> str:
    """The words of a number that is not negative."""
    if number == 0:
        return DIGITS[0]
    billions, rest = divmod(number, 10**9)
    words = f"{cardinal(billions)} tỷ " if billions else ""
    for power in (2, 1, 0):
        group, rest = divmod(rest, 1000**power)
        if group:
            words += f"{_group_words(group, is_inner=bool(words))} {_GROUP_NAMES[power]} "
    return words.strip()


def _group_words(number: int, is_inner: bool) -> str:
    """The words of a number below 1000. is_inner: a larger group precedes it, so "không trăm" is spoken."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    words = [DIGITS[hundreds], "trăm"] if hundreds or is_inner else []
    if tens > 1:
        words += [DIGITS[tens], "mươi"]
    elif tens == 1:
        words.append("mười")
    elif ones and words:
        words.append("linh")
    if ones == 1 and tens > 1:
        words.append("mốt")
    elif ones == 5 and tens:
        words.append("lăm")
    elif ones:
        words.append(DIGITS[ones])
    return " ".join(words)


def digit_by_digit(text: str) -> str:
    """The digits of a text one by one, as telephone numbers are read; everything else is dropped."""
    return " ".join(DIGITS[int(d)] for d in text if d.isascii() and d.isdigit())


def decimal(text: str) -> str:
    """The words of a number in Vietnamese notation: dots between thousands, a comma before decimals.

    A single dot before anything but three digits (4.0) is read as a dot.
    """
    whole, comma, fraction = text.partition(",")
    if not comma and "." in whole and not re.fullmatch(r"\d{1,3}(\.\d{3})+", whole):
        return " chấm ".join(_integer(part) for part in whole.split("."))
    words = _integer(whole.replace(".", ""))
    if not comma:
        return words
    # two decimals without a leading zero are read as a number: 61,36 is "phẩy ba mươi sáu"
    decimals = cardinal(int(fraction)) if len(fraction) < 3 and fraction[0] != "0" else digit_by_digit(fraction)
    return f"{words} phẩy {decimals}"


def _integer(text: str) -> str:
    if len(text) > MAX_DIGITS or (len(text) > 1 and text[0] == "0"):
        return digit_by_digit(text)
    return cardinal(int(text))


def roman_value(text: str) -> int:
    """The value of a Roman numeral up to 39; 0 if the text is not one."""
    if not text or not _ROMAN_NUMERAL.match(text):
        return 0
    values = [_ROMAN_DIGITS[letter] for letter in text]
    return sum(-v if v < max(values[i:]) else v for i, v in enumerate(values))
