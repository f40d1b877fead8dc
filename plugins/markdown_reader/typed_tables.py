"""Tables as people type and paste them.

A table with bars of another kind (│, or the wide one of Chinese keyboards) or with a frame around it, as programs draw
it (`+---+`, `├───┤`), is read as one of Markdown, and so is one whose line of dashes Word or another editor has made of
other signs (`|—|—|`, `|===|`). Lines of dashes between rows are no rows; in a frame, the lines between two of them are
one row. A row with more cells than the head keeps them, and a bar within a link parts no cells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import Protocol
from xml.etree.ElementTree import Element

from markdown.blockparser import BlockParser
from markdown.extensions.tables import TableProcessor

_DASHES = re.compile(r"\|?(?: *:?-+:? *\|)+(?: *:?-+:? *)?")
_PIPE = re.compile(r"(?<!\\)\|")
_LINK = re.compile(r"\[[^\]\n]*\]\([^()\n]*\)")
_HORIZONTAL = "─━┄┅┈┉╌╍═╴╶╸╺╼╾"  # of the signs for drawing frames, which are U+2500 to U+257F
_BARS = str.maketrans(dict.fromkeys("\uff5c│┃║┆┇┊┋╎╏", "|"))
_FRAME_SIGNS = dict.fromkeys(map(chr, range(0x2500, 0x2580)), "|") | dict.fromkeys("+\uff5c", "|")
_FRAME_SIGNS |= dict.fromkeys(f"{_HORIZONTAL}=—–―", "-")
_TO_DASHES = str.maketrans(_FRAME_SIGNS)
_OTHER_BARS = ("\uff5c", "│", "┃", "║")
_OTHER_DASHES = ("|=", "|—", "|–", "| =", "| —", "| –", "-+", "+-", "+=")
_QUOTED = re.compile(r" {0,3}(?:> ?)*(?! {4})")
_FENCES = ("```", "~~~")


def plain_tables(text: str) -> str:
    """Return Markdown with the tables that are drawn otherwise as Markdown has them; lines keep their numbers."""
    if "|" in text or "+" in text:
        is_possible = any(sign in text for sign in _OTHER_BARS + _OTHER_DASHES)
    else:
        is_possible = any(sign in text for sign in _OTHER_BARS)
    if not is_possible:
        return text
    result: list[str] = []
    for place, group in groupby(text.split("\n"), _Places().of):
        lines = list(group)
        result += _table_lines(lines) if place > 0 else lines
    return "\n".join(result)


def is_line_of_dashes(line: str) -> bool:
    """Whether a line has nothing but dashes and bars or corners, as below the head of a table and in its frame."""
    signs = _content(line).strip().translate(_TO_DASHES)
    return "|" in signs and "-" in signs and set(signs) <= set("|-: ")


def with_bars(line: str) -> str:
    """Return a line with the bars of Markdown for those of other keyboards and programs."""
    return line.translate(_BARS)


def _content(line: str) -> str:
    """A line without the marks of quotations before it."""
    quoted = _QUOTED.match(line)
    return line[quoted.end() :] if quoted else ""


class _Places:
    """Numbers what follows one another in a text: code and text, and lines with bars."""

    def __init__(self) -> None:
        self._fence = ""
        self._last: tuple[bool, str] = False, ""
        self._number = 0

    def of(self, line: str) -> int:
        """Return the number of the place of the next line."""
        content = _content(line)
        fence = content.strip()[:3]
        is_fence = fence in _FENCES and self._fence in ("", fence)
        if is_fence:
            self._fence = "" if self._fence else fence
        is_row = not (is_fence or self._fence) and ("|" in with_bars(content) or is_line_of_dashes(line))
        place = is_row, line[: len(line) - len(content)].strip(" ")
        self._number += place != self._last
        self._last = place
        return self._number if is_row else -self._number


def _table_lines(lines: list[str]) -> list[str]:
    """Lines with bars, as Markdown has them if they are a table with a frame or other dashes."""
    is_dashes = [is_line_of_dashes(line) for line in lines]
    head = next((number for number, dashes in enumerate(is_dashes) if not dashes), len(lines))
    if True not in is_dashes[head:]:
        return lines
    delimiter = is_dashes.index(True, head)
    for number in range(delimiter + 1, len(lines)):  # `| - | – |` has cells without a value
        is_dashes[number] = is_dashes[number] and "--" in lines[number].translate(_TO_DASHES)
    last = len(lines) - is_dashes[::-1].index(False)  # a frame ends after it
    prefixes = [line[: len(line) - len(_content(line))] for line in lines]
    rows = [_content(line) for line in lines]
    dashes = rows[delimiter].translate(_TO_DASHES)
    if "|" not in rows[delimiter] or len(cells_of(rows[head])) != len(cells_of(dashes)):
        rows = list(map(with_bars, rows))  # else such a sign is a part of a cell
    columns = len(cells_of(rows[head]))
    result = [""] * head + rows[head:last] + [""] * (len(lines) - last)
    result[delimiter] = dashes
    for number in range(delimiter + 1, last):
        result[number] = "|" + "---|" * columns if is_dashes[number] else result[number]
    if "|" not in _content(lines[delimiter]).lstrip()[:1] and head:  # with a frame
        for first, end in _groups(is_dashes, delimiter, last):
            _join(result, first, end, dashes)
    _join(result, head, delimiter, dashes)
    return [prefix + row for prefix, row in zip(prefixes, result, strict=True)]


def _groups(is_dashes: Sequence[bool], start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the first and the last line but one of each group of rows between lines of dashes, if there are several."""
    places = [number for number in range(start, end) if is_dashes[number]] + [end]
    if len(places) > 2:
        yield from ((first + 1, following) for first, following in pairwise(places))


def _join(rows: list[str], first: int, end: int, dashes: str) -> None:
    """Make one row of several, cell by cell; the lines that are left over become lines of dashes."""
    cells = [cells_of(row) for row in rows[first:end]]
    if len(cells) < 2 or len({len(row) for row in cells}) > 1:
        return
    joined = [" ".join(filter(None, map(str.strip, column))) for column in zip(*cells, strict=True)]
    rows[first:end] = [f"| {' | '.join(joined)} |", *[dashes] * (len(cells) - 1)]


def cells_of(row: str) -> list[str]:
    """Return the cells of a row."""
    row = _with_links_whole(row.strip().removeprefix("|"))
    row = row if row.endswith("\\|") else row.removesuffix("|")
    return [cell.replace("\0", "|") for cell in _PIPE.split(row)]


def _with_links_whole(row: str) -> str:
    r"""A row with NUL for each bar that is within a link."""
    return _LINK.sub(lambda link: link[0].replace("|", "\0"), row) if "](" in row and "`" not in row else row


def fit_dashes(block: str) -> str:
    """Give the second line of a table as many columns as the first has."""
    head, _, rest = block.partition("\n")
    dashes, newline, rows = rest.partition("\n")
    if not _DASHES.fullmatch(dashes.strip()):
        return block
    cells, known = cells_of(head), cells_of(dashes)
    columns, named = len(cells), [cell for cell in cells if cell.strip()]
    if columns == len(known):
        return block
    if len(named) == len(known):  # || a || b ||, as in wikis
        return f"|{'|'.join(named)}|\n{rest}"
    fitted = [*known, *["---"] * (columns - len(known))][:columns]
    return f"{head}\n|{'|'.join(fitted)}|{newline}{rows}"


class OddRows(Protocol):
    """Takes the rows of tables that are to be told.

    Attributes:
        long_rows: Those that have more cells than the head.
        odd_rows: Lines within a table that seem to go on a cell of the row above.
    """

    long_rows: list[str]
    odd_rows: list[str]


class TypedTables(TableProcessor):
    """Adds columns without a heading for rows that have more cells than the head, and fits its line of dashes.

    Lines without a bar end a table of several columns: below it stands its source, or the next sentence.
    """

    separator: list[str]  # type: ignore[assignment]  # the stubs say str

    def __init__(self, parser: BlockParser, odd: OddRows) -> None:
        super().__init__(parser, {"use_align_attribute": False})
        self.odd = odd

    def test(self, parent: Element, block: str) -> bool:
        return "|" in block and super().test(parent, fit_dashes(block))

    def run(self, parent: Element, blocks: list[str]) -> None:
        blocks[0] = fit_dashes(blocks[0])
        columns = len(self.separator)
        lines = blocks[0].split("\n")
        has_bars = lines[0].startswith("|")
        end = len(lines)
        while columns > 1 and "|" not in lines[end - 1]:
            end -= 1
        rows = [row for row in lines[2:end] if not ("--" in row and _DASHES.fullmatch(row.strip()))]
        blocks[:1] = ["\n".join([*lines[:2], *rows]), *(["\n".join(lines[end:])] if end < len(lines) else [])]
        for row in rows:
            if columns > 1 and has_bars and not row.startswith("|") and len(cells_of(row)) < columns:
                self.odd.odd_rows.append(row)
            split: list[str] = self._split_row(row.strip(" "))  # type: ignore[attr-defined]  # not in the stubs
            cells = [cell.strip() for cell in split]
            while cells and not cells[-1]:
                cells.pop()
            if len(cells) > columns:
                self.odd.long_rows.append(row)
                self.separator = [*self.separator, *[""] * (len(cells) - len(self.separator))]
        super().run(parent, blocks)

    def _split(self, row: str) -> list[str]:
        """The cells of a row; a bar within a link is a part of it."""
        cells: list[str] = super()._split(_with_links_whole(row))  # type: ignore[misc]  # not in the stubs
        return [cell.replace("\0", "&#124;") for cell in cells]
