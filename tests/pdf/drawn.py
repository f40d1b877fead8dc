"""What PDFium, another program than the one that made a PDF, sees on its sheets, and where."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from pathlib import Path
from typing import NamedTuple, TypeAlias

import pypdfium2

from plugins.unicode_text import plain_form

TOLERANCE = 1.0  # pt
FOOT = 57.0  # pt, the lower margin, which has the running foot
_NUMBER = re.compile(r"[\d.,/:–-]*\d")


Box: TypeAlias = tuple[float, float, float, float]


class Sheet(NamedTuple):
    """A page of a PDF.

    Attributes:
        width, height: Its size, pt.
        text: Its text; a line ends where one ends on the sheet.
        outside: Letters and pictures that are not wholly on the sheet.
        sizes: How many letters are set in each size, pt.
        letters: Left, lower, right and upper edge of each character of the text, pt.
        pictures: The same of each picture.
    """

    width: float
    height: float
    text: str
    outside: list[str]
    sizes: Counter[float]
    letters: list[Box]
    pictures: list[Box]

    @property
    def empty(self) -> float:
        """How much of the sheet is empty between the text or picture that is lowest and the foot."""
        drawn = [box for box, letter in zip(self.letters, self.text, strict=True) if not letter.isspace()]
        lowest = min(bottom for _, bottom, _, _ in [*drawn, *self.pictures] if bottom > FOOT)
        return (lowest - FOOT) / self.height


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

    letters = [textpage.get_charbox(index) for index in range(len(text))]
    outside = [letter for letter, box in zip(text, letters, strict=True) if not letter.isspace() and is_outside(box)]
    image, form = pypdfium2.raw.FPDF_PAGEOBJ_IMAGE, pypdfium2.raw.FPDF_PAGEOBJ_FORM  # a form is a drawing, or a code
    items = [(item.type, item.get_bounds()) for item in page.get_objects(filter=[image, form], max_depth=1)]
    outside += ["a picture" for _, box in items if is_outside(box)]
    size = pypdfium2.raw.FPDFText_GetFontSize  # in px, since WeasyPrint draws in px
    sizes = Counter(round(size(textpage, i) * 0.75, 1) for i, letter in enumerate(text) if not letter.isspace())
    pictures = [box for kind, box in items if kind == image]
    return Sheet(width, height, text.replace("\r\n", " \n"), outside, sizes, letters, pictures)


def numbers(text: str) -> Counter[str]:
    """The numbers of a text, each as it stands on one line."""
    return Counter(number for number in _NUMBER.findall(text) if len(number) > 2)


def letters(text: str) -> Counter[str]:
    """The letters and digits of a text, in their plain form."""
    plain = unicodedata.normalize("NFC", "".join(map(plain_form, text)))
    return Counter(character for character in plain if character.isalnum())
