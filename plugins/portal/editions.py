"""Editions: one per language, each with its own addresses, words, articles and lists.

The default language's edition stands at the root of the site, every other one below its code
(`/en/…`). An article in two languages is one file a language with the same slug; each edition
lists only what is written in its language.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from operator import attrgetter
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from pelican.urlwrappers import Author, Category, Tag, URLWrapper

from plugins import languages
from plugins.addresses import Addresses, output_name
from plugins.addresses import problems as wrong_addresses
from plugins.features.hooks import Kind, Value
from plugins.languages import Language
from plugins.markdown_reader.header_values import slug_of
from plugins.problems import ContentError, Problem

from .kinds import OWN
from .name_spellings import canonical
from .name_spellings import slugs as slugs_of
from .stories import Story, StoryRow, digest

GROUPS = {"CATEGORY": "category", "TAG": "tag", "AUTHOR": "author"}  # of which Pelican makes addresses by itself
TOPICS = 10  # offered beside lists

Group = TypeVar("Group", bound=URLWrapper)


@dataclass(frozen=True)
class Section:
    """A kind of content where articles have a category; url: of its list."""

    name: str
    slug: str
    url: str


@dataclass
class Edition:
    """One language's portal.

    language: how it writes. settings: Pelican's, with its own addresses of categories, tags and authors.
    addresses: of the whole portal.
    known: the settings' categories by canonical name.
    articles: published ones, newest first; groups by address, in the order in which they are shown.
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
    spellings: dict[str, dict[str, list[Story]]] = field(
        default_factory=dict
    )  # of tags and authors, as they are written
    renamed: list[str] = field(default_factory=list)  # groups whose address is not just that of their name
    values: Sequence[Value] = ()  # that features say of articles
    kinds: Mapping[str, Kind] = field(default_factory=lambda: OWN)  # of content
    extra_kinds: dict[str, list[Story]] = field(init=False)  # what is published of features' kinds, newest first
    render_body: Callable[[Story], str] = attrgetter("body")  # a story's HTML as it stands on its page
    _groups: dict[tuple[type, str], URLWrapper] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.extra_kinds = {name: [] for name in self.kinds if name not in OWN}

    def url(self, name: str, **values: str | date) -> str:
        """The address of a place in this edition, see `Addresses.url`."""
        return self.addresses.url(self.lang, name, **values)

    def alternates(self, name: str, **values: str | date) -> dict[str, str]:
        """The addresses of the same place in the other editions, by language."""
        return self.addresses.alternates(self.lang, name, **values)

    @property
    def lang(self) -> str:
        """The code of its language."""
        return self.language.code

    @property
    def agency(self) -> Mapping[str, Any]:
        """The owner's words of this language."""
        return self.settings["AGENCY"][self.lang]

    @property
    def menu(self) -> list[Category]:
        """The categories of the settings that have articles, in the settings' order."""
        known = {c["slug"] for c in self.settings["CATEGORIES"]}
        return [category for category in self.categories if category.slug in known]

    @property
    def menu_names(self) -> list[str]:
        """The names of all categories of the settings."""
        return [self._owners(row, 0) for row in self.settings["CATEGORIES"]]

    @property
    def topics(self) -> list[Tag]:
        """The tags with the most articles, in order of name."""
        ranked = sorted(self.tags, key=lambda tag: (-len(self.tags[tag]), tag.slug))
        return sorted(ranked[:TOPICS], key=attrgetter("slug"))

    def category_description(self, category: Category) -> str:
        """The owner's sentence about a category; empty where there is none."""
        found = next((row for row in self.settings["CATEGORIES"] if row["slug"] == category.slug), None)
        return self._owners(found, 1) if found else ""

    def _owners(self, row: Mapping[str, Any], part: int) -> str:
        """The name (0) or the sentence (1) of a row of CATEGORIES."""
        return self.language.owner_text({lang: texts[part] for lang, texts in row.items() if lang != "slug"})

    def group(self, kind: type[Group], name: str) -> Group:
        """The category, tag or author of a name; one object for each spelling."""
        if (kind, name) not in self._groups:
            known = self.configured_categories.get(canonical(name)) if kind is Category else None
            group = kind(self._owners(known, 0) if known else name, self.settings)
            if known:
                group.slug = known["slug"]
            self._groups[kind, name] = group
        return self._groups[kind, name]

    def section(self, kind: str) -> Section:
        """What things of a kind have in the place of a category."""
        return Section(self.language.words.gettext(self.kinds[kind].label), kind, self.url(f"{kind}_list"))

    def sort_stories(self, published: Iterable[Story]) -> None:
        """Sort this edition's stories into its lists. Each list is newest first, with a full tie-break."""
        categories: dict[str, list[Story]] = {}
        tags: dict[str, list[Story]] = {}
        authors: dict[str, list[Story]] = {}
        months: dict[tuple[int, int], list[Story]] = {}
        self.spellings = {"tags": tags, "authors": authors}
        stories = list(published)
        self.pages = {story.slug: story for story in stories if story.kind == "page"}
        self.articles = sorted((story for story in stories if story.kind == "article"), key=attrgetter("sort_key"))
        for story in self.articles:
            categories.setdefault(story.category_name, []).append(story)
            months.setdefault(story.month, []).append(story)
            for name in story.tag_names:
                tags.setdefault(name, []).append(story)
            for name in story.author_names:
                authors.setdefault(name, []).append(story)
        for name in self.extra_kinds:
            self.extra_kinds[name] = sorted(
                (story for story in stories if story.kind == name), key=attrgetter("sort_key")
            )
        order = {c["slug"]: i for i, c in enumerate(self.settings["CATEGORIES"])}
        by_category = self._by_address(Category, categories)
        self.categories = dict(sorted(by_category.items(), key=lambda i: order.get(i[0].slug, len(order))))
        self.tags = self._by_address(Tag, tags)
        self.authors = self._by_address(Author, authors)
        self.months = dict(sorted(months.items(), reverse=True))

    def _by_address(self, kind: type[Group], named: Mapping[str, list[Story]]) -> dict[Group, list[Story]]:
        """Lists by group, in order of address; spellings of one name are one, named as the newest article does."""
        oldest_first = sorted(named, key=lambda name: (named[name][-1].sort_key, name), reverse=True)
        slugs = slugs_of(
            name for name in oldest_first if kind is not Category or canonical(name) not in self.configured_categories
        )
        spellings: dict[str, list[str]] = {}
        for name in named:  # in the order of the newest article with it
            group = self.group(kind, name)
            if name in slugs and group.slug != slugs[name]:
                group.slug = slugs[name]
                self.renamed.append(f"{kind.__name__} {name} {group.slug}")
            spellings.setdefault(group.slug, []).append(name)
        return {
            self.group(kind, names[0]): _merged([named[name] for name in names])
            for _, names in sorted(spellings.items())
        }


def _merged(lists: list[list[Story]]) -> list[Story]:
    if len(lists) == 1:
        return lists[0]
    return sorted({story.path: story for stories in lists for story in stories}.values(), key=attrgetter("sort_key"))


@dataclass(frozen=True)
class Frame:
    """What every page of an edition may show besides its own matter: the only part of an edition that templates see."""

    lang: str
    language: Language
    home: str
    url: Callable[..., str]  # the address of a place, see `Addresses.url`
    agency: Mapping[str, Any]
    menu: list[Category]
    footer: list[Story]
    words: Mapping[str, Any]
    fingerprint: str


def frame(edition: Edition) -> Frame:
    """The frame of an edition's pages."""
    catalogue = edition.language.words
    names = ("gettext", "ngettext", "pgettext", "npgettext")  # what Jinja's i18n extension looks up
    footer = [edition.pages[slug] for slug in edition.settings["FOOTER_PAGES"] if slug in edition.pages]
    shown = [*(f"{c.name} {c.url}" for c in edition.menu), *(page.card_digest for page in footer)]
    return Frame(
        edition.lang,
        edition.language,
        edition.url("home"),
        partial(edition.addresses.url, edition.lang),
        edition.agency,
        edition.menu,
        footer,
        {name: getattr(catalogue, name) for name in names}
        | {"_": catalogue.gettext},  # the extension's own _ takes thrice as long
        digest(edition.lang, *shown, *sorted(edition.renamed)),
    )


def checked_addresses(settings: Mapping[str, Any], urls: Mapping[str, str] | None = None) -> Addresses:
    """The addresses of a portal whose settings of languages and addresses are sound; else raises ContentError.

    urls: settings of addresses that features bring, with their defaults.
    """
    problems = languages.problems(settings)
    problems = problems or [Problem(languages.SETTINGS_FILE, 0, text) for text in wrong_addresses(settings, urls)]
    if problems:
        raise ContentError(problems)
    return Addresses.from_settings(settings, urls)


def editions(
    settings: Mapping[str, Any],
    addresses: Addresses,
    values: Sequence[Value] = (),
    kinds: Mapping[str, Kind] = OWN,
) -> dict[str, Edition]:
    """The editions that the settings ask for, the default language's first.

    values: that features say of articles. kinds: of content.
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
    own = dict(settings)
    for setting, name in GROUPS.items():
        own[f"{setting}_URL"] = addresses.template(language.code, name)
        own[f"{setting}_SAVE_AS"] = output_name(own[f"{setting}_URL"])
    return Edition(language, own, categories_by_name(settings), addresses, values=values, kinds=kinds)


def categories_by_name(settings: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """The categories of the settings by every name they have, in canonical form."""
    return {
        canonical(name): category
        for category in settings["CATEGORIES"]
        for name in (category["slug"], *(category[lang][0] for lang in settings["AGENCY"] if lang in category))
    }


def story_url(
    addresses: Addresses, settings: Mapping[str, Any], kind: str, lang: str, slug: str, category: str, day: date | None
) -> str:
    """The address of an article or page. category: its name, "" of a page; day: its date, in the portal's time zone."""
    values: dict[str, str | date] = {"slug": slug}
    wanted = addresses.fields(kind)
    if "date" in wanted and day:
        values["date"] = day
    if "category" in wanted:
        known = categories_by_name(settings).get(canonical(category))
        values["category"] = known["slug"] if known else slug_of(category)
    return addresses.url(lang, kind, **values)


def row_url(addresses: Addresses, line: StoryRow, settings: Mapping[str, Any]) -> str:
    """The address of an article that was read."""
    day = datetime.fromtimestamp(int(line.published_at), ZoneInfo(settings["TIMEZONE"]))
    return story_url(addresses, settings, line.kind, line.lang, line.slug, line.category, day)


def empty_names(values: Mapping[str, Any]) -> list[str]:
    """Names of category, tags and authors that make no address, such as one of emoji only."""
    names = [values["category"]] if "category" in values else []
    names += [*values.get("tags", ()), *values.get("authors", ())]
    return [name for name in names if not slug_of(name)]
