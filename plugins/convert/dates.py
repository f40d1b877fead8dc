"""Dates as Vietnamese portals write them. A date counts only where it stands alone or behind its label.

`Thứ Hai, 01/03/2021 | 08:15`, `10:8, Thứ Tư, 3-4-2024`, `Ngày đăng: 1.3.2021 8h15`, `ngày 1 tháng 3 năm 2021`,
`2021-03-01T08:15:00+07:00`. Within a sentence it is the date of an event.
"""

from __future__ import annotations

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
_TIME = re.compile(
    r"(?<!\d)(?P<H>[01]?\d|2[0-3])\s*(?::|h|giờ)\s*(?P<M>[0-5]?\d)?\s*(?:phút)?(?::[0-5]\d)?\s*(?P<half>SA|CH|AM|PM"
    r"|sáng|chiều|tối)?(?![\d/])",
    re.I,
)
_WEEKDAY = re.compile(
    r"\b(?:thứ\s+(?:hai|ba|tư|năm|sáu|bảy|bẩy|[2-7])|chủ\s+nhật|t[2-7]|cn|mon|tue|wed|thu|fri|sat|sun)(?:day|sday"
    r"|nesday|rsday|urday)?\b",
    re.I,
)
_FILLING = re.compile(r"\b(?:ngày|lúc|vào|hồi|giờ|gmt\s*\+?\s*0?7(?::00)?|utc\s*\+?\s*0?7|tháng|năm)\b|[^\w]|_", re.I)
_EVENT = re.compile(
    r"(?<![\d/.-])(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?![\d/])|ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})",
    re.I,
)
_SHORT_EVENT = re.compile(r"(?<![\d/.-])(\d{1,2})/(\d{1,2})(?![\d/])")
EARLIEST = 1995


@dataclass(frozen=True)
class PageDate:
    """A point in time of the portal's own clock. timed: whether the hour is known."""

    value: datetime
    has_time: bool

    def __str__(self) -> str:
        return f"{self.value:%Y-%m-%d %H:%M}" if self.has_time else f"{self.value:%Y-%m-%d}"


def alone(text: str) -> PageDate | None:
    """The date of a text that holds nothing but one date, and perhaps its weekday and hour."""
    text = text.strip()
    if not 6 <= len(text) <= 90:
        return None
    found = _ISO.search(text) or _DAY.search(text) or _WORDS.search(text)
    if not found:
        return None
    rest = text[: found.start()] + " " + text[found.end() :]
    clock = None if found.re is _ISO and found["H"] else _TIME.search(rest)
    if clock:
        rest = rest[: clock.start()] + " " + rest[clock.end() :]
    rest = _FILLING.sub("", _WEEKDAY.sub("", rest))
    return None if rest else _page_date(found, clock)


def first(text: str) -> PageDate | None:
    """The first date in a text that is known to be about publishing."""
    found = _ISO.search(text) or _DAY.search(text) or _WORDS.search(text)
    if not found:
        return None
    return _page_date(found, _TIME.search(text[: found.start()] + " " + text[found.end() :]))


def machine(text: str) -> PageDate | None:
    """An ISO 8601 or RFC 822 time of metadata, brought to the portal's own clock."""
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


def event(text: str, year: int | None = None) -> tuple[datetime, str] | None:
    """The first date of an event in a sentence, and how it is written. year: for one without a year, if known."""
    for found in _EVENT.finditer(text):
        day, month, y = (int(part) for part in found.groups() if part)
        with suppress(ValueError):
            value = datetime(y, month, day)
            if EARLIEST <= y <= 2100:
                return value, found[0]
    if year:
        for found in _SHORT_EVENT.finditer(text):
            with suppress(ValueError):
                return datetime(year, int(found[2]), int(found[1])), found[0]
    return None


def short_event(text: str) -> tuple[int, int, str] | None:
    """Day and month of the first date without a year, and how it is written: `(7/4)`."""
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
    parts = {key.rstrip("2"): value for key, value in found.groupdict().items() if value is not None}
    year = int(parts["y"]) + (2000 if len(parts["y"]) == 2 else 0)
    hour, minute, timed = 0, 0, False
    if parts.get("H"):
        hour, minute, timed = int(parts["H"]), int(parts["M"]), True
    elif clock and (clock["M"] or re.search(r"h|giờ", clock[0], re.I)):
        hour, minute, timed = int(clock["H"]), int(clock["M"] or 0), True
        half = (clock["half"] or "").lower()
        if half in ("ch", "pm", "chiều", "tối") and hour < 12:
            hour += 12
        elif half in ("sa", "am", "sáng") and hour == 12:
            hour = 0
    try:
        value = datetime(year, int(parts["m"]), int(parts["d"]), hour, minute)
    except ValueError:
        return None
    zone = parts.get("z")
    if timed and zone:
        value = (
            datetime.fromisoformat(f"{value:%Y-%m-%dT%H:%M}" + zone.replace("Z", "+00:00"))
            .astimezone(_ZONE)
            .replace(tzinfo=None)
        )
    return _checked(value, timed)


def _checked(value: datetime, timed: bool) -> PageDate | None:
    if EARLIEST <= value.year <= 2100:
        return PageDate(value, timed and (value.hour, value.minute) != (0, 0))
    return None
