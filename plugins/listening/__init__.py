"""Feature: the news as something to listen to: "Nghe tin hôm nay" on the front page, and a mark in lists.

One press on the front page plays the recordings of the newest day's articles one after the other (`player.js`). Without
JavaScript there is a link to the podcast's page in its place. Articles that have a recording are marked in all lists.
Articles are recorded by plugins/read_aloud, whose script also loads the player; without it, this feature shows nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice, takewhile
from typing import TYPE_CHECKING, NamedTuple

from plugins import podcast, read_aloud
from plugins.features import Feature
from plugins.read_aloud.recorder import Recording

if TYPE_CHECKING:
    from datetime import datetime

    from plugins.portal.editions import Edition
    from plugins.portal.outputs import BuildContext
    from plugins.portal.stories import Story
    from plugins.problems import Problem

MAX_ARTICLES = 10
SEARCHED = 200  # of the newest articles; recordings that are all older than these are no news


class News(NamedTuple):
    """What the front page plays.

    Attributes:
        date: The day of the articles.
        minutes: The length of their recordings in all.
        articles: The title of each, the address of its page, and that of its MP3.
        has_podcast: Whether there is a podcast's page.
    """

    date: datetime
    minutes: int
    articles: list[tuple[str, str, str]]
    has_podcast: bool


class Listening(Feature):
    """Chooses what the front page plays, and knows which articles have a recording."""

    def prepare(self, build: BuildContext) -> Iterable[Problem]:
        """Find out which of the features that this one shows are there."""
        self.is_recorded = read_aloud.feature in build.features
        self.has_podcast = podcast.feature in build.features
        return ()

    def front_context(self, edition: Edition) -> News | None:
        """Return the recorded articles of the newest day that has any, newest first."""
        recorded = (
            (story, recording) for story in edition.articles[:SEARCHED] if (recording := self._recording(story))
        )
        newest = next(recorded, None)
        if newest is None:
            return None
        day = newest[0].date.date()
        others = takewhile(lambda pair: pair[0].date.date() == day, recorded)
        chosen = [newest, *islice(others, MAX_ARTICLES - 1)]
        length = sum(recording.length for _, recording in chosen)
        articles = [(story.title, story.url, f"{recording.url}.mp3") for story, recording in chosen]
        return News(newest[0].date, max(1, round(length / 60000)), articles, self.has_podcast)

    def card_context(self, story: Story) -> bool:
        """Return whether an article has a recording."""
        return self._recording(story) is not None

    def _recording(self, story: Story) -> Recording | None:
        return read_aloud.feature.article_context(story) if self.is_recorded else None


feature = Listening(__file__, on_demand=("player.js",))
register = feature.register
