"""Feature: the news as a podcast, a feed of all articles and one of each category that has recordings.

A page (PODCAST_URL) explains how to subscribe and plays the newest articles. `feed.py` writes the feeds. Articles are
recorded by plugins/read_aloud; without it there are no feeds.

Setting: PODCAST = {"cover": a square PNG or JPEG of 1400 to 3000 px in the content folder, "email": the address that
podcast directories write to}, both optional.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from plugins import look, owner_settings, read_aloud
from plugins.features import Feature, Statement
from plugins.portal.stories import digest
from plugins.problems.files import stamp
from plugins.read_aloud.id3_tags import Id3Tag
from plugins.read_aloud.recorder import Recording

from . import cover
from .feed import Channel, Episode, rss

if TYPE_CHECKING:
    from plugins.portal.editions import Edition
    from plugins.portal.outputs import BuildContext, Outputs
    from plugins.portal.stories import Story
    from plugins.problems import Problem

FEED_LENGTH = 50  # articles; podcast apps keep those that they have
PLAYED_ON_PAGE = 10  # articles
COVER = "{podcast}bia"  # and the ending of its kind

RecordingOf = Callable[["Story"], Recording | None]


class FeedSource(NamedTuple):
    """A list of articles that has a feed if some of them are recorded. category: its name, "" for all articles."""

    address: str
    category: str
    title: str
    description: str
    articles: Sequence[Story]


class Podcast(Feature):
    """Publishes the feeds and the pages about them."""

    statements = (Statement("works", "<strong>Podcast:</strong> the recordings also in programs for podcasts."),)
    settings: Mapping[str, Any] = {"PODCAST": {}}

    def prepare(self, build: BuildContext) -> Iterable[Problem]:
        """Find out whether articles are recorded at all, and look at the owner's cover."""
        is_recorded = read_aloud.feature in build.features
        self.recording_of: RecordingOf = read_aloud.feature.article_context if is_recorded else _no_recording
        _, file = self._cover(build)
        text = "" if file.parent == self.folder else cover.mistake(file)
        return owner_settings.located(build.settings, [(("podcast", "cover"), text)] if text else [])

    def front_context(self, edition: Edition) -> bool:
        """Return whether an edition has a feed."""
        return any(self.recording_of(story) for story in edition.articles)

    def add_outputs(self, build: BuildContext, outputs: Outputs) -> None:
        """Publish the feeds and the page of each edition, and the cover if there is any feed."""
        recording_of, has_feeds = self.recording_of, False
        for edition in build.editions.values():
            feeds = self._add_feeds(build, outputs, edition, recording_of)
            newest = _recorded([*edition.leading, *edition.articles], recording_of)[:PLAYED_ON_PAGE]
            displayed = [*map(repr, feeds), *(f"{story.card_digest} {recording}" for story, recording in newest)]
            outputs.add_page(edition.lang, "podcast/page", "podcast", displayed, feeds=feeds, newest=newest)
            has_feeds = has_feeds or bool(feeds)
        if has_feeds:
            (address, file), accent = self._cover(build), ""
            if file.parent == self.folder and build.settings.get("ACCENT"):
                accent = look.accent(build.settings)
            outputs.add_file(address, stamp(file.stat()) + accent, partial(_cover, file, accent))

    def _add_feeds(
        self, build: BuildContext, outputs: Outputs, edition: Edition, recording_of: RecordingOf
    ) -> list[tuple[str, str, int]]:
        """Publish an edition's feeds; the address, category and number of recorded articles of each."""
        settings, feeds = build.settings, []
        for source in _feed_sources(edition):
            recorded = _recorded(source.articles, recording_of)
            if not recorded:
                continue
            feeds.append((source.address, source.category, len(recorded)))
            tags = [read_aloud.id3_tag(story, recording, build) for story, recording in recorded[:FEED_LENGTH]]
            channel = Channel(
                site=settings["SITEURL"],
                address=source.address,
                title=source.title,
                description=source.description,
                lang=edition.lang,
                author=edition.agency["owner"],
                page=edition.url("podcast"),
                cover=self._cover(build)[0],
                email=settings["PODCAST"].get("email", ""),
            )
            fingerprint = digest(repr(channel), *(f"{tag.fingerprint} {tag.recording.length}" for tag in tags))
            outputs.add_file(source.address, fingerprint, partial(_feed, channel, tags))
        return feeds

    def _cover(self, build: BuildContext) -> tuple[str, Path]:
        """The address and the file of the owner's cover, or of this feature's."""
        name = build.settings["PODCAST"].get("cover")
        file = Path(build.settings["PATH"]) / name if name else self.folder / "cover.png"
        ending = ".jpg" if file.suffix.lower() in (".jpg", ".jpeg") else ".png"
        return build.addresses.fill_placeholders(COVER) + ending, file


def _cover(file: Path, accent: str) -> bytes:
    """The cover, this feature's own in the owner's accent; "" for the file as it is."""
    return cover.cover(file, accent) if accent else file.read_bytes()


def _no_recording(story: Story) -> None:
    """Stands in for `ReadAloud.article_context` in a portal without that feature."""


def _recorded(articles: Iterable[Story], recording_of: RecordingOf) -> list[tuple[Story, Recording]]:
    """The articles that have a recording, with it."""
    return [(story, recording) for story in articles if (recording := recording_of(story))]


def _feed_sources(edition: Edition) -> Iterator[FeedSource]:
    """Every feed that an edition may have."""
    agency = edition.agency
    portal = f"{agency['portal']} {agency['name']}"
    root = edition.url("podcast")
    yield FeedSource(f"{root}tin-moi.xml", "", portal, agency["description"], [*edition.leading, *edition.articles])
    for category, articles in edition.categories.items():
        description = edition.category_description(category) or agency["description"]
        address, title = f"{root}chuyen-muc/{category.slug}.xml", f"{category.name} – {portal}"
        yield FeedSource(address, category.name, title, description, articles)


def _feed(channel: Channel, tags: Iterable[Id3Tag]) -> bytes:
    """The XML of a feed. The sizes of its files are only computed here, because every tag has to be made for it."""
    return rss(channel, [_episode(tag) for tag in tags])


def _episode(tag: Id3Tag) -> Episode:
    story, recording = tag.story, tag.recording
    return Episode(
        title=story.title,
        url=story.url,
        description=story.summary_text,
        date=story.date,
        authors=[author.name for author in story.authors],
        file=recording.url,
        size=len(tag.to_bytes()) + recording.size,
        length=recording.length,
    )


feature = Podcast(__file__)
register = feature.register
