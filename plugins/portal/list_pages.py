"""Pages that list articles: front page, lists by category and so on, archives, and the site map."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from itertools import chain
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from pelican.urlwrappers import Category, URLWrapper

from . import front_page
from .cards import Cards
from .edition_pages import EditionPages, PageSpec
from .editions import Edition, Section
from .gaps import is_gap
from .pagination import ListPage, paginate, paginate_some
from .stories import Story, digest

if TYPE_CHECKING:
    from plugins.features import Feature
    from plugins.incremental.site import Site
    from plugins.pelican_bridge.staging import StagedSite

TITLES = 3  # how many of each month the archive of a year shows

_list_text = attrgetter("list_text")
_sort_key = attrgetter("sort_key")


@dataclass(frozen=True)
class Listing:
    """A list of articles, as templates see it.

    Attributes:
        kind: What it is a list by: "all", "category", "tag", "author", "month", "kind" (of content), or "group" of
            the items of a kind.
        url: Its address, without the leading slash.
        name: The name of the category, tag, author, kind or group.
        total: How many articles it has.
        lead: The owner's sentence about it.
        month: Year and month, if it is a list by month.
        slug: The slug of the category, tag or author, or the name of the kind.
        has_documents: Whether it lists documents, as rows.
        group_place: The place of the group's list, such as "document_type".
        has_feeds: Whether it has feeds.
        section: The name of the kind whose items a group has.
        among: The name of that kind, if its items come and go with time, as the documents in force do.
    """

    kind: str
    url: str
    name: str
    total: int
    lead: str = ""
    month: tuple[int, int] | None = None
    slug: str = ""
    has_documents: bool = False
    group_place: str = ""
    has_feeds: bool = False
    section: str = ""
    among: str = ""

    @property
    def place(self) -> dict[str, Any]:
        """The arguments of `Addresses.url` for its address."""
        if self.kind == "kind":
            return {"name": f"{self.slug}_list"}
        if self.group_place:
            return {"name": self.group_place, "slug": self.slug}
        if self.month:
            return {"name": "month_archive", "date": date(*self.month, 1)}
        return {"name": self.kind, "slug": self.slug} if self.slug else {"name": "news"}


def listings(edition: Edition) -> Iterator[tuple[Listing, list[Story]]]:
    """Yield every list of an edition with its articles, in a fixed order."""

    def by_term(
        kind: str, term: URLWrapper | Section, articles: list[Story], lead: str = "", has_documents: bool = False
    ) -> tuple[Listing, list[Story]]:
        feeds = kind != "author" and bool(articles)
        listing = Listing(
            *(kind, term.url, term.name, len(articles), lead),
            slug=term.slug,
            has_documents=has_documents,
            has_feeds=feeds,
        )
        return listing, articles

    yield Listing("all", edition.url("news"), "", len(edition.articles)), edition.articles
    empty: dict[Category, list[Story]] = {category: [] for category in edition.empty_sections}
    for category, articles in (edition.categories | empty).items():
        has_documents = category.slug in edition.document_categories
        yield by_term("category", category, articles, edition.category_description(category), has_documents)
    for kind, stories in edition.extra_kinds.items():
        yield by_term("kind", edition.section(kind), stories, has_documents=edition.kinds[kind].rows)
    for kind, grouping in edition.groupings():
        section, rows = edition.section(kind).name, edition.kinds[kind].rows
        for slug, group in edition.groups(kind, grouping).items():
            name, place = f"{section}: {group.name}", f"{kind}_{grouping.name}"
            listing = Listing(
                *("group", group.url, name, len(group.stories)),
                slug=slug,
                has_documents=rows,
                group_place=place,
                has_feeds=grouping.feeds,
                section=section,
                among=kind if grouping.are_messages else "",
            )
            yield listing, group.stories
    for tag, articles in edition.tags.items():
        yield by_term("tag", tag, articles)
    for author, articles in edition.authors.items():
        yield by_term("author", author, articles)
    for month, articles in edition.months.items():
        url = edition.url("month_archive", date=date(*month, 1))
        yield Listing("month", url, "", len(articles), month=month), articles


def list_addresses(editions: Iterable[Edition]) -> dict[str, set[str]]:
    """Return the addresses of all pages of this module, by language."""
    addresses = {}
    for edition in editions:
        archives = [_archive_place(year) for year in (None, *(year for year, _ in edition.months))]
        groupings = [{"name": f"{kind}_{grouping.name}_list"} for kind, grouping in edition.groupings()]
        single = {edition.url(**place) for place in ({"name": "home"}, *archives, *groupings, {"name": "site_map"})}
        addresses[edition.lang] = single | {listing.url for listing, _ in listings(edition)}
    return addresses


class ListPages:
    """Adds the list pages of one edition to a site.

    Args:
        site: The site.
        edition: The edition.
        pages: Adds single pages of the edition.
        cards: The cards of the edition. Those of pages that will be rendered are requested from it.
        addresses: What `list_addresses` returns for all editions.
        page_size: The number of articles on a full page of a list.
        features: The loaded features.
    """

    def __init__(
        self,
        site: Site | StagedSite,
        edition: Edition,
        pages: EditionPages,
        cards: Cards,
        addresses: Mapping[str, set[str]],
        page_size: int,
        features: Sequence[Feature],
    ) -> None:
        self._site, self._edition, self._pages, self._cards = site, edition, pages, cards
        self._addresses, self._page_size, self._features = addresses, page_size, features
        self._topics = edition.topics

    def add_all(self) -> None:
        """Add all list pages."""
        self._add_home()
        self._add_listings()
        self._add_groupings()
        self._add_archives()
        self._add_site_map()

    def _alternates(self, name: str, **values: Any) -> dict[str, str]:  # noqa: ANN401  # passed on to Addresses.url
        """Return the addresses of the same page in the other editions that have it, by language."""
        alternates = self._edition.alternates(name, **values)
        return {lang: url for lang, url in alternates.items() if url in self._addresses[lang]}

    def _add_home(self) -> None:
        front = front_page.arrange(self._edition)
        displayed = [
            *_names(self._topics),
            *map(_list_text, front.all_stories),
            *(f"{category.name} {len(stories)}" for category, stories in front.strips),
        ]
        contexts = {
            feature.name: feature.front_context(self._edition)
            for feature in self._features
            if feature.overrides("front_context")
        }
        displayed.append(repr(contexts))
        coming = [] if self._edition.articles else self._edition.empty_sections
        sections = [(category, self._edition.category_description(category)) for category in coming]
        displayed += [f"{category.name} {category.url} {text}" for category, text in sections]
        values = {
            "kind": "home",
            "front": front,
            "sections": sections,
            "topics": self._topics,
            "front_contexts": contexts,
        }
        url = self._edition.url("home")
        self._pages.add(PageSpec("home", url, displayed, self._alternates("home"), values, here="home"))

    def _add_archives(self) -> None:
        """Add the archive of all years and that of each year."""
        edition = self._edition
        counts = {month: len(articles) for month, articles in edition.months.items()}
        years = sorted({year for year, _ in counts}, reverse=True)
        urls: dict[int | tuple[int, int], str] = {year: edition.url(**_archive_place(year)) for year in years}
        urls |= {month: edition.url("month_archive", date=date(*month, 1)) for month in counts}
        for year in (None, *years):
            months = {month: count for month, count in counts.items() if year in (None, month[0])}
            titles = {month: edition.months[month][:TITLES] for month in months} if year else {}
            values = {"kind": "archive", "months": months, "year": year, "years": years, "urls": urls, "titles": titles}
            displayed = [f"{months} {years}", *(_list_text(story) for stories in titles.values() for story in stories)]
            place = _archive_place(year)
            alternates = self._alternates(**place)
            self._pages.add(PageSpec("archive", edition.url(**place), displayed, alternates, values))

    def _add_groupings(self) -> None:
        """Add the page of each grouping, with its groups."""
        edition = self._edition
        for kind, grouping in edition.groupings():
            place = f"{kind}_{grouping.name}_list"
            groups = [(group, len(group.stories)) for group in edition.groups(kind, grouping).values()]
            section, name = edition.section(kind), edition.language.words.gettext(grouping.label)
            values = {"kind": "archive", "section": section, "name": name, "groups": groups}
            displayed = [section.name, name, *(f"{group.name} {group.url} {count}" for group, count in groups)]
            alternates, url = self._alternates(place), edition.url(place)
            self._pages.add(PageSpec("groups", url, displayed, alternates, values, within=section.url))

    def _links_to_groupings(self, listing: Listing) -> list[tuple[str, str]]:
        """Return the names and addresses of the groupings of the kind that a list has."""
        edition = self._edition
        return [
            (edition.language.words.gettext(grouping.label), edition.url(f"{kind}_{grouping.name}_list"))
            for kind, grouping in edition.groupings()
            if listing.kind == "kind" and listing.slug == kind
        ]

    def _add_site_map(self) -> None:
        edition = self._edition
        terms: dict[str, list[tuple[URLWrapper | Section, int]]] = {
            "categories": [
                *((category, len(articles)) for category, articles in edition.categories.items()),
                *((category, 0) for category in edition.empty_sections),
            ],
            "tags": [(tag, len(articles)) for tag, articles in edition.tags.items()],
            "authors": [(author, len(articles)) for author, articles in edition.authors.items()],
        }
        terms["categories"] += [(edition.section(kind), len(stories)) for kind, stories in edition.extra_kinds.items()]
        pages = list(edition.pages.values())
        displayed = [f"{term.name} {term.url} {count}" for listed in terms.values() for term, count in listed]
        displayed += [page.card_digest for page in pages]
        values = {"kind": "site_map", "pages": pages, **terms}
        alternates = self._alternates("site_map")
        self._pages.add(PageSpec("site_map", edition.url("site_map"), displayed, alternates, values))

    def _add_listings(self) -> None:
        """Add all lists as one group, which holds a group for each list."""
        edition = self._edition
        found = [
            (
                listing,
                edition.gaps.among(articles, listing.kind, listing.month or listing.slug),
                self._alternates(**listing.place),
                self._pages.banners(listing.url),
                self._places(listing, articles),
            )
            for listing, articles in listings(edition)
        ]
        shared = digest(self._pages.fingerprint, str(self._page_size), *_names(self._topics))
        all_lists = f"lists {edition.lang}/"

        def fingerprint(articles: Iterable[Story], *others: object) -> str:
            return digest(shared, *map(repr, others), "".join(s.path if is_gap(s) else s.list_text for s in articles))

        def add_each() -> None:
            for listing, articles, alternates, banners, places in found:
                group = all_lists + listing.url
                add = partial(self._add_listing, group, listing, articles, alternates)
                self._site.add_group(group, fingerprint(articles, listing, alternates, banners, places), add)

        # Compare one fingerprint for all lists; only if it differs, one per list, and only then one per page.
        listed = chain.from_iterable(articles for listing, articles, *_ in found if listing.kind in ("all", "kind"))
        headings = [(listing, *shown) for listing, _, *shown in found]
        self._site.add_group(all_lists, fingerprint(listed, *headings), add_each, holds_groups=True)

    def _add_listing(
        self, group: str, listing: Listing, articles: Sequence[Story], alternates: Mapping[str, str]
    ) -> None:
        """Add all pages of one list."""
        groupings = self._links_to_groupings(listing)
        for page in self._pages_of(listing, articles):
            displayed = [listing.kind, listing.name, listing.lead, _position(page)]
            displayed += [str(listing.total), *_names(self._topics), *map(repr, groupings)] if page.newest else []
            displayed += map(_list_text, page.items)
            with_cards = page.items[1:]  # the template renders the first article itself, large
            values = {
                "kind": "listing",
                "listing": listing,
                "page": page,
                "days": partial(_days, page),
                "topics": self._topics if page.newest else [],
                "groupings": groupings if page.newest else [],
                "cards": partial(self._cards.rendered, with_cards),
            }
            alternates_of_page = alternates if page.newest else {}
            spec = PageSpec("listing", page.url, displayed, alternates_of_page, values, page.url, listing.url)
            if self._pages.add(spec, group):
                self._cards.request(with_cards)

    def _pages_of(self, listing: Listing, articles: Sequence[Story]) -> list[ListPage[Story]]:
        """Cut a list into pages."""
        if not listing.among:
            return paginate(listing.url, articles, self._page_size, is_gap)
        return paginate_some(listing.url, self._all_of(listing), self._page_size, set(articles).__contains__)

    def _all_of(self, listing: Listing) -> list[Story]:
        """Return all items of the kind some of whose items are in a list, newest first."""
        return sorted(self._edition.extra_kinds[listing.among], key=_sort_key)

    def _places(self, listing: Listing, articles: Sequence[Story]) -> list[int]:
        """Return the places of the items of a list among all of their kind, if it is cut by them."""
        if not listing.among:
            return []
        members = set(articles)
        return [place for place, story in enumerate(reversed(self._all_of(listing))) if story in members]


def _names(terms: Iterable[URLWrapper]) -> list[str]:
    return [f"{term.name} {term.url}" for term in terms]


def _archive_place(year: int | None) -> dict[str, Any]:
    """Return the arguments of `Addresses.url` for the archive of a year, or of all years."""
    return {"name": "year_archive", "date": date(year, 1, 1)} if year else {"name": "archive"}


def _position(page: ListPage[Story]) -> str:
    """Return all that a page's links to other pages of its list depend on.

    On a full page that is its neighbours only: how many pages the list has, only the newest one says.
    """
    nearby = ["newest" if number == page.count else number and _span(page, number) for number in page.nearby]
    return f"{page.count if page.newest else page.number} {page.newest} {page.older} {page.newer} {nearby}"


def _span(page: ListPage[Story], number: int) -> tuple[int, int]:
    oldest, newest = page.ends_of(number)
    return oldest.published_at, newest.published_at


def _days(page: ListPage[Story]) -> dict[int, tuple[datetime, datetime]]:
    """Return the dates of the first and last articles, in order of time, of each page that a page links to."""
    numbers = [number for number in page.nearby if number and number != page.count]
    return {number: (oldest.date, newest.date) for number in numbers for oldest, newest in [page.ends_of(number)]}
