"""A last page with a few lines only, which a document that is set a little tighter does not need."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .boxes_on_pages import page_boxes

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from weasyprint import Document

MAX_HEIGHT = 0.15  # of a page: about six lines of the article; what stands below it is the imprint
CLASS = "tight"


def is_nearly_empty(document: Document) -> bool:
    """Whether the last of several pages has only a few lines of the article."""
    *others, last = page_boxes(document)
    article = [box for box in last.descendants() if box.element_tag == "article"]
    return bool(others) and sum(box.height for box in article) < MAX_HEIGHT * last.height


def tighten(root: Element) -> None:
    """Mark the article of a document so that it is set tighter (pdf.css)."""
    for article in root.iter("article"):
        article.set("class", f"{article.get('class', '')} {CLASS}")
