"""Keeps numbers of several parts on one line, by the no-break space that belongs there (ISO 80000-1, 7.3.1).

These are numbers in groups of three digits, telephone numbers, dates with spaces, and a number with its unit or
currency. A dash that stands for a minus stays with its number. All others have no place where a line may
break (UAX 14).
"""

from __future__ import annotations

import re

NO_BREAK_SPACE, NARROW_NO_BREAK_SPACE = "\u00a0", "\u202f"
# tags, and code, which is to be copied as it is
_NO_TEXT = re.compile(r"(<(?:pre|code|kbd|samp)\b.*?</(?:pre|code|kbd|samp)>|<[^>]*>)", re.S)
_THIN_SPACES = "\u2000-\u200a"  # and others of a fixed width
_GROUPED = re.compile(
    rf"(?<![\w.,])(?:\d{{1,3}}(?:[ {_THIN_SPACES}]\d{{3}})+"
    r"|(?:\+\d{1,3}|\(\+?\d{2,5}\)|0\d{2,4}|1[89]00)(?: \d{2,4}){1,4}"
    r"|\d{1,2} ?/ ?\d{1,2} ?/ ?\d{4})(?![\d])"
)
_BEFORE_UNIT = re.compile(r"(?<=\d) (?=(?:[₫$€£¥%‰°]|đồng\b|đ\b|[A-Z]{2}[A-ZĐ]\b|°?[A-Za-z]{1,2}[²³]?(?![\w²³])))")
_MINUS_DASH = re.compile(r"(?<![\w.,)\]–])–\d[\d.,]*")  # a line may break after a dash (UAX 14), not after a minus
_AFTER_NUMBER = re.compile(rf"(?<=\d){NO_BREAK_SPACE}(?=[^\W\d])")


def keep_whole(html: str) -> str:
    """Put no-break spaces into the numbers of an article's body."""
    parts = _NO_TEXT.split(html)
    parts[::2] = [_join(text) for text in parts[::2]]
    return "".join(parts)


def _join(text: str) -> str:
    text = _GROUPED.sub(_unbroken, text)
    text = _BEFORE_UNIT.sub(NO_BREAK_SPACE, text)
    return _MINUS_DASH.sub(r'<span style="white-space: nowrap">\g<0></span>', text)


def _unbroken(number: re.Match[str]) -> str:
    return re.sub(f"[{_THIN_SPACES}]", NARROW_NO_BREAK_SPACE, number[0].replace(" ", NO_BREAK_SPACE))


def part_from_units(text: str) -> str:
    """Let a line break between a number and its unit again."""
    return _AFTER_NUMBER.sub(" ", text)
