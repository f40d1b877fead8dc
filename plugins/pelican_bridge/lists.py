"""A portal's articles in the lists that Pelican's plugins and templates know."""

from __future__ import annotations

import calendar
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from operator import attrgetter
from typing import Any

from pelican.urlwrappers import Author, Category, Tag

OWN = {"page"}  # a name in the generators' context that is another thing in a template


@dataclass
class PelicanLists:
    """What Pelican calls these names. All newest first.

    articles, pages: one of each group of translations, that in the default language where there is one.
    translations: the others. dates: articles by date. categories, authors: sorted pairs of a name and its articles.
    """

    articles: list[Any] = field(default_factory=list)
    translations: list[Any] = field(default_factory=list)
    hidden_articles: list[Any] = field(default_factory=list)
    drafts: list[Any] = field(default_factory=list)
    pages: list[Any] = field(default_factory=list)
    hidden_pages: list[Any] = field(default_factory=list)
    draft_pages: list[Any] = field(default_factory=list)
    page_translations: list[Any] = field(default_factory=list)
    dates: list[Any] = field(default_factory=list)
    related_posts: list[Any] = field(default_factory=list)
    categories: list[tuple[Category, list[Any]]] = field(default_factory=list)
    tags: list[tuple[Tag, list[Any]]] = field(default_factory=list)
    authors: list[tuple[Author, list[Any]]] = field(default_factory=list)
    period_archives: dict[str, list[dict[str, Any]]] = field(default_factory=dict)


def build_lists(news: Any) -> PelicanLists:
    """The lists of a build. news: the generator of articles, which has read everything."""
    shown = {id(story) for story in news.published}
    lists = sort(
        news.published, [story for story in news.found if id(story) not in shown], news.settings["DEFAULT_LANG"]
    )
    classify(lists, news.settings)
    return lists


def sort(published: Iterable[Any], drafts: Iterable[Any], default: str) -> PelicanLists:
    """Stories by kind and language. default: DEFAULT_LANG."""
    lists = PelicanLists()
    of_kind = {
        "article": (lists.articles, lists.translations),
        "page": (lists.pages, lists.page_translations),
    }
    drafts = list(drafts)
    for story in sorted(published, key=attrgetter("sort_key")):
        first, others = of_kind[story.kind]
        translated = story.lang != default and any(other.lang == default for other in story.translations)
        (others if translated else first).append(story)
    lists.drafts = [story for story in drafts if story.kind == "article"]
    lists.draft_pages = [story for story in drafts if story.kind == "page"]
    return lists


def classify(lists: PelicanLists, settings: Mapping[str, Any]) -> None:
    """Fill the lists by category, tag, author and month."""
    groups: dict[str, defaultdict[Any, list[Any]]] = {
        name: defaultdict(list) for name in ("categories", "tags", "authors")
    }
    months: dict[tuple[int, int], list[Any]] = {}
    for article in lists.articles:
        groups["categories"][article.category].append(article)
        for name in ("tags", "authors"):
            for group in getattr(article, name):
                groups[name][group].append(article)
        months.setdefault((article.date.year, article.date.month), []).append(article)
    lists.dates = list(lists.articles)
    lists.categories = sorted(groups["categories"].items(), reverse=settings["REVERSE_CATEGORY_ORDER"])
    lists.authors = sorted(groups["authors"].items())
    lists.tags = list(groups["tags"].items())
    lists.period_archives = {"month": [_archive(month, articles, settings) for month, articles in months.items()]}


def _archive(month: tuple[int, int], articles: list[Any], settings: Mapping[str, Any]) -> dict[str, Any]:
    first = datetime(*month, 1)
    return {
        "articles": articles,
        "dates": articles,
        "period": (month[0], calendar.month_name[month[1]]),
        "period_num": month,
        "url": settings["MONTH_ARCHIVE_URL"].format(date=first),
        "save_as": settings["MONTH_ARCHIVE_SAVE_AS"].format(date=first),
    }


def public(context: Mapping[str, Any]) -> dict[str, Any]:
    """The generators' context as a template may have it: without names that mean something else there."""
    taken = context["news"].env.globals
    return {name: value for name, value in context.items() if name not in OWN and name not in taken}
