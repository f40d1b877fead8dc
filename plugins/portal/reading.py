"""Sources to stories: read what has changed, keep what is published, collect what is wrong."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, time
from html import escape
from typing import Any
from zoneinfo import ZoneInfo

from plugins import jobs, languages
from plugins.addresses import Addresses
from plugins.features.hooks import Feature, Status
from plugins.i18n import translate
from plugins.incremental.state import Source, State
from plugins.markdown_reader import read
from plugins.markdown_reader.front_matter import HeaderKeys
from plugins.markdown_reader.header_values import slug_of
from plugins.markdown_reader.html import PictureReference
from plugins.problems import ContentError, Problem, display_path

from . import kinds
from .editions import Edition, empty_names, story_url
from .name_spellings import canonical
from .stories import UNDATED, Story, to_source

LOOK_ALIKE = (
    ".md",
    ".md.txt",
    ".markdown",
    ".mdown",
    ".rst",
    ".html",
    ".htm",
    ".docx",
)  # editors take them for articles


class ReadingRules:
    """What decides, besides the files, how they are read: settings, addresses, and what features bring to headers."""

    def __init__(self, settings: Mapping[str, Any], addresses: Addresses, features: Iterable[Feature]) -> None:
        self.settings, self.addresses = settings, addresses
        features = list(features)
        self.kinds = kinds.OWN | {kind.name: kind for feature in features for kind in feature.kinds}
        keys = [key for feature in features for key in feature.keys]
        self.keys = {name: HeaderKeys(name, keys, kind.keys) for name, kind in self.kinds.items()}
        folders: dict[str, str] = {}
        for name, kind in self.kinds.items():
            folders |= dict.fromkeys(kind.folders(settings), name)
        self.folders = sorted(folders.items(), key=lambda item: -len(item[0]))  # inner ones before those around them
        self.values = [value for feature in features for value in feature.values]

    def kind_of(self, path: str) -> str:
        """The kind of content that a file of the content folder is."""
        return next((kind for folder, kind in self.folders if path.startswith(f"{folder}/")), kinds.ARTICLE.name)


@dataclass
class Sources:
    """Every file of content. changed: paths that were read now or are gone since the last build."""

    known: dict[str, Source]
    changed: set[str] = field(default_factory=set)
    before: list[Source] = field(default_factory=list)  # of `changed`, as the last build had them
    problems: list[Problem] = field(default_factory=list)


def now(settings: Mapping[str, Any]) -> datetime:
    """The moment of the build, in the portal's time zone.

    SOURCE_DATE_EPOCH sets it (https://reproducible-builds.org/specs/source-date-epoch/).
    """
    zone = ZoneInfo(settings["TIMEZONE"])
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(epoch), zone) if epoch.isdigit() else datetime.now(zone)


def read_changed(rules: ReadingRules, state: State) -> Sources:
    """Bring the state up to the files of the content folder, reading only what has changed."""
    settings = rules.settings
    content = settings["PATH"]
    found = dict(_scan(content, [folder for folder, _ in rules.folders]))
    odd = [path for path, stamp in found.items() if not stamp]
    for path in odd:
        del found[path]
    sources = Sources({source.path: source for source in state.sources()})
    known = sources.known.get
    stale = sorted(path for path, stamp in found.items() if (source := known(path)) is None or source.stamp != stamp)
    gone = sources.known.keys() - found.keys()
    sources.changed = {*stale, *gone}
    sources.before = [sources.known.pop(path) for path in sources.changed if path in sources.known]
    state.remove_sources(source.path for source in sources.before)
    work = lambda path: read_file(rules, path, found[path])  # noqa: E731
    fresh = []
    for path, result in jobs.run_forked(work, stale, translate("Reading"), settings.get("JOBS")):
        result = jobs.unwrap(result)
        if isinstance(result, list):
            sources.problems += result
        else:
            fresh.append(result)
            sources.known[path] = result[0]
    state.store_sources(fresh)
    text = translate("only files whose name ends in .md are read; rename it")
    sources.problems += [Problem(display_path(os.path.join(content, path)), 0, text, "warning") for path in sorted(odd)]
    return sources


def _scan(content: str, folders: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Path relative to `content`, and stamp (mtime in ns and size), of every Markdown file."""
    todo = list(folders)
    while todo:
        folder = todo.pop()
        within = f"{folder}/" if folder else ""
        try:
            entries = os.scandir(os.path.join(content, folder))
        except FileNotFoundError:
            continue
        with entries:
            for entry in entries:
                name = entry.name
                if name.startswith("."):
                    continue
                if name.endswith(".md"):
                    try:
                        stat = entry.stat()
                        yield f"{within}{name}", f"{stat.st_mtime_ns} {stat.st_size}"
                    except OSError:
                        yield f"{within}{name}", "unreadable"  # the reader says why
                elif entry.is_dir():
                    todo.append(f"{within}{name}")
                elif name.lower().endswith(LOOK_ALIKE):
                    yield f"{within}{name}", ""


def read_file(rules: ReadingRules, path: str, stamp: str) -> tuple[Source, str] | list[Problem]:
    """What the state keeps of a file and its body, or what is wrong with it."""
    settings, addresses = rules.settings, rules.addresses
    content = settings["PATH"]
    full = os.path.join(content, path)
    kind = rules.kind_of(path)
    langs = languages.codes(settings)

    def refused(problems: Iterable[Problem], draft: bool) -> list[Problem]:
        forgiven = draft and not settings["SHOW_DRAFTS"]
        return [replace(p.in_file(full), level="warning" if forgiven else p.level) for p in problems]

    try:
        body, values = read(full, content, rules.keys[kind], langs)
    except ContentError as error:
        return refused(error.problems, error.draft)
    wrong = _wrong(settings, values)
    url = ""
    if not wrong:
        url = story_url(
            addresses, settings, kind, values["lang"], values["slug"], values.get("category", ""), values.get("date")
        )
        wrong = _wrong_address(addresses, kind, values, url)
    if wrong:
        return refused([Problem("", 1, wrong)], values["status"] == "draft")
    zone = ZoneInfo(settings["TIMEZONE"])
    for key in ("date", "modified"):
        if key in values:
            values[key] = values[key].replace(tzinfo=zone)
    values["notes"] = [(note.line, note.message, note.level) for note in values["notes"]]
    values["pictures"], values["links"], values["addresses"] = body.pictures, body.linked_files, body.portal_links
    values["cover"] = _cover(values)
    try:
        shown = _values(rules, kind, values, body.html)
    except ContentError as error:
        return refused(error.problems, values["status"] == "draft")
    if shown:
        values["values"] = shown
    moment = int(values["date"].timestamp()) if "date" in values else UNDATED
    return to_source(path, stamp, kind, url, body.html, values, moment, body.file_digest), body.html


def _values(rules: ReadingRules, kind: str, header: Mapping[str, Any], body: str) -> dict[str, str | list[str]]:
    """What features say of a file, by name; raises ContentError."""
    found = {}
    for value in rules.values:
        if not rules.kinds[kind].is_among(value.kinds):
            continue
        try:
            said = value.compute(header, body)
            if not (said is None or isinstance(said, str) or all(isinstance(part, str) for part in said)):
                raise TypeError(f"{said!r:.40} is no text")
        except Exception as error:
            reason = f"{type(error).__name__}: {error}"
            text = translate("the value {name} of a plugin has failed: {reason}", name=value.name, reason=reason)
            raise ContentError([Problem("", 1, text)]) from error
        if said:
            found[value.name] = said
    return found


def _wrong(settings: Mapping[str, Any], values: Mapping[str, Any]) -> str:
    """What is wrong with a header that is right in itself, for this portal; or ""."""
    langs = languages.codes(settings)
    if values["lang"] not in langs:
        return translate("lang: the portal has no such edition; it has {known}", known=", ".join(langs))
    empty = empty_names(values)
    if empty:
        return translate("{name} makes no address; use letters or digits", name=empty[0])
    return ""


def _wrong_address(addresses: Addresses, kind: str, values: Mapping[str, Any], url: str) -> str:
    """What is wrong with an address that belongs to something else; or ""."""
    place = addresses.resolve(url)
    if place and (place.lang, place.name, place.slug, place.file) == (values["lang"], kind, values["slug"], ""):
        return ""
    return translate("the address {url} belongs to the portal itself; choose another slug: …", url=f"/{url}")


def _cover(values: Mapping[str, Any]) -> PictureReference | None:
    """The picture that stands for an article in lists: the one its header names, or its first."""
    pictures = values["pictures"]
    if "cover" not in values:
        return pictures[0] if pictures else None
    inside = next((shown for shown in pictures if shown.path == values["cover"]), None)
    named = PictureReference(values["cover"], values.get("cover_alt", ""), escape(values.get("cover_caption", "")))
    return inside if inside and not (named.alt or named.caption) else named


def load_stories(
    sources: Sources, editions: Mapping[str, Edition], state: State, kind: Callable[..., Story] = Story
) -> list[Story]:
    """All stories, in order of path. kind: what makes one."""
    fetch = lambda what, path: getattr(state, what)(path)  # noqa: E731
    return [kind(source, editions, fetch) for _, source in sorted(sources.known.items())]


def visible_stories(found: Iterable[Story], moment: float, with_drafts: bool) -> list[Story]:
    """What readers may see: no drafts, and nothing whose date is still to come."""
    return [s for s in found if with_drafts or (s.row.status == "published" and s.published_at <= moment)]


def set_statuses(found: Iterable[Story], now: datetime) -> list[datetime]:
    """Have things with dates say what they are today; the moments at which that changes."""
    changes = []
    for story in found:
        status_on = story.content_kind.status
        status = status_on(story.metadata, now.date()) if status_on else None
        if status is not None and not isinstance(status, Status):
            text = translate("kind {name}: status must give a Status or None", name=story.kind)
            raise ContentError(
                [Problem(display_path(os.path.join(story.edition.settings["PATH"], story.path)), 1, text)]
            )
        if status:
            story.set_status_text(status.text)
            if status.until:
                changes.append(datetime.combine(status.until, time(), now.tzinfo))
    return changes


def pair_translations(found: Iterable[Story]) -> None:
    """Stories of one kind and slug are translations of each other."""
    first: dict[tuple[str, str], Story] = {}
    groups: dict[tuple[str, str], list[Story]] = {}
    for story in found:
        key = story.kind, story.slug
        other = first.setdefault(key, story)
        if other is not story:
            groups.setdefault(key, [other]).append(story)
    for group in groups.values():
        for story in group:
            story.translations = sorted((s for s in group if s is not story), key=lambda s: s.lang)


def notes(found: Iterable[Story], content: str) -> Iterator[Problem]:
    """Warnings and open reviews that were noted when the sources were read."""
    for story in found:
        if story.row.has_notes:
            for line, message, level in story.notes:
                yield Problem(display_path(os.path.join(content, story.path)), line, message, level)


def address_conflicts(found: Iterable[Story], content: str) -> Iterator[Problem]:
    """Two files that want one address."""
    first: dict[tuple[str, str, str], Story] = {}
    for story in found:
        other = first.setdefault(
            (story.kind, story.lang, story.slug), story
        )  # no two of one slug, see `pair_translations`
        if other is not story:
            text = translate(
                "{other} already has the address {url}; give one of them another slug: …",
                other=display_path(os.path.join(content, other.path)), url=f"/{other.url}",
            )  # fmt: skip
            draft = "draft" in (story.status, other.status)  # it stops nobody; when it is to be published, it will
            path = display_path(os.path.join(content, story.path))
            yield Problem(path, 1, text, "warning" if draft else "error")


def unknown_categories(found: Iterable[Story], settings: Mapping[str, Any]) -> Iterator[Problem]:
    """A category that the settings do not name is allowed, but mostly a slip: one warning for each."""
    seen: set[str] = set()
    for story in found:
        if story.kind != "article" or story.category_name in seen:
            continue
        seen.add(story.category_name)
        if canonical(story.category_name) in story.edition.configured_categories:
            continue
        names = ", ".join(story.edition.menu_names)
        text = translate(
            "category: {name} is not in the menu, which has: {names}", name=story.category_name, names=names
        )
        yield Problem(display_path(os.path.join(settings["PATH"], story.path)), 1, text, "warning")


def similar_names(editions: Iterable[Edition], content: str) -> Iterator[Problem]:
    """A warning for every second spelling of a tag or author: one name written in two ways, or two that look alike."""
    for kind, written in (spelling for edition in editions for spelling in edition.spellings.items()):
        alike: dict[str, list[str]] = {}
        for name in written:
            alike.setdefault(slug_of(name), []).append(name)
        for names in alike.values():
            usual, *others = sorted(names, key=lambda name: (-len(written[name]), name))
            for name in others:
                if canonical(name) == canonical(usual):
                    text = translate(
                        "{kind}: {name} is taken for {usual}; write it one way", kind=kind, name=name, usual=usual
                    )
                else:
                    text = translate("{kind}: {name} and {usual} differ in their marks only and stay two; if one is a slip, correct it",
                               kind=kind, name=name, usual=usual)  # fmt: skip
                yield Problem(display_path(os.path.join(content, written[name][0].path)), 1, text, "warning")
