"""Tables of office programs, CSV and Excel, as rows of texts."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime, time

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from .. import encodings
from ..errors import SourceError

ENDINGS = frozenset({"csv", "tsv", "xls", "xlsx", "xlsm", "xlsb", "ods"})
DELIMITERS = ",;\t|"
LONGEST_SAMPLE = 20  # lines by which the delimiter of a CSV file is told
MOST_CELLS = 2_000_000


def rows_of(raw: bytes, ending: str) -> list[list[str]]:
    """Return the rows of all sheets of a file. Raises SourceError for one that cannot be read."""
    rows = _csv_rows(raw) if ending in ("csv", "tsv") else _sheet_rows(raw)
    if sum(map(len, rows)) > MOST_CELLS:
        raise SourceError("large")
    return rows


def _csv_rows(raw: bytes) -> list[list[str]]:
    text, _ = encodings.unicode_text(encodings.decode(raw)[0])
    lines = text.removeprefix("\ufeff").splitlines()
    if lines and lines[0].lower().startswith("sep=") and len(lines[0]) == len("sep=") + 1:  # of Excel
        return list(csv.reader(lines[1:], delimiter=lines[0][-1]))
    delimiter = max(DELIMITERS, key=lambda sign: _evenness("\n".join(lines[:LONGEST_SAMPLE]), sign))
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=delimiter))


def _evenness(sample: str, delimiter: str) -> tuple[int, int]:
    """Return how many lines have as many cells as most have, and how many that is."""
    widths = [len(row) for row in csv.reader(io.StringIO(sample), delimiter=delimiter) if any(row)]
    usual = max(widths, key=widths.count, default=0)
    return (widths.count(usual), usual) if usual > 1 else (0, 0)


def _sheet_rows(raw: bytes) -> list[list[str]]:
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(raw))
        return [
            [_text(cell) for cell in row]
            for name in book.sheet_names
            for row in book.get_sheet_by_name(name).to_python()
        ]
    except PasswordError:
        raise SourceError("encrypted") from None
    except (CalamineError, OSError, ValueError):
        raise SourceError("unreadable") from None


def _text(cell: object) -> str:
    """Return a cell as people see it: whole numbers without a fraction, days as Vietnamese write them."""
    if isinstance(cell, datetime) and cell.time() == time():
        cell = cell.date()
    if isinstance(cell, date) and not isinstance(cell, datetime):
        return f"{cell:%d/%m/%Y}"
    if isinstance(cell, datetime):
        return f"{cell:%d/%m/%Y %H:%M}"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)
