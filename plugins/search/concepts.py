"""Names under which the index has what is written in several ways: dates, and words with synonyms.

An article with "ngày 7 tháng 4 năm 2021", "07/4/2021" or "7 April 2021" has the word "date:2021-4-7" in the index, and
so has one of that year with "7/4"; one with "UBND" or "Ủy ban nhân dân" has "same:ubnd". So a query finds all ways of
writing by one list. script/query.js makes the same names of a query. A synonym is compared by its folded words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache, partial

from .tokens import fold, tokenize

Months = Mapping[str, int]  # numbers of months by their names in a language, in small letters
Synonyms = tuple[tuple[str, ...], ...]  # groups of folded forms, such as ("ubnd", "uy ban nhan dan")

_LONGEST_JOINED, _SHORTEST_PHONE = 16, 9
_SIGNS = "[.&'’/\u2010-\u2015-]"
_INNER_SIGN = re.compile(rf"{_SIGNS}(?=[^\W_])")
_JOINED = re.compile(rf"[^\W_]+(?:{_SIGNS}[^\W_]+)+")
_NUMBERS = re.compile(r"(?<!\d)(\d{1,2})([./\u2010-\u2015-])(\d{1,4})(?:\2(\d{4}))?(?!\d)")
# A number in groups, as query.js knows it: 45.300, 1 234; 1900 6068; 0912.345.678, (0205) 3812 345, +84 912 345 678.
_GROUPED = re.compile(
    r"(?<![\w.,])(?:\d{1,3}(?:[ .,'’]\d{3})+|1[89]00(?:[ .-]\d{2,4}){1,2}"
    r"|(?:\(?\+84\)?[ .-]?|\(?0)\d{1,3}\)?(?:[ .-]?\d{2,4}){2,4})(?!\d|\.\d|,\d{3})"
)
_COUNTRY = re.compile(r"\+84\D?")
_WORDED = re.compile(r"tháng (\d{1,2})(?!\d)(?:(?: năm|,)? ?/?(\d{4})(?!\d))?", re.I)
_HALF_A_YEAR = 186  # days, in months of 31
_DAY = re.compile(r"(?<!\d)\d{1,2}(?= $)")


def names_in(text: str, months: Months | None = None, published: date | None = None) -> Iterator[str]:
    """What the index has of a normalized text besides its words and synonyms: dates, and words that signs join.

    Args:
        text: The text.
        months: The names of months in its language.
        published: The day of its publication: a day without a year is of the year in which it is nearest to it.
    """
    named = partial(_date, published=published)
    if months:
        yield from _dates_with_names(text, months, named)
    for chunk in _chunks_with_signs(text):
        yield from joined_words(chunk)
        for match in _NUMBERS.finditer(chunk):
            first, second, year = match.group(1, 3, 4)
            yield from named(first, second, year or "")
            if not year:
                yield from named("", first, second)
    yield from grouped_numbers(text)
    for match in _WORDED.finditer(text):
        day = _DAY.search(text, max(0, match.start() - 4), match.start())
        yield from named(day[0] if day else "", match[1], match[2] or "")


def _dates_with_names(text: str, months: Months, named: Callable[[str, str, str], Iterator[str]]) -> Iterator[str]:
    """The names of dates such as 7 April 2021, the 7th of April, April 7, 2021, April 2021."""
    for match in _month_pattern(tuple(months)).finditer(text):
        day, name, later_day, year = match.groups()
        yield from named(day or later_day or "", str(months[name.lower()]), year or "")


@cache
def _month_pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    """Day, name, day, year; of may stand between day and name, de between name and year."""
    short, ordinal = r"(?: [^\W\d_]{1,3})?", "(?:st|nd|rd|th|er|\\.)?"
    first = rf"(?:(?<!\w)(\d{{1,2}}){ordinal}{short} )?"
    later = rf"(?: (\d{{1,2}}){ordinal}(?!\w))?"
    return re.compile(rf"{first}(?<!\w)({'|'.join(names)})(?!\w)\.?{later}(?:,?{short} (\d{{4}})(?!\w))?", re.I)


def _chunks_with_signs(text: str) -> Iterator[str]:
    """The parts of a text between spaces that have a sign within."""
    end = 0
    for sign in _INNER_SIGN.finditer(text):
        if sign.start() >= end:
            start = text.rfind(" ", 0, sign.start()) + 1
            end = text.find(" ", sign.end())
            end = len(text) if end < 0 else end
            yield text[start:end]


def joined_words(text: str) -> Iterator[str]:
    """Words that signs join, without the signs: u23 of U.23, covid19 of COVID-19, tphcm of TP.HCM."""
    for match in _JOINED.finditer(text):
        joined = re.sub(r"[\W_]", "", match[0])
        if len(joined) <= _LONGEST_JOINED and not joined.isdecimal():
            yield joined


def grouped_numbers(text: str) -> Iterator[str]:
    """Numbers whose digits stand in groups, without what parts these: 45300, and 0912345678 of +84 912 345 678."""
    for match in _GROUPED.finditer(text):
        joined = re.sub(r"\D", "", _COUNTRY.sub("0", match[0]))
        is_short_phone = joined[0] == "0" and len(joined) < _SHORTEST_PHONE
        if joined != match[0] and len(joined) <= _LONGEST_JOINED and not is_short_phone:
            yield joined


def _date(day: str, month: str, year: str, published: date | None) -> Iterator[str]:
    """The names of a date, and of its parts that are dates themselves; nothing if it is no date."""
    if not _is_number(month, 12):
        return
    day, month = day.lstrip("0"), month.lstrip("0")
    has_day, has_year = _is_number(day, 31), len(year) == 4
    if has_day and has_year:
        yield f"date:{year}-{month}-{day}"
    if has_day:
        yield f"date:{month}-{day}"
        if published and not year:
            yield f"date:{_nearest_year(int(month), int(day), published)}-{month}-{day}"
    if has_year:
        yield f"date:{year}-{month}"


def _nearest_year(month: int, day: int, published: date) -> int:
    """The year in which a day is nearest to that of a publication."""
    distance = (month - published.month) * 31 + day - published.day
    return published.year + (distance < -_HALF_A_YEAR) - (distance > _HALF_A_YEAR)


def _is_number(text: str, most: int) -> bool:
    return text.isdecimal() and 0 < int(text) <= most


def synonym_name(group: Sequence[str]) -> str:
    """The name of a group of synonyms."""
    return "same:" + group[0].replace(" ", "-")


def folded_form(text: str) -> str:
    """A form of a synonym as it is compared."""
    return " ".join(map(fold, tokenize(text)))
