"""The letters that the room's typefaces have; a PDF/UA must not hold any other (ISO 14289-1, 7.21.8)."""

from __future__ import annotations

from functools import cache
from pathlib import Path

FONTS = Path(__file__).resolve().parent / "fonts"
INSTEAD = "□"
_UNSEEN = dict.fromkeys(
    map(ord, "\u200b\u200c\u200d\u2060\ufeff\ufe0e\ufe0f")
)  # joiners and selectors, shown by nothing


@cache
def available_letters() -> frozenset[str]:
    """Every letter that can be shown."""
    from fontTools.ttLib import TTFont

    letters = {chr(code) for path in sorted(FONTS.glob("*.ttf")) for code in TTFont(path, lazy=True).getBestCmap()}
    return frozenset(letters | set("\t\n\r\u00ad"))


def replace_missing_glyphs(html: str) -> tuple[str, str]:
    """The HTML with a box in place of every letter that cannot be shown, and those letters."""
    html = html.translate(_UNSEEN)
    strange = {letter for letter in set(html) if letter not in available_letters()}
    return html.translate({ord(letter): INSTEAD for letter in strange}), "".join(sorted(strange))
