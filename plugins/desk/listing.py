"""The list of articles: what its rows say, which of them somebody asks for, and in which order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from urllib.parse import urlencode

from plugins.i18n import translate
from plugins.markdown_reader.header_values import slug_of

from .entries import Entry, searchable
from .fields import status_of

STATES = ("draft", "asked", "scheduled", "published", "withdrawn", "problems")
DELETED = "deleted"  # the list of articles that are no longer there
PER_PAGE = 100
MINUTE = 60  # seconds; what was changed within one, as a folder that was copied, stands by its days
NEWEST = "sua"  # the order that the list has by itself
Problems = Sequence[tuple[int, str, str]]  # line, message, level


class Row(NamedTuple):
    """An article in the list. states: which of STATES it is in; problems: line, message, level."""

    entry: Entry
    states: frozenset[str]
    problems: Problems

    @property
    def state_text(self) -> str:
        """Its state in words."""
        texts = {
            "draft": translate("Draft"),
            "scheduled": translate("Scheduled"),
            "published": translate("On the portal"),
            "withdrawn": translate("Taken off the portal"),
        }
        return next((text for state, text in texts.items() if state in self.states), translate("Cannot be read"))

    @property
    def day_text(self) -> str:
        """The day of the article as Vietnamese write it, and the time if it has one; else what stands in the file."""
        return shown_time(self.entry.day) if self.entry.day else self.entry.date

    @property
    def changed_text(self) -> str:
        """When the file was changed."""
        return shown_time(datetime.fromtimestamp(self.entry.changed))


def shown_time(time: datetime) -> str:
    """Return a day, and its time unless that is midnight."""
    return f"{time:%d/%m/%Y %H:%M}".removesuffix(" 00:00")


# What the list can be ordered by, with whether the greatest come first. Titles without marks stand as in a dictionary.
ORDERS: Mapping[str, tuple[Callable[[Row], Any], bool]] = {
    "ten": (lambda row: row.entry.words, False),
    "muc": (lambda row: slug_of(row.entry.section) or "~", False),
    "ngay": (lambda row: row.entry.day or datetime.min, True),
    NEWEST: (lambda row: (row.entry.changed // MINUTE, row.entry.day or datetime.min), True),
}


class Question(NamedTuple):
    """What somebody asks of the list, as it stands in its address.

    Attributes:
        q: Words that title, file or section have.
        loai: One of STATES, or DELETED; "" for all.
        muc: The slug of a section; "" for all.
        xep: A name of ORDERS, with - before it for the other way round.
        trang: The page, from 1.
    """

    q: str = ""
    loai: str = ""
    muc: str = ""
    xep: str = NEWEST
    trang: int = 1

    @classmethod
    def of(cls, values: Mapping[str, str]) -> Question:
        """Return the question of an address; what it says wrongly is as if it said nothing."""
        given = {name: values[name] for name in ("q", "loai", "muc") if name in values}
        order, page = values.get("xep", NEWEST), values.get("trang", "")
        if order.removeprefix("-") not in ORDERS:
            order = NEWEST
        return cls(**given, xep=order, trang=int(page) if page.isascii() and page.isdigit() else 1)

    def address(self, **changes: str | int) -> str:
        """Return the address of the same question but for some changes; without a page it is the first."""
        asked = self._asdict() | {"trang": 1} | changes
        values = {name: value for name, value in asked.items() if value != self._field_defaults[name]}
        return f"?{urlencode(values)}"

    def turned(self, order: str) -> str:
        """Return the address of the list in an order; turned round if it has that order already."""
        return self.address(xep=f"-{order}" if self.xep == order else order)

    def direction(self, order: str) -> str:
        """Return how the list is sorted by an order, in the words of `aria-sort`; "" if it is not."""
        if self.xep.removeprefix("-") != order:
            return ""
        greatest_first = ORDERS[order][1] != self.xep.startswith("-")
        return "descending" if greatest_first else "ascending"


class Listed(NamedTuple):
    """The answer to a question.

    Attributes:
        rows: Those of the page.
        total: How many there are on all pages.
        pages: How many pages there are.
        page: Which one this is, from 1.
        states: How many articles are in each state.
        sections: The sections of articles: slug, name, and how many each has.
    """

    rows: Sequence[Row]
    total: int
    pages: int
    page: int
    states: Counter[str]
    sections: Sequence[tuple[str, str, int]]


def listed(rows: Sequence[Row], question: Question) -> Listed:
    """Return the rows that a question asks for."""
    words = searchable(question.q).split("-")
    found = [row for row in rows if _is_asked_for(row, question, words)]
    key, greatest_first = ORDERS[question.xep.removeprefix("-")]
    found.sort(key=key, reverse=greatest_first != question.xep.startswith("-"))
    pages = max(1, -(-len(found) // PER_PAGE))
    page = min(max(question.trang, 1), pages)
    return Listed(
        found[(page - 1) * PER_PAGE : page * PER_PAGE],
        len(found),
        pages,
        page,
        Counter(state for row in rows for state in row.states),
        _sections(rows),
    )


def _sections(rows: Sequence[Row]) -> list[tuple[str, str, int]]:
    """Return the sections of articles by their slugs; of one that is spelt in several ways, the most frequent way."""
    spellings = Counter(row.entry.section for row in rows if row.entry.section).most_common()
    counts: Counter[str] = Counter()
    names: dict[str, str] = {}
    for name, count in spellings:
        counts[slug_of(name)] += count
        names.setdefault(slug_of(name), name)
    return [(slug, names[slug], counts[slug]) for slug in sorted(names)]


def _is_asked_for(row: Row, question: Question, words: Sequence[str]) -> bool:
    return (
        (not question.loai or question.loai in row.states)
        and (not question.muc or question.muc == slug_of(row.entry.section))
        and all(word in row.entry.words for word in words)
    )


def row_of(entry: Entry, problems: Iterable[tuple[int, str, str]], now: datetime, is_asked: bool = False) -> Row:
    """Return the row of a file. is_asked: whether somebody is to agree to it."""
    found = list(problems)
    states = {"problems"} if found or not entry.is_readable else set()
    if is_asked:
        states.add("asked")
    if entry.is_readable:
        status = status_of(entry.status)
        is_to_come = status == "published" and entry.day is not None and entry.day > now.replace(tzinfo=None)
        states.add("scheduled" if is_to_come else status)
    return Row(entry, frozenset(states), found)
