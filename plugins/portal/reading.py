"""Sources to Pelican's contents: read every file, keep what is published, collect what is wrong."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from html import escape
from typing import Any
from zoneinfo import ZoneInfo

from pelican.contents import Article, Content, Page
from pelican.generators import Generator

from plugins.checks import ContentError, Problem, short
from plugins.i18n import say
from plugins.markdown_reader.html import Shown

from .editions import Edition, name_groups


def now(settings: Mapping[str, Any]) -> datetime:
    """The moment of the build, in the portal's time zone.

    SOURCE_DATE_EPOCH sets it (https://reproducible-builds.org/specs/source-date-epoch/).
    """
    zone = ZoneInfo(settings["TIMEZONE"])
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    return datetime.fromtimestamp(int(epoch), zone) if epoch else datetime.now(zone)


def read_all(generator: Generator, folders: list[str], kind: type[Content]) -> list[Content]:
    """Read the files of `folders` as `kind`, in order of path; problems go to the context."""
    contents = []
    problems = generator.context["problems"]
    for path in sorted(generator.get_files(folders)):
        try:
            content = _read(generator, path, kind)
        except ContentError as error:
            forgiven = error.draft and not generator.settings["SHOW_DRAFTS"]
            problems += [replace(p, level="warning") if forgiven else p for p in error.problems]
            continue
        problems += content.notes
        contents.append(content)
    problems += _same_address(contents)
    if kind is Article:
        problems += _unknown_categories(contents, generator.settings["CATEGORIES"])
    return contents


def _read(generator: Generator, path: str, kind: type[Content]) -> Content:
    full = os.path.join(generator.path, path)
    html, metadata = generator.readers.readers["md"].read(full)
    edition = generator.context["editions"].get(metadata["lang"])
    if edition is None:
        known = ", ".join(generator.context["editions"])
        raise ContentError([_problem(full, say("lang: the portal has no such edition; it has {known}", known=known))])
    if kind is Article:
        name_groups(edition, metadata)
        groups = (metadata["category"], *metadata["tags"], *metadata.get("authors", ()))
        empty = [group.name for group in groups if not group.slug]
        if empty:
            raise ContentError([_problem(full, say("{name} makes no address; use letters or digits", name=empty[0]))])
    content = kind(html, metadata, edition.settings, full, generator.context)
    content.authors = metadata.get("authors", [])
    content.summary_text = metadata.get("summary", "")
    content.cover = _cover(metadata)
    return content


def _cover(metadata: Mapping[str, Any]) -> Shown | None:
    """The picture that stands for an article in lists: the one its header names, or its first."""
    pictures = metadata["pictures"]
    if "cover" not in metadata:
        return pictures[0] if pictures else None
    inside = next((shown for shown in pictures if shown.path == metadata["cover"]), None)
    named = Shown(metadata["cover"], metadata.get("cover_alt", ""), escape(metadata.get("cover_caption", "")))
    return inside if inside and not (named.alt or named.caption) else named


def published(contents: Iterable[Content], moment: datetime, with_drafts: bool) -> list[Content]:
    """What readers may see: no drafts, and nothing whose date is still to come."""
    return [
        c
        for c in contents
        if with_drafts or (c.status == "published" and (not hasattr(c, "date") or c.date <= moment))
    ]


def pair_translations(contents: Iterable[Content]) -> None:
    """Contents of one slug are translations of each other."""
    by_slug: dict[str, list[Content]] = {}
    for content in contents:
        by_slug.setdefault(content.slug, []).append(content)
    for group in by_slug.values():
        for content in group:
            content.translations = sorted((c for c in group if c is not content), key=lambda c: c.lang)


def _same_address(contents: list[Content]) -> Iterable[Problem]:
    first: dict[str, Content] = {}
    for content in contents:
        other = first.setdefault(content.url, content)
        if other is not content:
            text = say("{other} already has the address {url}; give one of them another slug: …",
                       other=short(other.source_path), url=f"/{content.url}")
            yield _problem(content.source_path, text)


def _unknown_categories(articles: list[Content], known: list[dict[str, Any]]) -> Iterable[Problem]:
    """A category that the settings do not name is allowed, but mostly a slip: one warning for each."""
    slugs = {category["slug"] for category in known}
    seen: set[str] = set()
    for article in articles:
        if article.category.slug in slugs | seen:
            continue
        seen.add(article.category.slug)
        names = ", ".join(category[article.lang][0] for category in known)
        text = say("category: {name} is not in the menu, which has: {names}", name=article.category.name, names=names)
        yield Problem(short(article.source_path), 1, text, "warning")


def _problem(path: str, message: str) -> Problem:
    return Problem(short(path), 1, message)


def edition_of(content: Content) -> Edition:
    """The edition that a content belongs to."""
    return content._context["editions"][content.lang]


__all__ = ["Article", "Page", "edition_of", "now", "pair_translations", "published", "read_all"]
