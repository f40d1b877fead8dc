"""Rows of tables that are too tall to be kept whole on a page."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from .boxes_on_pages import rows_of_tables

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from weasyprint import Document

MAX_HEIGHT = 0.25  # of a page; keeping a row whole leaves up to so much empty before it
CLASS = "tall"


def mark(document: Document) -> bool:
    """Let each row that is taller than MAX_HEIGHT break inside (pdf.css); return whether there is a new one."""
    heights: Counter[Element] = Counter()
    for page, row in rows_of_tables(document):
        if row.element is not None:
            heights[row.element] += row.height / page.height
    tall = [row for row, height in heights.items() if height > MAX_HEIGHT and row.get("class") != CLASS]
    for row in tall:
        row.set("class", CLASS)
    return bool(tall)
