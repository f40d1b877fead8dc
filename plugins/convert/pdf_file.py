"""A PDF with a text layer to a page. Its text is all that is taken, and a person has to compare it: it is a draft."""

from __future__ import annotations

import io
import logging

from pypdf import PdfReader

from plugins.i18n import translate

from . import administrative, text_page
from .blocks import Page
from .errors import SourceError

MOST_PAGES = 400
FEWEST_LETTERS = 25  # a page; one with fewer is a picture, perhaps with a number below it
logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what is wrong with a PDF is told by SourceError


def read(raw: bytes) -> tuple[Page, None]:
    """Return the page of a PDF. Raises SourceError, also for one of scanned pictures."""
    texts = _texts(raw)
    if sum(map(len, texts)) < FEWEST_LETTERS * len(texts):
        raise SourceError("scan")
    page = text_page.read("\n".join(texts).encode("utf-8", "replace"))
    page.document = administrative.read(page.blocks)
    page.is_public = False
    page.notes.append(
        translate("PDF: only the text was taken; compare it with the PDF, put in its pictures and set its tables.")
    )
    empty = [str(number) for number, text in enumerate(texts, start=1) if len(text) < FEWEST_LETTERS]
    if empty:
        page.notes.append(translate("PDF: these sheets have no text: {numbers}.", numbers=", ".join(empty)))
    return page, None


def _texts(raw: bytes) -> list[str]:
    """Return the text of each page."""
    try:
        reader = PdfReader(io.BytesIO(raw), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise SourceError("encrypted")
        if not 0 < len(reader.pages) <= MOST_PAGES:
            raise SourceError("large" if reader.pages else "pdf")
        return [page.extract_text().strip() for page in reader.pages]
    except SourceError:
        raise
    except Exception:  # whatever pypdf raises for a broken file
        raise SourceError("pdf") from None
