"""Feature: the previous and the next article, at the article's end."""

from __future__ import annotations

from typing import Any

from pelican import signals

from plugins.features import Feature

feature = Feature(__file__)


def link(articles: list[Any]) -> None:
    """Give each article of a list (newest first) its older and newer neighbour, or None."""
    for newer, article, older in zip([None, *articles], articles, [*articles[1:], None], strict=False):
        article.older, article.newer = older, newer
        article.shows += [other for other in (older, newer) if other]


def _link_editions(generator: Any) -> None:
    for edition in generator.context["editions"].values():
        link(edition.articles)


def register() -> None:
    """Pelican's hook."""
    signals.article_generator_finalized.connect(_link_editions)
