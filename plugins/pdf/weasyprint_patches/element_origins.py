"""Records which HTML element each element of a PDF's structure tree comes from; WeasyPrint does not keep it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from weasyprint.pdf import tags as pdf_tags

from .libraries import WEASYPRINT

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    import pydyf
    from weasyprint.formatting_structure.boxes import Box

_build_box_tree: Callable[..., Iterator[pydyf.Dictionary]] = WEASYPRINT.require(
    pdf_tags, "_build_box_tree", "box", "parent", "pdf", "page_number", "nums", "annotations", "tags"
)
# of the document being rendered, by the object number of the structure element
_origins: dict[int, tuple[Element | None, str]] = {}


def build_box_tree(
    box: Box,
    parent: pydyf.Dictionary,
    pdf: pydyf.PDF,
    page_number: int,
    nums: Sequence[Any],
    annotations: Sequence[Any],
    tags: dict[Any, Any],
) -> Iterator[pydyf.Dictionary]:
    """Replaces `weasyprint.pdf.tags._build_box_tree`; also records the origin of each structure element."""
    for element in _build_box_tree(box, parent, pdf, page_number, nums, annotations, tags):
        inner = getattr(box, "_box", box)  # of an AbsolutePlaceholder
        _origins.setdefault(element.number, (getattr(inner, "element", None), getattr(inner, "element_tag", "") or ""))
        yield element


def html_origin(number: int) -> tuple[Element | None, str]:
    """The HTML element of a structure element and its name with the pseudo-element; None and "" where it has none."""
    return _origins.get(number, (None, ""))


def clear() -> None:
    """Forget the previous document. To be called before each, also after one that failed."""
    _origins.clear()
