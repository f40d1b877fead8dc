"""Jinja filters of the theme: dates, numbers and web addresses as readers write them."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from urllib.parse import quote, urlsplit

_MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]


def date(moment: datetime, lang: str) -> str:
    """07/4/2021 in Vietnamese (Decree 30/2020/NĐ-CP: day in two figures, month so only when 1 or 2); 7 April 2021."""
    if lang == "vi":
        month = f"{moment.month:02d}" if moment.month < 3 else str(moment.month)
        return f"{moment.day:02d}/{month}/{moment.year}"
    return f"{moment.day} {_MONTHS[moment.month - 1]} {moment.year}"


def machine_date(moment: datetime) -> str:
    """For `<time datetime>`: with the time of day only where the article gives one."""
    return moment.isoformat(timespec="minutes") if has_time(moment) else moment.date().isoformat()


def has_time(moment: datetime) -> bool:
    """Whether a date was given with its time of day."""
    return bool(moment.hour or moment.minute)


def month(number: int, year: int, lang: str) -> str:
    """Tháng 4/2021; April 2021."""
    return f"Tháng {number}/{year}" if lang == "vi" else f"{_MONTHS[number - 1]} {year}"


def thousands(number: int, lang: str) -> str:
    """61.296.415 in Vietnamese, 61,296,415 in English."""
    return f"{number:,}".replace(",", "." if lang == "vi" else ",")


def host(address: str) -> str:
    """langson.gov.vn of https://langson.gov.vn/…"""
    return urlsplit(address).netloc.removeprefix("www.")


@cache
def path(address: str) -> str:
    """An address as it stands in a link: from the root, percent-encoded where it must be."""
    return "/" + quote(address, safe="/#?=&~.-_")


FILTERS = {f.__name__: f for f in (date, machine_date, has_time, month, thousands, host, path)}
