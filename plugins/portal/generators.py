"""Pelican's two generators, for a portal with editions and with lists numbered from the oldest."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pelican import signals
from pelican.contents import Article, Content, Page
from pelican.generators import ArticlesGenerator, PagesGenerator
from pelican.urlwrappers import URLWrapper

from plugins.checks import Problem, short
from plugins.i18n import say

from . import front_page, reading
from .editions import Edition, month_url
from .listings import pages_of

Write = Callable[..., None]


@dataclass(frozen=True)
class Listing:
    """What a page of a list is about. kind: "all", "category", "tag", "author" or "month"."""

    kind: str
    url: str
    name: str
    articles: list[Article]
    lead: str = ""


class NewsGenerator(ArticlesGenerator):
    """Articles and everything that lists them, edition by edition."""

    published: list[Article]

    def check_disabled_readers(self) -> None:
        """Only Markdown is read here; stock Pelican walks the whole tree again to say so."""

    def generate_context(self) -> None:
        articles = reading.read_all(self, self.settings["ARTICLE_PATHS"], Article)
        self.published = reading.published(articles, self.context["now"], self.settings["SHOW_DRAFTS"])
        reading.pair_translations(self.published)
        for edition in self.context["editions"].values():
            edition.index(a for a in self.published if a.lang == edition.lang)
        self.articles = next(iter(self.context["editions"].values())).articles
        signals.article_generator_finalized.send(self)

    def generate_output(self, writer: Any) -> None:
        for edition in self.context["editions"].values():
            write = _writer(self, writer, edition)
            for article in edition.articles:
                write("article", article.url, kind="article", article=article, others=_translations(article))
            write("home", edition.home, kind="home", front=front_page.arrange(edition), others=self._twins(edition))
            for listing in _listings(edition):
                self._write_list(write, edition, listing)
            write("archive", f"{edition.prefix}luu-tru/", kind="archive", others=self._twins(edition, "luu-tru/"))
            write("site_map", f"{edition.prefix}so-do-trang/", kind="site_map", others=self._twins(edition, "so-do-trang/"))
        first = next(iter(self.context["editions"].values()))
        _writer(self, writer, first)("404", "404.html", kind="error", others={})
        signals.article_writer_finalized.send(self, writer=writer)

    def _write_list(self, write: Write, edition: Edition, listing: Listing) -> None:
        local = listing.url.removeprefix(edition.prefix)
        for page in pages_of(listing.url, listing.articles, self.settings["DEFAULT_PAGINATION"]):
            others = self._twins(edition, local) if page.newest else {}
            write("listing", page.url, kind="listing", listing=listing, page=page, others=others)

    def _twins(self, edition: Edition, local: str = "") -> dict[str, str]:
        """The addresses of the same page in the other editions, where they have it; by language."""
        return {
            other.lang: other.prefix + local
            for other in self.context["editions"].values()
            if other is not edition and other.prefix + local in self._addresses(other)
        }

    def _addresses(self, edition: Edition) -> set[str]:
        known = self.__dict__.setdefault("_known_addresses", {})
        if edition.lang not in known:
            fixed = {edition.prefix + name for name in ("", "luu-tru/", "so-do-trang/")}
            known[edition.lang] = fixed | {listing.url for listing in _listings(edition)}
        return known[edition.lang]


class NewsPages(PagesGenerator):
    """The fixed pages: introduction, contact, accessibility, privacy."""

    published: list[Page]

    def check_disabled_readers(self) -> None:
        """See NewsGenerator."""

    def generate_context(self) -> None:
        pages = reading.read_all(self, self.settings["PAGE_PATHS"], Page)
        self.published = reading.published(pages, self.context["now"], self.settings["SHOW_DRAFTS"])
        reading.pair_translations(self.published)
        for page in self.published:
            reading.edition_of(page).pages[page.slug] = page
            if page.slug in self.settings["RESERVED"]:
                text = say("the address {url} belongs to the portal itself; choose another slug: …", url=f"/{page.url}")
                self.context["problems"].append(Problem(short(page.source_path), 1, text))
        signals.page_generator_finalized.send(self)

    def generate_output(self, writer: Any) -> None:
        for page in self.published:
            write = _writer(self, writer, reading.edition_of(page))
            write("page", page.url, kind="page", page=page, others=_translations(page))


def _translations(content: Content) -> dict[str, str]:
    return {other.lang: other.url for other in content.translations}


def _listings(edition: Edition) -> Iterable[Listing]:
    """Every list of an edition, in a fixed order."""
    yield Listing("all", f"{edition.prefix}tin-moi/", "", edition.articles)
    for category, articles in edition.categories.items():
        yield _group("category", category, articles, edition.describe(category))
    for tag, articles in edition.tags.items():
        yield _group("tag", tag, articles)
    for author, articles in edition.authors.items():
        yield _group("author", author, articles)
    for (year, month), articles in edition.months.items():
        yield Listing("month", month_url(edition, year, month), f"{month}/{year}", articles)


def _group(kind: str, group: URLWrapper, articles: list[Article], lead: str = "") -> Listing:
    return Listing(kind, group.url, group.name, articles, lead)


def _writer(generator: Any, writer: Any, edition: Edition) -> Write:
    """A function that renders one page of an edition: write(template, address, kind=…, …)."""
    context: Mapping[str, Any] = {**generator.context, **edition.words(), "edition": edition}

    def write(template: str, url: str, **local: Any) -> None:
        save_as = url + "index.html" if url == "" or url.endswith("/") else url
        writer.write_file(save_as, generator.get_template(template), context, url=url, address=url, **local)

    return write
