"""Vietnamese dates as spoken. 7/4 is a date or a fraction; the words around it decide.

The functions that take a match are the replacements of the rules in vietnamese.py.
"""

from __future__ import annotations

import re

from .numbers import cardinal, decimal, roman_value

DASH = r"\s*[-–—]\s*"
_WEEKDAY = r"(?:thứ (?:hai|ba|tư|năm|sáu|bảy)|chủ nhật),? $"
# before what can only be a date, whatever follows
_BEFORE_DAY = re.compile(
    r"\b(?:ngày|mùng|mồng|hôm|đường|phố|quảng trường|sáng|trưa|chiều|tối|đêm|nay|rằm)(?:\s+nay)?,?\s*\(?$"
    rf"|{_WEEKDAY}|(?:^|[;.] )ngày[^.:;]{{0,25}}: $",
    re.I,
)
# before a date or an amount
_BEFORE_DATE = re.compile(
    r"\b(?:từ|đến|tới|hết|trước|sau|dịp|lễ|khánh|động|qua|mai|vào|hạn|chót|lúc)(?:\s+nay)?,?\s*\(?$", re.I
)
_OTHER_DATE = re.compile(r"(\d{1,2})/(\d{1,2})(?:,| và| hoặc| hay)\s*$")
_COUNTED_NOUN = re.compile(
    r"\s*(số|tổng|kiến nghị|chỉ tiêu|xã|huyện|nhiệm vụ|hộ|thôn|bản|tiêu chí|đại biểu|người|phần|giờ)\b"
)
_MEASURED_NOUN = re.compile(
    r"\s*(?:trong )?(số|tổng|diện tích|dân số|sản lượng|lượng|quãng|chặng|thời gian|chiều|thế kỷ|đời)\b"
)
_APPROXIMATION = re.compile(r"\b(hơn|gần|khoảng|chiếm|bằng|quá|trên|dưới|tỷ lệ|tỉ lệ|tỷ số|tỉ số|phân số)\s+$", re.I)
_BEFORE_AMOUNT = re.compile(
    r"\b(đạt|được|còn|mất|giảm|tăng|chỉ|có|tức|ít nhất|tối thiểu|tối đa|trong đó)\s+$|:\s*$", re.I
)
_BEFORE_ADDRESS = re.compile(r"\b(số|số nhà|ngõ|ngách|hẻm|kiệt|lô|phòng|tờ|thửa|bậc|mức|cấp)\s+$", re.I)
# What counts something is followed by its name. A date may also end a sentence or a part of it, or come before words
# that begin the next part: prepositions, conjunctions, auxiliary verbs.
_NEXT_PART = re.compile(
    r"\s*(?:$|[.,;:!?)…–—-]"
    r"|\s(?:tại|ở|vào|lúc|và|hoặc|hay|đến|tới|từ|về|với|cùng|do|bởi|vì|để|nhằm|theo|khi|thì|là|mà|nhưng|không|chưa"
    r"|đã|sẽ|đang|vừa|mới|cũng|được|bị|này|tới|âm lịch|dương lịch|hằng năm|hàng năm)\b)",
    re.I,
)
_LARGEST_PART = 4  # 2/3 and 3/4 are parts of a whole, 5/7 rather five of seven
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
    return bool(
        re.search(r"(?:ngày|mùng|mồng|rằm|hôm|đường|phố|quảng trường)\s*$", match.string[: match.start()], re.I)
    )


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
    if is_day_of_year(day, month):
        if _is_date(day, month, before, after):
            return spoken_date(day, month, has_day_word=_follows_day_word(match))
        largest = 10 if _APPROXIMATION.search(before) or _MEASURED_NOUN.match(after) else _LARGEST_PART
        if int(day) < int(month) <= largest and not _BEFORE_ADDRESS.search(before):
            return f"{decimal(day)} phần {month_name(month)}"
    return f"{decimal(day)} trên {decimal(month)}"


def _is_date(day: str, month: str, before: str, after: str) -> bool:
    """Whether two numbers that can be a date are one, given the text on both sides."""
    in_brackets = before.endswith("(") and after.startswith(")") and (day, month) != ROUND_THE_CLOCK
    other = _OTHER_DATE.search(before)  # 30/4 và 1/5
    if in_brackets or _BEFORE_DAY.search(before) or (other and int(other[1]) > int(other[2])):
        return True
    if _COUNTED_NOUN.match(after) or _BEFORE_ADDRESS.search(before):
        return False
    if int(day) <= int(month):
        if _APPROXIMATION.search(before) or _MEASURED_NOUN.match(after) or _BEFORE_AMOUNT.search(before):
            return False
        return bool(_BEFORE_DATE.search(before) or (before.strip() and _NEXT_PART.match(after)))
    return bool(_BEFORE_DATE.search(before)) or (day, month) != ROUND_THE_CLOCK


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
