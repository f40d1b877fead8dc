"""What an article says, as one view that page, card, PDF, feeds, web service, search, JSON-LD and voice render.

A key of the header, or a value that a feature brings, is read here and nowhere else: what a declaration (`Value.where`)
says of where it is shown holds in every place.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from pelican.urlwrappers import Author, Category, Tag

from plugins.features.hooks import Value, Where
from plugins.markdown_reader.html import PictureReference

if TYPE_CHECKING:
    from plugins.languages import Language

    from .editions import Section
    from .stories import Story


class Origin(NamedTuple):
    """Where an article was published first. name, url: "" where the editor has given none."""

    name: str
    url: str

    @property
    def shown(self) -> str:
        """Its name, or that of its web site."""
        return self.name or hostname(self.url)


class Extra(NamedTuple):
    """A value that a feature brings, in the article's language. texts: its parts, one where it is no list."""

    name: str
    label: str
    texts: list[str]


@dataclass(frozen=True)
class ArticleView:
    """An article, or an editor's page, as readers get it.

    lead: "" where there is none. published: None on a page; updated: None where it is as it was. origin: None where it
    is the portal's own. cover: the picture that stands for it. values: what features say of it, by name. status: what a
    thing with dates is today, an English msgid; "" where it has none.
    """

    title: str
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

    def extras(self, where: Where) -> list[Extra]:
        """What features say of it in a place, in the order of PLUGINS."""
        if not (self.values or self.status):
            return []
        words, code = self._language.words, self._language.code
        status = [Extra("status", words.gettext("Status"), [words.gettext(self.status)])] if self.status else []
        shown = [value for value in self._declared if value.name in self.values and where in value.where]
        return status + [
            Extra(v.name, words.gettext(v.label), [v.text(part, code) for part in _parts(self.values[v.name])])
            for v in shown
        ]


def view_of(story: Story) -> ArticleView:
    """What a story says. Its whole header is read for it."""
    header, listed = story.metadata, story.content_kind.listed
    name, url = header.get("source", ""), header.get("source_url", "")
    return ArticleView(
        story.title,
        story.summary_text,
        story.date if listed else None,
        getattr(story, "modified", None),
        story.authors if listed else (),
        story.category if listed else None,
        story.tags if listed else (),
        Origin(name, url) if name or url else None,
        story.cover,
        header.get("values", {}),
        story.status_text,
        [value for value in story.edition.values if story.content_kind.is_among(value.kinds)],
        story.edition.language,
    )


def hostname(address: str) -> str:
    """langson.gov.vn of https://langson.gov.vn/…"""
    return urlsplit(address).netloc.removeprefix("www.")


def _parts(value: str | list[str]) -> list[str]:
    return value if isinstance(value, list) else [value]
