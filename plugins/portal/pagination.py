"""Pagination of lists, with pages numbered from the oldest.

A full page keeps its address and its articles for ever. Only the page at the list's own address, which shows the
newest articles, changes when an article is added. It holds between one and two pages' worth of articles, so that it
is never nearly empty. What is withdrawn keeps its place: its page has one item fewer, and no other page changes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from plugins.addresses import list_page_url

T = TypeVar("T")


@dataclass(frozen=True)
class ListPage(Generic[T]):
    """One page of a list.

    Attributes:
        root: The address of the list, without the leading slash.
        number: 1 for the oldest page, `count` for the newest, which stands at the list's own address. It is part of the
            address, and no reader sees it: to people the newest page is the first.
        count: The number of pages.
        size: The number of items on a full page.
        all_items: The items of all pages, newest first.
        is_gap: Whether one of them only keeps its place, and is not shown.
    """

    root: str
    number: int
    count: int
    size: int
    all_items: Sequence[T]
    is_gap: Callable[[T], bool]

    @property
    def items(self) -> Sequence[T]:
        """The items of the page, newest first."""
        return self.items_of(self.number)

    def items_of(self, number: int) -> Sequence[T]:
        """Return the items of another page of the same list."""
        return [item for item in self._places_of(number) if not self.is_gap(item)]

    def ends_of(self, number: int) -> tuple[T, T]:
        """Return the oldest and the newest item of a page; of one where nothing is left, what kept its place there."""
        places = self.items_of(number) or self._places_of(number)
        return places[-1], places[0]

    def _places_of(self, number: int) -> Sequence[T]:
        stop = len(self.all_items) - self.size * (number - 1)
        return self.all_items[0 if number == self.count else stop - self.size : stop]

    @property
    def url(self) -> str:
        """The address of this page, without the leading slash."""
        return self.address(self.number)

    @property
    def newest(self) -> bool:
        """Whether this is the page with the newest items."""
        return self.number == self.count

    def address(self, number: int) -> str:
        """Return the address of another page of the same list."""
        return self.root if number == self.count else list_page_url(self.root, number)

    @property
    def older(self) -> str | None:
        """The address of the next older page."""
        return self.address(self.number - 1) if self.number > 1 else None

    @property
    def newer(self) -> str | None:
        """The address of the next newer page."""
        return self.address(self.number + 1) if self.number < self.count else None

    @property
    def nearby(self) -> list[int | None]:
        """The page numbers to link to, newest first; None stands for a gap.

        On a full page they depend on its neighbours only, not on the length of the list.
        """
        first = self.number + 1 if self.number < self.count else self.number
        last = max(1, self.number - (1 if self.number < self.count else 3))
        numbers: list[int | None] = list(range(first, last - 1, -1))
        if first < self.count:
            numbers = [self.count, None, *numbers]
        if last == 2:
            numbers.append(1)
        elif last > 2:
            numbers += [None, 1]
        return numbers


def paginate(
    root: str, items: Sequence[T], size: int, is_gap: Callable[[T], bool] = lambda item: False
) -> list[ListPage[T]]:
    """Cut a list into pages, newest page first; there is always at least one.

    Args:
        root: The address of the list, without the leading slash.
        items: All items, newest first.
        size: The number of items on a full page.
        is_gap: See `ListPage`.
    """
    full = max(0, len(items) // size - 1)
    count = full + 1
    return [ListPage(root, number, count, size, items, is_gap) for number in range(count, 0, -1)]
