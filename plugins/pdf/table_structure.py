"""The structure of tables in a PDF: one header for the whole table, and for each cell its header cells."""

from __future__ import annotations

from collections.abc import Iterator

import pydyf

from .structure_nodes import Kid, Node, merge_fragments


def drop_repeated_headers(table: Node) -> None:
    """Keep only the first copy of a table header or footer that is repeated on each page."""
    seen: set[tuple[str, object]] = set()
    kids: list[Kid] = []
    for kid in table.kids:
        if isinstance(kid, Node) and kid.tag in ("THead", "TFoot"):
            if (kid.tag, kid.html) in seen:
                continue
            seen.add((kid.tag, kid.html))
        kids.append(kid)
    table.kids = kids
    if seen:  # repeated headers divided the table's body
        merge_fragments(table)


def assign_header_cells(table: Node) -> None:
    """Set `Headers` of each data cell to the header cells of its rows and columns (ISO 32000-1, 14.8.5.7).

    Cells may span rows and columns.
    """
    column_headers: dict[int, list[pydyf.String]] = {}
    row_headers: dict[int, list[pydyf.String]] = {}
    occupied: set[tuple[int, int]] = set()
    table_rows = list(_rows(table))
    for row, table_row in enumerate(table_rows):
        column = 0
        for cell in (kid for kid in table_row.nodes() if kid.tag in ("TH", "TD")):
            while (row, column) in occupied:
                column += 1
            attributes = cell.element["A"]
            width = attributes.get("ColSpan", 1)
            height = min(attributes.get("RowSpan", 1), len(table_rows) - row)
            rows, columns = range(row, row + height), range(column, column + width)
            occupied |= {(r, c) for r in rows for c in columns}
            if cell.tag == "TH":
                cell_id = cell.element["ID"] = pydyf.String(f"{table.element.number}-{row}-{column}")
                is_row_header = cell.html_attribute("scope").startswith("row")
                attributes["Scope"] = "/Row" if is_row_header else "/Column"
                for index in rows if is_row_header else columns:
                    (row_headers if is_row_header else column_headers).setdefault(index, []).append(cell_id)
            else:
                headers = [header for r in rows for header in row_headers.get(r, ())]
                headers += [header for c in columns for header in column_headers.get(c, ())]
                attributes.pop("Headers", None)
                if headers:
                    attributes["Headers"] = pydyf.Array(list({header.string: header for header in headers}.values()))
            column += width


def _rows(node: Node) -> Iterator[Node]:
    """The rows of a table, without those of tables nested in it."""
    for kid in node.nodes():
        if kid.tag == "TR":
            yield kid
        elif kid.tag in ("THead", "TBody", "TFoot", "NonStruct"):
            yield from _rows(kid)
