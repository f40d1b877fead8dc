"""Pagination of lists, with pages numbered from the oldest.

A full page keeps its address and its articles for ever. Only the page at the list's own address, which shows the
newest articles, changes when an article is added. It holds between one and two pages' worth of articles, so that it
is never nearly empty. What is withdrawn keeps its place: its page has one item fewer, and no other page changes.

A list whose items come and go in its middle, such as all documents in force, is cut where the list of all is cut: what
is not in it only keeps its place. Its pages are uneven, those without an item are left out, and an item that comes or
goes changes its page alone.
"""

from __future__ import annotations

from bisect import bisect_left
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
        numbers: Those of all pages, rising; some may be left out.
        size: The number of items on a full page.
        all_items: The items of all pages, newest first.
        is_gap: Whether one of them only keeps its place, and is not shown.
    """

    root: str
    number: int
    numbers: Sequence[int]
    size: int
    all_items: Sequence[T]
    is_gap: Callable[[T], bool]

    @property
    def count(self) -> int:
        """The number of the newest page."""
        return self.numbers[-1]

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
        place = self._place
        return self.address(self.numbers[place - 1]) if place else None

    @property
    def newer(self) -> str | None:
        """The address of the next newer page."""
        return None if self.newest else self.address(self.numbers[self._place + 1])

    @property
    def _place(self) -> int:
        return bisect_left(self.numbers, self.number)

    @property
    def nearby(self) -> list[int | None]:
        """The page numbers to link to, newest first; None stands for a gap.

        On a full page they depend on its neighbours only, not on the length of the list.
        """
        place, oldest = self._place, self.numbers[0]
        near = self.numbers[max(0, place - (3 if self.newest else 1)) : place + 2]
        numbers: list[int | None] = list(reversed(near))
        if near[-1] < self.count:
            numbers = [self.count, None, *numbers]
        if near[0] == self.numbers[min(1, len(self.numbers) - 1)] != oldest:
            numbers.append(oldest)
        elif near[0] != oldest:
            numbers += [None, oldest]
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
    numbers = range(1, max(1, len(items) // size) + 1)
    return [ListPage(root, number, numbers, size, items, is_gap) for number in reversed(numbers)]


def paginate_some(root: str, items: Sequence[T], size: int, is_shown: Callable[[T], bool]) -> list[ListPage[T]]:
    """Cut a list of some of many items into pages where the list of all is cut, newest page first.

    Args:
        root: The address of the list, without the leading slash.
        items: All items, newest first.
        size: About how many items a page has; more where items of the list are close together.
        is_shown: Whether an item is in the list; at least one is.
    """
    shown = [is_shown(item) for item in items]
    items = items[shown.index(True) :]
    size <<= (len(items) // sum(shown)).bit_length() - 1

    def is_gap(item: T) -> bool:
        return not is_shown(item)

    pages = paginate(root, items, size, is_gap)
    numbers = [page.number for page in reversed(pages) if page.items]
    return [ListPage(root, number, numbers, size, items, is_gap) for number in reversed(numbers)]
