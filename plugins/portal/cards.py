"""Cards: an article as an entry of a list.

A card is the same in every list and on every page of it but the first place, so it is rendered once
and kept in the state: where an old article goes, a thousand pages are put together of cards that are
there already.
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

    shared: fingerprint of all that a card is made from besides its story. render: a story's card.
    """

    def __init__(self, state: State, lang: str, shared: str, render: Callable[[Story], str]) -> None:
        self.state, self.topic, self.shared, self.render = state, f"cards {lang}", shared, render
        self._needed: dict[str, Story] = {}
        self._cards: dict[str, str] = {}

    def request(self, stories: Iterable[Story]) -> None:
        """Have the cards of `stories` there when pages are made."""
        self._needed |= {story.path: story for story in stories}

    def render_missing(self, workers: int | None) -> None:
        """Fetch what is needed from the state, and render what is not there."""
        prints = {path: digest(self.shared, story.list_text) for path, story in self._needed.items()}
        for path, kept in self.state.feature_values_of(self.topic, self._needed):
            if kept.startswith(prints[path]):
                self._cards[path] = kept.removeprefix(prints[path])
        missing = [story for path, story in self._needed.items() if path not in self._cards]
        self.state.commit()  # workers read through connections of their own
        made = {
            story.path: jobs.unwrap(card)
            for story, card in jobs.run_forked(self.render, missing, translate("Lists"), workers)
        }
        self._cards |= made
        self.state.store_feature_values(self.topic, {path: prints[path] + card for path, card in made.items()}, ())

    def forget(self, paths: Iterable[str]) -> None:
        """Drop the cards of files that are gone."""
        self.state.store_feature_values(self.topic, {}, paths)

    def rendered(self, stories: Iterable[Story]) -> list[Markup]:
        """The cards of stories that were needed."""
        return [Markup(self._cards[story.path]) for story in stories]
