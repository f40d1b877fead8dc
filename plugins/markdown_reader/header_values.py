"""Checks for the values of header keys.

Each check takes the text that an editor wrote and returns the value, or raises ValueError with what is wrong and what
to write instead, in the editor's language.
"""

from __future__ import annotations

import re
from calendar import monthrange
from contextlib import suppress
from datetime import datetime, timedelta
from functools import cache
from urllib.parse import quote, unquote, urlsplit

from pelican.utils import slugify

from plugins.i18n import translate

_LANG = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]+)*\Z")
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")
_MAX_SLUG = 150  # characters
# Names that no file or folder has on Windows (learn.microsoft.com, "Naming Files, Paths, and Namespaces").
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)\Z")
_DAY_FIRST = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?=[ T]|$)")  # 20/11/2026 08:30
_YEAR_FIRST = re.compile(r"(\d{4})([/.])(\d{1,2})\2(\d{1,2})(?=[ T]|$)")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}(?:[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)? ?(?:Z|[+-]\d{2}:?\d{2})?)?\Z")
_CLOCK = re.compile(  # 8h30, 8 giờ 30 phút; in 0h 01/12/2026 the day is no minute
    r"\b(\d{1,2}) ?(?:h|g|giờ)(?: ?(\d{1,2})(?: ?(?:phút|p)\b)?(?![\w:/.-]))?(?![\w:])", re.I
)
_LINKING_WORDS = re.compile(r"\b(?:ngày|lúc|vào)\b|,", re.I)
_IN_WORDS = re.compile(r"(\d{1,2}) tháng (\d{1,2}) năm (\d{4})", re.I)
_TIME_FIRST = re.compile(r"(\d{1,2}:\d{2}(?::\d{2})?) (\S+)\Z")
_NEVER_SENT = re.compile(r"[\s<>\"\\\x00-\x1f\x7f]|%(?![0-9a-fA-F]{2})")  # in addresses: browsers encode them
_WEEKDAYS = ("thứ hai", "thứ ba", "thứ tư", "thứ năm", "thứ sáu", "thứ bảy", "chủ nhật")
_WEEKDAY = re.compile(r"\b(?:thứ (?P<name>hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật)\b(?! tháng)", re.I)
_MIDNIGHT = re.compile(r" 24:00(?::00)?(?=$| ?[Z+-])")  # of ISO 8601: the end of a day
_SHORT_YEAR = re.compile(r"(\d{1,2}[/.-]\d{1,2}[/.-])(\d{2})(?=[ T]|$)")
_STATUSES = dict.fromkeys(("published", "dang", "da-dang"), "published")
_STATUSES |= dict.fromkeys(("draft", "nhap", "ban-nhap"), "draft")
_STATUSES |= dict.fromkeys(("withdrawn", "go", "da-go", "go-bai"), "withdrawn")
EXAMPLE = "28/11/2026 08:30"  # of a date, as Vietnamese write it


def text(value: str) -> str:
    """A text that is not empty, on one line."""
    value = " ".join(value.split())
    if not value:
        raise ValueError(translate("is empty"))
    return value


def date_time(value: str) -> datetime:
    """A date between 1900 and 2200, with or without a time: in ISO 8601, or as Vietnamese write it.

    That is day/month/year, also with . or -, or `ngày 28 tháng 11 năm 2026`; the time before or after it as 8:30, 8h30
    or 8 giờ 30, 24:00 being the end of the day. A weekday beside it must be that of the date. It has a time zone only
    if the text has one (`2026-11-20T08:30:00+07:00`); else it is local to the portal.
    """
    weekday, text = _without_weekday(value)
    text = _in_figures(text)
    if not _DATE.match(text):
        short = _SHORT_YEAR.match(text)
        if short:
            example = f"{short[1]}20{short[2]}{text[short.end() :]}"
            raise ValueError(
                translate("“{text}”: write the year in four figures: {example}", text=value, example=example)
            )
        raise ValueError(translate("“{text}” is no date; write for example {example}", text=value, example=EXAMPLE))
    text, is_midnight = _MIDNIGHT.subn(" 00:00", text.replace("T", " "))
    try:
        parsed = datetime.fromisoformat(re.sub(r"(?<= )(?=\d:)", "0", text).replace(" +", "+").replace(" Z", "Z"))
    except ValueError:
        raise ValueError(_why_impossible(value, text)) from None
    if weekday is not None and weekday != parsed.weekday():
        day, right = f"{parsed:%d/%m/%Y}", _WEEKDAYS[parsed.weekday()]
        raise ValueError(
            translate("“{text}”: {day} is a {weekday}; correct one of them", text=value, day=day, weekday=right)
        )
    parsed += timedelta(days=is_midnight)
    if not 1900 <= parsed.year <= 2200:
        raise ValueError(translate("must be a date between 1900 and 2200"))
    return parsed


def _without_weekday(value: str) -> tuple[int | None, str]:
    """The weekday that a date names, 0 for Monday, None for none; and the date without it."""
    text = " ".join(value.split())
    found = _WEEKDAY.search(text)
    if not found:
        return None, text
    name = found["name"] and found["name"].lower()
    names = ("hai", "ba", "tư", "năm", "sáu", "bảy")
    number = 6 if not name else int(name) - 2 if name.isdigit() else names.index(name)
    return number, f"{text[: found.start()]} {text[found.end() :]}".strip(" ,")


def _in_figures(value: str) -> str:
    """A date and time as ISO 8601 writes them, if it is written in one of the other ways."""
    text = _CLOCK.sub(lambda time: f"{time[1]}:{time[2] or '':0>2}", " ".join(value.split()))
    text = " ".join(_LINKING_WORDS.sub(" ", text).split())
    text = _TIME_FIRST.sub(r"\2 \1", _IN_WORDS.sub(r"\1/\2/\3", text))
    text = _DAY_FIRST.sub(lambda date: f"{date[4]}-{date[3]:0>2}-{date[1]:0>2}", text)
    return _YEAR_FIRST.sub(lambda date: f"{date[1]}-{date[3]:0>2}-{date[4]:0>2}", text)


def _why_impossible(value: str, text: str) -> str:
    """Why there is no such date or time. text: the same as `value`, in figures."""
    year, month, day = int(text[:4]), int(text[5:7]), int(text[8:10])
    if month > 12 >= day > 0:
        example = f"{month}/{day}/{year}"
        return translate("“{text}”: the day comes before the month; write {example}", text=value, example=example)
    if not (1 <= month <= 12 and year > 0):
        return translate("“{text}”: a year has twelve months; write for example {example}", text=value, example=EXAMPLE)
    days = monthrange(year, month)[1]
    if not 1 <= day <= days:
        return translate(
            "“{text}”: there is no such day; month {month} of {year} has {days} days",
            text=value,
            month=month,
            year=year,
            days=days,
        )
    return translate("“{text}”: there is no such time; write for example {example}", text=value, example=EXAMPLE)


def slug(value: str) -> str:
    """A slug, see `is_slug`."""
    if _DEVICE.match(value):
        raise ValueError(translate("is a name that Windows keeps for itself; write for example {slug}-1", slug=value))
    if is_slug(value):
        return value
    raise ValueError(translate("may hold only small letters a–z, digits and single hyphens, 150 at most"))


def is_slug(value: str) -> bool:
    """Whether a text has only lowercase ASCII letters, digits and single hyphens, at most 150 characters in all."""
    return len(value) <= _MAX_SLUG and bool(_SLUG.match(value))


@cache
def slug_of(name: str) -> str:
    """The slug of a name, without diacritics (đ becomes d); "" where no letter or digit is left.

    Names that Windows keeps for itself (con, aux) get a number, so that a portal can be built there too.
    """
    slugified: str = slugify(name, regex_subs=[(r"[^\w\s-]", ""), (r"[-_\s]+", "-")])
    slug = slugified.strip("-")[:_MAX_SLUG].strip("-")
    return f"{slug}-1" if _DEVICE.match(slug) else slug


def is_lang(value: str) -> bool:
    """Whether a text has the form of a language code (BCP 47)."""
    return bool(_LANG.match(value))


def lang(value: str) -> str:
    """A language code (BCP 47)."""
    if is_lang(value):
        return value
    raise ValueError(translate("is no language code; write for example {example}", example="vi"))


def flag(value: str) -> bool:
    """A boolean: true, yes, false or no, in any case."""
    flags = {"true": True, "yes": True, "false": False, "no": False}
    if value.lower() in flags:
        return flags[value.lower()]
    raise ValueError(translate("must be true or false"))


def status(value: str) -> str:
    """The status of an article: published, draft or withdrawn, also in Vietnamese and in any case."""
    known = _STATUSES.get(slug_of(value))
    if known:
        return known
    raise ValueError(translate("must be published, draft or withdrawn"))


def is_draft(value: object) -> bool:
    """Whether a text is a status of drafts."""
    return isinstance(value, str) and _STATUSES.get(slug_of(value)) == "draft"


def web_address(value: str) -> str:
    """An absolute URL with http or https."""
    with suppress(ValueError):  # from urlsplit, for https://[
        if re.fullmatch(r"https?://[^\s<>\"']+", value) and urlsplit(value).hostname:
            return value
    raise ValueError(translate("must be a web address that begins with https:// or http://"))


def former_address(value: str) -> str:
    """An address on an earlier version of the portal: `/tin/chi-tiet.aspx?id=12`, or a URL on the old host."""
    begin = re.match(r"(https?://[^\s<>\"'/]+)?/", value)
    if not begin:
        raise ValueError(translate("must be an address that begins with / or with https://"))
    # as browsers send it: a place on the page stays with them
    sent = _NEVER_SENT.sub(lambda found: quote(found[0]), value.partition("#")[0])
    path = unquote(sent[begin.end() :].partition("?")[0])
    if re.search(r"[\x00-\x1f\x7f]", path) or {".", ".."} & set(path.split("/")):
        raise ValueError(translate("no browser asks for such an address; copy it from the browser's address bar"))
    if sent != value:
        text = translate(
            "an address has no spaces, quotation marks, <, >, \\, # or single %; write {address}", address=sent
        )
        raise ValueError(text)
    return value
