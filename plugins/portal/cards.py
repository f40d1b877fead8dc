"""Cards: an article as an entry of a list.

A card is the same in every list and on every page of it, except in the first place. So it is rendered once and kept in
the state: when an old article is removed, a thousand pages are put together from cards that exist already.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from markupsafe import Markup

from plugins import jobs
from plugins.i18n import translate
from plugins.incremental.state import State

from .stories import Story, digest


class Cards:
    """The cards of an edition.

    Args:
        state: Keeps the cards for the next build.
        lang: The language of the edition.
        shared: A fingerprint of all that a card is made from besides its story.
        render: Renders the card of a story.
    """

    def __init__(self, state: State, lang: str, shared: str, render: Callable[[Story], str]) -> None:
        self.state, self.topic, self.shared, self.render = state, f"cards {lang}", shared, render
        self._requested: dict[str, Story] = {}
        self._cards: dict[str, str] = {}

    def request(self, stories: Iterable[Story]) -> None:
        """Have the cards of these stories ready when pages are rendered."""
        self._requested |= {story.path: story for story in stories}

    def render_missing(self, workers: int | None) -> None:
        """Fetch the requested cards from the state, and render those that are missing there.

        Args:
            workers: The number of processes; all cores if None.
        """
        fingerprints = {path: digest(self.shared, story.list_text) for path, story in self._requested.items()}
        for path, stored in self.state.feature_values_of(self.topic, self._requested):
            if stored.startswith(fingerprints[path]):
                self._cards[path] = stored.removeprefix(fingerprints[path])
        missing = [story for path, story in self._requested.items() if path not in self._cards]
        self.state.commit()  # workers read through connections of their own
        rendered = {
            story.path: jobs.unwrap(card)
            for story, card in jobs.run_forked(self.render, missing, translate("Lists"), workers)
        }
        self._cards |= rendered
        to_store = {path: fingerprints[path] + card for path, card in rendered.items()}
        self.state.store_feature_values(self.topic, to_store, ())

    def forget(self, paths: Iterable[str]) -> None:
        """Drop the cards of removed files."""
        self.state.store_feature_values(self.topic, {}, paths)

    def rendered(self, stories: Iterable[Story]) -> list[Markup]:
        """Return the cards of stories. One that is not there yet, on a page that is rendered first, is rendered."""
        return [Markup(self._cards.get(story.path) or self.render(story)) for story in stories]
