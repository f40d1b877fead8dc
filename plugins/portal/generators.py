"""Pelican's generator of articles, for a portal with editions and with lists numbered from the oldest.

Each page is asked for with the fingerprint of all that it shows. A template is given just that, and
of the edition only its frame, so that no page can depend on what its fingerprint does not hold.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, cached_property, partial
from itertools import chain
from operator import attrgetter
from types import SimpleNamespace
from typing import Any

from markupsafe import Markup
from pelican import signals
from pelican.generators import ArticlesGenerator
from pelican.urlwrappers import Tag, URLWrapper

from plugins.addresses import ERROR_PAGE, output_name
from plugins.incremental.site import Site
from plugins.languages import apply_language_marks
from plugins.pelican_bridge import generators as bridge
from plugins.pelican_bridge.staging import StagedSite, pelican_names

from . import front_page, links, reading
from .cards import Cards
from .editions import Edition, Frame, Section, frame
from .listings import ListPage, pages_of
from .outputs import BuildContext, Outputs
from .stories import Story, digest

AddPage = Callable[..., bool]
_list_text = attrgetter("list_text")


@dataclass(frozen=True)
class Listing:
    """What a list is about. kind: "all", "category", "tag", "author", "month", or "kind" (of content; slug: which).
    total: how many articles it has."""

    kind: str
    url: str
    name: str
    total: int
    lead: str = ""
    month: tuple[int, int] | None = None
    slug: str = ""

    @property
    def place(self) -> dict[str, Any]:
        """What names its address, see `Addresses.url`."""
        if self.kind == "kind":
            return {"name": f"{self.slug}_list"}
        if self.month:
            return {"name": "month_archive", "date": date(*self.month, 1)}
        return {"name": self.kind, "slug": self.slug} if self.slug else {"name": "news"}


class NewsGenerator(ArticlesGenerator):
    """Articles, pages and everything that lists them, edition by edition.

    asks: by language, what asks for one page (see `_asker`), for features with pages of their own.
    """

    published: list[Story]
    page_adders: dict[str, AddPage]
    changes: list[datetime]  # moments to come at which something published is something else

    def check_disabled_readers(self) -> None:
        """Only Markdown is read here; stock Pelican walks the whole tree again to say so."""

    def generate_context(self) -> None:
        context, settings = self.context, self.settings
        self.editions: dict[str, Edition] = context["editions"]
        self.sources = reading.read_changed(context["rules"], context["state"])
        self.moment = context["now"].timestamp()
        context["news"] = self
        whole = context["whole"]  # for plugins of others
        found = self.found = reading.load_stories(self.sources, self.editions, context["state"], self._kind())
        self.with_drafts = settings["SHOW_DRAFTS"]
        self.published = reading.visible_stories(found, self.moment, self.with_drafts)
        self.changes = reading.set_statuses(self.published, context["now"])
        reading.pair_translations(self.published)
        if whole:
            self.published = bridge.before_taxonomy(self, self.published)
        for edition in self.editions.values():
            edition.sort_stories(story for story in self.published if story.edition is edition)
            edition.render_body = self._body
        self.addresses = {story.path: story.url for story in self.published}
        problems: list = context["problems"]
        problems += self.sources.problems
        problems += reading.notes(found, settings["PATH"])
        problems += reading.address_conflicts(found, settings["PATH"])
        problems += reading.unknown_categories(found, settings)
        problems += reading.similar_names(self.editions.values(), settings["PATH"])
        unread = any(problem.level == "error" for problem in problems)  # then what could not be read seems unpublished
        found_links = links.link_problems(self.published, self.addresses, settings["PATH"])
        problems += [problem for problem in found_links if problem.level == "error" or not unread]
        if whole:
            bridge.after_taxonomy(self)
        signals.article_generator_finalized.send(self)
        self.build = BuildContext(
            settings, context["addresses"], self.editions, self.published, self.addresses, context["pictures"], context["state"],
            context["page"]["assets"], context["now"], context["rendering"], context["artifacts"],
            self.env, context["page"]["features"], self.displayed_text,
        )  # fmt: skip
        for feature in context["page"]["features"]:
            problems += feature.prepare(self.build)

    def generate_output(self, site: Site) -> None:
        frames = self.frames = {edition.lang: frame(edition) for edition in self.editions.values()}
        shared = digest(self.context["rendering"], *(f"{f.lang} {f.home}" for f in frames.values()))
        fingerprints = self.context["pictures"].fingerprints
        for story in self.published:
            pictures = story.picture_paths
            story.list_text = story.card_digest + fingerprints(pictures[:1])[0] if pictures else story.card_digest
        self.page_adders = {
            edition.lang: self._asker(site, edition, frames, shared) for edition in self.editions.values()
        }
        for edition in self.editions.values():
            own = digest(shared, frames[edition.lang].fingerprint)
            self._ask_stories(site, edition, own)
            cards = Cards(self.context["state"], edition.lang, own, self._card_maker(frames[edition.lang]))
            self._ask_lists(site, edition, own, cards)
            cards.render_missing(self.settings.get("JOBS"))
            cards.forget(self.sources.changed - self.sources.known.keys())
        first = next(iter(self.editions))
        self.page_adders[first]("404", ERROR_PAGE, [], kind="error", others={})
        outputs = Outputs(site, self.page_adders, self.editions)
        for feature in self.context["page"]["features"]:
            feature.add_outputs(self.build, outputs)
        if isinstance(site, StagedSite):
            site.write_requested()
        signals.article_writer_finalized.send(self, writer=site)

    def _asker(self, site: Site, edition: Edition, frames: Mapping[str, Frame], shared: str) -> AddPage:
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
            fingerprint = digest(shared, own.fingerprint, template, url, within, *others.values(), *shown)

            def render(context: Mapping[str, Any]) -> str:
                values = {**context, **base, "address": url, "others": others, "footer": footer()}
                places = [place if place in marked else "" for place in (here, within)]
                values["header"] = header(*places, tuple(others.items()))
                values.update((key, value() if callable(value) else value) for key, value in local.items())
                return apply_language_marks(self.get_template(template).render(values))

            name = output_name(url)
            if isinstance(site, StagedSite):
                return site.add_page(name, render, self.context, pelican_names(local.get("kind", ""), url, local))
            return site.add_output(name, fingerprint, lambda: render({}).encode(), room)

        return ask

    def frame_values(self, url: str) -> dict[str, Any]:
        """What every page of the portal gets, for one at an address that is made otherwise than by `page_adders`."""
        base = self._base(self.frames[self.context["addresses"].language_of(url)]) | {
            "editions": self.frames,
            "address": url,
            "others": {},
        }
        placed = base | {"here": "", "within": ""}
        return placed | {name: Markup(self.get_template(name).render(placed)) for name in ("header", "footer")}

    def _base(self, own: Frame) -> dict[str, Any]:
        """What every template of an edition gets."""
        return {**self.context["page"], **own.words, "edition": own}

    def _ask_stories(self, site: Site, edition: Edition, own: str) -> None:
        """Ask for every article and page. own: fingerprint of what all pages of the edition show."""
        ask = self.page_adders[edition.lang]
        for (year, month), stories in edition.months.items():
            # one look at a whole month spares one at each of its articles
            shown = [self.displayed_text(story) for story in stories]
            room = f"articles {edition.lang} {year}-{month}"
            site.add_group(room, digest(own, *shown), partial(self._ask_each, ask, "article", stories, shown, room))
        for kind, stories in edition.extra_kinds.items():
            shown = [self.displayed_text(story) for story in stories]
            room = f"{kind} {edition.lang}"
            site.add_group(room, digest(own, *shown), partial(self._ask_each, ask, kind, stories, shown, room))
        pages = list(edition.pages.values())
        self._ask_each(ask, "page", pages, [self.displayed_text(page) for page in pages])

    def _ask_each(self, ask: AddPage, kind: str, stories: list[Story], shown: list[str], room: str = "") -> None:
        for story, text in zip(stories, shown, strict=True):
            others = {other.lang: other.url for other in story.translations}
            declared = story.content_kind
            within = story.category.url if declared.listed else ""
            page = "article" if declared.listed else "page"  # as which templates and fragments know it
            ask(declared.template, story.url, [text], others, within=within, room=room,
                kind=page, body=partial(self._body, story), pending=self._pending(story), item=story, **{page: story})  # fmt: skip

    def render_story(self, story: Story) -> tuple[str, bytes]:
        """The name and the bytes of a story's page, made now."""
        made: list[tuple[str, bytes]] = []
        site = SimpleNamespace(add_output=lambda name, fingerprint, make, room: made.append((name, make())))
        self._ask_each(self._asker(site, story.edition, self.frames, ""), story.kind, [story], [""])
        return made[0]

    def _kind(self) -> Callable[..., Story]:
        """What makes a story: a row of the state, or for plugins of others all that they may expect of it."""
        if not self.context["whole"]:
            return Story
        from plugins.pelican_bridge.content_objects import ContentFactory

        return ContentFactory(self, self.context["pages_generator"])

    def _body(self, story: Story) -> str:
        for_plugin = self.context["whole"] and "IMAGE_PROCESS" in self.settings
        return self.context["pictures"].insert_pictures(links.resolve_links(story.body, self.addresses), for_plugin)

    def _pending(self, story: Story) -> bool:
        """Whether only the preview shows it."""
        return self.with_drafts and (story.status == "draft" or story.published_at > self.moment)

    def displayed_text(self, story: Story) -> str:
        """All that a story's page shows, as text; what other pages of its edition show too is in their frame."""
        shown = [story.full_digest, *story.extra_key_parts, *[other.card_digest for other in story.displayed_stories]]
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
        ask, twins = self.page_adders[edition.lang], self._twins
        topics = edition.topics
        named = _names(topics)
        front = front_page.arrange(edition)
        shown = [
            *named,
            *(story.list_text for story in front.all_stories),
            *(f"{c.name} {len(a)}" for c, a in front.strips),
        ]
        ask(
            "home",
            edition.url("home"),
            shown,
            twins(edition, "home"),
            here="home",
            kind="home",
            front=front,
            topics=topics,
        )
        self._ask_listings(site, edition, own, cards, topics)
        months = {month: len(articles) for month, articles in edition.months.items()}
        years = sorted({year for year, _ in months}, reverse=True)
        urls: dict[Any, str] = {year: edition.url(**_archive(year)) for year in years}
        urls |= {month: edition.url("month_archive", date=date(*month, 1)) for month in months}
        for year in (None, *years):
            place = _archive(year)
            its = {month: count for month, count in months.items() if year in (None, month[0])}
            ask("archive", edition.url(**place), [f"{its} {years}"], twins(edition, **place),
                kind="archive", months=its, year=year, years=years, urls=urls)  # fmt: skip
        groups = {
            name: [(group, len(articles)) for group, articles in getattr(edition, name).items()]
            for name in ("categories", "tags", "authors")
        }
        groups["categories"] += [(edition.section(kind), len(stories)) for kind, stories in edition.extra_kinds.items()]
        pages_shown = list(edition.pages.values())
        shown = [f"{g.name} {g.url} {n}" for listed in groups.values() for g, n in listed]
        shown += [page.card_digest for page in pages_shown]
        ask("site_map", edition.url("site_map"), shown, twins(edition, "site_map"), kind="site_map",
            pages=pages_shown, **groups)  # fmt: skip

    def _ask_listings(self, site: Site, edition: Edition, own: str, cards: Cards, topics: list[Tag]) -> None:
        listings = [
            (listing, articles, self._twins(edition, **listing.place)) for listing, articles in _listings(edition)
        ]
        same = digest(own, str(self.settings["DEFAULT_PAGINATION"]), *_names(topics))
        room = f"lists {edition.lang}/"

        def fingerprint(articles: list[Story], *of: Any) -> str:
            return digest(same, *map(repr, of), "".join(map(_list_text, articles)))

        def ask_each() -> None:
            for listing, articles, others in listings:
                its = room + listing.url
                ask_list = partial(
                    self._ask_list, self.page_adders[edition.lang], cards, its, listing, articles, others, topics
                )
                site.add_group(its, fingerprint(articles, listing, others), ask_list)

        # one look at all lists spares one at each, and that one at each of its pages
        every = [(listing, others) for listing, _, others in listings]
        shown = [*edition.articles, *chain.from_iterable(edition.extra_kinds.values())]
        site.add_group(room, fingerprint(shown, *every), ask_each, holds_groups=True)

    def _ask_list(
        self,
        ask: AddPage,
        cards: Cards,
        room: str,
        listing: Listing,
        articles: list[Story],
        others: Mapping[str, str],
        topics: list[Tag],
    ) -> None:
        for page in pages_of(listing.url, articles, self.settings["DEFAULT_PAGINATION"]):
            newest = [str(listing.total), *_names(topics)] if page.newest else []
            shown = [
                listing.kind,
                listing.name,
                listing.lead,
                _position(page),
                *newest,
                *(s.list_text for s in page.items),
            ]
            rest = page.items[1:]  # the first is shown otherwise
            made = ask(
                "listing", page.url, shown, others if page.newest else {},
                here=page.url, within=listing.url, room=room,
                kind="listing", listing=listing, page=page, topics=topics if page.newest else [],
                cards=partial(cards.rendered, rest),
            )  # fmt: skip
            if made:
                cards.request(rest)

    def _twins(self, edition: Edition, name: str, **values: Any) -> dict[str, str]:
        """The addresses of the same page in the other editions, where they have it; by language."""
        others = edition.alternates(name, **values)
        return {lang: url for lang, url in others.items() if url in self._list_addresses[lang]}

    @cached_property
    def _list_addresses(self) -> dict[str, set[str]]:
        """By language, the addresses of all pages that are no articles and pages of editors."""
        known = {}
        for edition in self.editions.values():
            archives = [_archive(year) for year in (None, *(year for year, _ in edition.months))]
            fixed = {edition.url(**place) for place in ({"name": "home"}, *archives, {"name": "site_map"})}
            known[edition.lang] = fixed | {listing.url for listing, _ in _listings(edition)}
        return known


def _names(groups: Iterable[URLWrapper]) -> list[str]:
    return [f"{group.name} {group.url}" for group in groups]


def _archive(year: int | None) -> dict[str, Any]:
    """The place of the archive's page of a year, or of all."""
    return {"name": "year_archive", "date": date(year, 1, 1)} if year else {"name": "archive"}


def _position(page: ListPage) -> str:
    """Where a page stands in its list: what its links to other pages are made of."""
    nearby = ["newest" if number == page.count else number for number in page.nearby]
    return f"{page.number} {page.newest} {page.older} {page.newer} {nearby}"


def _listings(edition: Edition) -> Iterator[tuple[Listing, list[Story]]]:
    """Every list of an edition with its articles, in a fixed order."""

    def group(
        kind: str, of: URLWrapper | Section, articles: list[Story], lead: str = ""
    ) -> tuple[Listing, list[Story]]:
        return Listing(kind, of.url, of.name, len(articles), lead, slug=of.slug), articles

    yield Listing("all", edition.url("news"), "", len(edition.articles)), edition.articles
    for category, articles in edition.categories.items():
        yield group("category", category, articles, edition.category_description(category))
    for kind, stories in edition.extra_kinds.items():
        yield group("kind", edition.section(kind), stories)
    for tag, articles in edition.tags.items():
        yield group("tag", tag, articles)
    for author, articles in edition.authors.items():
        yield group("author", author, articles)
    for month, articles in edition.months.items():
        url = edition.url("month_archive", date=date(*month, 1))
        yield Listing("month", url, "", len(articles), month=month), articles
