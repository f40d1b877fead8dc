"""Editions: one per language, each with its own addresses, words, articles and lists.

The edition of the default language stands at the root of the site, every other one below its code (`/en/…`). An
article in two languages is one file per language with the same slug; each edition lists only what is written in its
language.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from operator import attrgetter
from typing import Any, NamedTuple

from pelican.urlwrappers import Author, Category, Tag, URLWrapper

from plugins import languages, owner_settings
from plugins.addresses import Addresses, output_name
from plugins.addresses import problems as address_problems
from plugins.features.hooks import Grouping, Kind, Value
from plugins.languages import Language
from plugins.markdown_reader.header_values import slug_of
from plugins.problems import ContentError

from .gaps import Gaps
from .kinds import BUILT_IN
from .name_spellings import canonical, spelled_slugs
from .name_spellings import slugs as slugs_of
from .stories import Story, Term
from .story_addresses import categories_by_name

PELICAN_URL_SETTINGS = {"CATEGORY": "category", "TAG": "tag", "AUTHOR": "author"}  # which Pelican reads
TOPICS = 10  # how many tags are offered beside lists

_sort_key = attrgetter("sort_key")


@dataclass(frozen=True)
class Section:
    """What things of a feature's kind have in the place of a category; `url` is the address of their list."""

    name: str
    slug: str
    url: str


class Group(NamedTuple):
    """Items of a kind that have something in common: its name, slug and address, and the items, newest first."""

    name: str
    slug: str
    url: str
    stories: list[Story]


@dataclass
class Edition:
    """One language's portal.

    Attributes:
        language: How the language writes.
        settings: Pelican's, with the edition's own addresses of categories, tags and authors.
        configured_categories: The categories of the settings by canonical name.
        addresses: Those of the whole portal.
        articles: The published articles, newest first.
        pages: The editors' pages by slug.
        categories: Articles by category, in the order of the menu; all lists are newest first.
        tags: Articles by tag, in the order of addresses.
        authors: Articles by author, in the order of addresses.
        months: Articles by year and month, newest first.
        spellings: Articles by tags and by authors, as their names are written.
        renamed: Categories, tags and authors whose address is not simply the slug of their name.
        values: What features say of articles.
        kinds: The kinds of content by name.
        extra_kinds: The published things of features' kinds, newest first; an edition that is not the first one has
            no kind without any.
        withdrawn: What was published once and is withdrawn; a feature adds to it what it tells readers.
        gaps: What is withdrawn, in its places in lists.
        leading: Things that come before all news now, such as a warning; features add to it in `prepare`.
        render_body: Returns the HTML of a story's text as its page shows it.
    """

    language: Language
    settings: dict[str, Any]
    configured_categories: Mapping[str, dict[str, Any]]
    addresses: Addresses
    articles: list[Story] = field(default_factory=list)
    pages: dict[str, Story] = field(default_factory=dict)
    categories: dict[Category, list[Story]] = field(default_factory=dict)
    tags: dict[Tag, list[Story]] = field(default_factory=dict)
    authors: dict[Author, list[Story]] = field(default_factory=dict)
    months: dict[tuple[int, int], list[Story]] = field(default_factory=dict)
    spellings: dict[str, dict[str, list[Story]]] = field(default_factory=dict)
    renamed: list[str] = field(default_factory=list)
    values: Sequence[Value] = ()
    kinds: Mapping[str, Kind] = field(default_factory=lambda: BUILT_IN)
    extra_kinds: dict[str, list[Story]] = field(init=False)
    gaps: Gaps = field(init=False)
    leading: list[Story] = field(default_factory=list)
    withdrawn: list[Story] = field(default_factory=list)
    render_body: Callable[[Story], str] = attrgetter("body")
    _terms: dict[tuple[type, str], URLWrapper] = field(default_factory=dict)
    _groups: dict[tuple[str, str], dict[str, Group]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.extra_kinds = {name: [] for name in self.kinds if name not in BUILT_IN}
        self.gaps = Gaps(self, ())

    def url(self, name: str, **values: str | date) -> str:
        """Return the address of a place in this edition, see `Addresses.url`."""
        return self.addresses.url(self.lang, name, **values)

    def alternates(self, name: str, **values: str | date) -> dict[str, str]:
        """Return the addresses of the same place in the other editions, by language."""
        return self.addresses.alternates(self.lang, name, **values)

    @property
    def lang(self) -> str:
        """The code of the language."""
        return self.language.code

    @cached_property
    def agency(self) -> Mapping[str, Any]:
        """What the setting AGENCY says in this language."""
        return {**dict.fromkeys(languages.OPTIONAL_AGENCY_KEYS, ""), **self.settings["AGENCY"][self.lang]}

    @property
    def menu(self) -> list[Category]:
        """The sections: the categories of the settings, in their order, with or without articles."""
        by_slug = {category.slug: category for category in (*self.categories, *self.empty_sections)}
        return [by_slug[row["slug"]] for row in self.settings["CATEGORIES"] if row["slug"] in by_slug]

    @property
    def empty_sections(self) -> list[Category]:
        """The categories of the settings that are listed without any article.

        In the first language these are all. Another language has only the sections that something is written in, or
        all as long as nothing is.
        """
        if self.articles and self.lang != self.settings["DEFAULT_LANG"]:
            return []
        filled = {category.slug for category in self.categories}
        return [self.term(Category, row["slug"]) for row in self.settings["CATEGORIES"] if row["slug"] not in filled]

    @property
    def menu_names(self) -> list[str]:
        """The names of all categories of the settings."""
        return [self._category_text(row, 0) for row in self.settings["CATEGORIES"]]

    @property
    def document_categories(self) -> Sequence[str]:
        """The slugs of the categories whose articles are documents, which lists show as rows."""
        slugs: Sequence[str] = self.settings.get("DOCUMENT_CATEGORIES", ())
        return slugs

    @property
    def topics(self) -> list[Tag]:
        """The tags with the most articles, in order of name."""
        ranked = sorted(self.tags, key=lambda tag: (-len(self.tags[tag]), tag.slug))
        return sorted(ranked[:TOPICS], key=attrgetter("slug"))

    def category_description(self, category: Category) -> str:
        """Return the owner's sentence about a category, or ""."""
        row = next((row for row in self.settings["CATEGORIES"] if row["slug"] == category.slug), None)
        return self._category_text(row, 1) if row else ""

    def _category_text(self, row: Mapping[str, Any], part: int) -> str:
        """Return the name (part 0) or the sentence (part 1) of a row of CATEGORIES in this language."""
        return self.language.owner_text({lang: texts[part] for lang, texts in row.items() if lang != "slug"})

    def term(self, kind: type[Term], name: str) -> Term:
        """Return the category, tag or author of a name; the same object every time."""
        term = self._terms.get((kind, name))
        if term is None:
            row = self.configured_categories.get(canonical(name)) if kind is Category else None
            term = self._terms[kind, name] = kind(self._category_text(row, 0) if row else name, self.settings)
            if row:
                term.slug = row["slug"]
        assert isinstance(term, kind)
        return term

    def section(self, kind: str) -> Section:
        """Return what things of a kind have in the place of a category."""
        return Section(self.language.words.gettext(self.kinds[kind].label), kind, self.url(f"{kind}_list"))

    def groups(self, kind: str, grouping: Grouping) -> dict[str, Group]:
        """Return the groups of a kind's items by slug, in order. To be asked when all features have prepared."""
        known = self._groups.get((kind, grouping.name))
        if known is None:
            known = self._groups[kind, grouping.name] = self._group(kind, grouping)
        return known

    def _group(self, kind: str, grouping: Grouping) -> dict[str, Group]:
        by_name: dict[str, list[Story]] = {}
        for story in self.extra_kinds[kind]:
            for name in self.group_names(grouping, story):
                by_name.setdefault(name, []).append(story)
        spellings: dict[str, list[str]] = {}
        for name in by_name:
            spellings.setdefault(slug_of(name), []).append(name)
        place = f"{kind}_{grouping.name}"
        groups = {}
        for slug, names in sorted(spellings.items()):
            usual = max(names, key=lambda name: (len(by_name[name]), name))
            groups[slug] = Group(usual, slug, self.url(place, slug=slug), _merge([by_name[name] for name in names]))
        return groups

    def group_names(self, grouping: Grouping, story: Story) -> list[str]:
        """Return the names of the groups of an item for readers of this edition."""
        gettext = self.language.words.gettext
        return [gettext(name) if grouping.are_messages else name for name in grouping.groups(story)]

    def groupings(self) -> Iterator[tuple[str, Grouping]]:
        """Yield the groupings of all kinds that have published items, with the name of the kind."""
        for kind, stories in self.extra_kinds.items():
            for grouping in self.kinds[kind].groupings if stories else ():
                yield kind, grouping

    def sort_stories(self, published: Iterable[Story]) -> None:
        """Sort this edition's stories into its lists, each newest first with a full tie-break."""
        categories: dict[str, list[Story]] = {}
        tags: dict[str, list[Story]] = {}
        authors: dict[str, list[Story]] = {}
        months: dict[tuple[int, int], list[Story]] = {}
        self.spellings = {"tags": tags, "authors": authors}
        stories = list(published)
        self.pages = {story.slug: story for story in stories if story.kind == "page"}
        self.articles = sorted((story for story in stories if story.kind == "article"), key=_sort_key)
        for story in self.articles:
            categories.setdefault(story.category_name, []).append(story)
            months.setdefault(story.month, []).append(story)
            for name in story.tag_names:
                tags.setdefault(name, []).append(story)
            for name in story.author_names:
                authors.setdefault(name, []).append(story)
        for kind in self.extra_kinds:
            self.extra_kinds[kind] = sorted((story for story in stories if story.kind == kind), key=_sort_key)
        if self.lang != self.settings["DEFAULT_LANG"]:  # that has the list of each kind, so that links to it hold
            self.extra_kinds = {kind: stories for kind, stories in self.extra_kinds.items() if stories}
        order = {row["slug"]: i for i, row in enumerate(self.settings["CATEGORIES"])}
        by_category = self._by_term(Category, categories)
        self.categories = dict(sorted(by_category.items(), key=lambda item: order.get(item[0].slug, len(order))))
        self.tags = self._by_term(Tag, tags)
        self.authors = self._by_term(Author, authors)
        self.months = dict(sorted(months.items(), reverse=True))

    def addresses_of_spellings(self) -> Iterator[tuple[str, str]]:
        """Yield the addresses that other spellings of categories, tags and authors would have, and those they have."""
        for place, terms in (("category", self.categories), ("tag", self.tags), ("author", self.authors)):
            taken = {term.slug for term in terms}
            for term in terms:
                slugs = spelled_slugs(term.name)
                for slug in sorted(slugs - taken) if term.slug in slugs else ():
                    yield self.url(place, slug=slug), term.url

    def _by_term(self, kind: type[Term], by_name: Mapping[str, list[Story]]) -> dict[Term, list[Story]]:
        """Merge the lists of all spellings of one name, named as the newest article spells it, in order of address."""
        oldest_first = sorted(by_name, key=lambda name: (by_name[name][-1].sort_key, name), reverse=True)
        slugs = slugs_of(
            name for name in oldest_first if kind is not Category or canonical(name) not in self.configured_categories
        )
        spellings: dict[str, list[str]] = {}
        for name in by_name:  # in the order of the newest article with each
            term = self.term(kind, name)
            if name in slugs and term.slug != slugs[name]:
                term.slug = slugs[name]
                self.renamed.append(f"{kind.__name__} {name} {term.slug}")
            spellings.setdefault(term.slug, []).append(name)
        return {
            self.term(kind, names[0]): _merge([by_name[name] for name in names])
            for _, names in sorted(spellings.items())
        }


def _merge(lists: list[list[Story]]) -> list[Story]:
    if len(lists) == 1:
        return lists[0]
    return sorted({story.path: story for stories in lists for story in stories}.values(), key=_sort_key)


def checked_addresses(settings: Mapping[str, Any], urls: Mapping[str, str] | None = None) -> Addresses:
    """Check the settings of languages and addresses, and return the addresses of the portal.

    Args:
        settings: Pelican's settings.
        urls: Settings of addresses that features bring, with their defaults.

    Raises:
        ContentError: The settings are wrong.
    """
    problems = languages.problems(settings)
    problems = problems or [
        owner_settings.problem(settings, re.split(r"\W", text)[0], text) for text in address_problems(settings, urls)
    ]
    if problems:
        raise ContentError(problems)
    return Addresses.from_settings(settings, urls)


def editions(
    settings: Mapping[str, Any],
    addresses: Addresses,
    values: Sequence[Value] = (),
    kinds: Mapping[str, Kind] = BUILT_IN,
) -> dict[str, Edition]:
    """Return the editions of the settings by language, the default language's first.

    Args:
        settings: Pelican's settings.
        addresses: The addresses of the portal.
        values: What features say of articles.
        kinds: The kinds of content by name.
    """
    return {
        code: _edition(settings, addresses, language, values, kinds)
        for code, language in languages.from_settings(settings).items()
    }


def _edition(
    settings: Mapping[str, Any],
    addresses: Addresses,
    language: Language,
    values: Sequence[Value],
    kinds: Mapping[str, Kind],
) -> Edition:
    own_settings = dict(settings)
    for setting, name in PELICAN_URL_SETTINGS.items():
        own_settings[f"{setting}_URL"] = addresses.template(language.code, name)
        own_settings[f"{setting}_SAVE_AS"] = output_name(own_settings[f"{setting}_URL"])
    return Edition(language, own_settings, categories_by_name(settings), addresses, values=values, kinds=kinds)


def names_without_slug(values: Mapping[str, Any]) -> list[str]:
    """Return the names of category, tags and authors in a header that make no slug, such as one of emoji only."""
    names = [values["category"]] if "category" in values else []
    names += [*values.get("tags", ()), *values.get("authors", ())]
    return [name for name in names if not slug_of(name)]
