"""Vietnamese numbers in words, as they are said in the north: 1.204 is "một nghìn hai trăm linh bốn"."""

from __future__ import annotations

import re

DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_GROUPS = ("", "nghìn", "triệu")
LONGEST = 15  # a longer run of digits is no quantity
_ROMAN = {"I": 1, "V": 5, "X": 10}
_WELL_FORMED = re.compile(r"X{0,3}(IX|IV|V?I{0,3})\Z")


def cardinal(number: int) -> str:
    """A number from 0 on in words."""
    if number == 0:
        return DIGITS[0]
    billions, rest = divmod(number, 10**9)
    words = f"{cardinal(billions)} tỷ " if billions else ""
    for power in (2, 1, 0):
        group, rest = divmod(rest, 1000**power)
        if group:
            words += f"{_group(group, bool(words))} {_GROUPS[power]} "
    return words.strip()


def _group(number: int, inner: bool) -> str:
    """A number below 1000. inner: something larger stands before it, so that a missing hundred is said."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    words = [DIGITS[hundreds], "trăm"] if hundreds or inner else []
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


def digits(text: str) -> str:
    """Digit by digit, as telephone numbers are said."""
    return " ".join(DIGITS[int(d)] for d in text if d.isascii() and d.isdigit())


def decimal(text: str) -> str:
    """A number as it is written in Vietnamese: dots between thousands, a comma before decimals.

    A single dot before other than three digits (4.0) is said as a dot.
    """
    whole, comma, fraction = text.partition(",")
    if not comma and "." in whole and not re.fullmatch(r"\d{1,3}(\.\d{3})+", whole):
        return " chấm ".join(_whole(part) for part in whole.split("."))
    words = _whole(whole.replace(".", ""))
    if not comma:
        return words
    # two decimals without a leading zero are said as a number: 61,36 "phẩy ba mươi sáu"
    tail = cardinal(int(fraction)) if len(fraction) < 3 and fraction[0] != "0" else digits(fraction)
    return f"{words} phẩy {tail}"


def _whole(text: str) -> str:
    if len(text) > LONGEST or (len(text) > 1 and text[0] == "0"):
        return digits(text)
    return cardinal(int(text))


def roman(text: str) -> int:
    """The value of a Roman numeral up to 39; 0 for what is none."""
    if not text or not _WELL_FORMED.match(text):
        return 0
    values = [_ROMAN[letter] for letter in text]
    return sum(-v if v < max(values[i:]) else v for i, v in enumerate(values))
