"""Stage: tells search engines what the portal has: sitemap.xml, its parts, a news sitemap, robots.txt.

The articles of a month are in one part, so that a new article changes only one of them; pages and lists are in another
(https://www.sitemaps.org/protocol.html). A date of change is that of the content. Without SITEURL there is only a
robots.txt.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta, tzinfo
from functools import partial
from operator import attrgetter
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from plugins.addresses import SITEMAPS
from plugins.features import Feature
from plugins.portal.stories import digest

if TYPE_CHECKING:
    from plugins.portal.editions import Edition
    from plugins.portal.outputs import BuildContext, Outputs
    from plugins.portal.stories import Story

MAX_URLS = 50_000  # in a part, by the protocol
PAGES = "trang"  # the part of pages and lists
NEWS = "tin-moi"  # the news sitemap
NEWS_DAYS = 2
MAX_NEWS = 1000  # by Google's rules
NEWS_NAMESPACE = "http://www.google.com/schemas/sitemap-news/0.9"
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_XML_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'

_entry = attrgetter("url", "changed_at")

# an address of the portal, and when its content was last changed (seconds since 1970; 0: not told)
Entry = tuple[str, int]


def parts(editions: Iterable[Edition], feature_urls: Iterable[str] = ()) -> dict[str, list[Entry]]:
    """The parts of the sitemap.

    Args:
        editions: What to list.
        feature_urls: Addresses of pages that features add.

    Returns:
        The entries of each part in a fixed order, by the part's name. No part has more than MAX_URLS.
    """
    result: dict[str, list[Entry]] = {PAGES: []}
    for edition in editions:
        max_shown = 2 * edition.settings["DEFAULT_PAGINATION"]  # on the newest page of a list; see pagination.py
        newest = _last_change(edition.articles[:max_shown])
        groups = [*edition.categories.items(), *edition.tags.items(), *edition.authors.items()]
        result[PAGES] += [(edition.url(name), newest) for name in ("home", "news")]
        result[PAGES] += [(edition.url(name), 0) for name in ("archive", "site_map")]
        result[PAGES] += [(page.url, page.changed_at) for page in edition.pages.values()]
        result[PAGES] += [(group.url, _last_change(articles[:max_shown])) for group, articles in groups]
        for kind, stories in edition.extra_kinds.items():
            result[PAGES].append((edition.url(f"{kind}_list"), _last_change(stories[:max_shown])))
            result.setdefault(kind, []).extend(map(_entry, reversed(stories)))
        for kind, grouping in edition.groupings():
            result[PAGES].append((edition.url(f"{kind}_{grouping.name}_list"), 0))
            for group in edition.groups(kind, grouping).values():
                result[PAGES].append((group.url, _last_change(group.stories[:max_shown])))
        for (year, month), articles in sorted(edition.months.items()):
            result.setdefault(f"{year}-{month:02}", []).extend(map(_entry, reversed(articles)))
    result[PAGES] += [(url, 0) for url in feature_urls]
    return {name: part for group, entries in result.items() for name, part in split_part(group, entries)}


def _last_change(stories: Iterable[Story]) -> int:
    return max((story.changed_at for story in stories), default=0)


def split_part(name: str, entries: list[Entry]) -> Iterator[tuple[str, list[Entry]]]:
    """Split a part that has more entries than the protocol allows, and yield each with its name."""
    for start in range(0, len(entries), MAX_URLS):
        yield name if not start else f"{name}-{start // MAX_URLS + 1}", entries[start : start + MAX_URLS]


class SitemapWriter:
    """Renders the files of the sitemap.

    Args:
        absolute: Returns the public address of a page.
        time_zone: The time zone that dates are written in.
    """

    def __init__(self, absolute: Callable[[str], str], time_zone: tzinfo | None) -> None:
        self.absolute, self.time_zone = absolute, time_zone

    def part(self, entries: Sequence[Entry]) -> bytes:
        """A part of the sitemap."""
        urls = "\n".join(f"<url>{self._loc(url)}{self._lastmod(changed_at)}</url>" for url, changed_at in entries)
        return f'{_XML_DECLARATION}<urlset xmlns="{_NAMESPACE}">\n{urls}\n</urlset>\n'.encode()

    def index(self, last_changes: Mapping[str, int]) -> bytes:
        """The sitemap of sitemaps, given the last change of each part."""
        lines = "\n".join(
            f"<sitemap>{self._loc(f'{SITEMAPS}{name}.xml')}{self._lastmod(changed_at)}</sitemap>"
            for name, changed_at in last_changes.items()
        )
        return f'{_XML_DECLARATION}<sitemapindex xmlns="{_NAMESPACE}">\n{lines}\n</sitemapindex>\n'.encode()

    def news(self, articles: Sequence[Story]) -> bytes:
        """The news sitemap (https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap)."""
        urls = "\n".join(
            f"<url>{self._loc(article.url)}<news:news><news:publication>"
            f"<news:name>{escape(_publication(article.edition))}</news:name>"
            f"<news:language>{article.lang}</news:language></news:publication>"
            f"<news:publication_date>{article.date.isoformat()}</news:publication_date>"
            f"<news:title>{escape(article.title)}</news:title></news:news></url>"
            for article in articles
        )
        return (
            f'{_XML_DECLARATION}<urlset xmlns="{_NAMESPACE}" xmlns:news="{NEWS_NAMESPACE}">\n{urls}\n</urlset>\n'
        ).encode()

    def _loc(self, url: str) -> str:
        return f"<loc>{escape(self.absolute(url))}</loc>"

    def _lastmod(self, time: int) -> str:
        return f"<lastmod>{datetime.fromtimestamp(time, self.time_zone).isoformat()}</lastmod>" if time else ""


def _publication(edition: Edition) -> str:
    return f"{edition.agency['portal']} {edition.agency['name']}"


class Sitemap(Feature):
    """Publishes sitemap and robots.txt."""

    def add_outputs(self, build: BuildContext, outputs: Outputs) -> None:
        """Add robots.txt, and the sitemaps if the portal has a public address."""
        site_url = build.settings["SITEURL"]
        robots = "User-agent: *\nDisallow:\n" + (f"\nSitemap: {site_url}/sitemap.xml\n" if site_url else "")
        outputs.add_file("robots.txt", digest(robots), robots.encode)
        if site_url:
            self._add_sitemaps(build, outputs, site_url)

    def _add_sitemaps(self, build: BuildContext, outputs: Outputs, site_url: str) -> None:
        writer = SitemapWriter(build.addresses.absolute, build.now.tzinfo)
        last_changes = {}
        for name, entries in parts(build.editions.values(), build.sitemap_urls).items():
            urls, times = zip(*entries, strict=True)
            last_changes[name] = max(times)
            fingerprint = digest(site_url, *urls, repr(times))
            outputs.add_file(f"{SITEMAPS}{name}.xml", fingerprint, partial(writer.part, entries))
        since = (build.now - timedelta(days=NEWS_DAYS)).timestamp()
        recent = (a for edition in build.editions.values() for a in edition.articles if a.published_at >= since)
        news = list(recent)[:MAX_NEWS]
        if news:  # a sitemap must not be empty
            last_changes[NEWS] = max(article.changed_at for article in news)
            publications = map(_publication, build.editions.values())
            fingerprint = digest(site_url, *publications, *(f"{a.card_digest} {a.url}" for a in news))
            outputs.add_file(f"{SITEMAPS}{NEWS}.xml", fingerprint, partial(writer.news, news))
        outputs.add_file("sitemap.xml", digest(site_url, repr(last_changes)), partial(writer.index, last_changes))

    def next_changes(self, build: BuildContext) -> Iterable[datetime]:
        """When each recent article leaves the news sitemap."""
        since = (build.now - timedelta(days=NEWS_DAYS)).timestamp()
        for article in build.articles if build.settings["SITEURL"] else ():
            if article.published_at >= since:
                published = datetime.fromtimestamp(article.published_at, build.now.tzinfo)
                yield published + timedelta(days=NEWS_DAYS, seconds=1)


feature = Sitemap(__file__)
register = feature.register
