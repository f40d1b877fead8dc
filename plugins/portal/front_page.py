"""The choice of articles for the front page: a lead, three more stories, the newest, and a strip per category.

No article appears twice, unless its category would have no strip otherwise. The lead is the newest article that its
editor has marked `featured: true`, or else the newest one with a picture. FRONT_PAGE chooses the blocks and their
order.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain, islice
from typing import TYPE_CHECKING, Any

from pelican.urlwrappers import Category

if TYPE_CHECKING:
    from .editions import Edition
    from .stories import Story

STORIES, NEWEST, STRIP = 3, 5, 6  # how many articles each part of the page shows
FEATURED_AMONG = 100  # only so many of the newest articles can be featured, so that none stays for ever
# Heights in px on a wide screen: of the side column with most of the features, of a strip with one article, with more.
SIDE_HEIGHT, SINGLE_HEIGHT, STRIP_HEIGHT = 1500, 340, 600
TOP_BLOCKS = ("lead", "newest")
SIDE_BLOCKS = ("services", "quick-links", "features", "topics")
BLOCKS = (*TOP_BLOCKS, "stories", "sections", *SIDE_BLOCKS)  # the default of FRONT_PAGE
MIN_FOR_STORIES = 10  # with fewer articles than this there are no more stories: the strips would be empty


Strip = tuple[int, Category, list["Story"]]  # its number on the page, its section, its articles


@dataclass(frozen=True)
class FrontPage:
    """The articles of a front page. In each strip, the first article is the one to show large.

    Attributes:
        document_categories: The slugs of those categories whose strips are rows, by date.
        blocks: FRONT_PAGE.
    """

    lead: Story | None
    stories: list[Story]
    newest: list[Story]
    strips: list[tuple[Category, list[Story]]]
    document_categories: Sequence[str]
    blocks: Sequence[str] = BLOCKS

    @property
    def side(self) -> list[str]:
        """The blocks of the side column, in their order."""
        return [block for block in self.blocks if block in SIDE_BLOCKS]

    @property
    def rows(self) -> list[tuple[str, list[Any]]]:
        """What stands below each other.

        Names with what they show: "top" with "lead" and "newest", or one of them, side by side; "stories"; "below" with
        the strips beside the side column, which stands there once; "under" with strips over the whole width.
        """
        rows: list[tuple[str, list[Any]]] = []
        strips = [(number, *strip) for number, strip in enumerate(self.strips, 1)]
        named = {category.slug for category, _ in self.strips}.intersection(self.blocks)
        for block in self.blocks:
            if block in TOP_BLOCKS:
                if not rows or rows[-1][0] != "top":
                    rows.append(("top", []))
                rows[-1][1].append(block)
            elif block == "stories":
                rows.append((block, self.stories))
            elif block not in SIDE_BLOCKS:
                chosen = [s for s in strips if (s[1].slug not in named if block == "sections" else s[1].slug == block)]
                if rows and rows[-1][0] == "strips":
                    rows[-1][1].extend(chosen)
                else:
                    rows.append(("strips", chosen))
        return _beside_side_column(rows)

    @property
    def all_stories(self) -> list[Story]:
        """All articles in the order of the page."""
        lead = [self.lead] if self.lead else []
        return [*lead, *self.stories, *self.newest, *(story for _, stories in self.strips for story in stories)]


def _beside_side_column(rows: list[tuple[str, list[Any]]]) -> list[tuple[str, list[Any]]]:
    """Put the side column beside the highest strips, as many as are about as high; at the end if there are none."""
    runs = [strips for name, strips in rows if name == "strips"]
    if not runs:
        return [*rows, ("below", [])]
    highest = max(runs, key=lambda strips: sum(map(_height, strips)))
    placed: list[tuple[str, list[Any]]] = []
    for name, content in rows:
        beside = _strips_beside(content) if content is highest else 0
        if name != "strips":
            placed.append((name, content))
        if content is highest:
            placed.append(("below", content[:beside]))
        if name == "strips" and content[beside:]:
            placed.append(("under", content[beside:]))
    return placed


def _height(strip: Strip) -> int:
    return STRIP_HEIGHT if strip[2][1:] else SINGLE_HEIGHT


def _strips_beside(strips: Sequence[Strip]) -> int:
    """How many strips stand beside the side column; the others are below it, over the whole width."""
    heights = accumulate(map(_height, strips), initial=0)
    return sum(1 for height in islice(heights, len(strips)) if height < SIDE_HEIGHT)


def arrange(edition: Edition) -> FrontPage:
    """Choose the articles for an edition's front page."""
    articles = edition.articles
    blocks = edition.settings.get("FRONT_PAGE") or BLOCKS
    featured = [a for a in articles[:FEATURED_AMONG] if a.row.featured and a.picture_paths]
    pictured = (a for a in articles if a.picture_paths and a not in featured)
    count = STORIES if len(articles) >= MIN_FOR_STORIES and "stories" in blocks else 0
    leads = 1 if "lead" in blocks else 0
    chosen = list(islice(chain(featured, pictured), count + leads)) or articles[:leads]

    def first_of(candidates: list[Story], count: int, others_than: Container[Story]) -> list[Story]:
        return list(islice((a for a in candidates if a not in others_than), count))

    newest = first_of(articles, NEWEST, chosen) if "newest" in blocks else []
    shown = {*chosen, *newest}
    strips = []
    shown_sections = edition.categories if "sections" in blocks else [c for c in edition.categories if c.slug in blocks]
    for category in shown_sections:
        in_category = edition.categories[category]
        strip = first_of(in_category, STRIP, shown) or first_of(in_category, STRIP, chosen)
        if strip and category.slug in edition.document_categories:
            strips.append((category, strip))
        elif strip:  # the newest with a picture is shown large, the others by date
            large = next((a for a in strip if a.picture_paths), strip[0])
            strips.append((category, [large, *(a for a in strip if a is not large)]))
    lead = chosen[0] if leads and chosen else None
    return FrontPage(lead, chosen[leads:], newest, strips, edition.document_categories, blocks)
