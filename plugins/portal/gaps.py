"""What is withdrawn keeps its place in its lists: one page has an item fewer, and no other page changes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from operator import attrgetter
from typing import TYPE_CHECKING

from pelican.urlwrappers import Author, Category, Tag

if TYPE_CHECKING:
    from .editions import Edition
    from .stories import Story

_sort_key = attrgetter("sort_key")


class Gaps:
    """The withdrawn stories of an edition.

    Args:
        edition: The edition, with its published stories in their lists.
        withdrawn: What readers could see once.
    """

    def __init__(self, edition: Edition, withdrawn: Iterable[Story]) -> None:
        self._by_list: defaultdict[tuple[str, object], list[Story]] = defaultdict(list)
        for story in withdrawn:
            for place in _lists_of(edition, story):
                self._by_list[place].append(story)

    def among(self, stories: list[Story], kind: str, key: object = "") -> list[Story]:
        """Return the stories of a list and in their places those that were withdrawn from it, newest first.

        Args:
            stories: The published ones, newest first.
            kind: What it is a list by, see `Listing`.
            key: Its slug or month; "" for the list of all articles.
        """
        gaps = self._by_list.get((kind, key))
        return sorted((*stories, *gaps), key=_sort_key) if gaps else stories


def is_gap(story: Story) -> bool:
    """Whether a story of a list only keeps its place there."""
    return story.status == "withdrawn"


def _lists_of(edition: Edition, story: Story) -> Iterator[tuple[str, object]]:
    """Yield the kind of each list that a story was in, and the slug or month of that list."""
    if story.kind == "article":
        yield from (("all", ""), ("month", story.month), ("category", edition.term(Category, story.category_name).slug))
        for kind, term, names in (("tag", Tag, story.tag_names), ("author", Author, story.author_names)):
            yield from ((kind, slug) for slug in sorted({edition.term(term, name).slug for name in names}))
    elif story.kind != "page":
        yield "kind", story.kind
