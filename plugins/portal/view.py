"""What an article says, as one view that page, card, PDF, feeds, web service, search, JSON-LD and voice render.

Keys of the header and values of features are read here and nowhere else, so what a declaration says of the places that
show it (`Value.where`) holds in all of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from pelican.urlwrappers import Author, Category, Tag

from plugins.features.hooks import Value, Where
from plugins.markdown_reader.references import PictureReference

from .short_titles import LONG

if TYPE_CHECKING:
    from plugins.languages import Language

    from .editions import Section
    from .stories import Story


class Origin(NamedTuple):
    """Where an article was published first. name, url: "" if the editor has given none."""

    name: str
    url: str

    @property
    def shown(self) -> str:
        """Its name, or the host name of its web site."""
        return self.name or hostname(self.url)


class Extra(NamedTuple):
    """A value that a feature brings, in the article's language.

    texts: its items, or the only one; is_list: whether there may be several, even if there is one.
    """

    name: str
    label: str
    texts: list[str]
    is_list: bool = False


@dataclass(frozen=True)
class ArticleView:
    """An article or an editors' page as readers get it.

    Attributes:
        short_title: For little room: the editor's, or the name of a document with a long title, or the title itself.
        lead: "" if there is none.
        published: None on a page.
        updated: None if it has not been changed since.
        category: None on a page.
        origin: None if the article is the portal's own.
        cover: The picture that stands for it.
        values: What features say of it, by name.
        status: The state today of a thing with dates, an English msgid; "" if it has none.
    """

    title: str
    short_title: str
    lead: str
    published: datetime | None
    updated: datetime | None
    authors: Sequence[Author]
    category: Category | Section | None
    tags: Sequence[Tag]
    origin: Origin | None
    cover: PictureReference | None
    values: Mapping[str, str | list[str]]
    status: str
    _declared: Sequence[Value]
    _language: Language

    @property
    def has_long_title(self) -> bool:
        """Whether the title is set smaller than others."""
        return len(self.title) > LONG

    def extras(self, where: Where) -> list[Extra]:
        """Return what features say of it in a place, in the order of PLUGINS."""
        if not (self.values or self.status):
            return []
        words, lang = self._language.words, self._language.code
        extras = [Extra("status", words.gettext("Status"), [words.gettext(self.status)])] if self.status else []
        for declared in self._declared:
            if declared.name in self.values and where in declared.where:
                texts = [declared.text(part, lang) for part in _parts(self.values[declared.name])]
                is_list = isinstance(self.values[declared.name], list)
                extras.append(Extra(declared.name, words.gettext(declared.label), texts, is_list))
        return extras


def has_extras(story: Story, where: Where) -> bool:
    """Return whether `extras` may have something for a place: most stories have nothing, and a view takes time."""
    values = story.metadata.get("values", {})
    return bool(story.status_text) or any(v.name in values for v in story.edition.values if where in v.where)


def view_of(story: Story) -> ArticleView:
    """Return what a story says; its whole header is loaded for it."""
    header, is_listed = story.metadata, story.content_kind.listed
    source, source_url = header.get("source", ""), header.get("source_url", "")
    return ArticleView(
        title=story.title,
        short_title=header.get("short_title", story.title),
        lead=story.summary_text,
        published=story.date if is_listed else None,
        updated=getattr(story, "modified", None),
        authors=story.authors if is_listed else (),
        category=story.category if is_listed else None,
        tags=story.tags if is_listed else (),
        origin=Origin(source, source_url) if source or source_url else None,
        cover=story.cover,
        values=header.get("values", {}),
        status=story.status_text,
        _declared=[value for value in story.edition.values if story.content_kind.is_among(value.kinds)],
        _language=story.edition.language,
    )


def hostname(address: str) -> str:
    """Return the host of a web address without "www.", such as langson.gov.vn."""
    return urlsplit(address).netloc.removeprefix("www.")


def _parts(value: str | list[str]) -> list[str]:
    return value if isinstance(value, list) else [value]
