"""Feature: links to the previous and the next article, at the end of an article."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple

from plugins.features import Feature

if TYPE_CHECKING:
    from plugins.portal.outputs import BuildContext
    from plugins.portal.stories import Story
    from plugins.problems import Problem


class AdjacentStories(NamedTuple):
    """The articles published just before and just after an article."""

    older: Story | None
    newer: Story | None


def neighbors(articles: Sequence[Story]) -> list[AdjacentStories]:
    """The neighbors of each article of a list. articles: the newest first."""
    newer = [None, *articles[:-1]][: len(articles)]
    return [AdjacentStories(before, after) for before, after, _ in zip_longest(articles[1:], newer, articles)]


class Neighbors(Feature):
    """Has the neighbors of each article of a build."""

    def prepare(self, build: BuildContext) -> Iterable[Problem]:
        """Find the neighbors, and make their cards a part of what each page depends on."""
        self.neighbors: dict[str, AdjacentStories] = {}
        for edition in build.editions.values():
            for article, adjacent in zip(edition.articles, neighbors(edition.articles), strict=True):
                self.neighbors[article.path] = adjacent
                article.displayed_stories.extend(story for story in adjacent if story)
        return ()

    def article_context(self, story: Story) -> AdjacentStories | None:
        """The neighbors of an article."""
        return self.neighbors.get(story.path)


feature = Neighbors(__file__)
register = feature.register
