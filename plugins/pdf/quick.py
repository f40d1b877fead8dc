"""What WeasyPrint and pydyf do again and again for one PDF, done once. The pages are the same with and without.

Rests on names that WeasyPrint does not promise, as tags.py does, so its version is pinned.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable
from typing import Any

import pydyf
from weasyprint.css import ComputedStyle
from weasyprint.css.properties import INHERITED, INITIAL_NOT_COMPUTED, INITIAL_VALUES
from weasyprint.formatting_structure import boxes
from weasyprint.layout import absolute, block, column, flex, grid, inline, page, percent, table
from weasyprint.layout import float as float_
from weasyprint.pdf import fonts as pdf_fonts
from weasyprint.text.ffi import ffi
from weasyprint.text.line_break import Layout


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


LEVEL = 6  # of compression; 9 takes twice as long for one byte in a hundred
_LOGICAL = {key for key in INITIAL_VALUES if {"block", "inline"} & set(key.split("_"))}  # margin_block_start
_SPECIAL = {"display", "float", "page", "position"} | {key for key in INITIAL_VALUES if key.startswith("text_decoration_")}
_TAKEN = {key for key in INHERITED if key not in _SPECIAL | _LOGICAL}  # from the parent, as it is
_GIVEN = {key for key in INITIAL_VALUES if key not in _SPECIAL | _LOGICAL | INHERITED | INITIAL_NOT_COMPUTED}
_compute = ComputedStyle.__missing__


def _computed(style: ComputedStyle, key: str) -> Any:
    """The value of a property: for most, nobody has said anything of it."""
    cascaded = style.cascaded
    if key not in cascaded and style.parent_style is not None and (not cascaded or cascaded.keys().isdisjoint(_LOGICAL)):
        if key in _TAKEN:
            value = style[key] = style.parent_style[key]
            return value
        if key in _GIVEN:
            value = style[key] = INITIAL_VALUES[key]
            return value
    return _compute(style, key)


ComputedStyle.__missing__ = _computed


_SIZES = [f"{what}_{side}" for what in ("margin", "padding") for side in ("top", "right", "bottom", "left")]
_SIZES += ["width", "height", "min_width", "min_height", "max_width", "max_height"]
_BORDERS = [f"border_{side}_width" for side in ("top", "right", "bottom", "left")]
_resolve = percent.resolve_percentages
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


def _resolved(box: Any, containing_block: Any) -> None:
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


for _module in (absolute, block, column, flex, float_, grid, inline, page, table):
    if hasattr(_module, "resolve_percentages"):
        _module.resolve_percentages = _resolved


_avoid = float_.avoid_collisions


def _avoided(context: Any, box: Any, containing_block: Any, outer: bool = True) -> tuple[float, float, float]:
    """As `avoid_collisions`, where nothing floats that could be in the way."""
    if context.excluded_shapes or box.style["float"] != "none" or containing_block.style["direction"] != "ltr":
        return _avoid(context, box, containing_block, outer)
    width = containing_block.width - (0 if outer else box.margin_left + box.margin_right)
    return containing_block.content_box_x(), box.position_y, width


block.avoid_collisions = inline.avoid_collisions = _avoided


def _in_normal_flow(box: Any) -> bool:
    """As the method of that name, with one look at each property."""
    place = box.style["position"]
    return box.style["float"] == "none" and place not in ("absolute", "fixed") and place[0] not in ("running()", "note()")


boxes.Box.is_in_normal_flow = _in_normal_flow


class _Arrays:
    """cffi, which parses the C of each new length of an array; of arrays of any length once."""

    def __getattr__(self, name: str) -> Any:
        return getattr(ffi, name)

    def new(self, kind: str, value: Any = None) -> Any:
        return ffi.new(re.sub(r"\[\d+\]$", "[]", kind) if isinstance(value, list | tuple) else kind, value)


pdf_fonts.ffi = _Arrays()


def _keep(line: Layout) -> None:
    """Called once a line is laid out: leave Pango's work there, WeasyPrint would have it done again to draw it."""


def _take_up(line: Layout, style: ComputedStyle) -> None:
    """Called before a line is drawn."""
    if line.justification_spacing:
        line.set_text(line.text, justify=True)


Layout.deactivate, Layout.reactivate = _keep, _take_up


_bytes_of = pydyf._to_bytes


def _to_bytes(item: Any) -> bytes:
    """As the function of that name, the most frequent kinds first."""
    kind = item.__class__
    if kind is bytes:
        return item
    if kind is str:
        return item.encode("ascii")
    if kind is int:
        return b"%d" % item
    return _bytes_of(item)


pydyf._to_bytes = _to_bytes


class _Written(pydyf.Object):
    """An object as its bytes: pydyf asks for them twice, for the file and for its identifier."""

    compressible = False

    def __init__(self, was: pydyf.Object) -> None:
        self.number, self.generation, self.offset, self.free = was.number, was.generation, was.offset, was.free
        self.compressible = was.compressible
        self.data = _packed(was) if isinstance(was, pydyf.Stream) and was.compress else was.data

    data = b""


def _packed(stream: pydyf.Stream) -> bytes:
    """The bytes of a compressed stream (ISO 32000-1, 7.3.8)."""
    data = zlib.compress(b"\n".join(map(_to_bytes, stream.stream)), LEVEL)
    about = pydyf.Dictionary({**stream.extra, "Filter": "/FlateDecode", "Length": len(data)})
    return b"\n".join((about.data, b"stream", data, b"endstream"))


def write_once(pdf: pydyf.PDF) -> None:
    """Turn the objects of a PDF, to which nothing is added any more, into bytes."""
    pdf.objects[:] = [was if was.free == "f" or was is pdf.info else _Written(was) for was in pdf.objects]
