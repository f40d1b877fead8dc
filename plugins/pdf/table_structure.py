"""The structure of tables: one head, and for each cell the heads it belongs to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pydyf

from .structure_nodes import Node, merge


def drop_repeated_heads(table: Node) -> None:
    """Keep the first of a table head that is repeated on each page."""
    first: set[Any] = set()
    kids = []
    for kid in table.kids:
        if isinstance(kid, Node) and kid.tag in ("THead", "TFoot"):
            if (kid.tag, kid.html) in first:
                continue
            first.add((kid.tag, kid.html))
        kids.append(kid)
    table.kids = kids
    if first:  # bodies that were divided by a repeated head
        merge(table)


def set_heads(table: Node) -> None:
    """For each cell the heads above it and before it (ISO 32000-1, 14.8.5.7); rows and columns may be spanned."""
    columns: dict[int, list[pydyf.String]] = {}
    rows: dict[int, list[pydyf.String]] = {}
    taken: set[tuple[int, int]] = set()
    lines = list(_rows(table))
    for row, line in enumerate(lines):
        column = 0
        for cell in (kid for kid in line.nodes() if kid.tag in ("TH", "TD")):
            while (row, column) in taken:
                column += 1
            attributes = cell.element["A"]
            wide, high = attributes.get("ColSpan", 1), min(attributes.get("RowSpan", 1), len(lines) - row)
            below, beside = range(row, row + high), range(column, column + wide)
            taken |= {(r, c) for r in below for c in beside}
            if cell.tag == "TH":
                own = cell.element["ID"] = pydyf.String(f"{table.element.number}-{row}-{column}")
                is_row = cell.get("scope").startswith("row")
                attributes["Scope"] = "/Row" if is_row else "/Column"
                for place in below if is_row else beside:
                    (rows if is_row else columns).setdefault(place, []).append(own)
            else:
                heads = [h for r in below for h in rows.get(r, ())] + [h for c in beside for h in columns.get(c, ())]
                attributes.pop("Headers", None)
                if heads:
                    attributes["Headers"] = pydyf.Array(list({head.string: head for head in heads}.values()))
            column += wide


def _rows(node: Node) -> Iterator[Node]:
    """Its rows, not those of a table within."""
    for kid in node.nodes():
        if kid.tag == "TR":
            yield kid
        elif kid.tag in ("THead", "TBody", "TFoot", "NonStruct"):
            yield from _rows(kid)
