"""The report of a run: one row for each source, as JSON."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Self, TextIO, TypedDict

STATUSES = ("converted", "review", "not-an-article", "left-out", "error")
OF_FILES = ("used", "not-used", "not-read")  # statuses of files that are no sources


class AccountRow(TypedDict):
    """Where the letters of a source are; rules: how many letters each rule held for chrome."""

    letters: int
    article: int
    chrome: int
    doubt: int
    rules: dict[str, int]


class _RequiredFields(TypedDict):
    source: str
    status: str
    output: str | None
    title: str | None
    lead: str | None
    date: str | None
    author: str | None
    source_name: str | None
    captions: list[str]
    reasons: list[str]


class ReportRow(_RequiredFields, total=False):
    """What became of a source.

    source: the file, or the entry of an export; status: one of STATUSES or OF_FILES; output: the article, or None;
    title to captions: what the page says; reasons: why it is to be reviewed, or could not be converted.
    Rows of articles also have date_supposed, a date to sort the article by if its own is unknown, category, and files:
    the paths, as the article writes them, of the pictures and documents that came along.
    account: of every source that could be read.
    """

    date_supposed: str | None
    category: str | None
    files: list[str]
    account: AccountRow


def row_without_article(source: str, status: str, *reasons: str, account: AccountRow | None = None) -> ReportRow:
    """Return the row of a source that gave no article."""
    row: ReportRow = {
        "source": source,
        "status": status,
        "output": None,
        "title": None,
        "lead": None,
        "date": None,
        "author": None,
        "source_name": None,
        "captions": [],
        "reasons": list(reasons),
    }
    if account:
        row["account"] = account
    return row


class ReportWriter:
    """Writes the report row by row; the file appears when it is complete. path None: nothing is written."""

    def __init__(self, path: str | None) -> None:
        self.path = Path(os.path.abspath(path)) if path else None
        self._stream: TextIO | None = None
        self._is_empty = True

    def __enter__(self) -> Self:
        if self.path:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._stream = _draft(self.path).open("w", encoding="utf-8")
        return self

    def add(self, row: ReportRow) -> None:
        """Write one more row."""
        if self._stream:
            self._stream.write(("[\n" if self._is_empty else ",\n") + json.dumps(row, ensure_ascii=False))
            self._is_empty = False

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if self._stream is None or self.path is None:
            return
        self._stream.write("[]\n" if self._is_empty else "\n]\n")
        self._stream.close()
        if kind is None:
            os.replace(_draft(self.path), self.path)
        else:
            _draft(self.path).unlink(missing_ok=True)


def _draft(path: Path) -> Path:
    return path.with_name(f".{path.name}.draft")
