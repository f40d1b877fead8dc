"""Boxes and their styles: values that WeasyPrint looks up again and again in one document are looked up once."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from weasyprint.css import ComputedStyle
from weasyprint.css.properties import INHERITED, INITIAL_NOT_COMPUTED, INITIAL_VALUES
from weasyprint.layout import float as float_layout
from weasyprint.layout import percent

from .libraries import WEASYPRINT

if TYPE_CHECKING:
    from weasyprint.css import Style
    from weasyprint.formatting_structure.boxes import Box
    from weasyprint.layout import LayoutContext

Value = TypeVar("Value")


def cached_by_style(function: Callable[[Style], Value]) -> Callable[[Style], Value]:
    """Decorator: call a function of a style once for each style, and keep the value on the style."""
    name = f"cached_{function.__name__}"

    def cached(style: Style) -> Value:
        try:
            value: Value = getattr(style, name)
        except AttributeError:
            value = function(style)
            setattr(style, name, value)
        return value

    return cached


# --- computed values ---

_LOGICAL = {name for name in INITIAL_VALUES if {"block", "inline"} & set(name.split("_"))}  # margin_block_start
_SPECIAL = {"display", "float", "page", "position"}
_SPECIAL |= {name for name in INITIAL_VALUES if name.startswith("text_decoration_")}
_PLAIN_INHERITED = {name for name in INHERITED if name not in _SPECIAL | _LOGICAL}
_PLAIN_INITIAL = INITIAL_VALUES.keys() - _SPECIAL - _LOGICAL - INHERITED - INITIAL_NOT_COMPUTED
_compute_property = WEASYPRINT.require(ComputedStyle, "__missing__", "self", "key")


def compute_property(self: ComputedStyle, key: str) -> object:
    """Replaces `ComputedStyle.__missing__`: most properties of most elements are not set by any style sheet."""
    cascaded = self.cascaded
    if key not in cascaded and self.parent_style is not None and (not cascaded or cascaded.keys().isdisjoint(_LOGICAL)):
        if key in _PLAIN_INHERITED:
            value = self[key] = self.parent_style[key]
            return value
        if key in _PLAIN_INITIAL:
            value = self[key] = INITIAL_VALUES[key]
            return value
    return _compute_property(self, key)


# --- used values of sizes ---

_SIZES = [f"{name}_{side}" for name in ("margin", "padding") for side in ("top", "right", "bottom", "left")]
_SIZES += ["width", "height", "min_width", "min_height", "max_width", "max_height"]
_BORDERS = [f"border_{side}_width" for side in ("top", "right", "bottom", "left")]
_SIZE_PROPERTIES = {*_SIZES, "box_sizing"}
_INITIAL_SIZES = {name: 0 if name.startswith(("margin", "padding", "min")) else INITIAL_VALUES[name] for name in _SIZES}
_INITIAL_SIZES |= {name: INITIAL_VALUES[name].value for name in ("max_width", "max_height")}
_resolve_percentages = WEASYPRINT.require(percent, "resolve_percentages", "box", "containing_block")


@cached_by_style
def _used_sizes(style: Style) -> dict[str, Any] | None:
    """The used sizes of a box; None where they depend on the containing block."""
    cascaded = getattr(style, "cascaded", None) or {}
    if style.keys().isdisjoint(_SIZE_PROPERTIES) and cascaded.keys().isdisjoint(_SIZE_PROPERTIES | _LOGICAL):
        return _INITIAL_SIZES
    if style["box_sizing"] != "content-box":
        return None
    sizes: dict[str, Any] = {}
    for name in _SIZES:
        value = style[name]
        if value == "auto":
            sizes[name] = 0 if name in ("min_width", "min_height") else "auto"
        elif getattr(value, "unit", "") == "px":
            sizes[name] = value.value
        else:
            return None
    return sizes


def resolve_percentages(box: Box, containing_block: Box | tuple[float, float]) -> None:
    """Replaces `weasyprint.layout.percent.resolve_percentages`, which resolves each size of each box each time."""
    style = box.style
    sizes = _used_sizes(style)
    if sizes is None:
        _resolve_percentages(box, containing_block)
        return
    box.__dict__.update(sizes)
    is_collapsed = style["border_collapse"] == "collapse"
    for name in _BORDERS:
        if not (is_collapsed and hasattr(box, name)):
            setattr(box, name, style[name])


# --- positions ---

_avoid_collisions: Callable[[LayoutContext, Box, Box, bool], tuple[float, float, float]] = WEASYPRINT.require(
    float_layout, "avoid_collisions", "context", "box", "containing_block", "outer"
)


def avoid_collisions(
    context: LayoutContext, box: Box, containing_block: Box, outer: bool = True
) -> tuple[float, float, float]:
    """Replaces `weasyprint.layout.float.avoid_collisions`: mostly there is no float to collide with."""
    if context.excluded_shapes or box.style["float"] != "none" or containing_block.style["direction"] != "ltr":
        return _avoid_collisions(context, box, containing_block, outer)
    width = containing_block.width - (0 if outer else box.margin_left + box.margin_right)
    return containing_block.content_box_x(), box.position_y, width


def is_in_normal_flow(self: Box) -> bool:
    """Replaces `Box.is_in_normal_flow`: looks up each property once."""
    position = self.style["position"]
    return (
        self.style["float"] == "none"
        and position not in ("absolute", "fixed")
        and position[0] not in ("running()", "note()")
    )
