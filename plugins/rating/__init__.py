"""Feature: readers rate an article from 1 to 5, and see what others gave.

The form below an article is a plain one: without JavaScript it leads to a page that says thanks, /danh-gia/cam-on/.
When it comes near, a script follows that says how many have rated and their average, and sends the vote without
leaving the page. Votes are taken by nginx and counted by `stats` (plugins/statistics), which says what a vote is
and which one counts; figures stand in a file beside the article, so that no vote renders a page.
"""

from __future__ import annotations

from typing import Any

from pelican import signals

from plugins.features import Feature
from plugins.features.scripts import worded
from plugins.languages import Language
from plugins.portal.stories import digest
from plugins.statistics import ARTICLE_FILE, THANKS

feature = Feature(__file__)
PAGE = THANKS.lstrip("/")


def words(language: Language) -> dict[str, str]:
    """What the script says, in a language; {places} are filled in by it."""
    gettext = language.words.gettext
    return {
        "none": gettext("No ratings yet"),
        "one": gettext("{average} out of 5, 1 rating"),
        "some": gettext("{average} out of 5, {count} ratings"),
        "thanks": gettext("Thank you for your rating. It will be counted within minutes."),
        "many": gettext("Too many ratings came from your network just now. Please try again in a minute."),
        "failed": gettext("Your rating could not be sent. Please try again later."),
    }


def _offer(generators: list[Any]) -> None:
    news = generators[0]
    code = feature.text("rate.js")
    made = {
        lang: worded(f"rate-{lang}", {"WORDS": words(edition.language), "FIGURES": ARTICLE_FILE,
                                      "NUMBERS": edition.language.formats_lang}, code)
        for lang, edition in news.editions.items()
    }  # fmt: skip
    news.context["rating"] = dict(made.values())
    news.env.globals["rating"] = {lang: address for lang, (address, _) in made.items()}


def _ask(generator: Any, writer: Any) -> None:
    for address, data in generator.context["rating"].items():
        writer.ask(address, digest(address), lambda data=data: data)
    for edition in generator.editions.values():
        others = {other.lang: other.prefix + PAGE for other in generator.editions.values() if other is not edition}
        generator.asks[edition.lang]("rating/page", edition.prefix + PAGE, [], others, kind="thanks")


def register() -> None:
    """Pelican's hooks."""
    signals.all_generators_finalized.connect(_offer)
    signals.article_writer_finalized.connect(_ask)
