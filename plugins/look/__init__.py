"""Stage: what an owner changes of the portal's look: its accent (ACCENT) and its emblem (EMBLEM).

`colours.py` computes with colours, `palettes.py` makes the six palettes of an accent, `emblem.py` the files of an
emblem, `svg.py` says which SVG can be shown as it is, and draws the others.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from plugins.i18n import translate

from . import emblem, palettes

DEFAULT_ACCENT = "#941c12"  # of a theme whose tokens.css names none


def tokens(theme: Path, accent: str) -> str:
    """Return a theme's tokens.css with the owner's accent, "" for its own. Raises `palettes.AccentError`."""
    return palettes.with_accent((theme / "css/tokens.css").read_text(encoding="utf-8"), accent)


def accent(settings: Mapping[str, Any], level: str = "standard") -> str:
    """Return the accent of a page by day, as a hexadecimal colour. level: "soft", "standard" or "high"."""
    css = tokens(Path(settings["THEME"]), settings.get("ACCENT") or "")
    return palettes.accents(css).get(("day", level), DEFAULT_ACCENT)


def mistakes(theme: Path, settings: Mapping[str, Any]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Yield the path in portal.toml of what is wrong with the look, and what to do about it."""
    try:
        tokens(theme, settings.get("ACCENT") or "")
    except palettes.AccentError as error:
        text = translate(
            "text in this colour could not be read: its contrast is {contrast}, {least} are needed; "
            "the nearest that can be read is {nearest}",
            contrast=f"{error.contrast:.1f}",
            least=f"{palettes.TEXT:.0f}",
            nearest=f'"{error.nearest}"',
        )
        yield ("look", "accent"), text
    yield from ((("look", "emblem"), text) for text in emblem.mistakes(emblem.emblem(settings)))
