"""Which characters the typefaces can show, and where others stand. PDF/UA forbids these (ISO 14289-1, 7.21.8)."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from html import unescape
from pathlib import Path

from plugins.unicode_text import plain_form

FONTS_DIR = Path(__file__).resolve().parent / "fonts"
REPLACEMENT = "□"
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
    """Replace every character that no typeface has with its plain form, or with a box if they lack that as well.

    Returns:
        The HTML, and the characters for which there is a box, in the order in which they first stand.
    """
    plain = {letter: "" if _is_invisible(letter) else plain_form(letter) for letter in set(html) - supported}
    missing = {character for character, form in plain.items() if not supported.issuperset(form)}
    ordered = "".join(sorted(missing, key=html.index))
    shown = {ord(letter): REPLACEMENT if letter in missing else form for letter, form in plain.items()}
    return unicodedata.normalize("NFC", html.translate(shown)) if shown else html, ordered


def _is_invisible(letter: str) -> bool:
    """Whether a letter shows nothing by itself: zero-width spaces, joiners, marks of direction, variation selectors."""
    return unicodedata.category(letter) == "Cf" or "VARIATION SELECTOR" in unicodedata.name(letter, "")


def script_of_letter(letter: str) -> str:
    """The code of the script that a letter belongs to (ISO 15924); "Zyyy" for signs of no script, such as emoji."""
    from fontTools import unicodedata as scripts

    script = str(scripts.script(letter))
    return "Zyyy" if script in ("Zinh", "Zzzz") else script


def passages(html: str, characters: str) -> list[tuple[str, str]]:
    """For each script among some characters the first passage with one of them, and those of the script.

    Punctuation of a script (。) belongs to it.
    """
    from fontTools import unicodedata as scripts

    by_script: dict[str, str] = {}
    for character in sorted(characters, key=lambda character: script_of_letter(character) == "Zyyy"):
        script = script_of_letter(character)
        used_in = scripts.script_extension(character)
        script = script if script != "Zyyy" else next((known for known in by_script if known in used_in), script)
        by_script[script] = by_script.get(script, "") + character
    blocks = [unescape(_TAG.sub("", block)) for block in _BLOCK_END.split(html.partition("<body>")[2])]
    return [(_passage(blocks, found[0]), found) for found in by_script.values()]


def _passage(blocks: list[str], character: str) -> str:
    """The words around the first occurrence of a character, or the character if it stands only in a description."""
    # no other spaces: the character may be one
    text = re.sub(r"[ \t\n]+", " ", next((block for block in blocks if character in block), character)).strip(" ")
    place = text.index(character)
    start, end = max(0, place - _CONTEXT), place + _CONTEXT
    before, after = text[start:place], text[place:end]
    before = before.partition(" ")[2] if start else before
    after = after.rpartition(" ")[0] or after if end < len(text) else after
    return before + after
