"""What PDFium, another program than the one that made a PDF, sees on its sheets, and where."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import pypdfium2

TOLERANCE = 1.0  # pt
_NUMBER = re.compile(r"[\d.,/:–-]*\d")


class Sheet(NamedTuple):
    """A page of a PDF.

    Attributes:
        width, height: Its size, pt.
        text: Its text; a line ends where one ends on the sheet.
        outside: Letters and pictures that are not wholly on the sheet.
        sizes: How many letters are set in each size, pt.
        pictures: Left, lower, right and upper edge of each picture, pt.
    """

    width: float
    height: float
    text: str
    outside: list[str]
    sizes: Counter[float]
    pictures: list[tuple[float, float, float, float]]


def sheets(path: Path) -> list[Sheet]:
    """Read the pages of a PDF."""
    document = pypdfium2.PdfDocument(path)
    try:
        return [_sheet(page) for page in document]
    finally:
        document.close()


def _sheet(page: pypdfium2.PdfPage) -> Sheet:
    width, height = page.get_size()
    textpage = page.get_textpage()
    text = textpage.get_text_range()
    assert len(text) == textpage.count_chars()

    def is_outside(box: tuple[float, float, float, float]) -> bool:
        left, bottom, right, top = box
        return min(left, bottom) < -TOLERANCE or right > width + TOLERANCE or top > height + TOLERANCE

    outside = [
        character
        for index, character in enumerate(text)
        if not character.isspace() and is_outside(textpage.get_charbox(index))
    ]
    image, form = pypdfium2.raw.FPDF_PAGEOBJ_IMAGE, pypdfium2.raw.FPDF_PAGEOBJ_FORM  # a form is a drawing, or a code
    items = [(item.type, item.get_bounds()) for item in page.get_objects(filter=[image, form], max_depth=1)]
    outside += ["a picture" for _, box in items if is_outside(box)]
    size = pypdfium2.raw.FPDFText_GetFontSize  # in px, since WeasyPrint draws in px
    sizes = Counter(round(size(textpage, i) * 0.75, 1) for i, letter in enumerate(text) if not letter.isspace())
    return Sheet(
        width, height, text.replace("\r\n", "\n"), outside, sizes, [box for kind, box in items if kind == image]
    )


def numbers(text: str) -> Counter[str]:
    """The numbers of a text, each as it stands on one line."""
    return Counter(number for number in _NUMBER.findall(text) if len(number) > 2)


def letters(text: str) -> Counter[str]:
    """The letters and digits of a text."""
    return Counter(character for character in text if character.isalnum())
