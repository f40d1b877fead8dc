"""The width in which the lines of a headline are about equally long: WeasyPrint lacks `text-wrap: balance`."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

FACE = Path(__file__).parent / "fonts" / "NotoSerif-Bold.ttf"
SIZE = 20  # pt, of `h1` in pdf.css
COLUMN = 453.0  # pt: 160 mm
SLACK = 2.0  # pt, as WeasyPrint kerns
_SCALE = 10  # measured larger, without rounding


def balanced_width(headline: str) -> float:
    """Return the narrowest width, pt, in which a headline needs no more lines than in the whole column."""
    words = [length(word) for word in headline.split()]
    if not words or max(words) > COLUMN:
        return COLUMN
    fewest = count_lines(words, COLUMN)
    narrow, wide = max(words), COLUMN
    while wide - narrow > 1:
        middle = (narrow + wide) / 2
        if count_lines(words, middle) > fewest:
            narrow = middle
        else:
            wide = middle
    return min(COLUMN, round(wide + SLACK, 1)) if fewest > 1 else COLUMN


def count_lines(words: list[float], width: float) -> int:
    """Return how many lines words of these lengths, pt, need."""
    lines, rest, blank = 0, -1.0, length(" ")
    for word in words:
        if rest < blank + word:
            lines, rest = lines + 1, width - word
        else:
            rest -= blank + word
    return lines


@cache
def _font() -> FreeTypeFont:
    from PIL import ImageFont  # a build whose PDFs are there does without

    return ImageFont.truetype(str(FACE), SIZE * _SCALE, layout_engine=ImageFont.Layout.BASIC)


def length(text: str) -> float:
    """Return the length of a text in a headline, pt."""
    return float(_font().getlength(text)) / _SCALE
