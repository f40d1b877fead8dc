"""Articles and pages as Pelican's plugins expect them: whole objects of Pelican's own classes.

They are used only if a plugin is loaded that was written for any Pelican site. Otherwise a story is a row of the state,
whose text is fetched when a page shows it (plugins/portal/stories.py).
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from pelican import signals
from pelican.contents import Article, Content, Page
from pelican.urlwrappers import Author, Category, Tag, URLWrapper

from plugins.incremental.state import Source
from plugins.markdown_reader.references import PictureReference
from plugins.portal.editions import Edition
from plugins.portal.stories import ITEM_SEPARATOR, Story, digest
from plugins.portal.story_addresses import story_url

if TYPE_CHECKING:
    from plugins.portal.generators import NewsGenerator

    from .generators import PageListGenerator

_DIGESTIBLE = (str, int, float, bool, datetime, URLWrapper, list)


class _PelicanStory(Story):
    """What an article and a page have in common: Pelican's attributes, and the portal's kept in step with them.

    A plugin may change the metadata before the object is created, its attributes and `_content` afterwards.
    """

    _content: str

    def __init__(
        self,
        source: Source,
        editions: Mapping[str, Edition],
        fetch: Callable[[str, str], str],
        metadata: dict[str, Any],
        context: dict[str, Any],
    ) -> None:
        """Take the fields of a source's row, and what plugins have left of its metadata.

        Args:
            source: The file as the state has it.
            editions: The editions by language.
            fetch: Returns the "metadata" (as JSON) or the "body" of a path.
            metadata: What `metadata_of` returned, as plugins have changed it.
            context: What all generators of the build share.
        """
        Story.__init__(self, source, editions, fetch)
        settings = self.edition.settings
        path = os.path.join(settings["PATH"], source.path)
        if not metadata.get("authors"):
            metadata.pop("authors", None)
            self.author = metadata.get("author") or Author(self.edition.agency["owner"], settings)
        self.summary_text = metadata.get("summary", "")
        Content.__init__(self, fetch("body", source.path), metadata, settings, path, context)
        self.sync_fields()
        self._original_list_digest = self._list_digest()

    def sync_fields(self) -> None:
        """Set the fields that lists are sorted by to what the attributes say now."""
        is_article = self.kind == "article"
        self.tag_names = tuple(tag.name for tag in self.tags)
        self.author_names = tuple(author.name for author in self.authors)
        self.category_name = self.category.name if is_article else self.row.category
        published_at = int(self.date.timestamp()) if is_article else self.published_at
        if published_at != self.published_at:
            self.published_at, self.changed_at = published_at, max(published_at, self.changed_at)
            self.month = (self.date.year, self.date.month)
        edition, day = self.edition, self.date if is_article else None
        self.url = story_url(
            edition.addresses, edition.settings, self.kind, self.lang, self.slug, self.category_name, day
        )
        self.sort_key = -self.published_at, self.slug, self.path
        self.row = self.row._replace(
            slug=self.slug,
            url=self.url,
            status=self.status,
            category=self.category_name,
            tags=ITEM_SEPARATOR.join(self.tag_names),
            authors=ITEM_SEPARATOR.join(self.author_names),
            published_at=str(self.published_at),
            changed_at=str(self.changed_at),
        )

    def _list_digest(self) -> str:
        """Return a digest of what lists show of it, as far as that is text, numbers, dates and names."""
        shown = {**self.metadata, **{name: getattr(self, name, None) for name in ("title", "summary_text", "date")}}
        return digest(*(f"{key} {value!r}" for key, value in sorted(shown.items()) if isinstance(value, _DIGESTIBLE)))

    status = Content.status  # Story has one of its own

    @property
    def card_digest(self) -> str:
        """A digest of its header, which differs from the stored one if a plugin has changed the header."""
        now = self._list_digest() if "_original_list_digest" in self.__dict__ else ""
        return self._card_digest if not now or now == self._original_list_digest else digest(self._card_digest, now)

    @card_digest.setter
    def card_digest(self, value: str) -> None:
        self._card_digest = value

    @property
    def full_digest(self) -> str:
        """A digest of all that it says, which differs from the stored one if a plugin has changed something."""
        stored_body = self._fetch("body", self.path)
        if self._card_digest == self.card_digest and stored_body == self._content:
            return self._full_digest
        return digest(self._full_digest, self.card_digest, self._content)

    @full_digest.setter
    def full_digest(self, value: str) -> None:
        self._full_digest = value

    @property
    def body(self) -> str:
        """Its HTML with placeholders for links and pictures."""
        return self._content

    def get_content(self, siteurl: str) -> str:
        """Return its HTML as its page shows it, as soon as all articles have been read."""
        return self.edition.render_body(self)

    content, summary = Content.content, Content.summary

    @property
    def save_as(self) -> str:
        """The name of its file."""
        return f"{self.url}index.html" if self.url.endswith("/") else self.url


class PelicanArticle(_PelicanStory, Article):  # type: ignore[misc]  # Pelican has no type information
    """An article for plugins."""


class PelicanPage(_PelicanStory, Page):  # type: ignore[misc]  # Pelican has no type information
    """A page for plugins."""


class ContentFactory:
    """Creates the stories of a build, with the signals that Pelican sends when it reads a file.

    Args:
        news: The generator of articles.
        pages: The generator of pages.
    """

    def __init__(self, news: NewsGenerator, pages: PageListGenerator) -> None:
        self.news, self.pages = news, pages

    def __call__(self, source: Source, editions: Mapping[str, Edition], fetch: Callable[[str, str], str]) -> Story:
        """Create an article or page; the arguments are those of `Story`."""
        story = Story(source, editions, fetch)
        is_article = story.kind == "article"
        sender = self.news if is_article else self.pages
        (signals.article_generator_preread if is_article else signals.page_generator_preread).send(sender)
        metadata = metadata_of(story)
        context_signal = signals.article_generator_context if is_article else signals.page_generator_context
        context_signal.send(sender, metadata=metadata)
        content_class = PelicanArticle if is_article else PelicanPage
        content = content_class(source, editions, fetch, metadata, self.news.context)
        self.news.context["generated_content"][source.path] = content
        return content


def metadata_of(story: Story) -> dict[str, Any]:
    """Return a story's header as Pelican's reader does: dates, and category, tags and authors as objects."""
    values: dict[str, Any] = json.loads(story.metadata_json)
    settings = story.edition.settings
    zone = ZoneInfo(settings["TIMEZONE"])
    for name in ("date", "modified"):
        if name in values:
            values[name] = datetime.fromisoformat(values[name]).astimezone(zone)
    values["pictures"] = [PictureReference(*picture) for picture in values["pictures"]]
    values["cover"] = values["cover"] and PictureReference(*values["cover"])
    values["category"] = story.category if story.kind == "article" else Category(settings["DEFAULT_CATEGORY"], settings)
    values["reader"] = "markdown"
    tags = [story.edition.term(Tag, name) for name in story.tag_names]
    authors = list(story.authors)
    return {**values, **({"tags": tags} if tags else {}), **({"authors": authors} if authors else {})}
