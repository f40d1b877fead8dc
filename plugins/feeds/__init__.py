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
from typing import TYPE_CHECKING, ClassVar

from feedgenerator import Atom1Feed, Enclosure, Rss201rev2Feed

from plugins.addresses import PICTURES
from plugins.features import Feature
from plugins.portal import links
from plugins.portal.filters import path
from plugins.portal.stories import digest

if TYPE_CHECKING:
    from plugins.portal.editions import Edition
    from plugins.portal.outputs import BuildContext, Outputs
    from plugins.portal.stories import Story
    from plugins.portal.view import ArticleView

_PICTURE = re.compile(
    r"<picture>.*?<img src=\"([^\"]*)\".*? width=\"(\d+)\" height=\"(\d+)\" alt=\"([^\"]*)\"[^>]*></picture>", re.S
)
_LOCAL = re.compile(r'(href|src)="/(?!/)')


def lists(edition: Edition) -> Iterator[tuple[str, str, list[Story], bool]]:
    """Address of a list, its name, its articles (newest first), and whether it has a JSON Feed."""
    words = edition.language.words.gettext
    yield edition.url("news"), words("Latest news"), edition.articles, True
    for category, articles in edition.categories.items():
        yield category.url, category.name, articles, True
    for kind, things in edition.extra_kinds.items():
        yield edition.section(kind).url, edition.section(kind).name, things, True
    for tag, articles in edition.tags.items():
        yield tag.url, tag.name, articles, False


class Feeds:
    """Makes the feeds of one build. site: the public address without a slash at its end."""

    def __init__(self, build: BuildContext) -> None:
        settings = build.settings
        self.site, self.full, self.count = (settings[name] for name in ("SITEURL", "FEED_FULL_TEXT", "FEED_ARTICLES"))
        self.pictures, self.addresses = build.pictures, build.links

    def ask(self, outputs: Outputs, edition: Edition) -> None:
        """Ask for an edition's feeds."""
        agency = [edition.agency[key] for key in ("portal", "name", "description", "owner", "reuse")]
        for url, name, articles, as_json in lists(edition):
            newest = articles[: self.count]
            if not newest:
                continue
            pictures = (
                mark
                for a in newest
                for mark in self.pictures.fingerprints(a.picture_paths if self.full else a.picture_paths[:1])
            )
            links_in = (self.addresses.get(target, "") for a in newest for target in a.link_paths)
            shown = (
                f"{a.full_digest if self.full else a.card_digest} {a.url} {a.category.name} {[t.name for t in a.tags]}"
                for a in newest
            )
            mark = digest(self.site, str(self.full), url, name, *agency, *shown, *pictures, *links_in)
            kinds = {
                "atom": partial(self._xml, Atom1Feed),
                "rss": partial(self._xml, Rss201rev2Feed),
                "json": self._json,
            }
            for ending, make in kinds.items():
                if ending != "json" or as_json:
                    outputs.add_file(
                        f"{url}feed.{ending}",
                        mark,
                        partial(make, edition, url, name, newest, f"{self.site}{path(url)}feed.{ending}"),
                    )

    def _xml(self, kind: type, edition: Edition, url: str, name: str, articles: list[Story], own: str) -> bytes:
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
            view, address, picture = article.view, self.site + path(article.url), self._picture(article)
            html, extras = self._html(article), _extras(view)
            atom = kind is Atom1Feed
            feed.add_item(
                title=view.title,
                link=address,
                description=html + extras if html and not atom else escape(view.lead) + extras,  # HTML by both formats
                content=html + extras if html and atom else None,
                author_name=", ".join(author.name for author in view.authors) or agency["owner"],
                pubdate=view.published,
                updateddate=_touched(article),
                unique_id=address,
                unique_id_is_permalink=True,
                categories=[view.category.name, *(tag.name for tag in view.tags)],
                enclosures=[Enclosure(*picture)] if picture else (),
            )
        return feed.writeString("utf-8").encode()

    def _json(self, edition: Edition, url: str, name: str, articles: list[Story], own: str) -> bytes:
        agency = edition.agency
        items = []
        for article in articles:
            view, address, picture, html = (
                article.view,
                self.site + path(article.url),
                self._picture(article),
                self._html(article),
            )
            lead = view.lead or view.title
            more = [f"{extra.label}: {text}" for extra in view.extras("feed") for text in extra.texts]
            item = {
                "id": address,
                "url": address,
                "title": view.title,
                "summary": view.lead,
                **({"content_html": html + _extras(view)} if html else {"content_text": "\n\n".join([lead, *more])}),
                "date_published": view.published.isoformat(),
                "date_modified": _touched(article).isoformat(),
                "authors": [{"name": author.name} for author in view.authors],
                "tags": [view.category.name, *(tag.name for tag in view.tags)],
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

    def _picture(self, article: Story) -> tuple[str, str, str] | None:
        """Address, bytes and type of an article's picture."""
        if not article.cover:
            return None
        picture = self.pictures.by_path[article.cover.path]
        widest = picture.widths[-1], "jpg"
        size = self.pictures.variant_file(picture, *widest).stat().st_size
        return f"{self.site}/{PICTURES}{picture.variant_name(*widest)}", str(size), "image/jpeg"

    def _html(self, article: Story) -> str:
        """The text with whole addresses, without what needs the portal's stylesheet; "" where feeds hold leads only."""
        if not self.full:
            return ""
        body = self.pictures.insert_pictures(links.resolve_links(article.body, self.addresses))
        plain = _PICTURE.sub(r'<img src="\1" width="\2" height="\3" alt="\4">', body)
        return _LOCAL.sub(rf'\1="{self.site}/', plain)


def _extras(view: ArticleView) -> str:
    """What features say of an article in feeds, as HTML."""
    shown = ((extra.label, text) for extra in view.extras("feed") for text in extra.texts)
    return "".join(f"<p>{escape(label)}: {escape(text)}</p>" for label, text in shown)


def _touched(article: Story) -> datetime:
    return datetime.fromtimestamp(article.changed_at, article.date.tzinfo)


class Feed(Feature):
    """Publishes the feeds of every edition."""

    settings: ClassVar = {
        "FEED_ARTICLES": 20,  # how many a feed holds
        "FEED_FULL_TEXT": False,  # the whole text, or lead and picture
    }

    def add_outputs(self, build: BuildContext, outputs: Outputs) -> None:
        """Without a public address there are none."""
        if build.settings["SITEURL"]:
            feeds = Feeds(build)
            for edition in build.editions.values():
                feeds.ask(outputs, edition)


feature = Feed(__file__)
register = feature.register
