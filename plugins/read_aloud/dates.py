"""Dates as they are said: 7/4 is a day or a part, and the words around it decide."""

from __future__ import annotations

import re

from .numbers import cardinal, decimal, roman

DASH = r"\s*[-–—]\s*"
_DAY = r"(?:ngày|mùng|mồng|hôm|sáng|trưa|chiều|tối|đêm|nay|qua|mai|từ|đến|tới|hết|trước|sau|dịp|lễ|khánh|động|rằm)"
_OF_A_WHOLE = re.compile(r"\s*(số|tổng|diện tích|dân số|sản lượng|lượng|quãng|chặng|thời gian|chiều|thế kỷ|đời)\b")
_WEEKDAY = r"(?:thứ (?:hai|ba|tư|năm|sáu|bảy)|chủ nhật),? $"
_COUNTED = re.compile(
    r"\s*(số|tổng|kiến nghị|chỉ tiêu|xã|huyện|nhiệm vụ|hộ|thôn|bản|tiêu chí|đại biểu|người|phần|giờ)\b"
)
_ABOUT = re.compile(r"\b(hơn|gần|khoảng|chiếm|bằng|quá|trên|dưới)\s+$", re.I)
_TOLD = re.compile(rf"\b{_DAY}(?:\s+nay)?,?\s*\(?$|{_WEEKDAY}|(?:^|[;.] )ngày[^.:;]{{0,25}}: $", re.I)
_PAIR = re.compile(r"(\d{1,2})/(\d{1,2})(?:,| và| hoặc| hay)\s*$")
ALWAYS_OPEN = ("24", "7")


def day(d: str, m: str, y: str | None = None, known: bool = False) -> str:
    """A date in words; known: the word ngày (or sáng, mùng, …) stands before it."""
    words = "" if known else "ngày "
    return f"{words}{cardinal(int(d))} tháng {of_year(month(m), y)}"


def of_year(words: str, y: str | None) -> str:
    """With its year. After a five a pause: "tháng năm, năm …", else the two are taken for one."""
    if not y:
        return words
    pause = "," if words.split()[-1] == "năm" else ""
    return f"{words}{pause} năm {cardinal(int(y))}"


def month(text: str) -> str:
    """A month's name: the fourth is tư."""
    return "tư" if int(text) == 4 else cardinal(int(text))


def is_day(d: str, m: str) -> bool:
    """Whether there can be such a day."""
    return 1 <= int(d) <= 31 and 1 <= int(m) <= 12


def _after_day(match: re.Match[str]) -> bool:
    """Whether the word before says already that a day comes."""
    return bool(re.search(r"(?:ngày|mùng|mồng|rằm|hôm)\s*$", match.string[: match.start()], re.I))


def full_date(match: re.Match[str]) -> str:
    """25/5/2020."""
    d, m, y = match[1], match[2], match[3]
    return day(d, m, y, _after_day(match)) if is_day(d, m) else " trên ".join(map(decimal, (d, m, y)))


def date_range(match: re.Match[str]) -> str:
    """01/3/2020 – 25/5/2020: both are put into words later."""
    first, second = re.split(DASH, match[0], maxsplit=1)
    return f"{first} đến {second}"


def days(match: re.Match[str]) -> str:
    """5-7/12 and 28–30/4/2021: two days of one month."""
    d, other, m, y = match[1], match[2], match[3], match[4]
    if not (is_day(d, m) and is_day(other, m) and int(d) < int(other)):
        return match[0]
    before = "" if _after_day(match) else "ngày "
    return f"{before}{cardinal(int(d))} đến {day(other, m, y)}"


def hyphened(match: re.Match[str]) -> str:
    """Ngày 1-6, as some newspapers write it."""
    return day(match[1], match[2], known=True) if is_day(match[1], match[2]) else match[0]


def short_date(match: re.Match[str]) -> str:
    """7/4 is a day, or a part: what stands around it decides, else whether it could be a part at all."""
    d, m = match[1], match[2]
    before, after = match.string[: match.start()], match.string[match.end() :]
    if not is_day(d, m):
        return f"{decimal(d)} trên {decimal(m)}"
    told = bool(_TOLD.search(before)) or (before.endswith("(") and after.startswith(")") and (d, m) != ALWAYS_OPEN)
    pair = _PAIR.search(before)  # 30/4 và 1/5
    told = told or bool(pair and int(pair[1]) > int(pair[2]))
    counted = _COUNTED.match(after)
    if not counted and (told or (int(d) > int(m) and (d, m) != ALWAYS_OPEN)):
        return day(d, m, known=_after_day(match))
    if int(d) < int(m) <= 10 and (_ABOUT.search(before) or _OF_A_WHOLE.match(after)):
        return f"{decimal(d)} phần {month(m)}"
    return f"{decimal(d)} trên {decimal(m)}"


def month_of_year(match: re.Match[str]) -> str:
    """6/2027 and tháng 6/2027."""
    m, y = match[2], match[3]
    if not 1 <= int(m) <= 12:
        return match[0]
    return f"{match[1] or 'tháng '}{of_year(month(m), y)}"


def quarter(match: re.Match[str]) -> str:
    """quý I/2027."""
    value = int(match[2]) if match[2].isdigit() else roman(match[2])
    return f"{match[1]}{cardinal(value)} năm {cardinal(int(match[3]))}"
