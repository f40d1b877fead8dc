"""Jinja filters of the theme: dates, numbers and web addresses as readers see them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import lru_cache

from markupsafe import Markup, escape

from plugins.languages import Language


def machine_date(moment: datetime) -> str:
    """Format a date for `<time datetime>`, with the time of day only if the article gives one."""
    return moment.isoformat(timespec="minutes") if has_time(moment) else moment.date().isoformat()


def has_time(moment: datetime) -> bool:
    """Whether a date was given with its time of day."""
    return bool(moment.hour or moment.minute)


def dialled(phone: str) -> str:
    """Return a telephone number as a tel: link has it (RFC 3966); "0205 3812 345 máy lẻ 12" has an extension."""
    parts = re.fullmatch(r"(.*?\d)\W*[^\W\d].*?(\d+)\)?", phone)
    return f"{parts[1]};ext={parts[2]}".replace(" ", "") if parts else phone.replace(" ", "")


def _headline(phrases: Iterable[tuple[str, bool]]) -> Markup:
    """Mark the phrases of a headline that stay in one line."""
    parts = ((escape(text), together) for text, together in phrases)
    return Markup("".join(f'<span class="nb">{text}</span>' if together else text for text, together in parts))


FILTERS = {f.__name__: f for f in (dialled, machine_date, has_time)}


def language_filters(languages: Mapping[str, Language]) -> dict[str, Callable[..., str]]:
    """Return filters that write as an edition's language does: {{ article.date|date(edition.lang) }}."""

    @lru_cache(maxsize=1 << 14)  # an article is in ten lists
    def headline(text: str, lang: str) -> Markup:
        return _headline(languages[lang].phrases(text))

    return {
        "date": lambda moment, lang: languages[lang].date(moment),
        "day": lambda moment, lang: languages[lang].day(moment),
        "month": lambda number, year, lang: languages[lang].month(year, number),
        "thousands": lambda number, lang: languages[lang].integer(number),
        "decimal": lambda number, lang, least=0: languages[lang].decimal(number, least),
        "size": lambda size, lang: languages[lang].size(size),
        "headline": headline,
    }
