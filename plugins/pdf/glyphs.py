"""Which characters the bundled typefaces can show. PDF/UA forbids all others (ISO 14289-1, 7.21.8)."""

from __future__ import annotations

from functools import cache
from pathlib import Path

FONTS_DIR = Path(__file__).resolve().parent / "fonts"
REPLACEMENT = "□"
# zero-width spaces, joiners and variation selectors: they show nothing, and the typefaces lack them
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\ufe0e\ufe0f"))


@cache
def supported_characters() -> frozenset[str]:
    """Every character that a PDF may contain."""
    from fontTools.ttLib import TTFont

    codes = (code for path in sorted(FONTS_DIR.glob("*.ttf")) for code in TTFont(path, lazy=True).getBestCmap())
    return frozenset(map(chr, codes)) | frozenset("\t\n\r\u00ad")


def replace_missing_glyphs(html: str) -> tuple[str, str]:
    """Replace every character that no typeface has with a box.

    Returns:
        The HTML, and the characters that were replaced, sorted.
    """
    html = html.translate(_INVISIBLE)
    missing = set(html) - supported_characters()
    return html.translate({ord(character): REPLACEMENT for character in missing}), "".join(sorted(missing))
