"""Pelican's generator of articles, for a portal with editions and with lists numbered from the oldest.

Each page is asked for with the fingerprint of all that it shows. A template is given just that, and
of the edition only its frame, so that no page can depend on what its fingerprint does not hold.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, partial
from operator import attrgetter
from types import SimpleNamespace
from typing import Any

from markupsafe import Markup
from pelican import signals
from pelican.generators import ArticlesGenerator
from pelican.urlwrappers import Tag, URLWrapper

from plugins.incremental.writer import Site

from . import front_page, links, reading
from .cards import Cards
from .editions import Edition, Frame, frame, month_url
from .listings import ListPage, pages_of
from .stories import Story, digest

Ask = Callable[..., bool]
_listed = attrgetter("listed")


@dataclass(frozen=True)
class Listing:
    """What a list is about. kind: "all", "category", "tag", "author" or "month". total: how many articles it has."""

    kind: str
    url: str
    name: str
    total: int
    lead: str = ""
    month: tuple[int, int] | None = None


class NewsGenerator(ArticlesGenerator):
    """Articles, pages and everything that lists them, edition by edition.

    asks: by language, what asks for one page (see `_asker`), for features with pages of their own.
    """

    published: list[Story]
    asks: dict[str, Ask]

    def check_disabled_readers(self) -> None:
        """Only Markdown is read here; stock Pelican walks the whole tree again to say so."""

    def generate_context(self) -> None:
        context, settings = self.context, self.settings
        self.editions: dict[str, Edition] = context["editions"]
        self.sources = reading.read_changed(settings, context["state"])
        self.moment = context["now"].timestamp()
        found = reading.stories(self.sources, self.editions, context["state"])
        self.with_drafts = settings["SHOW_DRAFTS"]
        self.published = reading.published(found, self.moment, self.with_drafts)
        reading.pair_translations(self.published)
        for edition in self.editions.values():
            edition.index(story for story in self.published if story.edition is edition)
        self.addresses = {story.path: story.url for story in self.published}
        problems: list = context["problems"]
        problems += self.sources.problems
        problems += reading.notes(found, settings["PATH"])
        problems += reading.same_address(found, settings["PATH"])
        problems += reading.unknown_categories(found, settings)
        problems += reading.look_alikes(self.editions.values(), settings["PATH"])
        unread = any(problem.level == "error" for problem in problems)  # then what could not be read seems unpublished
        found_links = links.problems(self.published, self.addresses, settings["PATH"])
        problems += [problem for problem in found_links if problem.level == "error" or not unread]
        signals.article_generator_finalized.send(self)

    def generate_output(self, site: Site) -> None:
        frames = self.frames = {edition.lang: frame(edition) for edition in self.editions.values()}
        shared = digest(self.context["rendering"], *(f"{f.lang} {f.home}" for f in frames.values()))
        fingerprints = self.context["pictures"].fingerprints
        for story in self.published:
            pictures = story.picture_paths
            story.listed = story.card + fingerprints(pictures[:1])[0] if pictures else story.card
        self.asks = {edition.lang: self._asker(site, edition, frames, shared) for edition in self.editions.values()}
        for edition in self.editions.values():
            own = digest(shared, frames[edition.lang].fingerprint)
            self._ask_stories(site, edition, own)
            cards = Cards(self.context["state"], edition.lang, own, self._card_maker(frames[edition.lang]))
            self._ask_lists(site, edition, own, cards)
            cards.make_missing(self.settings.get("JOBS"))
            cards.forget(self.sources.changed - self.sources.known.keys())
        first = next(iter(self.editions))
        self.asks[first]("404", "404.html", [], kind="error", others={})
        signals.article_writer_finalized.send(self, writer=site)

    def _asker(self, site: Site, edition: Edition, frames: Mapping[str, Frame], shared: str) -> Ask:
        """ask(template, address, shown, **local): ask for one page; `shown` are texts of all that it shows."""
        own = frames[edition.lang]
        base = self._base(own) | {"editions": frames}
        marked = {"home", *(category.url for category in own.menu)}  # the places that a header shows

        @cache
        def header(here: str, within: str, others: tuple[tuple[str, str], ...]) -> Markup:
            values = {**base, "here": here, "within": within, "others": dict(others)}
            return Markup(self.get_template("header").render(values))

        @cache
        def footer() -> Markup:
            return Markup(self.get_template("footer").render(base))

        def ask(
            template: str,
            url: str,
            shown: Iterable[str],
            others: Mapping[str, str],
            here: str = "",
            within: str = "",
            room: str = "",
            **local: Any,
        ) -> bool:
            name = url + "index.html" if url == "" or url.endswith("/") else url
            fingerprint = digest(shared, own.fingerprint, template, url, within, *others.values(), *shown)

            def make() -> bytes:
                values = {**base, "address": url, "others": others, "footer": footer()}
                places = [place if place in marked else "" for place in (here, within)]
                values["header"] = header(*places, tuple(others.items()))
                values.update((key, value() if callable(value) else value) for key, value in local.items())
                return self.get_template(template).render(values).encode()

            return site.ask(name, fingerprint, make, room)

        return ask

    def _base(self, own: Frame) -> dict[str, Any]:
        """What every template of an edition gets."""
        return {**self.context["page"], **own.words, "edition": own}

    def _ask_stories(self, site: Site, edition: Edition, own: str) -> None:
        """Ask for every article and page. own: fingerprint of what all pages of the edition show."""
        ask = self.asks[edition.lang]
        for (year, month), stories in edition.months.items():
            # one look at a whole month spares one at each of its articles
            shown = [self.shown(story) for story in stories]
            room = f"{edition.prefix}{year}-{month}"
            site.room(room, digest(own, *shown), partial(self._ask_each, ask, "article", stories, shown, room))
        pages = list(edition.pages.values())
        self._ask_each(ask, "page", pages, [self.shown(page) for page in pages])

    def _ask_each(self, ask: Ask, kind: str, stories: list[Story], shown: list[str], room: str = "") -> None:
        for story, text in zip(stories, shown, strict=True):
            others = {other.lang: other.url for other in story.translations}
            within = story.category.url if kind == "article" else ""
            ask(kind, story.url, [text], others, within=within, room=room,
                kind=kind, body=partial(self._body, story), pending=self._pending(story), **{kind: story})  # fmt: skip

    def page_of(self, story: Story) -> tuple[str, bytes]:
        """The name and the bytes of a story's page, made now."""
        made: list[tuple[str, bytes]] = []
        site = SimpleNamespace(ask=lambda name, fingerprint, make, room: made.append((name, make())))
        self._ask_each(self._asker(site, story.edition, self.frames, ""), story.kind, [story], [""])
        return made[0]

    def _body(self, story: Story) -> str:
        return self.context["pictures"].fill(links.resolve(story.body, self.addresses))

    def _pending(self, story: Story) -> bool:
        """Whether only the preview shows it."""
        return self.with_drafts and (story.status == "draft" or story.moment > self.moment)

    def shown(self, story: Story) -> str:
        """All that a story's page shows, as text; what other pages of its edition show too is in their frame."""
        shown = [story.full, *story.facts, *[other.card for other in story.shows]]
        if story.picture_paths:
            shown += self.context["pictures"].fingerprints(story.picture_paths)
        if story.link_paths:
            shown += [self.addresses.get(path, "") for path in story.link_paths]
        if story.translations:
            shown += [other.url for other in story.translations]
        if self._pending(story):
            shown.append("pending")
        return "\0".join(shown)

    def _card_maker(self, own: Frame) -> Callable[[Story], str]:
        values = self._base(own) | {"lazy": True, "large": False}
        return lambda story: self.get_template("card").render(values, article=story)

    def _ask_lists(self, site: Site, edition: Edition, own: str, cards: Cards) -> None:
        ask, twins = self.asks[edition.lang], self._twins
        topics = edition.topics
        named = _names(topics)
        front = front_page.arrange(edition)
        shown = [*named, *(story.listed for story in front.all_stories), *(f"{c.name} {len(a)}" for c, a in front.strips)]
        ask("home", edition.prefix, shown, twins(edition, ""), here="home", kind="home", front=front, topics=topics)
        self._ask_listings(site, edition, own, cards, topics)
        months = {month: len(articles) for month, articles in edition.months.items()}
        years = sorted({year for year, _ in months}, reverse=True)
        for year in (None, *years):
            local = _archive(year)
            its = {month: count for month, count in months.items() if year in (None, month[0])}
            ask("archive", edition.prefix + local, [f"{its} {years}"], twins(edition, local),
                kind="archive", months=its, year=year, years=years)  # fmt: skip
        groups = {
            name: [(group, len(articles)) for group, articles in getattr(edition, name).items()]
            for name in ("categories", "tags", "authors")
        }
        pages_shown = list(edition.pages.values())
        shown = [f"{g.name} {g.url} {n}" for listed in groups.values() for g, n in listed]
        shown += [page.card for page in pages_shown]
        ask("site_map", f"{edition.prefix}so-do-trang/", shown, twins(edition, "so-do-trang/"), kind="site_map",
            pages=pages_shown, **groups)  # fmt: skip

    def _ask_listings(self, site: Site, edition: Edition, own: str, cards: Cards, topics: list[Tag]) -> None:
        listings = [
            (listing, articles, self._twins(edition, listing.url.removeprefix(edition.prefix)))
            for listing, articles in _listings(edition)
        ]
        same = digest(own, str(self.settings["DEFAULT_PAGINATION"]), *_names(topics))
        room = f"lists {edition.lang}/"

        def fingerprint(articles: list[Story], *of: Any) -> str:
            return digest(same, *map(repr, of), "".join(map(_listed, articles)))

        def ask_each() -> None:
            for listing, articles, others in listings:
                its = room + listing.url
                ask_list = partial(self._ask_list, self.asks[edition.lang], cards, its, listing, articles, others, topics)
                site.room(its, fingerprint(articles, listing, others), ask_list)

        # one look at all lists spares one at each, and that one at each of its pages
        every = [(listing, others) for listing, _, others in listings]
        site.room(room, fingerprint(edition.articles, *every), ask_each, holds_rooms=True)

    def _ask_list(
        self, ask: Ask, cards: Cards, room: str, listing: Listing, articles: list[Story], others: Mapping[str, str], topics: list[Tag]
    ) -> None:
        for page in pages_of(listing.url, articles, self.settings["DEFAULT_PAGINATION"]):
            newest = [str(listing.total), *_names(topics)] if page.newest else []
            shown = [listing.kind, listing.name, listing.lead, _position(page), *newest, *(s.listed for s in page.items)]
            rest = page.items[1:]  # the first is shown otherwise
            made = ask(
                "listing", page.url, shown, others if page.newest else {},
                here=page.url, within=listing.url, room=room,
                kind="listing", listing=listing, page=page, topics=topics if page.newest else [],
                cards=partial(cards.of, rest),
            )  # fmt: skip
            if made:
                cards.need(rest)

    def _twins(self, edition: Edition, local: str) -> dict[str, str]:
        """The addresses of the same page in the other editions, where they have it; by language."""
        return {
            other.lang: other.prefix + local
            for other in self.editions.values()
            if other is not edition and other.prefix + local in self._addresses(other)
        }

    def _addresses(self, edition: Edition) -> set[str]:
        known = self.__dict__.setdefault("_known_addresses", {})
        if edition.lang not in known:
            archives = map(_archive, (None, *(year for year, _ in edition.months)))
            fixed = {edition.prefix + name for name in ("", *archives, "so-do-trang/")}
            known[edition.lang] = fixed | {listing.url for listing, _ in _listings(edition)}
        return known[edition.lang]


def _names(groups: Iterable[URLWrapper]) -> list[str]:
    return [f"{group.name} {group.url}" for group in groups]


def _archive(year: int | None) -> str:
    """The address of the archive's page of a year, or of all, within an edition."""
    return f"luu-tru/{year}/" if year else "luu-tru/"


def _position(page: ListPage) -> str:
    """Where a page stands in its list: what its links to other pages are made of."""
    nearby = ["newest" if number == page.count else number for number in page.nearby]
    return f"{page.number} {page.newest} {page.older} {page.newer} {nearby}"


def _listings(edition: Edition) -> Iterator[tuple[Listing, list[Story]]]:
    """Every list of an edition with its articles, in a fixed order."""

    def group(kind: str, of: URLWrapper, articles: list[Story], lead: str = "") -> tuple[Listing, list[Story]]:
        return Listing(kind, of.url, of.name, len(articles), lead), articles

    yield Listing("all", f"{edition.prefix}tin-moi/", "", len(edition.articles)), edition.articles
    for category, articles in edition.categories.items():
        yield group("category", category, articles, edition.describe(category))
    for tag, articles in edition.tags.items():
        yield group("tag", tag, articles)
    for author, articles in edition.authors.items():
        yield group("author", author, articles)
    for month, articles in edition.months.items():
        yield Listing("month", month_url(edition, *month), "", len(articles), month=month), articles
