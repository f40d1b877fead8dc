"""Fonts of the time before Unicode: which encoding the text of a run is in is known by the font that shows it.

A font named `.VnTime` shows TCVN3 (ABC), `VNI-Times` shows VNI. Fonts of TCVN3 whose name ends in H have capitals only.
A text that is already Unicode may have such a name left over, from before it was converted or because somebody typed
into an old document: so what the texts in a font say decides, and the name only where they say nothing.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from . import encodings

_TCVN3 = re.compile(r"\s*\.vn", re.I)
_VNI = re.compile(r"\s*vni[-_ ]", re.I)
_SYMBOL = re.compile("[\uf020-\uf0ff]")  # how Word stores a letter of a font that it takes for one of symbols
# Letters that Vietnamese has in Unicode and neither encoding has: a run with one of them is Unicode.
_UNICODE_ONLY = re.compile("[Ạ-ỹĂăĐđĨĩŨũƠơƯư\u0300-\u0309\u0323]")


@dataclass
class FontText:
    """A stretch of text in one font; `text` is what is to be shown, once `convert` has run."""

    text: str
    font: str


def is_legacy(font: str) -> bool:
    """Return whether a font shows TCVN3 or VNI."""
    return bool(_TCVN3.match(font) or _VNI.match(font))


def convert(paragraphs: Iterable[Sequence[FontText]]) -> bool:
    """Convert the texts of a document to Unicode, each by its font.

    Args:
        paragraphs: the texts of each paragraph; their `text` is replaced.

    Returns:
        Whether anything was in a legacy encoding.
    """
    lines = [list(texts) for texts in paragraphs]
    for texts in lines:
        _join_letters(texts)
    by_font: defaultdict[str, list[FontText]] = defaultdict(list)
    for texts in lines:
        for each in texts:
            if is_legacy(each.font):
                by_font[each.font].append(each)
    converted = False
    for font, texts in by_font.items():
        converted |= _convert_font(font, texts)
    return converted


def _join_letters(texts: list[FontText]) -> None:
    """Let a vowel and the sign of its mark in VNI be in one text, if Word has put them into two runs."""
    marks = "".join(encodings.VNI_MARKS) + "".join(encodings.VNI_MARKS).upper()
    for first, second in itertools.pairwise(texts):
        is_split = _VNI.match(first.font) and first.font == second.font and second.text[:1] in marks
        if is_split and second.text and first.text[-1:].isalpha():
            first.text, second.text = first.text[:-1], first.text[-1] + second.text


def _convert_font(font: str, texts: list[FontText]) -> bool:
    converter: Callable[[str], str] = encodings.tcvn3 if _TCVN3.match(font) else encodings.vni
    is_capital = bool(_TCVN3.match(font)) and font.rstrip().endswith("H")
    coded = [each for each in texts if not _UNICODE_ONLY.search(each.text)]
    for each in coded:
        each.text = _SYMBOL.sub(lambda found: chr(ord(found[0]) - 0xF000), each.text)
    sample = " ".join(each.text for each in coded)
    if encodings.vietnamese_share(sample) > encodings.vietnamese_share(converter(sample)):
        coded = []  # the name of the font is left over, its texts are Unicode
    for each in coded:
        each.text = unicodedata.normalize("NFC", converter(each.text))
    if is_capital:  # what the font shows, whatever its texts are encoded in
        for each in texts:
            each.text = each.text.upper()
    return any(not each.text.isascii() for each in coded)
