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
from typing import Any

from pelican import signals

from plugins.features import Feature
from plugins.portal.stories import digest
from plugins.read_aloud.tags import Source

from .feed import Channel, Episode, rss

feature = Feature(__file__)
NEWEST = 50  # articles in a feed; an app keeps those that it has
ON_PAGE = 10  # to be heard on the page itself
COVER = "{podcast}bia.png"


def _ask(generator: Any, writer: Any) -> None:
    settings, context = generator.settings, generator.context
    chosen = settings.get("PODCAST", {})
    cover = Path(settings["PATH"]) / chosen["cover"] if chosen.get("cover") else Path(__file__).parent / "cover.png"
    cover_url = context["addresses"].filled(COVER)
    heard, any_feed = set(context.get("recorded", ())), False
    for edition in generator.editions.values():
        feeds = []
        for address, name, title, about, stories in _lists(edition):
            recorded = [story for story in stories if story in heard]
            newest = recorded[:NEWEST]
            if newest:
                feeds.append((address, name, len(recorded)))
                files = [Source(story, context["pictures"], settings["SITEURL"]) for story in newest]
                channel = Channel(
                    settings["SITEURL"], address, title, about, edition.lang, edition.agency["owner"], edition.url("podcast"),
                    cover_url, chosen.get("email", ""),
                )  # fmt: skip
                shown = [repr(channel), *(f"{file.fingerprint} {file.story.recording.length}" for file in files)]
                writer.ask(address, digest(*shown), partial(_feed, channel, files))
        newest = [story for story in edition.articles if story in heard][:ON_PAGE]
        shown = [*map(repr, feeds), *(f"{story.card} {story.recording}" for story in newest)]
        url, others = edition.url("podcast"), edition.others("podcast")
        generator.asks[edition.lang]("podcast/page", url, shown, others, kind="podcast", feeds=feeds, newest=newest)
        any_feed = any_feed or bool(feeds)
    if any_feed:
        stat = cover.stat()
        writer.ask(cover_url, f"{stat.st_mtime_ns} {stat.st_size}", cover.read_bytes)


def _lists(edition: Any) -> Iterator[tuple[str, str, str, str, list[Any]]]:
    """Address, category ("" for all), title, what it is about, and articles of every feed an edition may have."""
    agency = edition.agency
    portal = f"{agency['portal']} {agency['name']}"
    root = edition.url("podcast")
    yield f"{root}tin-moi.xml", "", portal, agency["description"], edition.articles
    for category, stories in edition.categories.items():
        about = edition.describe(category) or agency["description"]
        yield (
            f"{root}chuyen-muc/{category.slug}.xml",
            category.name,
            f"{category.name} – {portal}",
            about,
            stories,
        )


def _feed(channel: Channel, files: list[Source]) -> bytes:
    """The lengths of files are computed here, when it is certain that the feed is to be made."""
    episodes = [
        Episode(
            story.title, story.url, story.summary_text, story.date, [author.name for author in story.authors],
            story.recording.url, len(file.bytes()) + story.recording.size, story.recording.length,
        )
        for file in files
        for story in [file.story]
    ]  # fmt: skip
    return rss(channel, episodes)


def register() -> None:
    """Pelican's hook."""
    signals.article_writer_finalized.connect(_ask)
