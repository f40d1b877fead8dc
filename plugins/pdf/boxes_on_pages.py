"""The boxes of a document that WeasyPrint has laid out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from .weasyprint_patches.libraries import WEASYPRINT

if TYPE_CHECKING:
    from weasyprint import Document


def page_boxes(document: Document) -> list[Any]:
    """The box of each page."""
    return [WEASYPRINT.require(page, "_page_box") for page in document.pages]


def outermost_tables(document: Document) -> Iterator[tuple[Any, float]]:
    """Yield each part of a table on a page that is in no other table, and the width of the column it stands in, px."""
    for page in page_boxes(document):
        yield from _tables(page, page.width)


def _tables(box: Any, width: float) -> Iterator[tuple[Any, float]]:  # noqa: ANN401 (a box of WeasyPrint)
    from weasyprint.formatting_structure import boxes

    for child in getattr(box, "children", ()):
        if isinstance(child, boxes.TableBox):
            yield child, width
        elif not isinstance(child, boxes.LineBox):
            yield from _tables(child, width if child.is_table_wrapper else child.width)


def rows_of_tables(document: Document) -> Iterator[tuple[Any, Any]]:
    """Yield the page and the box of each part of a row on it, also of tables in tables."""
    from weasyprint.formatting_structure import boxes

    for page in page_boxes(document):
        for box in page.descendants():
            if isinstance(box, boxes.TableRowBox):
                yield page, box
