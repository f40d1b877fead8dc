"""The choice of articles for the front page: a lead, three more stories, the newest, and a strip per category.

No article appears twice, unless its category would have no strip otherwise. The lead is the newest article that its
editor has marked `featured: true`, or else the newest one with a picture.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from pelican.urlwrappers import Category

from .editions import Edition
from .stories import Story

STORIES, NEWEST, STRIP = 3, 5, 6  # how many articles each part of the page shows
FEATURED_AMONG = 100  # only so many of the newest articles can be featured, so that none stays for ever
# Heights in px on a wide screen: of the side column with most of the features, of a strip with one article, with more.
SIDE_HEIGHT, SINGLE_HEIGHT, STRIP_HEIGHT = 1500, 340, 600
MIN_FOR_STORIES = 10  # with fewer articles than this there are no more stories: the strips would be empty


@dataclass(frozen=True)
class FrontPage:
    """The articles of a front page. In each strip, the first article is the one to show large.

    document_categories: the slugs of those categories whose strips are rows, by date.
    """

    lead: Story | None
    stories: list[Story]
    newest: list[Story]
    strips: list[tuple[Category, list[Story]]]
    document_categories: Sequence[str]

    @property
    def strips_beside(self) -> int:
        """How many strips stand beside the side column; the others are below it, over the whole width."""
        height = 0
        for number, (_, stories) in enumerate(self.strips):
            if height >= SIDE_HEIGHT:
                return number
            height += STRIP_HEIGHT if stories[1:] else SINGLE_HEIGHT
        return len(self.strips)

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

    def first_of(candidates: list[Story], count: int, others_than: Container[Story]) -> list[Story]:
        return list(islice((a for a in candidates if a not in others_than), count))

    newest = first_of(articles, NEWEST, chosen)
    shown = {*chosen, *newest}
    strips = []
    for category, in_category in edition.categories.items():
        strip = first_of(in_category, STRIP, shown) or first_of(in_category, STRIP, chosen)
        if strip and category.slug in edition.document_categories:
            strips.append((category, strip))
        elif strip:  # the newest with a picture is shown large, the others by date
            large = next((a for a in strip if a.picture_paths), strip[0])
            strips.append((category, [large, *(a for a in strip if a is not large)]))
    return FrontPage(chosen[0] if chosen else None, chosen[1:], newest, strips, edition.document_categories)
