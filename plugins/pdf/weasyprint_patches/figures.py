"""Lets the paragraph after a figure stand before it, where the page would end in an empty space instead.

A figure is not divided, so one that is taller than the rest of the page goes to the next. Typesetters fill the rest
with the text that follows; CSS has a draft for that, which WeasyPrint lacks (https://drafts.csswg.org/css-page-floats/).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from weasyprint.layout import block

from .libraries import WEASYPRINT

if TYPE_CHECKING:
    from weasyprint.formatting_structure.boxes import Box
    from weasyprint.layout import LayoutContext

MAX_EMPTY = 0.25  # of the page's height, before a figure
_in_flow_layout = WEASYPRINT.require(block, "_in_flow_layout")


def in_flow_layout(
    context: LayoutContext,
    box: Box,
    index: int,
    child: Box,
    new_children: list[Box],
    page_is_empty: bool,
    absolute_boxes: list[Any],
    fixed_boxes: list[Any],
    adjoining_margins: list[float],
    bottom_space: float,
    position_y: float,
    skip_stack: Any,  # noqa: ANN401 (where to resume in a box, however deep)
    first_letter_style: Any,  # noqa: ANN401
    first_line_style: Any,  # noqa: ANN401
    discard: bool,
    next_page: dict[str, Any],
    max_lines: float | None,
) -> tuple[Any, ...]:
    """Replaces `weasyprint.layout.block._in_flow_layout`, which lays out one block among its siblings."""

    def lay_out(child: Box, margins: list[float]) -> tuple[Any, ...]:
        result: tuple[Any, ...] = _in_flow_layout(
            context, box, index, child, new_children, page_is_empty, absolute_boxes, fixed_boxes, margins,
            bottom_space, position_y, skip_stack, first_letter_style, first_line_style, discard, next_page, max_lines,
        )  # fmt: skip
        return result

    if box.children[index] is not child:  # it changed places with the figure before it, of which the caller has a copy
        place = child.position_x, child.position_y
        child = box.children[index]
        child.position_x, child.position_y = place
    if _tag(child) != "figure":
        return lay_out(child, adjoining_margins)
    place = child.position_x, child.position_y
    result = lay_out(child, list(adjoining_margins))
    _, stops, resume_at, *_ = result
    is_pushed = stops and resume_at == {index: None}
    if not is_pushed or context.page_bottom - bottom_space - position_y < MAX_EMPTY * context.page_bottom:
        return result
    following = box.children[index + 1] if index + 1 < len(box.children) else None
    if following is None or _tag(following) != "p":
        return result
    box.children = [*box.children[:index], following, child, *box.children[index + 2 :]]
    following.position_x, following.position_y = place
    return lay_out(following, adjoining_margins)


def _tag(box: Box) -> str:
    return box.element_tag or ""
