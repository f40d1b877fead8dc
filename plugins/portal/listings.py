"""Lists of articles over several pages, numbered from the oldest.

A page that is full keeps its address and its articles for ever; only the list's own address,
which shows the newest, changes when an article is added. It holds between one and two pages'
worth, so that it is never nearly empty.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from plugins.addresses import list_page_url

T = TypeVar("T")


@dataclass(frozen=True)
class ListPage(Generic[T]):
    """One page of a list.

    url: its address, without the leading slash.
    number: 1 is the oldest; the newest page, at the list's own address, is number `count`.
    items: its articles, newest first.
    """

    root: str
    number: int
    count: int
    items: Sequence[T]

    @property
    def url(self) -> str:
        return self.address(self.number)

    @property
    def newest(self) -> bool:
        return self.number == self.count

    def address(self, number: int) -> str:
        """The address of another page of the same list."""
        return self.root if number == self.count else list_page_url(self.root, number)

    @property
    def older(self) -> str | None:
        return self.address(self.number - 1) if self.number > 1 else None

    @property
    def newer(self) -> str | None:
        return self.address(self.number + 1) if self.number < self.count else None

    @property
    def nearby(self) -> list[int | None]:
        """Numbers to offer, newest first; None is a gap.

        On a full page they depend on its neighbours only, not on how long the list has grown.
        """
        first = self.number + 1 if self.number < self.count else self.number
        last = max(1, self.number - (1 if self.number < self.count else 3))
        offered: list[int | None] = list(range(first, last - 1, -1))
        if first < self.count:
            offered = [self.count, None, *offered]
        if last == 2:
            offered.append(1)
        elif last > 2:
            offered += [None, 1]
        return offered


def pages_of(root: str, items: Sequence[T], size: int) -> list[ListPage[T]]:
    """Cut `items` (newest first) into pages of `size`, newest page first; at least one page."""
    full = max(0, len(items) // size - 1)
    count = full + 1
    newest = len(items) - full * size
    pages = [ListPage(root, count, count, items[:newest])]
    for number in range(full, 0, -1):
        start = newest + (full - number) * size
        pages.append(ListPage(root, number, count, items[start : start + size]))
    return pages
