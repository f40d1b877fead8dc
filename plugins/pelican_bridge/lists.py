"""A portal's articles in the lists that Pelican's plugins and templates know."""

from __future__ import annotations

import calendar
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from pelican.urlwrappers import Author, Category, Tag

if TYPE_CHECKING:
    from plugins.portal.generators import NewsGenerator
    from plugins.portal.stories import Story

_PRIVATE_NAMES = {"page_values"}  # names in the generators' context that are of no use in a template


@dataclass
class PelicanLists:
    """Pelican's lists, under its names; all are newest first.

    Attributes:
        articles: One of each group of translations, that in the default language if there is one.
        translations: The others.
        pages: As `articles`.
        page_translations: As `translations`.
        dates: The articles by date.
        categories: Sorted pairs of a category and its articles.
        authors: Sorted pairs of an author and the articles.
        period_archives: The archives that templates of Pelican show, by kind of period.
    """

    articles: list[Story] = field(default_factory=list)
    translations: list[Story] = field(default_factory=list)
    hidden_articles: list[Story] = field(default_factory=list)
    drafts: list[Story] = field(default_factory=list)
    pages: list[Story] = field(default_factory=list)
    hidden_pages: list[Story] = field(default_factory=list)
    draft_pages: list[Story] = field(default_factory=list)
    page_translations: list[Story] = field(default_factory=list)
    dates: list[Story] = field(default_factory=list)
    related_posts: list[Story] = field(default_factory=list)
    categories: list[tuple[Category, list[Story]]] = field(default_factory=list)
    tags: list[tuple[Tag, list[Story]]] = field(default_factory=list)
    authors: list[tuple[Author, list[Story]]] = field(default_factory=list)
    period_archives: dict[str, list[dict[str, Any]]] = field(default_factory=dict)


def build_lists(news: NewsGenerator) -> PelicanLists:
    """Return the lists of a build. news: the generator of articles, which has read everything."""
    published_ids = {id(story) for story in news.published}
    drafts = [story for story in news.all_stories if id(story) not in published_ids]
    lists = sort(news.published, drafts, news.settings["DEFAULT_LANG"])
    _classify(lists, news.settings)
    return lists


def sort(published: Iterable[Story], drafts: Iterable[Story], default_lang: str) -> PelicanLists:
    """Sort stories by kind and language, into lists that lack categories, tags, authors and months."""
    lists = PelicanLists()
    by_kind = {
        "article": (lists.articles, lists.translations),
        "page": (lists.pages, lists.page_translations),
    }
    drafts = list(drafts)
    for story in sorted(published, key=attrgetter("sort_key")):
        originals, translations = by_kind[story.kind]
        is_translation = story.lang != default_lang and any(t.lang == default_lang for t in story.translations)
        (translations if is_translation else originals).append(story)
    lists.drafts = [story for story in drafts if story.kind == "article"]
    lists.draft_pages = [story for story in drafts if story.kind == "page"]
    return lists


def _classify(lists: PelicanLists, settings: Mapping[str, Any]) -> None:
    """Fill the lists by category, tag, author and month."""
    categories: defaultdict[Category, list[Story]] = defaultdict(list)
    tags: defaultdict[Tag, list[Story]] = defaultdict(list)
    authors: defaultdict[Author, list[Story]] = defaultdict(list)
    months: defaultdict[tuple[int, int], list[Story]] = defaultdict(list)
    for article in lists.articles:
        categories[article.category].append(article)
        for tag in article.tags:
            tags[tag].append(article)
        for author in article.authors:
            authors[author].append(article)
        months[article.date.year, article.date.month].append(article)
    lists.dates = list(lists.articles)
    lists.categories = sorted(categories.items(), reverse=settings["REVERSE_CATEGORY_ORDER"])
    lists.authors = sorted(authors.items())
    lists.tags = list(tags.items())
    lists.period_archives = {"month": [_archive(month, articles, settings) for month, articles in months.items()]}


def _archive(month: tuple[int, int], articles: list[Story], settings: Mapping[str, Any]) -> dict[str, Any]:
    first_day = datetime(*month, 1)
    return {
        "articles": articles,
        "dates": articles,
        "period": (month[0], calendar.month_name[month[1]]),
        "period_num": month,
        "url": settings["MONTH_ARCHIVE_URL"].format(date=first_day),
        "save_as": settings["MONTH_ARCHIVE_SAVE_AS"].format(date=first_day),
    }


def template_names(context: Mapping[str, Any]) -> dict[str, Any]:
    """Return the names of the generators' context for templates, except those that mean something else there."""
    taken = context["news"].env.globals
    return {name: value for name, value in context.items() if name not in _PRIVATE_NAMES and name not in taken}
