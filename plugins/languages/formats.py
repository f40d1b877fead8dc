"""How languages write dates, numbers and sizes, with data of the CLDR (https://cldr.unicode.org/) from Babel.

Vietnamese dates follow Decree 30/2020/NĐ-CP: two digits for the day, and for the month only if it is 1 or 2. Vietnamese
and English are built in, because Babel takes long to import; a build that changes nothing does without it.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from babel import Locale

_MONTHS = range(1, 13)
_KB, _MB = 1000, 1_000_000


@dataclass(frozen=True)
class Formats:
    """The formats of a language.

    Templates of dates come one for each month, and have the fields {d} (day), {dd} (day in two digits) and {y} (year).

    Attributes:
        locale: identifier of the CLDR's locale, for numbers.
        dates: templates of a date.
        months: templates of a month with its year.
        days: templates of a day with its month.
        units: templates of kilobytes and of megabytes, with {0} for the number.
        separators: of thousands and of decimals; None where numbers need Babel, for other digits or groups.
    """

    locale: str
    dates: tuple[str, ...]
    months: tuple[str, ...]
    days: tuple[str, ...]
    units: tuple[str, str] = ("{0} KB", "{0} MB")
    separators: tuple[str, str] | None = None

    @property
    def month_names(self) -> tuple[frozenset[str], ...]:
        """The words of three letters or more that name each month, in small letters: april, apr; none for numbers."""
        texts = (
            " ".join(templates).format(d="", dd="", y="")
            for templates in zip(self.dates, self.months, self.days, strict=True)
        )
        words = [frozenset(re.findall(r"[^\W\d_]{3,}", text.lower())) for text in texts]
        common = frozenset.intersection(*words)
        return tuple(names - common for names in words)

    def date(self, day: datetime.date) -> str:
        """07/4/2021 in Vietnamese; 7 April 2021."""
        return _fill(self.dates, day)

    def month(self, year: int, month: int) -> str:
        """Tháng 4/2021; April 2021."""
        return _fill(self.months, datetime.date(year, month, 1))

    def day(self, day: datetime.date) -> str:
        """07/4 in Vietnamese; 7 Apr."""
        return _fill(self.days, day)

    def integer(self, number: int) -> str:
        """61.296.415 in Vietnamese; 61,296,415."""
        return str(number) if -1000 < number < 1000 else self.decimal(number, 0, 0)

    def decimal(self, number: float, min_decimals: int = 0, max_decimals: int = 1) -> str:
        """1.318,5 in Vietnamese; 1,318.5."""
        if self.separators is None:
            return _format_number(self.locale, f"{number:.{max_decimals}f}", min_decimals, max_decimals)
        whole, _, fraction = f"{number:,.{max_decimals}f}".partition(".")
        fraction = fraction.rstrip("0").ljust(min_decimals, "0")
        thousands, point = self.separators
        return whole.replace(",", thousands) + (point + fraction if fraction else "")

    def size(self, size: int) -> str:
        """84 KB; 1,2 MB in Vietnamese. size: in bytes."""
        if size < 999_500:
            return self.units[0].format(self.integer(max(1, round(size / _KB))))
        return self.units[1].format(self.decimal(size / _MB, 1))


def _fill(templates: tuple[str, ...], day: datetime.date) -> str:
    return templates[day.month - 1].format(d=day.day, dd=f"{day.day:02d}", y=day.year)


@cache
def formats(code: str) -> Formats | None:
    """The formats of a language (BCP 47), or None where the CLDR has none."""
    build = BUILT_IN.get(code)
    return build() if build else _from_cldr(code)


def has_formats(code: str) -> bool:
    """Whether `formats` has any for a language; cheaper than to build them."""
    return code in BUILT_IN or _find_locale(code) is not None


def _vietnamese() -> Formats:
    two_digits = [f"{number:02d}" if number < 3 else str(number) for number in _MONTHS]
    return Formats(
        "vi",
        tuple(f"{{dd}}/{number}/{{y}}" for number in two_digits),
        tuple(f"Tháng {number}/{{y}}" for number in _MONTHS),
        tuple(f"{{dd}}/{number}" for number in _MONTHS),
        separators=(".", ","),
    )


def _english() -> Formats:
    """The CLDR's names, with the day first."""
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


BUILT_IN: dict[str, Callable[[], Formats]] = {"vi": _vietnamese, "en": _english}


def _from_cldr(code: str) -> Formats | None:
    locale = _find_locale(code)
    if locale is None:
        return None
    name = str(locale)
    skeletons = locale.datetime_skeletons
    day = skeletons["MMMd"].pattern
    if not _has_month_names(locale, "abbreviated"):
        day = day.replace("MMM", "MMMM")
    return Formats(
        name,
        _month_templates(name, locale.date_formats["long"].pattern),
        _month_templates(name, skeletons["yMMMM"].pattern),
        _month_templates(name, day),
        _unit_templates(name),
    )


def _find_locale(code: str) -> Locale | None:
    """Babel's locale of a code; None where there is none, or none with names of months."""
    from babel import Locale, UnknownLocaleError

    try:
        locale = Locale.parse(code, sep="-")
    except (UnknownLocaleError, ValueError):
        return None
    return locale if _has_month_names(locale, "wide") else None


def _has_month_names(locale: Locale, width: str) -> bool:
    """Whether the months of a locale have names and not only the CLDR's placeholders M01, M02 and so on."""
    from babel import Locale

    return dict(locale.months["format"][width]) != dict(Locale.parse("root").months["format"][width])


def _unit_templates(locale: str) -> tuple[str, str]:
    from babel.units import format_unit

    names = ("digital-kilobyte", "digital-megabyte")
    kilobytes, megabytes = (format_unit("{0}", name, "short", locale=locale) for name in names)
    return kilobytes, megabytes


def _month_templates(locale: str, pattern: str) -> tuple[str, ...]:
    """Fill in everything but day and year in one of the CLDR's patterns (UTS 35, part 4), for each month."""
    from babel.dates import format_date, tokenize_pattern

    def template(month: int) -> str:
        parts = []
        for _, value in tokenize_pattern(pattern):
            if isinstance(value, str):
                parts.append(value.replace("{", "{{").replace("}", "}}"))
                continue
            letter, length = value
            if letter == "d":
                parts.append("{dd}" if length == 2 else "{d}")
            elif letter == "y":
                parts.append("{y}")
            else:
                parts.append(format_date(datetime.date(2000, month, 1), letter * length, locale))
        return "".join(parts)

    return tuple(map(template, _MONTHS))


@cache
def _format_number(locale: str, number: str, min_decimals: int, max_decimals: int) -> str:
    """Format a number, rounded already, in the digits of a locale."""
    from decimal import Decimal

    from babel import Locale
    from babel.numbers import format_decimal

    whole = Locale.parse(locale).decimal_formats[None].pattern.partition(".")[0]
    fraction = "0" * min_decimals + "#" * (max_decimals - min_decimals)
    return format_decimal(Decimal(number), f"{whole}.{fraction}" if fraction else whole, locale)
