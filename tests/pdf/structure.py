"""A PDF's structure tree as lines of text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf


def tree(path: Path) -> list[str]:
    """Return one line per element, indented by its depth: its tag, and its attributes."""
    with pikepdf.open(path) as pdf:
        return list(_lines(pdf.Root.StructTreeRoot.K, 0))


def _lines(kids: Any, depth: int) -> Iterator[str]:
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield "  " * depth + str(kid.S)[1:] + "".join(_attributes(kid))
            yield from _lines(kid.get("/K", pikepdf.Array()), depth + 1)


def _attributes(element: Any) -> Iterator[str]:
    for key in ("/Lang", "/Alt", "/E"):
        if key in element:
            yield f" {key[1:]}={element[key]}"
    attributes = element.get("/A", {})
    for key in ("/Scope", "/ColSpan", "/RowSpan", "/ListNumbering"):
        if key in attributes:
            yield f" {key[1:]}={str(attributes[key]).removeprefix('/')}"
