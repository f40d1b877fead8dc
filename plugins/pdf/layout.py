"""Lays out a document, looks at its pages, and lays it out again where it could stand better on them.

WeasyPrint lays out by style sheet alone, which cannot know that a table is wider than its column, or that a row is
taller than a page. So what is too wide or too tall is marked, with a class that pdf.css has rules for or with a size,
and the document is laid out again. So is one whose last page has a few lines only, a little tighter. Most documents are
laid out once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from . import last_page, tall_rows
from .drawn_text import lost_texts
from .notices import Notice
from .wide_tables import WideTables

if TYPE_CHECKING:
    from weasyprint import HTML, Document

MAX_LAYOUTS = 12  # a table needs five at most; a mark once set is never taken back


def lay_out(page: HTML, **options: Any) -> tuple[Document, list[Notice]]:  # noqa: ANN401 (whatever WeasyPrint takes)
    """Lay out a document.

    Args:
        page: The document. Elements of its tables are marked.
        options: What `HTML.render` takes.

    Returns:
        The document, and what an editor is to be told about it.
    """
    tables = WideTables(page.etree_element)
    document = _lay_out_tables(page, options, tables)
    if last_page.is_nearly_empty(document):
        last_page.tighten(page.etree_element)
        tighter = _lay_out_tables(page, options, tables)
        if len(tighter.pages) < len(document.pages):
            document = tighter
    notices = [Notice("broken-table", name) for name in tables.broken]
    notices += (Notice("lost-text", text) for text in lost_texts(document, page.etree_element))
    return document, notices


def _lay_out_tables(page: HTML, options: dict[str, Any], tables: WideTables) -> Document:
    document = page.render(**options)
    if next(page.etree_element.iter("table"), None) is None:
        return document
    for _ in range(MAX_LAYOUTS):
        has_wide, has_tall = tables.fit(document), tall_rows.mark(document)
        if not has_wide and not has_tall:
            break
        document = page.render(**options)
    return document
