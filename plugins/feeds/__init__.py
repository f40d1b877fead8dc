"""Feature: feeds of all news, of each category and of each tag, for feed readers and other portals.

Atom and RSS beside every list, as `feed.atom` and `feed.rss`, and JSON Feed 1.1 for all news and
the categories. Feeds need the portal's public address: without SITEURL there are none.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import datetime
from functools import partial
from html import escape
from typing import Any

from feedgenerator import Atom1Feed, Enclosure, Rss201rev2Feed
from pelican import signals

from plugins.features import Feature
from plugins.i18n import translations
from plugins.pictures import FOLDER
from plugins.portal import links
from plugins.portal.filters import path
from plugins.portal.stories import digest

feature = Feature(__file__)
DEFAULTS = {
    "FEED_ARTICLES": 20,  # how many a feed holds
    "FEED_FULL_TEXT": False,  # the whole text, or lead and picture
}
_PICTURE = re.compile(r"<picture>.*?<img src=\"([^\"]*)\".*? width=\"(\d+)\" height=\"(\d+)\" alt=\"([^\"]*)\"[^>]*></picture>", re.S)
_LOCAL = re.compile(r'(href|src)="/(?!/)')


def lists(edition: Any) -> Iterator[tuple[str, str, list[Any], bool]]:
    """Address of a list, its name, its articles (newest first), and whether it has a JSON Feed."""
    words = translations(edition.lang).gettext
    yield f"{edition.prefix}tin-moi/", words("Latest news"), edition.articles, True
    for category, articles in edition.categories.items():
        yield category.url, category.name, articles, True
    for tag, articles in edition.tags.items():
        yield tag.url, tag.name, articles, False


class Feeds:
    """Makes the feeds of one build. site: the public address without a slash at its end."""

    def __init__(self, generator: Any) -> None:
        settings = generator.settings
        self.site, self.full = settings["SITEURL"], settings.get("FEED_FULL_TEXT", DEFAULTS["FEED_FULL_TEXT"])
        self.count = settings.get("FEED_ARTICLES", DEFAULTS["FEED_ARTICLES"])
        self.pictures, self.addresses = generator.context["pictures"], generator.addresses

    def ask(self, writer: Any, edition: Any) -> None:
        """Ask for an edition's feeds."""
        agency = [edition.agency[key] for key in ("portal", "name", "description", "owner", "reuse")]
        for url, name, articles, as_json in lists(edition):
            newest = articles[: self.count]
            if not newest:
                continue
            pictures = (mark for a in newest for mark in self.pictures.fingerprints(a.picture_paths if self.full else a.picture_paths[:1]))
            links_in = (self.addresses.get(target, "") for a in newest for target in a.link_paths)
            shown = (f"{a.full if self.full else a.card} {a.url} {a.category.name} {[t.name for t in a.tags]}" for a in newest)
            mark = digest(self.site, str(self.full), url, name, *agency, *shown, *pictures, *links_in)
            kinds = {"atom": partial(self._xml, Atom1Feed), "rss": partial(self._xml, Rss201rev2Feed), "json": self._json}
            for ending, make in kinds.items():
                if ending != "json" or as_json:
                    writer.ask(f"{url}feed.{ending}", mark, partial(make, edition, url, name, newest, f"{self.site}{path(url)}feed.{ending}"))

    def _xml(self, kind: type, edition: Any, url: str, name: str, articles: list[Any], own: str) -> bytes:
        agency = edition.agency
        feed = kind(
            title=f"{name} – {agency['portal']} {agency['name']}",
            link=self.site + path(url),
            description=agency["description"],
            subtitle=agency["description"],
            language=edition.lang,
            author_name=agency["owner"],
            feed_url=own,
            feed_copyright=agency["reuse"],
        )
        for article in articles:
            address, picture = self.site + path(article.url), self._picture(article)
            html = self._html(article)
            atom = kind is Atom1Feed
            feed.add_item(
                title=article.title,
                link=address,
                description=html if html and not atom else escape(article.summary_text),  # HTML by both formats
                content=html or None if atom else None,
                author_name=", ".join(author.name for author in article.authors) or agency["owner"],
                pubdate=article.date,
                updateddate=_touched(article),
                unique_id=address,
                unique_id_is_permalink=True,
                categories=[article.category.name, *(tag.name for tag in article.tags)],
                enclosures=[Enclosure(*picture)] if picture else (),
            )
        return feed.writeString("utf-8").encode()

    def _json(self, edition: Any, url: str, name: str, articles: list[Any], own: str) -> bytes:
        agency = edition.agency
        items = []
        for article in articles:
            address, picture, html = self.site + path(article.url), self._picture(article), self._html(article)
            item = {
                "id": address,
                "url": address,
                "title": article.title,
                "summary": article.summary_text,
                **({"content_html": html} if html else {"content_text": article.summary_text or article.title}),
                "date_published": article.date.isoformat(),
                "date_modified": _touched(article).isoformat(),
                "authors": [{"name": author.name} for author in article.authors],
                "tags": [article.category.name, *(tag.name for tag in article.tags)],
                "language": article.lang,
                **({"image": picture[0]} if picture else {}),
            }
            items.append({key: value for key, value in item.items() if value})
        feed = {
            "version": "https://jsonfeed.org/version/1.1",
            "title": f"{name} – {agency['portal']} {agency['name']}",
            "home_page_url": self.site + path(url),
            "feed_url": own,
            "description": agency["description"],
            "language": edition.lang,
            "authors": [{"name": agency["owner"]}],
            "items": items,
        }
        return json.dumps(feed, ensure_ascii=False, separators=(",", ":")).encode()

    def _picture(self, article: Any) -> tuple[str, str, str] | None:
        """Address, bytes and type of an article's picture."""
        if not article.cover:
            return None
        picture = self.pictures.known[article.cover.path]
        widest = picture.widths[-1], "jpg"
        size = self.pictures.file(picture, *widest).stat().st_size
        return f"{self.site}/{FOLDER}{picture.name(*widest)}", str(size), "image/jpeg"

    def _html(self, article: Any) -> str:
        """The text with whole addresses, without what needs the portal's stylesheet; "" where feeds hold leads only."""
        if not self.full:
            return ""
        body = self.pictures.fill(links.resolve(article.body, self.addresses))
        plain = _PICTURE.sub(r'<img src="\1" width="\2" height="\3" alt="\4">', body)
        return _LOCAL.sub(rf'\1="{self.site}/', plain)


def _touched(article: Any) -> datetime:
    return datetime.fromtimestamp(article.touched, article.date.tzinfo)


def _ask(generator: Any, writer: Any) -> None:
    if generator.settings["SITEURL"]:
        feeds = Feeds(generator)
        for edition in generator.editions.values():
            feeds.ask(writer, edition)


def register() -> None:
    """Pelican's hook."""
    signals.article_writer_finalized.connect(_ask)
