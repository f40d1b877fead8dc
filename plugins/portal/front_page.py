"""The choice of articles for the front page: a lead, three more stories, the newest, and a strip per category.

No article appears twice above the strips. The lead is the newest article that its editor has marked `featured: true`,
or else the newest one with a picture.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain, islice

from pelican.urlwrappers import Category

from .editions import Edition
from .stories import Story

STORIES, NEWEST, STRIP = 3, 5, 6  # how many articles each part of the page shows
FEATURED_AMONG = 100  # only so many of the newest articles can be featured, so that none stays for ever
MIN_FOR_STORIES = 10  # with fewer articles than this there are no more stories: the strips would be empty


@dataclass(frozen=True)
class FrontPage:
    """The articles of a front page. In each strip, the first article is the one to show large."""

    lead: Story | None
    stories: list[Story]
    newest: list[Story]
    strips: list[tuple[Category, list[Story]]]

    @property
    def all_stories(self) -> list[Story]:
        """All articles in the order of the page."""
        lead = [self.lead] if self.lead else []
        return [*lead, *self.stories, *self.newest, *(story for _, stories in self.strips for story in stories)]


def arrange(edition: Edition) -> FrontPage:
    """Choose the articles for an edition's front page."""
    articles = edition.articles
    featured = [a for a in articles[:FEATURED_AMONG] if a.row.featured and a.picture_paths]
    pictured = (a for a in articles if a.picture_paths and a not in featured)
    count = STORIES if len(articles) >= MIN_FOR_STORIES else 0
    chosen = list(islice(chain(featured, pictured), count + 1)) or articles[:1]

    def not_chosen(candidates: list[Story], count: int) -> list[Story]:
        return list(islice((a for a in candidates if a not in chosen), count))

    newest = not_chosen(articles, NEWEST)
    strips = []
    for category, in_category in edition.categories.items():
        strip = not_chosen(in_category, STRIP)
        if strip:  # the newest with a picture is shown large, the others by date
            large = next((a for a in strip if a.picture_paths), strip[0])
            strips.append((category, [large, *(a for a in strip if a is not large)]))
    return FrontPage(chosen[0] if chosen else None, chosen[1:], newest, strips)
