"""What is known of a portal's readers: plain figures, as the pages show them and the files tell them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(frozen=True)
class Day:
    """One day, in the portal's time zone. visits: visitors, each once; views: pages that they looked at."""

    day: date
    visits: int = 0
    views: int = 0
    pdfs: int = 0  # PDFs opened
    listens: int = 0  # recordings begun


@dataclass(frozen=True)
class Counts:
    """One article, since counting began. votes: how many gave 1, 2, 3, 4 and 5."""

    views: int = 0
    pdfs: int = 0
    listens: int = 0
    votes: tuple[int, int, int, int, int] = (0, 0, 0, 0, 0)


@dataclass(frozen=True)
class Stats:
    """Everything. updated: when the newest line that was counted was written; None where none was.

    days: oldest first, without gaps. articles: by address.
    before: visits counted before ours began, as by the portal's former counter.
    """

    updated: datetime | None = None
    days: tuple[Day, ...] = ()
    articles: Mapping[str, Counts] = field(default_factory=dict)
    before: int = 0
