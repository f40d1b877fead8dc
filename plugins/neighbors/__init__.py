"""Feature: the previous and the next article, at the article's end."""

from __future__ import annotations

from itertools import zip_longest
from typing import Any

from pelican import signals

from plugins.features import Feature

feature = Feature(__file__)


def link(articles: list[Any]) -> None:
    """Give each article of a list (newest first) its older and newer neighbour, or None."""
    newer = None
    for article, older in zip_longest(articles, articles[1:]):
        article.older, article.newer = older, newer
        if older is not None:
            article.shows.append(older)
        if newer is not None:
            article.shows.append(newer)
        newer = article


def _link_editions(generator: Any) -> None:
    for edition in generator.context["editions"].values():
        link(edition.articles)


def register() -> None:
    """Pelican's hook."""
    signals.article_generator_finalized.connect(_link_editions)
