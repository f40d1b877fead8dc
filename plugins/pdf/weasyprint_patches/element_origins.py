"""Which element of HTML each element of a PDF's structure tree comes from, which WeasyPrint does not keep."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from weasyprint.pdf import tags

from .libraries import WEASYPRINT

_build = WEASYPRINT.require(
    tags, "_build_box_tree", "box", "parent", "pdf", "page_number", "nums", "annotations", "tags"
)
_origins: dict[int, tuple[Any, str]] = {}  # of the document at work, by the number of the structure element


def build_box_tree(
    box: Any, parent: Any, pdf: Any, page_number: Any, nums: Any, annotations: Any, tags: Any
) -> Iterator[Any]:
    """As `weasyprint.pdf.tags._build_box_tree`, remembering what each element is made from."""
    for element in _build(box, parent, pdf, page_number, nums, annotations, tags):
        inner = getattr(box, "_box", box)
        _origins.setdefault(element.number, (getattr(inner, "element", None), getattr(inner, "element_tag", "") or ""))
        yield element


def origin(number: int) -> tuple[Any, str]:
    """The HTML element of a structure element, and the name of its box; None and "" where it has none."""
    return _origins.get(number, (None, ""))


def forget() -> None:
    """Before each document: one that failed half-way must not leak into the next."""
    _origins.clear()
