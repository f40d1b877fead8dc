"""Colours in a perceptual space, OKLCH, and their contrast.

Björn Ottosson, https://bottosson.github.io/posts/oklab/; WCAG 2.2, https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio
"""

from __future__ import annotations

import math
import re
from typing import NamedTuple

_HEX = re.compile(r"#(?:[0-9a-f]{3}|[0-9a-f]{6})", re.I)


class Oklch(NamedTuple):
    """A colour: its lightness from 0 to 1, its chroma from 0 to about 0.32, its hue in degrees."""

    lightness: float
    chroma: float
    hue: float


def is_hex(text: str) -> bool:
    """Return whether a text is a colour such as #0a5c36 or #05c."""
    return bool(_HEX.fullmatch(text))


def rgb(colour: str) -> tuple[float, float, float]:
    """Return the parts of a hexadecimal colour, from 0 to 1."""
    digits = colour.lstrip("#")
    digits = "".join(digit * 2 for digit in digits) if len(digits) == 3 else digits
    red, green, blue = (int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4))
    return red, green, blue


def luminance(colour: str) -> float:
    """Return the relative luminance of a hexadecimal colour, from 0 to 1."""
    red, green, blue = map(_to_linear, rgb(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast of two hexadecimal colours, from 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def to_oklch(colour: str) -> Oklch:
    """Convert a hexadecimal colour."""
    red, green, blue = map(_to_linear, rgb(colour))
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    medium = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    lightness = 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    return Oklch(lightness, math.hypot(a, b), math.degrees(math.atan2(b, a)) % 360)


def to_hex(colour: Oklch) -> str:
    """Convert to a hexadecimal colour, with as much of the chroma as sRGB has at that lightness and hue."""
    low, high = 0.0, colour.chroma
    if not _is_in_gamut(_linear_rgb(colour)):
        for _ in range(24):
            middle = (low + high) / 2
            low, high = (middle, high) if _is_in_gamut(_linear_rgb(colour._replace(chroma=middle))) else (low, middle)
        colour = colour._replace(chroma=low)
    parts = (round(255 * _from_linear(min(1.0, max(0.0, part)))) for part in _linear_rgb(colour))
    return "#" + "".join(f"{part:02x}" for part in parts)


def _linear_rgb(colour: Oklch) -> tuple[float, float, float]:
    a = colour.chroma * math.cos(math.radians(colour.hue))
    b = colour.chroma * math.sin(math.radians(colour.hue))
    long = (colour.lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (colour.lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (colour.lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )


def _is_in_gamut(linear: tuple[float, float, float]) -> bool:
    return all(-1e-6 <= part <= 1 + 1e-6 for part in linear)


def _to_linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def _from_linear(part: float) -> float:
    return 12.92 * part if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055
