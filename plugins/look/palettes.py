"""The six palettes of an accent: what theme/css/tokens.css has as --red and --seen, in the hue of the owner's colour.

On an ordinary page by day the accent is the owner's colour itself; so that colour must be readable there. In the other
palettes it is as light or dark as they need. Links that were followed are purple, or blue where that is the accent.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from .colours import Oklch, contrast, to_hex, to_oklch

TEXT = 7.0  # the contrast of all text, WCAG 2.2, 1.4.6
BACKGROUNDS = ("paper", "tint")  # tokens that text in the accent stands on
# By palette: the least contrast, and by night the greatest chroma, since light colours glare
_AIMS = {
    ("day", "soft"): (TEXT, 1.0),
    ("day", "standard"): (TEXT, 1.0),
    ("day", "high"): (10.0, 1.0),
    ("night", "soft"): (TEXT, 0.1),
    ("night", "standard"): (TEXT, 0.12),
    ("night", "high"): (10.0, 0.16),
}
_VISITED_HUE, _OTHER_VISITED_HUE, _NEAR = 326, 264, 45  # degrees
_VISITED_CHROMA = 0.09
_LEVELS = ("soft", "standard", "high")
_GROUP = "".join(rf"\s*var\(--{level},\s*(?P<{{time}}_{level}>#[0-9a-fA-F]+)\)" for level in _LEVELS)
_TOKEN = re.compile(
    r"--(?P<name>[a-z0-9-]+):"
    + "".join(rf"\s*var\(--{time},{_GROUP.format(time=time)}\)" for time in ("day", "night"))
    + ";"
)


class Palette(NamedTuple):
    """The colours of a palette by the names of their tokens, with its time ("day") and level ("soft")."""

    time: str
    level: str
    colours: Mapping[str, str]


class AccentError(Exception):
    """A colour cannot be the accent.

    Attributes:
        contrast: Its least contrast with a background that text in it stands on.
        nearest: The colour of its hue that is nearest to it and can be the accent.
    """

    def __init__(self, least: float, nearest: str) -> None:
        super().__init__(nearest)
        self.contrast, self.nearest = least, nearest


def palettes(tokens: str) -> list[Palette]:
    """Return the palettes of a theme.

    Args:
        tokens: Its tokens.css, where each colour is `--NAME: var(--day, var(--soft, …) var(--standard, …) var(--high,
            …)) var(--night, …);`. Others are the same in several palettes, and are left out.
    """
    found = {match["name"]: match for match in _TOKEN.finditer(tokens)}
    return [
        Palette(time, level, {name: match[f"{time}_{level}"] for name, match in found.items()}) for time, level in _AIMS
    ]


def with_accent(tokens: str, accent: str) -> str:
    """Return tokens.css with another accent.

    Args:
        tokens: As for `palettes`.
        accent: A hexadecimal colour; "" for that of the theme.

    Raises:
        AccentError: Text in this colour could not be read.
    """
    if not accent or not accents(tokens):
        return tokens
    check(tokens, accent)
    wanted = to_oklch(accent)
    hue = _OTHER_VISITED_HUE if _distance(wanted.hue, _VISITED_HUE) < _NEAR and wanted.chroma > 0.03 else _VISITED_HUE
    visited = Oklch(to_oklch(accent).lightness, _VISITED_CHROMA, hue)
    computed = {"red": [], "seen": []}  # type: dict[str, list[str]]
    for palette in palettes(tokens):
        computed["red"].append(
            accent.lower() if (palette.time, palette.level) == ("day", "standard") else _fitted(wanted, palette)
        )
        computed["seen"].append(_fitted(visited, palette))
    return _TOKEN.sub(lambda token: _token(token["name"], computed.get(token["name"])) or token[0], tokens)


def check(tokens: str, accent: str) -> None:
    """Raise AccentError if text in a colour could not be read on an ordinary page by day."""
    ordinary = next(palette for palette in palettes(tokens) if (palette.time, palette.level) == ("day", "standard"))
    least = min(contrast(accent, background) for background in _backgrounds(ordinary))
    if least < TEXT:
        raise AccentError(least, _fitted(to_oklch(accent), ordinary))


def accents(tokens: str) -> dict[tuple[str, str], str]:
    """Return the accent of each palette, by time and level."""
    return {(each.time, each.level): each.colours["red"] for each in palettes(tokens) if "red" in each.colours}


def _fitted(wanted: Oklch, palette: Palette) -> str:
    """Return the colour nearest in lightness to the wanted one that has the contrast which a palette needs."""
    least, chroma = _AIMS[palette.time, palette.level]
    backgrounds = _backgrounds(palette)
    step = -0.002 if palette.time == "day" else 0.002
    lightness = wanted.lightness if palette.time == "day" else max(wanted.lightness, 0.6)
    while 0 <= lightness <= 1:
        colour = to_hex(Oklch(lightness, min(wanted.chroma, chroma), wanted.hue))
        if min(contrast(colour, background) for background in backgrounds) >= least:
            return colour
        lightness += step
    return "#000000" if palette.time == "day" else "#ffffff"


def _backgrounds(palette: Palette) -> Iterable[str]:
    return [palette.colours[name] for name in BACKGROUNDS if name in palette.colours]


def _distance(one: float, other: float) -> float:
    return abs((one - other + 180) % 360 - 180)


def _token(name: str, colours: list[str] | None) -> str:
    """Return the line of a token with its six colours; "" if there are none."""
    if not colours:
        return ""
    groups = []
    for time, own in (("day", colours[:3]), ("night", colours[3:])):
        levels = " ".join(f"var(--{level}, {colour})" for level, colour in zip(_LEVELS, own, strict=True))
        groups.append(f"var(--{time}, {levels})")
    return f"--{name}: {' '.join(groups)};"
