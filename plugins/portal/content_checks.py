"""Problems that show only when all of the content is known."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from plugins.i18n import translate
from plugins.markdown_reader.front_matter import HeaderKeys
from plugins.markdown_reader.header_parser import split_document
from plugins.markdown_reader.header_values import slug_of
from plugins.problems import ContentError, Problem, display_path

from .copies import find_copies
from .editions import Edition
from .name_spellings import canonical
from .stories import Story


def missing_content(settings: Mapping[str, Any]) -> list[Problem]:
    """Return a problem if the content folder is none."""
    if settings.get("PORTAL_FILE"):  # it has a portal.toml; git keeps no empty folder for the first article
        return []
    if any(os.path.isdir(os.path.join(settings["PATH"], folder)) for folder in settings["ARTICLE_PATHS"]):
        return []
    folders = " ".join(settings["ARTICLE_PATHS"])
    text = translate("this is no folder of content: it has no {folders}", folders=folders)
    return [Problem(display_path(settings["PATH"]), 0, text)]


def notes(stories: Iterable[Story], content: str) -> Iterator[Problem]:
    """Yield the warnings and open reviews that were noted when the files were read."""
    for story in stories:
        if story.row.has_notes:
            for line, message, level, code in story.notes:
                yield Problem(display_path(os.path.join(content, story.path)), line, message, level, code)


def address_conflicts(stories: Iterable[Story], content: str) -> Iterator[Problem]:
    """Yield an error for every file that wants the address of another one; a warning if one of the two is a draft."""
    first: dict[tuple[str, str, str], Story] = {}
    for story in stories:
        # translations are paired by their slug, so no two stories of a language may have the same
        other = first.setdefault((story.kind, story.lang, story.slug), story)
        if other is not story:
            text = translate(
                "{other} already has the address {url}; give one of them another slug: …",
                other=display_path(os.path.join(content, other.path)),
                url=f"/{other.url}",
            )
            has_draft = "draft" in (story.status, other.status)  # which stops nobody until it is to be published
            path = display_path(os.path.join(content, story.path))
            yield Problem(path, 1, text, "warning" if has_draft else "error")


def copies(stories: Sequence[Story], content: str) -> Iterator[Problem]:
    """Yield a warning for every file that says the same as another one."""
    for story, original in find_copies(stories):
        other = display_path(os.path.join(content, original.path))
        if "draft" in (story.status, original.status):
            text = translate("says the same as {other}; delete the file that is not needed", other=other)
        else:
            text = translate(
                "says the same as {other}, so readers get it twice; delete one of the two files, "
                "or withdraw it with status: draft",
                other=other,
            )
        yield Problem(display_path(os.path.join(content, story.path)), 1, text, "warning")


def unknown_categories(stories: Iterable[Story], settings: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield a warning for each category that the settings lack, which is allowed, but mostly a slip."""
    seen: set[str] = set()
    for story in stories:
        if story.kind != "article" or story.category_name in seen:
            continue
        seen.add(story.category_name)
        if canonical(story.category_name) in story.edition.configured_categories:
            continue
        names = ", ".join(story.edition.menu_names)
        text = translate(
            "category: {name} is not in the menu, which has: {names}", name=story.category_name, names=names
        )
        path = os.path.join(settings["PATH"], story.path)
        yield Problem(display_path(path), _line_of("category", path), text, "warning")


def similar_names(editions: Iterable[Edition], content: str) -> Iterator[Problem]:
    """Yield a warning for every further spelling of a tag or author, and for names that differ in diacritics only."""
    for kind, stories_by_name in (item for edition in editions for item in edition.spellings.items()):
        similar: dict[str, list[str]] = {}
        for name in stories_by_name:
            similar.setdefault(slug_of(canonical(name)), []).append(name)
        for names in similar.values():
            usual, *others = sorted(names, key=lambda name: (-len(stories_by_name[name]), name))
            for name in others:
                if canonical(name) == canonical(usual):
                    text = translate(
                        "{kind}: {name} is taken for {usual}; write it one way", kind=kind, name=name, usual=usual
                    )
                else:
                    text = translate(
                        "{kind}: {name} and {usual} differ in their marks only and stay two; "
                        "if one is a slip, correct it",
                        kind=kind,
                        name=name,
                        usual=usual,
                    )
                path = os.path.join(content, stories_by_name[name][0].path)
                yield Problem(display_path(path), _line_of(kind, path), text, "warning")


def _line_of(key: str, path: str) -> int:
    """The line of a key in the header of a file that was read before; 1 if it is not there any more."""
    with suppress(OSError, UnicodeDecodeError, ContentError):
        text = Path(path).read_text("utf-8-sig")
        return HeaderKeys("article").field(split_document(text).fields, key).line
    return 1
