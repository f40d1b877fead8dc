"""Feature: the news as a podcast, one feed for all articles and one for each category that has recordings.

A page (PODCAST_URL) says how to subscribe and lets everybody hear the newest at once. What a feed holds is
told in `feed.py`. Articles are recorded by plugins/read_aloud; without it there is nothing here.

Settings: PODCAST = {"cover": a square PNG or JPEG of 1400 to 3000 px in the content folder, "email": where
podcast directories may write to}, both optional.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from plugins import read_aloud
from plugins.features import Feature
from plugins.portal.stories import digest
from plugins.read_aloud.id3_tags import Id3Tag

from .feed import Channel, Episode, rss

if TYPE_CHECKING:
    from plugins.portal.editions import Edition
    from plugins.portal.outputs import BuildContext, Outputs
    from plugins.portal.stories import Story

NEWEST = 50  # articles in a feed; an app keeps those that it has
ON_PAGE = 10  # to be heard on the page itself
COVER = "{podcast}bia.png"


class Podcast(Feature):
    """Publishes the feeds and the page about them."""

    settings: ClassVar = {"PODCAST": {}}

    def add_outputs(self, build: BuildContext, outputs: Outputs) -> None:
        """Of each edition its feeds and its page; the cover, where there is any feed."""
        settings = build.settings
        chosen = settings["PODCAST"]
        cover = Path(settings["PATH"]) / chosen["cover"] if chosen.get("cover") else self.folder / "cover.png"
        cover_url, any_feed = build.addresses.fill_placeholders(COVER), False
        recording_of = (
            read_aloud.feature.article_context if read_aloud.feature in build.features else lambda story: None
        )
        for lang, edition in build.editions.items():
            feeds = []
            for address, name, title, about, stories in _lists(edition):
                recorded = [(story, recording) for story in stories if (recording := recording_of(story))]
                newest = recorded[:NEWEST]
                if newest:
                    feeds.append((address, name, len(recorded)))
                    files = [read_aloud.id3_tag(story, recording, build) for story, recording in newest]
                    channel = Channel(
                        settings["SITEURL"], address, title, about, lang, edition.agency["owner"], edition.url("podcast"),
                        cover_url, chosen.get("email", ""),
                    )  # fmt: skip
                    shown = [repr(channel), *(f"{file.fingerprint} {file.recording.length}" for file in files)]
                    outputs.add_file(address, digest(*shown), partial(_feed, channel, files))
            newest = [(story, recording) for story in edition.articles if (recording := recording_of(story))][:ON_PAGE]
            shown = [*map(repr, feeds), *(f"{story.card_digest} {recording}" for story, recording in newest)]
            outputs.add_page(lang, "podcast/page", "podcast", shown, feeds=feeds, newest=newest)
            any_feed = any_feed or bool(feeds)
        if any_feed:
            stat = cover.stat()
            outputs.add_file(cover_url, f"{stat.st_mtime_ns} {stat.st_size}", cover.read_bytes)


def _lists(edition: Edition) -> Iterator[tuple[str, str, str, str, list[Story]]]:
    """Address, category ("" for all), title, what it is about, and articles of every feed an edition may have."""
    agency = edition.agency
    portal = f"{agency['portal']} {agency['name']}"
    root = edition.url("podcast")
    yield f"{root}tin-moi.xml", "", portal, agency["description"], edition.articles
    for category, stories in edition.categories.items():
        about = edition.category_description(category) or agency["description"]
        yield (
            f"{root}chuyen-muc/{category.slug}.xml",
            category.name,
            f"{category.name} – {portal}",
            about,
            stories,
        )


def _feed(channel: Channel, files: list[Id3Tag]) -> bytes:
    """The lengths of files are computed here, when it is certain that the feed is to be made."""
    episodes = [
        Episode(
            story.title, story.url, story.summary_text, story.date, [author.name for author in story.authors],
            file.recording.url, len(file.to_bytes()) + file.recording.size, file.recording.length,
        )
        for file in files
        for story in [file.story]
    ]  # fmt: skip
    return rss(channel, episodes)


feature = Podcast(__file__)
register = feature.register
