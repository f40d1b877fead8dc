"""What stands on the front page: a lead, three further stories, the newest, a strip a category.

An article stands in the upper part once. The lead is the newest that its editor has marked
`featured: true`, or the newest with a picture.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain, islice

from pelican.urlwrappers import Category

from .editions import Edition
from .stories import Story

STORIES, NEWEST, STRIP = 3, 5, 6
RECENT = 100  # only so many of the newest articles can be featured, so that none stays for ever
FEW = 10  # an edition with fewer articles has no further stories: its strips would be empty


@dataclass(frozen=True)
class FrontPage:
    """strips: category and its articles, the first to be shown large."""

    lead: Story | None
    stories: list[Story]
    newest: list[Story]
    strips: list[tuple[Category, list[Story]]]

    @property
    def all_stories(self) -> list[Story]:
        """Everything that it shows, in its order."""
        lead = [self.lead] if self.lead else []
        return [*lead, *self.stories, *self.newest, *(story for _, stories in self.strips for story in stories)]


def arrange(edition: Edition) -> FrontPage:
    """Choose from an edition's articles."""
    featured = [a for a in edition.articles[:RECENT] if a.row.featured and a.picture_paths]
    pictured = (a for a in edition.articles if a.picture_paths and a not in featured)
    stories = STORIES if len(edition.articles) >= FEW else 0
    chosen = list(islice(chain(featured, pictured), stories + 1)) or edition.articles[:1]

    def others(articles: list[Story], count: int) -> list[Story]:
        return list(islice((a for a in articles if a not in chosen), count))

    newest = others(edition.articles, NEWEST)
    strips = []
    for category, articles in edition.categories.items():
        rest = others(articles, STRIP)
        if rest:  # the newest with a picture is shown large, the others by date
            large = next((a for a in rest if a.picture_paths), rest[0])
            strips.append((category, [large, *(a for a in rest if a is not large)]))
    return FrontPage(chosen[0] if chosen else None, chosen[1:], newest, strips)
