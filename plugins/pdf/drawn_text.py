"""Compares what is drawn on the pages with the document, so that no lost word or picture goes unnoticed."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from .boxes_on_pages import page_boxes

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from weasyprint import Document

TOLERANCE = 1.0  # px over the edge of the sheet
MAX_LENGTH = 80  # characters of a text in a message
_NOT_SHOWN = {"rp", ET.Comment}


def lost_texts(document: Document, root: Element) -> list[str]:
    """The first words of each element of a document that is not all on its pages.

    An element is all there if as many letters are drawn within the sheets as it has, of its own text, without that of
    elements in it. A picture is there if it is drawn within a sheet.

    Args:
        document: The document, laid out.
        root: Its root element.
    """
    drawn: Counter[Element] = Counter()
    for page in page_boxes(document):
        for element, amount in _drawn_on(page):
            drawn[element] += amount
    body = root.find("body")
    elements = [] if body is None else [element for element in body.iter() if element.tag not in _NOT_SHOWN]
    return [_text(element) for element in elements if drawn[element] < _amount(element)]


def _drawn_on(page: Any) -> Iterator[tuple[Element, int]]:  # noqa: ANN401 (a box of WeasyPrint)
    """Yield elements and how much of them a page shows: so many letters, or one for a picture."""
    from weasyprint.formatting_structure import boxes

    right, bottom = page.margin_width() + TOLERANCE, page.margin_height() + TOLERANCE
    for box in page.descendants():
        is_text = isinstance(box, boxes.TextBox)
        if not is_text and not isinstance(box, boxes.ReplacedBox):
            continue
        x, y = (box.position_x, box.position_y) if is_text else (box.content_box_x(), box.content_box_y())
        is_within = x > -TOLERANCE and y > -TOLERANCE and x + box.width < right and y + box.height < bottom
        if is_within and box.element is not None and "::" not in box.element_tag:
            yield box.element, _count(box.text) if is_text else 1


def _amount(element: Element) -> int:
    """How much of an element is to be drawn."""
    if element.tag == "img":
        return 1
    return _count(element.text) + sum(_count(child.tail) for child in element)


def _count(text: str | None) -> int:
    return len("".join(text.split())) if text else 0


def _text(element: Element) -> str:
    """The first words of an element, or the description of a picture."""
    return " ".join((element.get("alt") or "".join(element.itertext())).split())[:MAX_LENGTH]
