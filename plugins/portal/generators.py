"""Pelican's generator of articles, for a portal with editions and with lists numbered from the oldest.

Each page is asked for with the fingerprint of all that it shows. A template is given just that, and
of the edition only its frame, so that no page can depend on what its fingerprint does not hold.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

from markupsafe import Markup
from pelican import signals
from pelican.generators import ArticlesGenerator
from pelican.urlwrappers import Tag, URLWrapper

from plugins.incremental.writer import Site

from . import front_page, links, reading
from .editions import Edition, Frame, frame, month_url
from .listings import ListPage, pages_of
from .stories import Story, digest

Ask = Callable[..., None]


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
        found = reading.stories(self.sources, self.editions, context["state"])
        self.published = reading.published(found, context["now"].timestamp(), settings["SHOW_DRAFTS"])
        reading.pair_translations(self.published)
        for edition in self.editions.values():
            edition.index(story for story in self.published if story.edition is edition)
        self.addresses = {story.path: story.url for story in self.published}
        problems: list = context["problems"]
        problems += self.sources.problems
        problems += reading.notes(found, settings["PATH"])
        problems += reading.same_address(found, settings["PATH"])
        problems += reading.unknown_categories(found, settings)
        problems += reading.look_alikes(self.published, settings["PATH"])
        if all(problem.level != "error" for problem in problems):  # else what could not be read seems unpublished
            problems += links.problems(self.published, self.addresses, settings["PATH"])
        signals.article_generator_finalized.send(self)

    def generate_output(self, site: Site) -> None:
        frames = {edition.lang: frame(edition) for edition in self.editions.values()}
        shared = digest(self.context["rendering"], *(f"{f.lang} {f.home}" for f in frames.values()))
        fingerprints = self.context["pictures"].fingerprints
        for story in self.published:
            story.listed = "".join((story.card, *fingerprints(story.picture_paths[:1])))
        self.asks = {edition.lang: self._asker(site, edition, frames, shared) for edition in self.editions.values()}
        for edition in self.editions.values():
            ask = self.asks[edition.lang]
            for story in edition.articles:
                self._ask_story(ask, "article", story)
            for story in edition.pages.values():
                self._ask_story(ask, "page", story)
            self._ask_lists(site, ask, edition, frames[edition.lang], shared)
        first = next(iter(self.editions))
        self.asks[first]("404", "404.html", [], kind="error", others={})
        signals.article_writer_finalized.send(self, writer=site)

    def _asker(self, site: Site, edition: Edition, frames: Mapping[str, Frame], shared: str) -> Ask:
        """ask(template, address, shown, **local): ask for one page; `shown` are texts of all that it shows."""
        own = frames[edition.lang]
        base = {**self.context["page"], **own.words, "edition": own, "editions": frames}

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
        ) -> None:
            name = url + "index.html" if url == "" or url.endswith("/") else url
            fingerprint = digest(shared, own.fingerprint, template, url, within, *others.values(), *shown)

            def make() -> bytes:
                values = {**base, "address": url, "others": others, "footer": footer()}
                values["header"] = header(here, within, tuple(others.items()))
                values.update((key, value() if callable(value) else value) for key, value in local.items())
                return self.get_template(template).render(values).encode()

            site.ask(name, fingerprint, make, room)

        return ask

    def _ask_story(self, ask: Ask, kind: str, story: Story) -> None:
        pictures = self.context["pictures"]
        pending = story.status == "draft" or story.moment > self.context["now"].timestamp()
        shown = [story.full, str(pending), *pictures.fingerprints(story.picture_paths)]
        shown += [*story.facts, *(other.card for other in story.shows)]
        shown += [self.addresses.get(path, "") for path in story.link_paths]
        others = {other.lang: other.url for other in story.translations}
        body = lambda: pictures.fill(links.resolve(story.body, self.addresses))  # noqa: E731
        within = story.category.url if kind == "article" else ""
        ask(kind, story.url, shown, others, within=within, kind=kind, body=body, pending=pending, **{kind: story})

    def _ask_lists(self, site: Site, ask: Ask, edition: Edition, own: Frame, shared: str) -> None:
        twins = self._twins
        topics = edition.topics
        named = _names(topics)
        front = front_page.arrange(edition)
        shown = [*named, *(story.listed for story in front.all_stories), *(f"{c.name} {len(a)}" for c, a in front.strips)]
        ask("home", edition.prefix, shown, twins(edition, ""), here="home", kind="home", front=front, topics=topics)
        for listing, articles in _listings(edition):
            others = twins(edition, listing.url.removeprefix(edition.prefix))
            listed = [story.listed for story in articles]
            # one look at a whole list spares one at each of its pages
            shown = [own.fingerprint, repr(listing), str(self.settings["DEFAULT_PAGINATION"]), *others.values(), *named]
            site.room(listing.url, digest(shared, *shown, "".join(listed)), partial(self._ask_list, ask, listing, articles, others, topics))
        months = {month: len(articles) for month, articles in edition.months.items()}
        ask("archive", f"{edition.prefix}luu-tru/", [str(months)], twins(edition, "luu-tru/"), kind="archive", months=months)
        groups = {
            name: [(group, len(articles)) for group, articles in getattr(edition, name).items()]
            for name in ("categories", "tags", "authors")
        }
        pages_shown = list(edition.pages.values())
        shown = [f"{g.name} {g.url} {n}" for listed in groups.values() for g, n in listed]
        shown += [page.card for page in pages_shown]
        ask("site_map", f"{edition.prefix}so-do-trang/", shown, twins(edition, "so-do-trang/"), kind="site_map",
            pages=pages_shown, **groups)  # fmt: skip

    def _ask_list(
        self, ask: Ask, listing: Listing, articles: list[Story], others: Mapping[str, str], topics: list[Tag]
    ) -> None:
        for page in pages_of(listing.url, articles, self.settings["DEFAULT_PAGINATION"]):
            newest = [str(listing.total), *_names(topics)] if page.newest else []
            shown = [listing.kind, listing.name, listing.lead, _position(page), *newest, *(s.listed for s in page.items)]
            ask(
                "listing", page.url, shown, others if page.newest else {},
                here=page.url, within=listing.url, room=listing.url,
                kind="listing", listing=listing, page=page, topics=topics if page.newest else [],
            )  # fmt: skip

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
            fixed = {edition.prefix + name for name in ("", "luu-tru/", "so-do-trang/")}
            known[edition.lang] = fixed | {listing.url for listing, _ in _listings(edition)}
        return known[edition.lang]


def _names(groups: Iterable[URLWrapper]) -> list[str]:
    return [f"{group.name} {group.url}" for group in groups]


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
