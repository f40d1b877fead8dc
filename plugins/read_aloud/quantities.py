"""Quantities in words: clocks, angles, fractions, measures, money.

Each function turns what a rule has matched into words. The rules are in `vietnamese.py`.
"""

from __future__ import annotations

import re
import unicodedata

from . import numbers
from .vietnamese_symbols import COMPASS, COUNTED_UNITS, MONEY, PERIODS, SCALES, UNITS, UNITS_AFTER_SLASH

_COUNT = re.compile(r"\d(?: [^\W\d]+){0,2} \Z")  # before what is counted
_OPEN_QUOTE = re.compile(r"(?<!\w)['‘](?=\w)[^'’]*\Z")


def clock(match: re.Match[str]) -> str:
    """7h30, 19:05."""
    hours, minutes = int(match[1]), int(match[2] or 0)
    if hours > 24 or minutes > 59:
        return match[0]
    return f"{numbers.cardinal(hours)} giờ" + (f" {numbers.cardinal(minutes)} phút" if minutes else "")


def clock_with_seconds(match: re.Match[str]) -> str:
    """14:05:30."""
    hours, minutes, seconds = (int(part) for part in match.groups())
    if hours > 24 or minutes > 59 or seconds > 59:
        return match[0]
    return f"{numbers.cardinal(hours)} giờ {numbers.cardinal(minutes)} phút {numbers.cardinal(seconds)} giây"


def minutes(match: re.Match[str]) -> str:
    """30'. It may also be the end of a quotation."""
    return match[0] if _OPEN_QUOTE.search(match.string, 0, match.start()) else f"{match[1]} phút"


def hundredths(match: re.Match[str]) -> str:
    """11"54, 2'15"30: as times are stopped."""
    minutes, seconds, rest = match.groups()
    words = f"{numbers.cardinal(int(minutes))} phút " if minutes else ""
    return f"{words}{numbers.cardinal(int(seconds))} giây {numbers.decimal(rest)}"


def inches(match: re.Match[str]) -> str:
    """3/4". It may also be a date at the end of a quotation."""
    if int(match[1]) > int(match[2]) or match.string.count('"', 0, match.start()) % 2 or "“" in match.string:
        return match[0]
    return f"{numbers.decimal(match[1])} phần {'tư' if match[2] == '4' else numbers.decimal(match[2])} inch"


def angle(match: re.Match[str]) -> str:
    """10°30'15"N."""
    degrees, minutes, seconds, side = match.groups()
    words = f"{numbers.decimal(degrees)} độ {numbers.decimal(minutes)} phút"
    words += f" {numbers.decimal(seconds)} giây" if seconds else ""
    return f"{words} {COMPASS[side.upper()]}" if side else words


def coordinate(match: re.Match[str]) -> str:
    """21,85°B; before another on the same side (8°B-12°B) the dash is a range."""
    degrees, side, dash, next_side = match.groups()
    words = f"{numbers.decimal(degrees)} độ {COMPASS[side]}"
    return words + (" đến " if side == next_side else ", ") if dash else words


def shortened(match: re.Match[str]) -> str:
    """2tr5, 1m65: what follows the unit is its part, as it is said."""
    whole, scale, part, metre, centimetres = match.groups()
    if metre:
        return f"{numbers.decimal(whole)} mét {numbers.decimal(centimetres)}"
    scale = "triệu" if scale == "tr" else scale
    return f"{numbers.decimal(whole)} {scale} {'rưỡi' if part == '5' else numbers.decimal(part)}"


def vulgar_fraction(match: re.Match[str]) -> str:
    """½, 1½: the sign of a fraction, alone or after a whole number; and what is counted, if it is a word."""
    whole, sign, unit = match.groups()
    top, bottom = unicodedata.normalize("NFKC", sign).split("\u2044")
    if whole and sign == "½":
        return f"{numbers.decimal(whole)}{unit or ''} rưỡi"
    parts = [numbers.decimal(whole), "và"] if whole else []
    return " ".join([*parts, numbers.decimal(top), "phần", "tư" if bottom == "4" else numbers.decimal(bottom)]) + (
        unit or ""
    )


def english_amount(match: re.Match[str]) -> str:
    """$1,000.50: with commas between thousands, as where that money is from."""
    return match[1] + match[2].translate(str.maketrans(",.", ".,"))


def measure(match: re.Match[str]) -> str:
    """A number with its unit: 3,5 triệu m²."""
    scale = f" {match[2].strip()}" if match[2] else ""
    return f"{_signed(match[1])}{scale} {UNITS[match[3]]}"


def quantity(match: re.Match[str]) -> str:
    """A number without a unit; 03 is three."""
    text = match[1]
    return numbers.decimal(str(int(text)) if len(text) == 2 and text.isdecimal() else text)


def _signed(text: str) -> str:
    return f"âm {numbers.decimal(text[1:])}" if text[0] in "-−" else numbers.decimal(text)


def milestone(match: re.Match[str]) -> str:
    """Km12+300."""
    words = f"ki lô mét {numbers.decimal(match[1])}"
    return f"{words} cộng {numbers.decimal(match[2])}" if match[2] else words


def slash(match: re.Match[str]) -> str:
    """đồng/kg, tạ/ha, 3 lần/ngày, ông/bà; several: đồng/người/năm."""
    first, others = match[1], match[2][1:].split("/")
    is_money = first in MONEY or (first in SCALES and others[0] not in SCALES)  # triệu/người/tháng
    is_counted = others[0] in PERIODS and bool(_COUNT.search(match.string, 0, match.start()))
    if is_money or is_counted or first in {*UNITS.values(), *COUNTED_UNITS} - {*SCALES}:
        is_unit = first in {*UNITS.values(), *COUNTED_UNITS} - PERIODS
        per = "một" if is_money or (is_counted and not is_unit) else "trên"
        units = UNITS | UNITS_AFTER_SLASH
        return " ".join([first, *(f"{per} {units.get(other, other)}" for other in others)])
    return " ".join([first, *others]) if first.lower() == "và" else ", ".join([first, *others])
