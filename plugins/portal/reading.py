"""Reading of the content folder: only files that have changed are read, everything else comes from the state."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from functools import cache, partial
from html import escape
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from plugins import jobs, languages
from plugins.addresses import Addresses
from plugins.features.hooks import Feature, Status
from plugins.i18n import translate
from plugins.incremental.state import Source, State
from plugins.markdown_reader import read
from plugins.markdown_reader.front_matter import HeaderKeys
from plugins.markdown_reader.references import PictureReference
from plugins.problems import ContentError, Problem, display_path

from . import content_folder, kinds
from .editions import Edition, names_without_slug
from .placeholder_values import placeholder_values
from .short_titles import document_name
from .stories import UNDATED, Story, StoryRow, to_source
from .story_addresses import story_url

ReadResult = tuple[Source, str] | list[Problem]  # what the state stores of a file, and its body; or what is wrong


class ReadingRules:
    """All that decides how files are read, besides the files themselves.

    Args:
        settings: Pelican's settings.
        addresses: The addresses of the portal.
        features: The loaded features, which may bring keys of headers, values and kinds of content.

    Attributes:
        kinds: The kinds of content by name.
        keys: The keys of headers by kind of content.
        folders: Folders below the content folder and their kinds; inner ones come before those around them.
        values: What features say of articles.
        placeholder_values: Returns what placeholders in editors' pages stand for, given a language's code.
    """

    def __init__(self, settings: Mapping[str, Any], addresses: Addresses, features: Iterable[Feature]) -> None:
        self.settings, self.addresses = settings, addresses
        features = list(features)
        self.kinds = kinds.BUILT_IN | {kind.name: kind for feature in features for kind in feature.kinds}
        keys = [key for feature in features for key in feature.keys]
        self.keys = {
            name: HeaderKeys(name, keys, kind.keys, kind.dated_by, kind.complete, kind.problems)
            for name, kind in self.kinds.items()
        }
        folders: dict[str, str] = {}
        for name, kind in self.kinds.items():
            folders |= dict.fromkeys(kind.folders(settings), name)
        self.folders = sorted(folders.items(), key=lambda item: -len(item[0]))
        self.values = [value for feature in features for value in feature.values]
        self.placeholder_values = cache(partial(placeholder_values, settings, features))

    def kind_of(self, path: str) -> str:
        """Return the name of the kind of content of a file in the content folder."""
        return next((kind for folder, kind in self.folders if path.startswith(f"{folder}/")), kinds.ARTICLE.name)


class Former(NamedTuple):
    """What the last build knew of a file that has changed since."""

    row: StoryRow
    title: str
    body: str


@dataclass
class Sources:
    """All files of content.

    Attributes:
        known: The readable ones by path.
        changed: The paths of those that were read now or have been removed since the last build.
        problems: What is wrong with those that were read now, and with what cannot be read.
        former: What the last build knew of those that were read now, by path.
        stamps: The stamps of all files by path, also of those that cannot be published.
    """

    known: dict[str, Source]
    changed: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)
    former: dict[str, Former] = field(default_factory=dict)
    stamps: Mapping[str, str] = field(default_factory=dict)


def now(settings: Mapping[str, Any]) -> datetime:
    """Return the time of the build, in the portal's time zone.

    The environment variable SOURCE_DATE_EPOCH sets it (https://reproducible-builds.org/specs/source-date-epoch/).
    """
    zone = ZoneInfo(settings["TIMEZONE"])
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(epoch), zone) if epoch.isdigit() else datetime.now(zone)


def read_changed(rules: ReadingRules, state: State) -> Sources:
    """Read what has changed in the content folder since the last build, and update the state."""
    found = content_folder.scan(rules.settings["PATH"], [folder for folder, _ in rules.folders])
    stamps = found.stamps
    sources = Sources({source.path: source for source in state.sources()}, problems=found.problems, stamps=stamps)
    get = sources.known.get
    stale = sorted(path for path, stamp in stamps.items() if (source := get(path)) is None or source.stamp != stamp)
    removed = sources.known.keys() - stamps.keys()
    sources.changed = {*stale, *removed}
    outdated = sources.changed & sources.known.keys()
    for path in outdated:
        row = StoryRow.unpack(sources.known.pop(path).row)
        if path in stamps:
            sources.former[path] = Former(row, json.loads(state.metadata(path))["title"], state.body(path))
    state.remove_sources(outdated)

    def read_one(path: str) -> ReadResult:
        return read_file(rules, path, stamps[path])

    to_store = []
    results: Iterator[tuple[str, ReadResult | Exception]]
    results = jobs.run_forked(read_one, stale, translate("Reading"), rules.settings.get("JOBS"))
    for path, result in results:
        if isinstance(result, Exception):
            raise result
        if isinstance(result, list):
            sources.problems += result
        else:
            to_store.append(result)
            sources.known[path] = result[0]
    state.store_sources(to_store)
    return sources


def read_file(rules: ReadingRules, path: str, stamp: str, text: str | None = None) -> ReadResult:
    """Read one file.

    Args:
        rules: How files are read.
        path: The file, relative to the content folder.
        stamp: See `Source`.
        text: What to read in place of the file, as it will be saved.

    Returns:
        What the state stores of the file, and its body as HTML; or what is wrong with it.
    """
    settings = rules.settings
    content = settings["PATH"]
    file = os.path.join(content, path)
    kind = rules.kind_of(path)

    def in_file(problems: Iterable[Problem], is_draft: bool) -> list[Problem]:
        is_tolerated = is_draft and not settings["SHOW_DRAFTS"]
        return [replace(p.in_file(file), level="warning" if is_tolerated else p.level) for p in problems]

    try:
        values_of = rules.placeholder_values if kind == kinds.PAGE.name else None
        langs, kind_of_file = languages.codes(settings), rules.kinds[kind]
        body, metadata = read(file, content, rules.keys[kind], langs, values_of, kind_of_file, text)
    except ContentError as error:
        return in_file(error.problems, error.draft)
    dated_by = rules.kinds[kind].dated_by
    if dated_by in metadata:
        metadata.setdefault("date", metadata[dated_by])
    is_draft = metadata["status"] == "draft"
    url, error_text = _url(rules, kind, metadata)
    if error_text:
        return in_file([Problem("", 1, error_text)], is_draft)
    zone = ZoneInfo(settings["TIMEZONE"])
    for key, value in metadata.items():
        if isinstance(value, datetime):
            metadata[key] = value.astimezone(zone) if value.tzinfo else value.replace(tzinfo=zone)
    _set_modified(metadata, rules.keys[kind], zone)
    metadata["notes"] = [(note.line, note.message, note.level, note.code) for note in metadata["notes"]]
    metadata["pictures"], metadata["links"], metadata["addresses"] = body.pictures, body.linked_files, body.portal_links
    metadata["fragments"] = body.fragments
    metadata["cover"] = _cover(metadata)
    try:
        values = _feature_values(rules, kind, metadata, body.html)
    except ContentError as error:
        return in_file(error.problems, is_draft)
    if values:
        metadata["values"] = values
    if "short_title" not in metadata and (name := document_name(metadata["title"], body.html)):
        metadata["short_title"] = name
    published_at = int(metadata["date"].timestamp()) if "date" in metadata else UNDATED
    marks = [key.name for key in rules.keys[kind].by_name.values() if key.in_row and metadata.get(key.name)]
    facts, text_digest = rules.kinds[kind].facts, body.file_digest
    return to_source(path, stamp, kind, url, body.html, metadata, published_at, text_digest, facts, marks), body.html


def _set_modified(header: dict[str, Any], keys: HeaderKeys, zone: ZoneInfo) -> None:
    """Let the newest of the changes that a header dates be the last one; see `Key.dates_change`."""
    values = [value for key in keys.by_name.values() if key.dates_change for value in header.get(key.name, ())]
    dates = [datetime.fromisoformat(value.partition(" ")[0]).replace(tzinfo=zone) for value in values]
    if dates:
        header["modified"] = max([*dates, *([header["modified"]] if "modified" in header else [])])


def _feature_values(rules: ReadingRules, kind: str, header: Mapping[str, Any], body: str) -> dict[str, str | list[str]]:
    """Return what features say of a file, by name of the value; raises ContentError."""
    values: dict[str, str | list[str]] = {}
    for declared in rules.values:
        if not rules.kinds[kind].is_among(declared.kinds):
            continue
        try:
            value = declared.compute(header, body)
            if not (value is None or isinstance(value, str) or all(isinstance(part, str) for part in value)):
                raise TypeError(f"{value!r:.40} is no text")
        except Exception as error:
            reason = f"{type(error).__name__}: {error}"
            text = translate("the value {name} of a plugin has failed: {reason}", name=declared.name, reason=reason)
            raise ContentError([Problem("", 1, text)]) from error
        if value:
            values[declared.name] = value
    return values


def _url(rules: ReadingRules, kind: str, header: Mapping[str, Any]) -> tuple[str, str]:
    """Return the address of a file with a sound header, and what is wrong with it in this portal, or ""."""
    lang, slug = header["lang"], header["slug"]
    nameless = names_without_slug(header)
    if nameless:
        return "", translate("{name} makes no address; use letters or digits", name=nameless[0])
    addresses, category, day = rules.addresses, header.get("category", ""), header.get("date")
    url = story_url(addresses, rules.settings, kind, lang, slug, category, day)
    place = addresses.resolve(url)
    if place and (place.lang, place.name, place.slug, place.file) == (lang, kind, slug, ""):
        return url, ""
    return "", translate("the address {url} belongs to the portal itself; choose another slug: …", url=f"/{url}")


def _cover(header: Mapping[str, Any]) -> PictureReference | None:
    """Return the picture that stands for an article in lists: the one that its header names, or its first."""
    pictures: list[PictureReference] = header["pictures"]
    if "cover" not in header:
        return pictures[0] if pictures else None
    in_text = next((picture for picture in pictures if picture.path == header["cover"]), None)
    named = PictureReference(header["cover"], header.get("cover_alt", ""), escape(header.get("cover_caption", "")))
    return in_text if in_text and not (named.alt or named.caption) else named


def load_stories(
    sources: Sources, editions: Mapping[str, Edition], state: State, make_story: Callable[..., Story] = Story
) -> list[Story]:
    """Return all stories, in order of path. make_story: called as `Story` is."""

    def fetch(what: str, path: str) -> str:
        return state.body(path) if what == "body" else state.metadata(path)

    return [make_story(source, editions, fetch) for _, source in sorted(sources.known.items())]


def visible_stories(stories: Iterable[Story], now: float, with_drafts: bool) -> list[Story]:
    """Return what readers may see.

    Args:
        stories: All stories.
        now: The time of the build, in seconds since 1970.
        with_drafts: Whether drafts and stories with a date in the future are visible, as in the preview.
    """
    return [
        s
        for s in stories
        if (s.row.status == "published" and s.published_at <= now) or (with_drafts and s.row.status != "withdrawn")
    ]


def set_statuses(stories: Iterable[Story], now: datetime) -> list[datetime]:
    """Set the status texts of things with dates, and return the next time at which each changes.

    Raises:
        ContentError: The `status` function of a feature's kind returns something else than a Status.
    """
    changes = []
    for story in stories:
        kind = story.content_kind
        if kind.status is None:
            continue
        status = kind.status(story.facts if kind.facts else story.metadata, now.date())
        if status is not None and not isinstance(status, Status):
            path = display_path(os.path.join(story.edition.settings["PATH"], story.path))
            text = translate("kind {name}: status must give a Status or None", name=story.kind)
            raise ContentError([Problem(path, 1, text)])
        while status and status.then and (end := _moment(status.until, now)) and end <= now:
            status = status.then
        if status and status.text:
            story.set_status_text(status.text)
        if status and (end := _moment(status.until, now)):
            changes.append(end)
    return changes


def _moment(day: date | datetime | None, now: datetime) -> datetime | None:
    """Return the time at which a day begins in the time zone of the build, or a time with its time zone."""
    if day is None or isinstance(day, datetime):
        return day and (day if day.tzinfo else day.replace(tzinfo=now.tzinfo))
    return datetime.combine(day, time(), now.tzinfo)


def pair_translations(stories: Iterable[Story]) -> None:
    """Set the translations of each story: stories of the same kind with the same slug."""
    first: dict[tuple[str, str], Story] = {}
    groups: dict[tuple[str, str], list[Story]] = {}
    for story in stories:
        key = story.kind, story.slug
        other = first.setdefault(key, story)
        if other is not story:
            groups.setdefault(key, [other]).append(story)
    for group in groups.values():
        for story in group:
            story.translations = sorted((s for s in group if s is not story), key=lambda s: s.lang)
