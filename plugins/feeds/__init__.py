"""Feature: feeds of all news, of each category and of each tag, for feed readers and other portals.

Atom and RSS beside every list, as `feed.atom` and `feed.rss`, and JSON Feed 1.1 for all news and the categories. Feeds
need the portal's public address: without SITEURL there are none.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from functools import partial
from html import escape
from typing import TYPE_CHECKING, Any, NamedTuple

from feedgenerator import Atom1Feed, Enclosure, Rss201rev2Feed

from plugins.addresses import PICTURES
from plugins.features import Feature
from plugins.portal import licences, links
from plugins.portal.stories import digest

if TYPE_CHECKING:
    from plugins.portal.editions import Edition
    from plugins.portal.outputs import BuildContext, Outputs
    from plugins.portal.stories import Story
    from plugins.portal.view import ArticleView

_PICTURE = re.compile(
    r"<picture>.*?<img src=\"([^\"]*)\".*? width=\"(\d+)\" height=\"(\d+)\" alt=\"([^\"]*)\"[^>]*></picture>", re.S
)
NEVER = datetime.fromtimestamp(0, UTC)
_LOCAL_ADDRESS = re.compile(r'(href|src)="/(?!/)')


class NewsList(NamedTuple):
    """A list that has feeds.

    Attributes:
        url: Its address, without leading slash.
        name: Its name for readers.
        stories: Its articles, newest first.
        has_json: Whether it has a JSON Feed too.
    """

    url: str
    name: str
    stories: list[Story]
    has_json: bool


def news_lists(edition: Edition) -> Iterator[NewsList]:
    """The lists of an edition that have feeds."""
    gettext = edition.language.words.gettext
    yield NewsList(edition.url("news"), gettext("Latest news"), edition.articles, True)
    for category, articles in edition.categories.items():
        yield NewsList(category.url, category.name, articles, True)
    for kind, stories in edition.extra_kinds.items():
        section = edition.section(kind)
        yield NewsList(section.url, section.name, stories, True)
    for kind, grouping in edition.groupings():
        for group in edition.groups(kind, grouping).values() if grouping.feeds else ():
            yield NewsList(group.url, f"{edition.section(kind).name}: {group.name}", group.stories, False)
    for tag, articles in edition.tags.items():
        yield NewsList(tag.url, tag.name, articles, False)


class Feeds:
    """The feeds of one build, which must have a public address."""

    def __init__(self, build: BuildContext) -> None:
        settings = build.settings
        self.addresses = build.addresses
        self.has_full_text: bool = settings["FEED_FULL_TEXT"]
        self.max_articles: int = settings["FEED_ARTICLES"]
        self.pictures, self.links = build.pictures, build.links

    def add_outputs(self, outputs: Outputs, edition: Edition) -> None:
        """Add the feeds of an edition to the site."""
        renderers: dict[str, Callable[[Edition, NewsList, str], bytes]] = {
            "atom": partial(self._xml, Atom1Feed),
            "rss": partial(self._xml, Rss201rev2Feed),
            "json": self._json,
        }
        for news_list in news_lists(edition):
            newest = news_list._replace(stories=news_list.stories[: self.max_articles])
            if not newest.stories and newest.url != edition.url("news"):  # which every page links to
                continue
            fingerprint = self._fingerprint(edition, newest)
            for extension, render in renderers.items():
                if extension != "json" or newest.has_json:
                    address = f"{newest.url}feed.{extension}"
                    feed_url = self.addresses.absolute(f"{newest.url}feed.{extension}")
                    outputs.add_file(address, fingerprint, partial(render, edition, newest, feed_url))

    def _fingerprint(self, edition: Edition, news_list: NewsList) -> str:
        """The digest of everything that the feeds of a list show."""
        stories = news_list.stories
        agency = [edition.agency[key] for key in ("portal", "name", "description", "owner")]
        agency.append(licences.rights(edition))
        picture_paths = (story.picture_paths if self.has_full_text else story.picture_paths[:1] for story in stories)
        pictures = (fingerprint for paths in picture_paths for fingerprint in self.pictures.fingerprints(paths))
        linked = (self.links.get(target, "") for story in stories for target in story.link_paths)
        shown = (
            f"{story.full_digest if self.has_full_text else story.card_digest} {story.url} {story.category.name}"
            f" {[tag.name for tag in story.tags]}"
            for story in stories
        )
        return digest(
            self.addresses.absolute(""),
            str(self.has_full_text),
            news_list.url,
            news_list.name,
            *agency,
            *shown,
            *pictures,
            *linked,
        )

    def _xml(
        self, feed_class: type[Atom1Feed | Rss201rev2Feed], edition: Edition, news_list: NewsList, feed_url: str
    ) -> bytes:
        agency = edition.agency
        feed = feed_class(
            title=f"{news_list.name} – {agency['portal']} {agency['name']}",
            link=self.addresses.absolute(news_list.url),
            description=agency["description"],
            subtitle=agency["description"],
            language=edition.lang,
            author_name=agency["owner"],
            feed_url=feed_url,
            feed_copyright=licences.rights(edition) or None,
        )
        is_atom = feed_class is Atom1Feed
        for story in news_list.stories:
            view, url, picture = story.view, self.addresses.absolute(story.url), self._picture(story)
            html, extras = self._html(story), _extras_html(view)
            feed.add_item(
                title=view.title,
                link=url,
                # HTML in both formats
                description=html + extras if html and not is_atom else escape(view.lead) + extras,
                content=html + extras if html and is_atom else None,
                author_name=", ".join(author.name for author in view.authors) or agency["owner"],
                pubdate=view.published,
                updateddate=_changed_at(story),
                unique_id=url,
                unique_id_is_permalink=True,
                categories=[story.category.name, *(tag.name for tag in view.tags)],
                enclosures=[Enclosure(*picture)] if picture else (),
            )
        if not news_list.stories:  # it would be now, and differ in each build
            feed.latest_post_date = lambda: NEVER
        xml: str = feed.writeString("utf-8")
        return xml.encode()

    def _json(self, edition: Edition, news_list: NewsList, feed_url: str) -> bytes:
        """A feed in the format of https://www.jsonfeed.org/version/1.1/."""
        agency = edition.agency
        feed = {
            "version": "https://jsonfeed.org/version/1.1",
            "title": f"{news_list.name} – {agency['portal']} {agency['name']}",
            "home_page_url": self.addresses.absolute(news_list.url),
            "feed_url": feed_url,
            "description": agency["description"],
            "language": edition.lang,
            "authors": [{"name": agency["owner"]}],
            "items": [self._json_item(story) for story in news_list.stories],
        }
        return json.dumps(feed, ensure_ascii=False, separators=(",", ":")).encode()

    def _json_item(self, story: Story) -> dict[str, Any]:
        view, url, picture = story.view, self.addresses.absolute(story.url), self._picture(story)
        html = self._html(story)
        extras = [f"{extra.label}: {text}" for extra in view.extras("feed") for text in extra.texts]
        text = "\n\n".join([view.lead or view.title, *extras])
        item = {
            "id": url,
            "url": url,
            "title": view.title,
            "summary": view.lead,
            **({"content_html": html + _extras_html(view)} if html else {"content_text": text}),
            "date_published": story.date.isoformat(),
            "date_modified": _changed_at(story).isoformat(),
            "authors": [{"name": author.name} for author in view.authors],
            "tags": [story.category.name, *(tag.name for tag in view.tags)],
            "language": story.lang,
            **({"image": picture[0]} if picture else {}),
        }
        return {key: value for key, value in item.items() if value}

    def _picture(self, story: Story) -> tuple[str, str, str] | None:
        """URL, size in bytes and type of an article's picture."""
        if not story.cover:
            return None
        picture = self.pictures.by_path[story.cover.path]
        width = picture.widths[-1]
        size = self.pictures.variant_file(picture, width, "jpg").stat().st_size
        return self.addresses.absolute(f"{PICTURES}{picture.variant_name(width, 'jpg')}"), str(size), "image/jpeg"

    def _html(self, story: Story) -> str:
        """The text with absolute URLs, without what needs the portal's stylesheet; "" where feeds hold only leads."""
        if not self.has_full_text:
            return ""
        body = self.pictures.insert_pictures(links.resolve_links(story.body, self.links, self.addresses))
        plain = _PICTURE.sub(r'<img src="\1" width="\2" height="\3" alt="\4">', body)
        return _LOCAL_ADDRESS.sub(rf'\1="{self.addresses.origin}/', plain)


def _extras_html(view: ArticleView) -> str:
    """The values that features show in feeds, as HTML."""
    shown = ((extra.label, text) for extra in view.extras("feed") for text in extra.texts)
    return "".join(f"<p>{escape(label)}: {escape(text)}</p>" for label, text in shown)


def _changed_at(story: Story) -> datetime:
    return datetime.fromtimestamp(story.changed_at, story.date.tzinfo)


class Feed(Feature):
    """Publishes the feeds of every edition."""

    settings: Mapping[str, Any] = {
        "FEED_ARTICLES": 20,  # how many articles a feed holds
        "FEED_FULL_TEXT": False,  # whether it holds the full text, or only lead and picture
    }

    def add_outputs(self, build: BuildContext, outputs: Outputs) -> None:
        """Add the feeds, if the portal has a public address."""
        if build.settings["SITEURL"]:
            feeds = Feeds(build)
            for edition in build.editions.values():
                feeds.add_outputs(outputs, edition)


feature = Feed(__file__)
register = feature.register
