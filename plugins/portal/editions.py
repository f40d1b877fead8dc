"""Editions: one per language, each with its own addresses, words, articles and lists.

The default language's edition stands at the root of the site, every other one below its code
(`/en/…`). An article in two languages is one file a language with the same slug; each edition
lists only what is written in its language.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

from pelican.contents import Article, Page
from pelican.urlwrappers import Author, Category, Tag, URLWrapper

from plugins.i18n import translations

URLS = ("ARTICLE", "DRAFT", "PAGE", "DRAFT_PAGE", "CATEGORY", "TAG", "AUTHOR", "MONTH_ARCHIVE")
TOPICS = 10  # offered beside lists


@dataclass
class Edition:
    """One language's portal.

    prefix: what its addresses begin with: "" or "en/".
    agency: the owner's words of this language (settings AGENCY).
    articles: published ones, newest first; pages by slug; the groups in the order they are shown.
    """

    lang: str
    prefix: str
    settings: dict[str, Any]
    agency: Mapping[str, str]
    articles: list[Article] = field(default_factory=list)
    pages: dict[str, Page] = field(default_factory=dict)
    categories: dict[Category, list[Article]] = field(default_factory=dict)
    tags: dict[Tag, list[Article]] = field(default_factory=dict)
    authors: dict[Author, list[Article]] = field(default_factory=dict)
    months: dict[tuple[int, int], list[Article]] = field(default_factory=dict)

    @property
    def home(self) -> str:
        """The address of its front page, without the leading slash."""
        return self.prefix

    def words(self) -> dict[str, Any]:
        """What Jinja's i18n extension looks up while it renders this edition."""
        catalogue = translations(self.lang)
        return {
            "gettext": catalogue.gettext,
            "ngettext": catalogue.ngettext,
            "pgettext": catalogue.pgettext,
            "npgettext": catalogue.npgettext,
        }

    @property
    def menu(self) -> list[Category]:
        """The categories of the settings that have articles, in the settings' order."""
        known = {c["slug"] for c in self.settings["CATEGORIES"]}
        return [category for category in self.categories if category.slug in known]

    @property
    def topics(self) -> list[Tag]:
        """The tags with the most articles, in order of name."""
        ranked = sorted(self.tags, key=lambda tag: (-len(self.tags[tag]), tag.slug))
        return sorted(ranked[:TOPICS], key=lambda tag: tag.slug)

    def describe(self, category: Category) -> str:
        """The owner's sentence about a category; empty where there is none."""
        return next((c[self.lang][1] for c in _named(self) if c["slug"] == category.slug), "")

    def index(self, articles: Iterable[Article]) -> None:
        """Sort this edition's articles into its lists. Each list is newest first, with a full tie-break."""
        self.articles = sorted(articles, key=lambda a: a.slug)
        self.articles.sort(key=lambda a: a.date, reverse=True)
        categories, tags = defaultdict(list), defaultdict(list)
        authors, months = defaultdict(list), defaultdict(list)
        for article in self.articles:
            categories[article.category].append(article)
            months[article.date.year, article.date.month].append(article)
            for tag in article.tags:
                tags[tag].append(article)
            for author in article.authors:
                authors[author].append(article)
        order = {c["slug"]: i for i, c in enumerate(self.settings["CATEGORIES"])}
        self.categories = dict(sorted(categories.items(), key=lambda i: (order.get(i[0].slug, len(order)), i[0].slug)))
        self.tags = dict(sorted(tags.items(), key=lambda i: i[0].slug))
        self.authors = dict(sorted(authors.items(), key=lambda i: i[0].slug))
        self.months = dict(sorted(months.items(), reverse=True))


def editions(settings: Mapping[str, Any]) -> dict[str, Edition]:
    """The editions that the settings ask for, the default language's first."""
    default = settings["DEFAULT_LANG"]
    langs = [default, *(lang for lang in settings["AGENCY"] if lang != default)]
    return {lang: _edition(settings, lang, "" if lang == default else f"{lang}/") for lang in langs}


def _edition(settings: Mapping[str, Any], lang: str, prefix: str) -> Edition:
    own = dict(settings)
    for name in URLS:
        for ending in ("_URL", "_SAVE_AS"):
            own[name + ending] = own[f"{name}_LANG{ending}"] = prefix + settings[name + ending]
    return Edition(lang, prefix, own, settings["AGENCY"][lang])


def name_groups(edition: Edition, metadata: dict[str, Any]) -> None:
    """Turn the names of category, tags and authors into Pelican's objects with this edition's addresses."""
    wrap = partial(_wrap, edition)
    if "category" in metadata:
        metadata["category"] = wrap(Category, metadata["category"])
    metadata["tags"] = [wrap(Tag, name) for name in metadata.get("tags", ())]
    if metadata.get("authors"):  # Pelican takes an empty list for a first author
        metadata["authors"] = [wrap(Author, name) for name in metadata["authors"]]
    else:
        metadata.pop("authors", None)


def _wrap(edition: Edition, kind: type[URLWrapper], name: str) -> URLWrapper:
    group = kind(name, edition.settings)
    if kind is Category:
        for known in _named(edition):
            if name in (known["slug"], *(known[lang][0] for lang in edition.settings["AGENCY"])):
                group = Category(known[edition.lang][0], edition.settings)
                group.slug = known["slug"]
    return group


def _named(edition: Edition) -> list[dict[str, Any]]:
    return edition.settings["CATEGORIES"]


def month_url(edition: Edition, year: int, month: int) -> str:
    """The address of a month's archive."""
    return edition.settings["MONTH_ARCHIVE_URL"].format(date=datetime(year, month, 1))
