"""Visit and vote counts as plain data: what `StatsDatabase` returns, and what pages and JSON files show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(frozen=True)
class Day:
    """The counts of one day in the portal's time zone.

    Args:
        day: The date.
        visits: Distinct visitors.
        views: Pages they opened.
        pdfs: PDFs opened, once per visitor and article.
        listens: Recordings started, once per visitor and article.
    """

    day: date
    visits: int = 0
    views: int = 0
    pdfs: int = 0
    listens: int = 0


@dataclass(frozen=True)
class Counts:
    """The counts of one article since counting began.

    Args:
        views: How often its page was opened.
        pdfs: How often its PDF was opened, once per visitor and day.
        listens: How often its recording was started, once per visitor and day.
        votes: How many people gave the grades 1, 2, 3, 4 and 5.
    """

    views: int = 0
    pdfs: int = 0
    listens: int = 0
    votes: tuple[int, ...] = (0, 0, 0, 0, 0)


@dataclass(frozen=True)
class Stats:
    """All counts of a portal.

    Args:
        updated: When the newest counted log line was written; None as long as nothing has been counted.
        days: Oldest first, without gaps.
        articles: The counts of each article by its address, without leading slash. Includes deleted articles.
        views_today: How often an article was opened on the day of this run, by its address; those that were.
        former_visits: Visits counted by the portal's previous counter (the setting STATISTICS_BEFORE).
    """

    updated: datetime | None = None
    days: tuple[Day, ...] = ()
    articles: Mapping[str, Counts] = field(default_factory=dict)
    former_visits: int = 0
    views_today: Mapping[str, int] = field(default_factory=dict)
