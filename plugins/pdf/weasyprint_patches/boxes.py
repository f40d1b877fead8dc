"""Boxes and their styles: what WeasyPrint looks up again and again for one document, looked up once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from weasyprint.css import ComputedStyle
from weasyprint.css.properties import INHERITED, INITIAL_NOT_COMPUTED, INITIAL_VALUES
from weasyprint.layout import float as float_
from weasyprint.layout import percent

from .libraries import WEASYPRINT


def once(find: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """The same function of a style, called once for each."""
    name = f"once_{find.__name__}"

    def known(style: Any) -> Any:
        try:
            return getattr(style, name)
        except AttributeError:
            value = find(style)
            setattr(style, name, value)
            return value

    return known


_LOGICAL = {key for key in INITIAL_VALUES if {"block", "inline"} & set(key.split("_"))}  # margin_block_start
_SPECIAL = {"display", "float", "page", "position"} | {
    key for key in INITIAL_VALUES if key.startswith("text_decoration_")
}
_TAKEN = {key for key in INHERITED if key not in _SPECIAL | _LOGICAL}  # from the parent, as it is
_GIVEN = {key for key in INITIAL_VALUES if key not in _SPECIAL | _LOGICAL | INHERITED | INITIAL_NOT_COMPUTED}
_compute = WEASYPRINT.require(ComputedStyle, "__missing__", "self", "key")


def computed(self: ComputedStyle, key: str) -> Any:
    """The value of a property: for most, nobody has said anything of it."""
    cascaded = self.cascaded
    if key not in cascaded and self.parent_style is not None and (not cascaded or cascaded.keys().isdisjoint(_LOGICAL)):
        if key in _TAKEN:
            value = self[key] = self.parent_style[key]
            return value
        if key in _GIVEN:
            value = self[key] = INITIAL_VALUES[key]
            return value
    return _compute(self, key)


_SIZES = [f"{what}_{side}" for what in ("margin", "padding") for side in ("top", "right", "bottom", "left")]
_SIZES += ["width", "height", "min_width", "min_height", "max_width", "max_height"]
_BORDERS = [f"border_{side}_width" for side in ("top", "right", "bottom", "left")]
_resolve = WEASYPRINT.require(percent, "resolve_percentages", "box", "containing_block")
_SAID = {*_SIZES, "box_sizing"}
_UNSAID = {name: 0 if name.startswith(("margin", "padding", "min")) else INITIAL_VALUES[name] for name in _SIZES}
_UNSAID |= {name: INITIAL_VALUES[name].value for name in ("max_width", "max_height")}


@once
def _used(style: Any) -> dict[str, Any] | None:
    """The used sizes of a box of a style, where they do not depend on what it stands in."""
    cascaded = getattr(style, "cascaded", None) or {}
    if style.keys().isdisjoint(_SAID) and cascaded.keys().isdisjoint(_SAID | _LOGICAL):
        return _UNSAID
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


def resolve_percentages(box: Any, containing_block: Any) -> None:
    """As `resolve_percentages`, which looks at each size of each box each time."""
    style = box.style
    sizes = _used(style)
    if sizes is None:
        _resolve(box, containing_block)
        return
    box.__dict__.update(sizes)
    collapsed = style["border_collapse"] == "collapse"
    for name in _BORDERS:
        if not (collapsed and hasattr(box, name)):
            setattr(box, name, style[name])


_avoid = WEASYPRINT.require(float_, "avoid_collisions", "context", "box", "containing_block", "outer")


def avoid_collisions(context: Any, box: Any, containing_block: Any, outer: bool = True) -> tuple[float, float, float]:
    """As `avoid_collisions`, where nothing floats that could be in the way."""
    if context.excluded_shapes or box.style["float"] != "none" or containing_block.style["direction"] != "ltr":
        return _avoid(context, box, containing_block, outer)
    width = containing_block.width - (0 if outer else box.margin_left + box.margin_right)
    return containing_block.content_box_x(), box.position_y, width


def is_in_normal_flow(self: Any) -> bool:
    """As the method of that name, with one look at each property."""
    place = self.style["position"]
    return (
        self.style["float"] == "none" and place not in ("absolute", "fixed") and place[0] not in ("running()", "note()")
    )
