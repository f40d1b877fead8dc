"""What the value of a header's key may be: each function makes a value of what is written, or raises ValueError with
what is wrong and what to write instead."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import datetime
from functools import cache
from urllib.parse import urlsplit

from pelican.utils import slugify

from plugins.i18n import translate

_LANG = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]+)*\Z")
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")


def text(value: str) -> str:
    """A text, in one line."""
    value = " ".join(value.split())
    if not value:
        raise ValueError(translate("is empty"))
    return value


def date_time(value: str) -> datetime:
    """A date: ISO 8601 or the Vietnamese day/month/year, with or without the time; local time, without zone."""
    for form in ("%Y-%m-%d", "%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S", "%d/%m/%Y", "%d/%m/%Y %H:%M"):
        try:
            found = datetime.strptime(value.strip().replace("T", " "), form)
        except ValueError:
            continue
        if 1900 <= found.year <= 2200:
            return found
    raise ValueError(translate("is no date; write for example {example}", example="2026-11-20 08:30"))


def slug(value: str) -> str:
    """The last part of an address."""
    if is_slug(value):
        return value
    raise ValueError(translate("may hold only small letters a–z, digits and single hyphens, 150 at most"))


def is_slug(value: str) -> bool:
    """Whether a text can be an address: small ASCII letters, digits, single hyphens, at most 150."""
    return len(value) <= 150 and bool(_SLUG.match(value))


@cache
def slug_of(name: str) -> str:
    """The address that a name makes (đ becomes d), empty where it makes none."""
    return slugify(name, regex_subs=[(r"[^\w\s-]", ""), (r"[-_\s]+", "-")]).strip("-")[:150].strip("-")


def is_lang(value: str) -> bool:
    """Whether a text looks like a language code (BCP 47)."""
    return bool(_LANG.match(value))


def lang(value: str) -> str:
    """A language code (BCP 47)."""
    if is_lang(value):
        return value
    raise ValueError(translate("is no language code; write for example {example}", example="vi"))


def flag(value: str) -> bool:
    """True or false."""
    flags = {"true": True, "yes": True, "false": False, "no": False}
    if value.lower() in flags:
        return flags[value.lower()]
    raise ValueError(translate("must be true or false"))


def status(value: str) -> str:
    """published or draft."""
    if value in ("published", "draft"):
        return value
    raise ValueError(translate("must be published or draft"))


def web_address(value: str) -> str:
    """A whole address on the web."""
    with suppress(ValueError):  # of urlsplit: https://[
        if re.fullmatch(r"https?://[^\s<>\"']+", value) and urlsplit(value).hostname:
            return value
    raise ValueError(translate("must be a web address that begins with https:// or http://"))


def former_address(value: str) -> str:
    """An address of this portal before: `/tin/chi-tiet.aspx?id=12`, or with https:// and the old host."""
    if re.fullmatch(r"(https?://[^\s<>\"'/]+)?/[^\s<>\"'#\\]*", value) and ".." not in value:
        return value
    raise ValueError(translate("must be an address that begins with / or with https://"))
