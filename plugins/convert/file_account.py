"""The account of a folder: what became of the files in it that are no sources of articles.

Pictures, style sheets and documents beside the pages were either taken along with an article or are needed by none.
That is known once all articles are written: a file was taken along if the portal has a copy with the same content.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from plugins.i18n import translate

from . import kinds, media
from .report import ReportRow, row_without_article
from .sources import Item

_DIGEST = re.compile(r"-([0-9a-f]{8})\.\w+$")  # in the name of a copy; see conversion.py
MOST_PRINTED = 12  # kinds of files that are not read


@dataclass
class FileAccount:
    """Files that are no sources.

    files: folder of the portal's images/ and documents/.
    """

    files: Path
    _beside: list[Item] = field(default_factory=list)
    _copies: dict[str, int] = field(default_factory=dict)  # digest of a copy -> its size
    _not_read: Counter[tuple[str, str]] = field(default_factory=Counter)  # ending and reason
    _statuses: Counter[str] = field(default_factory=Counter)

    def add_file(self, item: Item) -> None:
        """Take note of a file that may belong to a page."""
        self._beside.append(item)

    def add_row(self, row: ReportRow) -> None:
        """Take note of what an article took along, or of a file that is not read."""
        if row["status"] == "not-read":
            self._not_read[kinds.ending_of(row["source"]), row["reasons"][0]] += 1
        for path in row.get("files", ()):
            found = _DIGEST.search(path)
            with suppress(OSError):
                if found:
                    size = (self.files / re.sub(r"^(?:\.\./)+", "", path)).stat().st_size
                    self._copies[found[1]] = size

    def rows(self) -> Iterator[ReportRow]:
        """Yield the row of every file that may belong to a page, once all articles are there."""
        sizes = set(self._copies.values())
        for item in self._beside:
            is_used = item.path is not None and self._is_used(item.path, sizes)
            if not is_used and item.reason:  # a kind that is not read: no article links to it either
                row = row_without_article(item.label, "not-read", item.reason)
                self.add_row(row)
            elif is_used:
                row = row_without_article(item.label, "used", translate("taken along with an article"))
            else:
                row = row_without_article(item.label, "not-used", translate("no article shows it or links to it"))
            self._statuses[row["status"]] += 1
            yield row

    def _is_used(self, path: Path, sizes: set[int]) -> bool:
        with suppress(OSError):
            if os.path.getsize(path) in sizes:
                return media.digest(path.read_bytes()) in self._copies
        return False

    def summary(self) -> Iterator[str]:
        """Yield lines for the terminal: one for the files of pages, one for each kind that is not read."""
        if self._statuses["used"] or self._statuses["not-used"]:
            yield translate(
                "Files beside the pages: {used} taken along, {unused} that no article shows or links to",
                used=self._statuses["used"],
                unused=self._statuses["not-used"],
            )
        for (ending, reason), count in self._not_read.most_common(MOST_PRINTED):
            yield translate(
                "Not read: {count} files .{ending}: {reason}", count=count, ending=ending or "?", reason=reason
            )
        if len(self._not_read) > MOST_PRINTED:
            yield translate(
                "and {count} more kinds; the report has every file", count=len(self._not_read) - MOST_PRINTED
            )
