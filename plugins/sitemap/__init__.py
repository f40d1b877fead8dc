"""Stage: tells search engines what there is: sitemap.xml, its parts, a news sitemap, robots.txt.

The articles of a month stand in one part, so that a new article changes one of them; pages and
lists stand in another (https://www.sitemaps.org/protocol.html). A date of change is that of the
content. Without SITEURL there is only a robots.txt.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial
from operator import attrgetter
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from plugins.addresses import SITEMAPS
from plugins.features import Feature
from plugins.portal.filters import path
from plugins.portal.stories import digest

if TYPE_CHECKING:
    from plugins.portal.outputs import BuildContext, Outputs
    from plugins.portal.stories import Story

MOST = 50_000  # addresses in a part, by the protocol
NEWS_DAYS = 2
NEWS = "http://www.google.com/schemas/sitemap-news/0.9"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"

_entry = attrgetter("url", "changed_at")

Entry = tuple[str, int]  # an address of the portal, and when it was last changed (seconds since 1970; 0: not told)


def parts(editions: Iterable[Any], others: Iterable[str] = ()) -> dict[str, list[Entry]]:
    """The parts by name, each with its addresses in a fixed order; none has more than MOST.

    others: pages of features.
    """
    editions = list(editions)
    result: dict[str, list[Entry]] = {"trang": []}
    for edition in editions:
        most = 2 * edition.settings["DEFAULT_PAGINATION"]  # on the newest page of a list, see pagination.py
        newest = _newest(edition.articles[:most])
        lists = [*edition.categories.items(), *edition.tags.items(), *edition.authors.items()]
        result["trang"] += [(edition.url(name), newest) for name in ("home", "news")]
        result["trang"] += [(edition.url(name), 0) for name in ("archive", "site_map")]
        result["trang"] += [(page.url, page.changed_at) for page in edition.pages.values()]
        result["trang"] += [(group.url, _newest(articles[:most])) for group, articles in lists]
        for kind, things in edition.extra_kinds.items():
            result["trang"].append((edition.url(f"{kind}_list"), _newest(things[:most])))
            result.setdefault(kind, []).extend(map(_entry, reversed(things)))
        for (year, month), articles in sorted(edition.months.items()):
            result.setdefault(f"{year}-{month:02}", []).extend(map(_entry, reversed(articles)))
    result["trang"] += [(address, 0) for address in others]
    return {name: part for whole, entries in result.items() for name, part in _split(whole, entries)}


def _newest(articles: Iterable[Story]) -> int:
    return max((article.changed_at for article in articles), default=0)


def _split(name: str, entries: list[Entry]) -> Iterable[tuple[str, list[Entry]]]:
    for start in range(0, len(entries), MOST):
        yield name if not start else f"{name}-{start // MOST + 1}", entries[start : start + MOST]


class Sitemap:
    """Writes the files. site: the public address. zone: in which dates are told."""

    def __init__(self, site: str, zone: Any) -> None:
        self.site, self.zone = site, zone

    def part(self, entries: list[Entry]) -> bytes:
        """A part of the sitemap."""
        urls = "\n".join(f"<url><loc>{self._loc(url)}</loc>{self._date(moment)}</url>" for url, moment in entries)
        return f'{_HEAD}<urlset xmlns="{_SPACE}">\n{urls}\n</urlset>\n'.encode()

    def index(self, newest: dict[str, int]) -> bytes:
        """The sitemap of sitemaps. newest: of each part, the last date in it."""
        lines = "\n".join(
            f"<sitemap><loc>{self._loc(f'{SITEMAPS}{name}.xml')}</loc>{self._date(moment)}</sitemap>"
            for name, moment in newest.items()
        )
        return f'{_HEAD}<sitemapindex xmlns="{_SPACE}">\n{lines}\n</sitemapindex>\n'.encode()

    def news(self, articles: list[Story]) -> bytes:
        """What is new (https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap)."""
        urls = "\n".join(
            f"<url><loc>{self._loc(a.url)}</loc><news:news><news:publication>"
            f"<news:name>{escape(a.edition.agency['portal'])} {escape(a.edition.agency['name'])}</news:name>"
            f"<news:language>{a.lang}</news:language></news:publication>"
            f"<news:publication_date>{a.date.isoformat()}</news:publication_date>"
            f"<news:title>{escape(a.title)}</news:title></news:news></url>"
            for a in articles
        )
        return f'{_HEAD}<urlset xmlns="{_SPACE}" xmlns:news="{NEWS}">\n{urls}\n</urlset>\n'.encode()

    def _loc(self, url: str) -> str:
        return escape(self.site + path(url))

    def _date(self, moment: int) -> str:
        return f"<lastmod>{datetime.fromtimestamp(moment, self.zone).isoformat()}</lastmod>" if moment else ""


class SitemapFeature(Feature):
    """Publishes sitemap and robots.txt."""

    def add_outputs(self, build: BuildContext, outputs: Outputs) -> None:
        """Their files; of pages that features bring, those that search engines should know."""
        site, now = build.settings["SITEURL"], build.now
        robots = "User-agent: *\nDisallow:\n" + (f"\nSitemap: {site}/sitemap.xml\n" if site else "")
        outputs.add_file("robots.txt", digest(robots), robots.encode)
        if not site:
            return
        sitemap = Sitemap(site, now.tzinfo)
        newest = {}
        for name, entries in parts(build.editions.values(), build.sitemap_urls).items():
            urls, moments = zip(*entries, strict=True)
            newest[name] = max(moments)
            outputs.add_file(
                f"{SITEMAPS}{name}.xml", digest(site, *urls, repr(moments)), partial(sitemap.part, entries)
            )
        since = (now - timedelta(days=NEWS_DAYS)).timestamp()
        news = [a for edition in build.editions.values() for a in edition.articles if a.published_at >= since][:1000]
        if news:  # a sitemap must not be empty
            newest["tin-moi"] = max(a.changed_at for a in news)
            agency = [f"{e.agency['portal']} {e.agency['name']}" for e in build.editions.values()]
            mark = digest(site, *agency, *(f"{a.card_digest} {a.url}" for a in news))
            outputs.add_file(f"{SITEMAPS}tin-moi.xml", mark, partial(sitemap.news, news))
        outputs.add_file("sitemap.xml", digest(site, repr(newest)), partial(sitemap.index, newest))

    def next_changes(self, build: BuildContext) -> Iterable[datetime]:
        """An article leaves the news sitemap."""
        since = (build.now - timedelta(days=NEWS_DAYS)).timestamp()
        for article in build.articles if build.settings["SITEURL"] else ():
            if article.published_at >= since:
                yield datetime.fromtimestamp(article.published_at, build.now.tzinfo) + timedelta(
                    days=NEWS_DAYS, seconds=1
                )


feature = SitemapFeature(__file__)
register = feature.register
