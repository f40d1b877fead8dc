"""A PDF with a text layer to a page. Its text is all that is taken, and a person has to compare it: it is a draft."""

from __future__ import annotations

import io
import logging
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby, islice
from typing import NamedTuple

from pypdf import PageObject, PdfReader

from plugins.i18n import translate

from . import administrative, text_page
from .blocks import Page, clean_text
from .errors import SourceError

MOST_PAGES = 400
FEWEST_LETTERS = 25  # a page; one with fewer is a picture, perhaps with a number below it
LARGER = 1.15  # times the usual letters: those of headings
MOST_LINES = 4  # of a heading
LONGEST_HEADING = 300  # letters
logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what is wrong with a PDF is told by SourceError


class _Line(NamedTuple):
    """A line of a sheet. size: of its letters, in points."""

    text: str
    size: float


def read(raw: bytes) -> tuple[Page, None]:
    """Return the page of a PDF. Raises SourceError, also for one of scanned pictures."""
    sheets = _sheets(raw)
    texts = ["\n".join(line.text for line in sheet) for sheet in sheets]
    if sum(map(len, texts)) < FEWEST_LETTERS * len(texts):
        raise SourceError("scan")
    page = text_page.read("\n".join(texts).encode("utf-8", "replace"))
    page.document = administrative.read(page.blocks)
    if page.document is None:
        text, headings = _with_whole_headings([line for sheet in sheets for line in sheet])
        page = text_page.read(text.encode("utf-8", "replace"), headings)
    page.is_public = False
    page.notes.append(
        translate("PDF: only the text was taken; compare it with the PDF, put in its pictures and set its tables.")
    )
    empty = [str(number) for number, text in enumerate(texts, start=1) if len(text) < FEWEST_LETTERS]
    if empty:
        page.notes.append(translate("PDF: these sheets have no text: {numbers}.", numbers=", ".join(empty)))
    return page, None


def _with_whole_headings(lines: Sequence[_Line]) -> tuple[str, frozenset[str]]:
    """Return the text with each heading in one line, and the headings: few lines, in larger letters than the others."""
    letters = Counter[float]()
    for line in lines:
        letters[line.size] += len(line.text)
    usual = letters.most_common(1)[0][0]
    found, headings = [], set()
    for size, group in groupby(lines, key=lambda line: line.size):
        same = [line.text for line in group]
        whole = clean_text(" ".join(same))
        if size >= LARGER * usual and len(same) <= MOST_LINES and len(whole) <= LONGEST_HEADING:
            found += ["", whole, ""]
            headings.add(whole)
        else:
            found += same
    return "\n".join(found), frozenset(headings)


def _sheets(raw: bytes) -> list[list[_Line]]:
    """Return the lines of each sheet."""
    try:
        reader = PdfReader(io.BytesIO(raw), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise SourceError("encrypted")
        if not 0 < len(reader.pages) <= MOST_PAGES:
            raise SourceError("large" if reader.pages else "pdf")
        return [_lines(page) for page in reader.pages]
    except SourceError:
        raise
    except Exception:  # whatever pypdf raises for a broken file
        raise SourceError("pdf") from None


def _lines(page: PageObject) -> list[_Line]:
    """Return the lines of a sheet; the size of one is that of most of its letters."""
    sizes: list[tuple[str, float]] = []

    def note(text: str, matrix: list[float], inner: list[float], font: object, size: float) -> None:
        sizes.append((text, round(size * abs(inner[3] or 1) * abs(matrix[3] or 1), 1)))

    text = page.extract_text(visitor_text=note).strip()
    letters = iter([size for piece, size in sizes for letter in piece if not letter.isspace()])
    return [_Line(line, _usual(islice(letters, sum(not each.isspace() for each in line)))) for line in text.split("\n")]


def _usual(sizes: Iterable[float]) -> float:
    return next((size for size, _ in Counter(sizes).most_common(1)), 0.0)
