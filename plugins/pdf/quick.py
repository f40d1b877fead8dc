"""What WeasyPrint and pydyf do again and again for one PDF, done once. The pages are the same with and without.

Rests on names that WeasyPrint does not promise, as tags.py does, so its version is pinned.
"""

from __future__ import annotations

import zlib
from typing import Any

import pydyf
from weasyprint.css import ComputedStyle
from weasyprint.css.properties import INHERITED, INITIAL_NOT_COMPUTED, INITIAL_VALUES
from weasyprint.text.line_break import Layout

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


def _keep(line: Layout) -> None:
    """Called once a line is laid out: leave Pango's work there, WeasyPrint would have it done again to draw it."""


def _take_up(line: Layout, style: ComputedStyle) -> None:
    """Called before a line is drawn."""
    if line.justification_spacing:
        line.set_text(line.text, justify=True)


Layout.deactivate, Layout.reactivate = _keep, _take_up


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
    data = zlib.compress(b"\n".join(map(pydyf._to_bytes, stream.stream)), LEVEL)
    about = pydyf.Dictionary({**stream.extra, "Filter": "/FlateDecode", "Length": len(data)})
    return b"\n".join((about.data, b"stream", data, b"endstream"))


def write_once(pdf: pydyf.PDF) -> None:
    """Turn the objects of a PDF, to which nothing is added any more, into bytes."""
    pdf.objects[:] = [was if was.free == "f" or was is pdf.info else _Written(was) for was in pdf.objects]
