"""Feature: the previous and the next article, at the article's end."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple

from plugins.features import Feature

if TYPE_CHECKING:
    from plugins.portal.outputs import BuildContext
    from plugins.portal.stories import Story
    from plugins.problems import Problem


class Around(NamedTuple):
    """The article before one, and the article after it."""

    older: Story | None
    newer: Story | None


def neighbors(articles: Sequence[Story]) -> list[Around]:
    """The neighbours of each article of a list (newest first)."""
    newer = [None, *articles[:-1]][: len(articles)]
    return [Around(older, later) for older, later, _ in zip_longest(articles[1:], newer, articles)]


class Neighbors(Feature):
    """Knows the neighbours of each article of a build."""

    def prepare(self, build: BuildContext) -> Iterable[Problem]:
        """Find them, and have their titles be part of what a page is made from."""
        self.around: dict[str, Around] = {}
        for edition in build.editions.values():
            for article, around in zip(edition.articles, neighbors(edition.articles), strict=True):
                self.around[article.path] = around
                article.displayed_stories.extend(other for other in around if other)
        return ()

    def article_context(self, story: Story) -> Around | None:
        """Its neighbours."""
        return self.around.get(story.path)


feature = Neighbors(__file__)
register = feature.register
