"""Which characters the typefaces can show, and where others stand. PDF/UA forbids these (ISO 14289-1, 7.21.8)."""

from __future__ import annotations

import re
from functools import cache
from html import unescape
from pathlib import Path

FONTS_DIR = Path(__file__).resolve().parent / "fonts"
REPLACEMENT = "□"
# zero-width spaces, joiners and variation selectors: they show nothing, and the typefaces lack them
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\ufe0e\ufe0f"))
_BLOCK_END = re.compile(r"</(?:p|h[1-6]|li|t[dh]|d[td]|div|figcaption|caption|summary|pre)>|<br>")
_TAG = re.compile(r"<[^>]*>")
_CONTEXT = 24  # characters before and after


@cache
def supported_characters(files: tuple[str, ...] = ()) -> frozenset[str]:
    """Every character that a PDF may contain.

    Args:
        files: The font files of the system that are used, beside those of this package.
    """
    from fontTools.ttLib import TTFont

    paths = [*sorted(FONTS_DIR.glob("*.ttf")), *files]
    codes = (code for path in paths for code in TTFont(path, lazy=True, fontNumber=0).getBestCmap())
    return frozenset(map(chr, codes)) | frozenset("\t\n\r\u00ad")


def replace_missing_glyphs(html: str, supported: frozenset[str]) -> tuple[str, str]:
    """Replace every character that no typeface has with a box.

    Returns:
        The HTML, and the characters that were replaced, in the order in which they first stand.
    """
    html = html.translate(_INVISIBLE)
    missing = set(html) - supported
    ordered = "".join(sorted(missing, key=html.index))
    return html.translate({ord(character): REPLACEMENT for character in missing}), ordered


def script_of_letter(letter: str) -> str:
    """The code of the script that a letter belongs to (ISO 15924); "Zyyy" for signs of no script, such as emoji."""
    from fontTools import unicodedata

    script = str(unicodedata.script(letter))
    return "Zyyy" if script in ("Zinh", "Zzzz") else script


def passages(html: str, characters: str) -> list[tuple[str, str]]:
    """For each script among some characters the first passage with one of them, and those of the script."""
    by_script: dict[str, str] = {}
    for character in characters:
        script = script_of_letter(character)
        by_script[script] = by_script.get(script, "") + character
    blocks = [unescape(_TAG.sub("", block)) for block in _BLOCK_END.split(html.partition("<body>")[2])]
    return [(_passage(blocks, found[0]), found) for found in by_script.values()]


def _passage(blocks: list[str], character: str) -> str:
    """The words around the first occurrence of a character, or the character if it stands only in a description."""
    text = " ".join(next((block for block in blocks if character in block), character).split())
    place = text.index(character)
    start, end = max(0, place - _CONTEXT), place + _CONTEXT
    before, after = text[start:place], text[place:end]
    before = before.partition(" ")[2] if start else before
    after = after.rpartition(" ")[0] or after if end < len(text) else after
    return before + after
