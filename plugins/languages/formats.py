"""How languages write dates, numbers and sizes: the CLDR's data (https://cldr.unicode.org/), through Babel.

Vietnamese dates follow Decree 30/2020/NĐ-CP: the day in two figures, the month so only when it is 1 or 2. Babel is
loaded when something is asked of it: a build that changes nothing does without.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

MONTHS = range(1, 13)
KB, MB = 1000, 1_000_000


@dataclass(frozen=True)
class Formats:
    """How a language writes.

    dates, months, days: of a date, a month with its year, a day with its month; one template for each month of the
    year, with {d}, {dd} (day, in two figures) and {y} in it.
    units: templates with {0} for kilobytes and for megabytes. locale: the CLDR's, for numbers. signs: between
    thousands and before a fraction, where that is all that its numbers need.
    """

    locale: str
    dates: tuple[str, ...]
    months: tuple[str, ...]
    days: tuple[str, ...]
    units: tuple[str, str] = ("{0} KB", "{0} MB")
    separators: tuple[str, str] | None = None

    def date(self, day: date) -> str:
        """07/4/2021 in Vietnamese; 7 April 2021."""
        return _filled(self.dates, day)

    def month(self, year: int, month: int) -> str:
        """Tháng 4/2021; April 2021."""
        return _filled(self.months, date(year, month, 1))

    def day(self, day: date) -> str:
        """07/4 in Vietnamese; 7 Apr."""
        return _filled(self.days, day)

    def integer(self, number: int) -> str:
        """61.296.415 in Vietnamese; 61,296,415."""
        return str(number) if -1000 < number < 1000 else self.decimal(number, 0, 0)

    def decimal(self, number: float, min_decimals: int = 0, max_decimals: int = 1) -> str:
        """1.318,5 in Vietnamese; 1,318.5. least, most: how many figures after the sign."""
        if self.separators is None:
            return _number(self.locale, f"{number:.{max_decimals}f}", min_decimals, max_decimals)
        whole, _, fraction = f"{number:,.{max_decimals}f}".partition(".")
        fraction = fraction.rstrip("0").ljust(min_decimals, "0")
        thousands, point = self.separators
        return whole.replace(",", thousands) + (point + fraction if fraction else "")

    def size(self, size: int) -> str:
        """84 KB; 1,2 MB in Vietnamese. size: in bytes."""
        if size < 999_500:
            return self.units[0].format(self.integer(max(1, round(size / KB))))
        return self.units[1].format(self.decimal(size / MB, 1))


def _filled(templates: tuple[str, ...], day: date) -> str:
    return templates[day.month - 1].format(d=day.day, dd=f"{day.day:02d}", y=day.year)


@cache
def formats(code: str) -> Formats | None:
    """Those of a language (BCP 47); None where the CLDR knows none."""
    own = BUILT_IN.get(code)
    return own() if own else _of_cldr(code)


def has_formats(code: str) -> bool:
    """Whether there are any for a language: asked without making them."""
    return code in BUILT_IN or _locale(code) is not None


def _vietnamese() -> Formats:
    month = [f"{number:02d}" if number < 3 else str(number) for number in MONTHS]
    return Formats(
        "vi",
        tuple(f"{{dd}}/{number}/{{y}}" for number in month),
        tuple(f"Tháng {number}/{{y}}" for number in MONTHS),
        tuple(f"{{dd}}/{number}" for number in MONTHS),
        separators=(".", ","),
    )


def _english() -> Formats:
    months = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ]
    return Formats(
        "en",
        tuple(f"{{d}} {month} {{y}}" for month in months),
        tuple(f"{month} {{y}}" for month in months),
        tuple(f"{{d}} {month[:3]}" for month in months),
        separators=(",", "."),
    )


# Known without Babel, which takes a tenth of a rebuild to load. English has the CLDR's names, with the day first.
BUILT_IN: dict[str, Callable[[], Formats]] = {"vi": _vietnamese, "en": _english}


def _of_cldr(code: str) -> Formats | None:
    locale = _locale(code)
    if locale is None:
        return None
    skeletons = locale.datetime_skeletons
    day = skeletons["MMMd"].pattern
    if not _has_names(locale, "abbreviated"):
        day = day.replace("MMM", "MMMM")
    patterns = (locale.date_formats["long"].pattern, skeletons["yMMMM"].pattern, day)
    return Formats(str(locale), *(_templates(str(locale), pattern) for pattern in patterns), _units(str(locale)))


def _locale(code: str) -> Any:
    """Babel's of a code; None where there is none, or none with names of months."""
    from babel import Locale, UnknownLocaleError

    try:
        locale = Locale.parse(code, sep="-")
    except (UnknownLocaleError, ValueError):
        return None
    return locale if _has_names(locale, "wide") else None


def _has_names(locale: Any, width: str) -> bool:
    """Whether months have other names than the CLDR's placeholders: M01, M02, …"""
    from babel import Locale

    return dict(locale.months["format"][width]) != dict(Locale.parse("root").months["format"][width])


def _units(locale: str) -> tuple[str, str]:
    from babel.units import format_unit

    names = ("digital-kilobyte", "digital-megabyte")
    kilobytes, megabytes = (format_unit("{0}", name, "short", locale=locale) for name in names)
    return kilobytes, megabytes


def _templates(locale: str, pattern: str) -> tuple[str, ...]:
    """One of the CLDR's patterns (UTS 35, part 4) for each month, with all filled in but day and year."""
    from babel.dates import format_date, tokenize_pattern

    def one(month: int) -> str:
        parts = []
        for kind, value in tokenize_pattern(pattern):
            if kind == "chars":
                parts.append(value.replace("{", "{{").replace("}", "}}"))
            elif value[0] == "d":
                parts.append("{dd}" if value[1] == 2 else "{d}")
            elif value[0] == "y":
                parts.append("{y}")
            else:
                parts.append(format_date(date(2000, month, 1), value[0] * value[1], locale))
        return "".join(parts)

    return tuple(map(one, MONTHS))


@cache
def _number(locale: str, number: str, least: int, most: int) -> str:
    """A number as text, rounded already, in the figures of a locale."""
    from decimal import Decimal

    from babel import Locale
    from babel.numbers import format_decimal

    whole = Locale.parse(locale).decimal_formats[None].pattern.partition(".")[0]
    fraction = "0" * least + "#" * (most - least)
    return format_decimal(Decimal(number), f"{whole}.{fraction}" if fraction else whole, locale)
