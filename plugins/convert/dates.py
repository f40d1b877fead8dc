"""Dates as Vietnamese portals write them. A date is that of publication only if it is alone or has a label.

`Thứ Hai, 01/03/2021 | 08:15`, `10:8, Thứ Tư, 3-4-2024`, `Ngày đăng: 1.3.2021 8h15`, `ngày 1 tháng 3 năm 2021`,
`2021-03-01T08:15:00+07:00`. A date within a sentence is that of an event.
"""

from __future__ import annotations

import calendar
import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

_ZONE = timezone(timedelta(hours=7))
_ISO = re.compile(
    r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})(?:[T ]\s*(?P<H>\d{1,2}):(?P<M>\d{2})(?::\d{2}(?:\.\d+)?)?\s*(?P<z>Z"
    r"|[+-]\d{2}:?\d{2})?)?"
)
_DAY = re.compile(r"(?<!\d)(?P<d>\d{1,2})\s*(?P<s>[/.-])\s*(?P<m>\d{1,2})\s*(?P=s)\s*(?P<y>\d{4}|\d{2})(?!\d)")
_WORDS = re.compile(
    r"(?:ngày\s+)?(?P<d>\d{1,2})\s+tháng\s+(?P<m>\d{1,2}),?\s+(?:năm\s+)?(?P<y>\d{4})"
    r"|(?P<d2>\d{1,2})\s+tháng\s+(?P<m2>\d{1,2}),\s*(?P<y2>\d{4})",
    re.I,
)
_ENGLISH = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_ENGLISH |= {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name}
_IN_WORDS = ("một", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười", "mười một", "mười hai")
_MONTHS = _ENGLISH | {name: number for number, name in enumerate(_IN_WORDS, start=1)}
_MONTH = (
    rf"(?:\bth\d{{1,2}}|(?:tháng|thg)\s+(?:\d{{1,2}}|{'|'.join(sorted(_IN_WORDS, key=len, reverse=True))})"
    rf"|\b(?:{'|'.join(sorted(_ENGLISH, key=len, reverse=True))})\.?)"
)
_NAMED = re.compile(
    rf"(?P<m>{_MONTH})\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y>\d{{4}})"
    rf"|(?:ngày\s+)?(?P<d2>\d{{1,2}})\s+(?P<m2>{_MONTH}),?\s+(?:năm\s+)?(?P<y2>\d{{4}})",
    re.I,
)  # March 13, 2025; 13 March 2025; 30 Tháng Tư, 2016; Tháng Tư 30, 2016; 06 thg 2 2020; Th3 17, 2020
_TIME = re.compile(
    r"(?<!\d)(?P<H>[01]?\d|2[0-3])\s*(?::|h|giờ)\s*(?P<M>[0-5]?\d)?\s*(?:phút)?(?::[0-5]\d)?\s*(?P<half>SA|CH|AM|PM"
    r"|sáng|chiều|tối)?(?![\d/])",
    re.I,
)
_WEEKDAY = re.compile(
    r"\b(?:thứ\s+(?:hai|ba|tư|năm|sáu|bảy|bẩy|[2-7])|chủ\s+nhật|t[2-7]|cn"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b",
    re.I,
)
_SHORT_WEEKDAY = re.compile(r"\b(?:mon|tue|wed|thu|fri|sat|sun)\b", re.I)  # Thu is the name of a person too
_FILLING = re.compile(r"\b(?:ngày|lúc|vào|hồi|giờ|gmt\s*\+?\s*0?7(?::00)?|utc\s*\+?\s*0?7|tháng|năm)\b|[^\w]|_", re.I)
_EVENT = re.compile(
    r"(?<![\d/.-])(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?![\d/])|ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})",
    re.I,
)
_SHORT_EVENT = re.compile(r"(?<![\d/.-])(\d{1,2})/(\d{1,2})(?![\d/])")
YEARS = range(1995, 2101)  # no portal is older; a later year is a typing error
SHORTEST, LONGEST = (
    6,
    90,
)  # letters of a line with nothing but a date: "1/3/21" to a weekday, a date and a time in words


@dataclass(frozen=True)
class PageDate:
    """A date in the time zone of the portal. has_time: whether the hour is known."""

    value: datetime
    has_time: bool

    def __str__(self) -> str:
        return f"{self.value:%Y-%m-%d %H:%M}" if self.has_time else f"{self.value:%Y-%m-%d}"


def alone(text: str) -> PageDate | None:
    """Return the date of a text that is only a date, perhaps with its weekday and hour; or None."""
    text = text.strip()
    if not SHORTEST <= len(text) <= LONGEST:
        return None
    found = _find(text)
    if not found:
        return None
    rest, clock = _without_date(text, found)
    rest = _FILLING.sub("", _SHORT_WEEKDAY.sub("", _WEEKDAY.sub("", rest)))
    return None if rest else _page_date(found, clock)


def at_edge(text: str, anywhere: bool = False) -> tuple[PageDate, str] | None:
    """Return the date that a line begins or ends with, perhaps with an hour, and the rest of the line; or None.

    Args:
        text: the line.
        anywhere: whether the date may stand between other things, as signs separate them.
    """
    found = _find(text) if len(text) <= LONGEST else None
    if not found:
        return None
    rest, clock = _without_date(text, found)
    rest = _WEEKDAY.sub("", rest)
    date = _page_date(found, clock)
    is_at_edge = not re.search(r"[^\W\d]{2}", _WEEKDAY.sub("", text[: found.start()])) or not re.search(
        r"[^\W\d]{3}", text[found.end() :]
    )
    return (date, rest) if date and (anywhere or is_at_edge) else None


def split(text: str) -> tuple[str, PageDate, str] | None:
    """Return what is before the first date of a text, the date, perhaps with an hour, and what is behind; or None."""
    found = _find(text)
    if not found:
        return None
    before, behind = text[: found.start()], text[found.end() :]
    clock = None
    if not (found.re is _ISO and found["H"]):
        at_start = re.match(r"[\s,|–-]*", behind)
        clock = _TIME.match(behind, at_start.end() if at_start else 0)
        if clock:
            behind = behind[clock.end() :]
        elif (clocks := list(_TIME.finditer(before))) and not _FILLING.sub("", before[clocks[-1].end() :]):
            clock, before = clocks[-1], before[: clocks[-1].start()]
    date = _page_date(found, clock)
    return (_WEEKDAY.sub("", before), date, _WEEKDAY.sub("", behind)) if date else None


def is_weekday(text: str) -> bool:
    """Return whether a text is nothing but a weekday."""
    return _WEEKDAY.fullmatch(text.strip(" .,")) is not None


def is_short_weekday(text: str) -> bool:
    """Return whether a text is only the English abbreviation of a weekday."""
    return _SHORT_WEEKDAY.fullmatch(text.strip(" .,")) is not None


def _find(text: str) -> re.Match[str] | None:
    return _ISO.search(text) or _DAY.search(text) or _WORDS.search(text) or _NAMED.search(text)


def _without_date(text: str, found: re.Match[str]) -> tuple[str, re.Match[str] | None]:
    """Return a text without its date and the hour beside it, and the match of the hour."""
    rest = text[: found.start()] + " " + text[found.end() :]
    clock = None if found.re is _ISO and found["H"] else _TIME.search(rest)
    return (rest[: clock.start()] + " " + rest[clock.end() :] if clock else rest), clock


def first(text: str) -> PageDate | None:
    """Return the first date in a text that is known to be about publication, or None."""
    found = _find(text)
    if not found:
        return None
    return _page_date(found, _TIME.search(text[: found.start()] + " " + text[found.end() :]))


def every(text: str) -> list[PageDate]:
    """Return all dates of a text, in order, without their hours."""
    found, rest = [], text
    while match := _find(rest):
        found.append(_page_date(match, None))
        rest = rest[match.end() :]
    return [date for date in found if date]


def machine(text: str) -> PageDate | None:
    """Return an ISO 8601 or RFC 822 time of metadata in the time zone of the portal, or None."""
    text = text.strip()
    found = _ISO.match(text)
    if found:
        return _page_date(found, None)
    with suppress(ValueError, TypeError):
        from email.utils import parsedate_to_datetime

        value = parsedate_to_datetime(text)
        value = value.astimezone(_ZONE) if value.tzinfo else value
        return _checked(value.replace(tzinfo=None), True)
    return alone(text)


def event(text: str) -> tuple[datetime, str] | None:
    """Return the first date of an event in a sentence, and how it is written; or None."""
    for found in _EVENT.finditer(text):
        day, month, year = (int(part) for part in found.groups() if part)
        if year in YEARS:
            with suppress(ValueError):
                return datetime(year, month, day), found[0]
    return None


def short_event(text: str) -> tuple[int, int, str] | None:
    """Return day and month of the first date without a year, and how it is written: `(7/4)`; or None."""
    for found in _SHORT_EVENT.finditer(text):
        if 1 <= int(found[1]) <= 31 and 1 <= int(found[2]) <= 12:
            return int(found[1]), int(found[2]), found[0]
    return None


def day_in_year(day: tuple[int, int, str], year: int) -> datetime | None:
    """Return a day as short_event gives it, in a year; None if there is no such day, as 29 February."""
    with suppress(ValueError):
        return datetime(year, day[1], day[0])
    return None


def _page_date(found: re.Match[str], clock: re.Match[str] | None) -> PageDate | None:
    """Return the date of a match; its time is its own or, if it has none, that of another match."""
    parts = {key.rstrip("2"): value for key, value in found.groupdict().items() if value is not None}
    year = int(parts["y"]) + (2000 if len(parts["y"]) == 2 else 0)
    time = (int(parts["H"]), int(parts["M"])) if parts.get("H") else _time_of(clock)
    try:
        name = re.sub(r"^(?:(?:tháng|thg)\s+|th(?=\d))", "", parts["m"].lower().rstrip("."))
        month = int(name) if name.isdigit() else _MONTHS[" ".join(name.split())]
        day = int(parts["d"])
        if found.re is _DAY and month > 12 >= day:
            day, month = month, day  # 7/19/2021, as a server set to English writes it
        value = datetime(year, month, day, *(time or (0, 0)))
    except ValueError:
        return None
    zone = parts.get("z")
    if time and zone and value.year in YEARS:
        value = datetime.fromisoformat(f"{value:%Y-%m-%dT%H:%M}" + zone.replace("Z", "+00:00"))
        value = value.astimezone(_ZONE).replace(tzinfo=None)
    return _checked(value, time is not None)


def _time_of(clock: re.Match[str] | None) -> tuple[int, int] | None:
    """Return hour and minute, on the clock of 24 hours; None for a number without minutes or the word for hours."""
    if clock is None or not (clock["M"] or re.search(r"h|giờ", clock[0], re.I)):
        return None
    hour, minute = int(clock["H"]), int(clock["M"] or 0)
    half = (clock["half"] or "").lower()
    if half in ("ch", "pm", "chiều", "tối") and hour < 12:
        hour += 12
    elif half in ("sa", "am", "sáng") and hour == 12:
        hour = 0
    return hour, minute


def _checked(value: datetime, has_time: bool) -> PageDate | None:
    if value.year not in YEARS:
        return None
    return PageDate(value, has_time and (value.hour, value.minute) != (0, 0))
