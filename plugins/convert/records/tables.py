"""Lists with one thing in each row: tables, and grids of other elements, below a row of labels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bs4 import Tag

from ..blocks import clean_text
from .fields import Field, Line, lines_of
from .labels import Labels

FEWEST_COLUMNS = 2  # columns whose labels are known
HEAD_ROWS = 4  # rows in which the labels are searched: a title may be above them


def columns_of(heads: Sequence[str], labels: Labels) -> list[tuple[str, ...]] | None:
    """Return the keys of each column, given the first row of a list; None if it is no row of labels."""
    keys = [labels.keys_of(head.strip(" :")) for head in heads]
    known = {key for each in keys for key in each}
    return keys if len(known) >= FEWEST_COLUMNS and sum(map(bool, keys)) >= FEWEST_COLUMNS else None


def lists_of(root: Tag, labels: Labels) -> Iterator[tuple[Tag, list[tuple[Tag, list[Field]]]]]:
    """Yield each list below an element, with its rows and the fields of each row."""
    boxes = [*root.find_all("table"), *(each for each in root.find_all(["div", "ul", "section"]) if _is_grid(each))]
    for box in boxes:
        rows: list[Tag] = list(box.find_all("tr") if box.name == "table" else box.find_all(recursive=False))
        rows = [row for row in rows if box.name != "table" or row.find_parent("table") is box]
        for at, row in enumerate(rows[:HEAD_ROWS]):
            heads = [clean_text(cell.get_text(" ")) for cell in _cells(row)]
            columns = columns_of(heads, labels)
            width = len(heads)
            below = [each for each in rows[at + 1 :] if len(_cells(each)) == width]
            if columns and below and not _are_labels(below[0], labels):
                yield box, [(each, _fields(each, columns)) for each in below]
                break


def _cells(row: Tag) -> list[Tag]:
    names = ["td", "th"] if row.name == "tr" else True
    return list(row.find_all(names, recursive=False))


def _is_grid(box: Tag) -> bool:
    rows = box.find_all(recursive=False)
    widths = {len(row.find_all(recursive=False)) for row in rows}
    return len(rows) > 1 and len(widths) == 1 and widths.pop() > FEWEST_COLUMNS


def _are_labels(row: Tag, labels: Labels) -> bool:
    """Whether a row begins with a label: then it is a record of several columns, and no list."""
    return bool(labels.keys_of(clean_text(_cells(row)[0].get_text(" ")).strip(" :")))


def _fields(row: Tag, columns: Sequence[tuple[str, ...]]) -> list[Field]:
    found = []
    for cell, keys in zip(_cells(row), columns, strict=True):
        lines = lines_of(cell)
        while lines and len(lines) > 1 and lines[0].element is not cell and not lines[0].plain:
            lines.pop(0)
        value = Line("\n".join(line.plain for line in lines), cell, [link for line in lines for link in line.links])
        found += [Field(key, value.text, value.links, value, value, 0) for key in keys if value.text or value.links]
    return found
