"""Articles and pages as Pelican's plugins expect them: whole objects of Pelican's own classes.

Only made where a plugin for any Pelican site is loaded. Else an article is a row of the state, whose text is fetched
when a page shows it (plugins/portal/stories.py).
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from pelican import signals
from pelican.contents import Article, Content, Page
from pelican.urlwrappers import Author, Category, Tag, URLWrapper

from plugins.incremental.state import Source
from plugins.markdown_reader.html import PictureReference
from plugins.portal.editions import story_url
from plugins.portal.stories import ITEM, Story, digest

_PLAIN = (str, int, float, bool, datetime, URLWrapper, list)


class _Whole(Story):
    """What an article and a page have in common: Pelican's attributes, and the portal's kept true to them.

    A plugin may change the metadata before the object is made, and the object's attributes and `_content` after that.
    """

    def __init__(
        self,
        source: Source,
        editions: Mapping[str, Any],
        fetch: Callable[[str, str], str],
        metadata: dict[str, Any],
        context: dict[str, Any],
    ) -> None:
        Story.__init__(self, source, editions, fetch)
        settings = self.edition.settings
        path = os.path.join(settings["PATH"], source.path)
        if not metadata.get("authors"):
            metadata.pop("authors", None)
            self.author = metadata.get("author") or Author(self.edition.agency["owner"], settings)
        self.summary_text = metadata.get("summary", "")
        Content.__init__(self, fetch("body", source.path), metadata, settings, path, context)
        self.follow()
        self._first = self._said()

    def follow(self) -> None:
        """Have the fields that lists are sorted by say what the attributes say."""
        self.tag_names = tuple(tag.name for tag in self.tags)
        self.author_names = tuple(author.name for author in self.authors)
        self.category_name = self.category.name if self.kind == "article" else self.row.category
        moment = int(self.date.timestamp()) if self.kind == "article" else self.published_at
        if moment != self.published_at:
            self.published_at, self.changed_at, self.month = (
                moment,
                max(moment, self.changed_at),
                (self.date.year, self.date.month),
            )
        edition, day = self.edition, self.date if self.kind == "article" else None
        self.url = story_url(
            edition.addresses, edition.settings, self.kind, self.lang, self.slug, self.category_name, day
        )
        self.sort_key = -self.published_at, self.slug, self.path
        self.row = self.row._replace(
            slug=self.slug, url=self.url, status=self.status, category=self.category_name, tags=ITEM.join(self.tag_names),
            authors=ITEM.join(self.author_names), published_at=str(self.published_at), changed_at=str(self.changed_at),
        )  # fmt: skip

    def _said(self) -> str:
        """A digest of what lists show of it, as far as it is text, numbers, dates and names."""
        shown = {**self.metadata, **{name: getattr(self, name, None) for name in ("title", "summary_text", "date")}}
        return digest(*(f"{key} {value!r}" for key, value in sorted(shown.items()) if isinstance(value, _PLAIN)))

    status = Content.status  # Story has one of its own

    @property
    def card_digest(self) -> str:
        """A digest of its header, which is another where a plugin has changed that."""
        said = self._said() if "_first" in self.__dict__ else ""
        return self._card if not said or said == self._first else digest(self._card, said)

    @card_digest.setter
    def card_digest(self, value: str) -> None:
        self._card = value

    @property
    def full_digest(self) -> str:
        """A digest of all that it says, which is another where a plugin has changed that."""
        read = self._fetch("body", self.path)
        return (
            self._full
            if self._card == self.card_digest and read == self._content
            else digest(self._full, self.card_digest, self._content)
        )

    @full_digest.setter
    def full_digest(self, value: str) -> None:
        self._full = value

    @property
    def body(self) -> str:
        """Its HTML with marks for links and pictures."""
        return self._content

    def get_content(self, siteurl: str) -> str:
        """Its HTML as it stands on its page, as soon as all articles have been read."""
        return self.edition.render_body(self)

    content, summary = Content.content, Content.summary

    @property
    def save_as(self) -> str:
        """The name of its file."""
        return f"{self.url}index.html" if self.url.endswith("/") else self.url


class WholeArticle(_Whole, Article):
    """An article for plugins."""


class WholePage(_Whole, Page):
    """A page for plugins."""


class ContentFactory:
    """Makes the contents of a build, with the signals that Pelican sends when it reads a file.

    news: the generator of articles, pages: that of pages.
    """

    def __init__(self, news: Any, pages: Any) -> None:
        self.news, self.pages = news, pages

    def __call__(self, source: Source, editions: Mapping[str, Any], fetch: Callable[[str, str], str]) -> Story:
        """What was read of a file, as an article or page."""
        story = Story(source, editions, fetch)
        article = story.kind == "article"
        sender = self.news if article else self.pages
        (signals.article_generator_preread if article else signals.page_generator_preread).send(sender)
        metadata = metadata_of(story)
        (signals.article_generator_context if article else signals.page_generator_context).send(
            sender, metadata=metadata
        )
        made = (WholeArticle if article else WholePage)(source, editions, fetch, metadata, self.news.context)
        self.news.context["generated_content"][source.path] = made
        return made


def metadata_of(story: Story) -> dict[str, Any]:
    """A story's header as Pelican's reader gives it: dates, and a category, tags and authors as objects."""
    values = json.loads(story._fetch("metadata", story.path))
    settings = story.edition.settings
    zone = ZoneInfo(settings["TIMEZONE"])
    for name in ("date", "modified"):
        if name in values:
            values[name] = datetime.fromisoformat(values[name]).astimezone(zone)
    values["pictures"] = [PictureReference(*shown) for shown in values["pictures"]]
    values["cover"] = values["cover"] and PictureReference(*values["cover"])
    category = story.category if story.kind == "article" else Category(settings["DEFAULT_CATEGORY"], settings)
    groups = {"tags": [story.edition.group(Tag, name) for name in story.tag_names], "authors": list(story.authors)}
    return {
        **values,
        "category": category,
        "reader": "markdown",
        **{name: found for name, found in groups.items() if found},
    }
