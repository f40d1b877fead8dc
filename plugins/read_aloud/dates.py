"""Vietnamese dates as spoken. 7/4 is a date or a fraction; the words around it decide.

The functions that take a match are the replacements of the rules in vietnamese.py.
"""

from __future__ import annotations

import re

from .numbers import cardinal, decimal, roman_value

DASH = r"\s*[-–—]\s*"
_DATE_WORD = (
    r"(?:ngày|mùng|mồng|hôm|sáng|trưa|chiều|tối|đêm|nay|qua|mai|từ|đến|tới|hết|trước|sau|dịp|lễ|khánh|động|rằm)"
)
_WEEKDAY = r"(?:thứ (?:hai|ba|tư|năm|sáu|bảy)|chủ nhật),? $"
_BEFORE_DATE = re.compile(rf"\b{_DATE_WORD}(?:\s+nay)?,?\s*\(?$|{_WEEKDAY}|(?:^|[;.] )ngày[^.:;]{{0,25}}: $", re.I)
_OTHER_DATE = re.compile(r"(\d{1,2})/(\d{1,2})(?:,| và| hoặc| hay)\s*$")
_COUNTED_NOUN = re.compile(
    r"\s*(số|tổng|kiến nghị|chỉ tiêu|xã|huyện|nhiệm vụ|hộ|thôn|bản|tiêu chí|đại biểu|người|phần|giờ)\b"
)
_MEASURED_NOUN = re.compile(r"\s*(số|tổng|diện tích|dân số|sản lượng|lượng|quãng|chặng|thời gian|chiều|thế kỷ|đời)\b")
_APPROXIMATION = re.compile(r"\b(hơn|gần|khoảng|chiếm|bằng|quá|trên|dưới)\s+$", re.I)
ROUND_THE_CLOCK = ("24", "7")  # 24/7 is not the 24th of July


def spoken_date(day: str, month: str, year: str | None = None, has_day_word: bool = False) -> str:
    """A date in words. has_day_word: "ngày" (or "sáng", "mùng", …) precedes it already."""
    prefix = "" if has_day_word else "ngày "
    return f"{prefix}{cardinal(int(day))} tháng {with_year(month_name(month), year)}"


def with_year(words: str, year: str | None) -> str:
    """The words, followed by the year if there is one.

    After a five there is a comma ("tháng năm, năm …"), else a listener takes the two "năm" for one.
    """
    if not year:
        return words
    comma = "," if words.split()[-1] == "năm" else ""
    return f"{words}{comma} năm {cardinal(int(year))}"


def month_name(month: str) -> str:
    """The name of a month: its number in words, but "tư" for the fourth."""
    return "tư" if int(month) == 4 else cardinal(int(month))


def is_day_of_year(day: str, month: str) -> bool:
    """Whether the two numbers can be a day and a month."""
    return 1 <= int(day) <= 31 and 1 <= int(month) <= 12


def _follows_day_word(match: re.Match[str]) -> bool:
    """Whether the word before the match announces a day."""
    return bool(re.search(r"(?:ngày|mùng|mồng|rằm|hôm)\s*$", match.string[: match.start()], re.I))


def full_date(match: re.Match[str]) -> str:
    """25/5/2020."""
    day, month, year = match[1], match[2], match[3]
    if not is_day_of_year(day, month):
        return " trên ".join(map(decimal, (day, month, year)))
    return spoken_date(day, month, year, _follows_day_word(match))


def date_range(match: re.Match[str]) -> str:
    """01/3/2020 – 25/5/2020; later rules put both dates into words."""
    first, second = re.split(DASH, match[0], maxsplit=1)
    return f"{first} đến {second}"


def day_range(match: re.Match[str]) -> str:
    """5-7/12 and 28–30/4/2021: two days of one month."""
    first, last, month, year = match[1], match[2], match[3], match[4]
    if not (is_day_of_year(first, month) and is_day_of_year(last, month) and int(first) < int(last)):
        return match[0]
    prefix = "" if _follows_day_word(match) else "ngày "
    return f"{prefix}{cardinal(int(first))} đến {spoken_date(last, month, year)}"


def hyphenated_date(match: re.Match[str]) -> str:
    """Ngày 1-6, as some newspapers write it."""
    day, month = match[1], match[2]
    return spoken_date(day, month, has_day_word=True) if is_day_of_year(day, month) else match[0]


def short_date(match: re.Match[str]) -> str:
    """7/4: a date or a fraction, by the words around it, else by whether it can be a fraction below one."""
    day, month = match[1], match[2]
    before, after = match.string[: match.start()], match.string[match.end() :]
    if not is_day_of_year(day, month):
        return f"{decimal(day)} trên {decimal(month)}"
    in_brackets = before.endswith("(") and after.startswith(")") and (day, month) != ROUND_THE_CLOCK
    other = _OTHER_DATE.search(before)  # 30/4 và 1/5
    is_announced = bool(_BEFORE_DATE.search(before)) or in_brackets or bool(other and int(other[1]) > int(other[2]))
    counts_something = _COUNTED_NOUN.match(after)
    if not counts_something and (is_announced or (int(day) > int(month) and (day, month) != ROUND_THE_CLOCK)):
        return spoken_date(day, month, has_day_word=_follows_day_word(match))
    if int(day) < int(month) <= 10 and (_APPROXIMATION.search(before) or _MEASURED_NOUN.match(after)):
        return f"{decimal(day)} phần {month_name(month)}"
    return f"{decimal(day)} trên {decimal(month)}"


def month_of_year(match: re.Match[str]) -> str:
    """6/2027 and tháng 6/2027."""
    month, year = match[2], match[3]
    if not 1 <= int(month) <= 12:
        return match[0]
    return f"{match[1] or 'tháng '}{with_year(month_name(month), year)}"


def quarter(match: re.Match[str]) -> str:
    """quý I/2027."""
    number = int(match[2]) if match[2].isdigit() else roman_value(match[2])
    return f"{match[1]}{cardinal(number)} năm {cardinal(int(match[3]))}"
