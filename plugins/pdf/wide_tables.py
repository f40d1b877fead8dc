"""Tables that are wider than the column: smaller type, then a sheet across, then broken words.

Numbers, dates and short words are whole in a table (`overflow-wrap: break-word` in pdf.css), so WeasyPrint makes it as
wide as they need. How wide that is tells the type size at which they fit. A table takes the first of these steps that
makes it fit:

1. smaller type, down to MIN_SIZE;
2. a sheet across (the class `across`, a named page), with smaller type if need be;
3. a line may break between a number and its unit, and in words that are longer than those of a language (LONG_WORD),
   not only in codes and addresses (CODE);
4. everything may break, numbers too: its caption is reported.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from .boxes_on_pages import outermost_tables
from .whole_numbers import NO_BREAK_SPACE, part_from_units

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from weasyprint import Document

SIZE, MIN_SIZE = 9.5, 6.5  # pt; the size is that of `table` in pdf.css
PADDING = 0.5  # em between the columns of a table in smaller type, as in pdf.css
DIGIT_WIDTH = 0.62  # em; no sign between digits is wider
LAST_STEP = 3
TOLERANCE = 0.5  # px
NAME_LENGTH = 80  # characters of a caption in a message
_PT_PER_PX = 0.75
_NUMBER = re.compile(rf"[\W_]*\d[\d.,:;/+()%{NO_BREAK_SPACE}–−-]*\D{{0,3}}")
_SPACES = re.compile(r"[ \t\n]+")  # no no-break space


class BreakableWord(NamedTuple):
    """Which words may break in a table.

    Attributes:
        length: The most letters of a word that may not.
        width: The least width of a column with such a word, em.
    """

    length: int
    width: float


CODE, LONG_WORD = BreakableWord(30, 10), BreakableWord(10, 5)


class WideTables:
    """The tables of a document that is laid out again and again.

    Attributes:
        broken: The caption or the first words of each table in which numbers are broken.
    """

    def __init__(self, root: Element) -> None:
        self.root = root
        self.broken: list[str] = []
        self._steps: dict[Element, int] = {}
        self._sizes: dict[Element, float] = {}
        for cell in _cells(root):
            _let_words_break(cell, CODE)

    def fit(self, document: Document) -> bool:
        """Mark each table that is wider than its column; return whether there is one."""
        seen: set[Element] = set()
        for box, column_width in outermost_tables(document):
            is_too_wide = box.width > column_width + TOLERANCE
            if is_too_wide and box.element not in seen and self._steps.get(box.element, 0) < LAST_STEP:
                seen.add(box.element)
                self._narrow(box.element, box, column_width)
        return bool(seen)

    def _narrow(self, table: Element, box: Any, column_width: float) -> None:  # noqa: ANN401 (a box of WeasyPrint)
        size = self._sizes.get(table, SIZE)
        fitting_size = _fitting_size(box, column_width, size)
        if MIN_SIZE <= fitting_size < size:
            self._set_size(table, fitting_size)
            return
        step = self._steps[table] = self._steps.get(table, 0) + 1
        if step == 1:
            self._turn_sheet(table)
        elif step == 2:
            _part_from_units(table)
            for cell in _cells(table):
                _let_words_break(cell, LONG_WORD)
        elif step == LAST_STEP:
            _add_class(table, "broken")
            self.broken.append(_name(table))
        self._set_size(table, SIZE if step < LAST_STEP else MIN_SIZE)

    def _turn_sheet(self, table: Element) -> None:
        """Set a table on a sheet across, together with what would stand alone on a page before or after it."""
        region = next((section for section in self.root.iter("section") if table in section), table)
        _add_class(region, "across")
        for article in self.root.iter("article"):
            around = [element for parent in self.root.iter("body") for element in parent]
            place = around.index(article)
            before, after = around[:place], around[place + 1 :]
            for neighbours, edge in ((before, 0), (after, -1)):
                if len(article) and article[edge] is region:
                    for element in neighbours:
                        _add_class(element, "across")

    def _set_size(self, table: Element, size: float) -> None:
        self._sizes[table] = size
        _add_class(table, "fitted")
        table.set("style", f"font-size: {size}pt")


def _fitting_size(box: Any, column_width: float, size: float) -> float:  # noqa: ANN401 (a box of WeasyPrint)
    """The size at which a table that is too wide fits its column, in tenths of a point.

    Args:
        box: The table, laid out as narrow as its words allow.
        column_width: The width that it should have, px.
        size: The size of its type, pt.
    """
    paddings = sum(cell.padding_right for cell in _widest_row(box))
    per_point = (box.width - paddings) / size + len(box.column_widths) * PADDING / _PT_PER_PX
    return int(10 * column_width / per_point) / 10


def _widest_row(box: Any) -> list[Any]:  # noqa: ANN401 (a box of WeasyPrint)
    rows = [row.children for group in box.children for row in group.children]
    return max(rows, key=len, default=[])


def _cells(root: Element) -> Iterator[Element]:
    """Every cell of every table below an element."""
    return (cell for cell in root.iter() if cell.tag in ("td", "th"))


def _let_words_break(cell: Element, breakable: BreakableWord) -> None:
    """Let the words of a cell break, if one of them is breakable; numbers never are.

    The column stays wide enough for the numbers of the cell.
    """
    words = _SPACES.split(" ".join(cell.itertext()))
    numbers = [word for word in words if _NUMBER.fullmatch(word)]
    if any(len(word) > breakable.length for word in words if word not in numbers):
        width = max([breakable.width, *(len(number) * DIGIT_WIDTH for number in numbers)])
        _add_class(cell, "breakable")
        cell.set("style", f"min-width: {width:.2f}em")


def _part_from_units(table: Element) -> None:
    for element in table.iter():
        element.text = part_from_units(element.text or "")
        element.tail = part_from_units(element.tail or "")


def _add_class(element: Element, name: str) -> None:
    element.set("class", f"{element.get('class', '')} {name}".strip())


def _name(table: Element) -> str:
    """A table's caption, or its first words."""
    caption = next(table.iter("caption"), None)
    return " ".join("".join((table if caption is None else caption).itertext()).split())[:NAME_LENGTH]
