"""Feature: readers rate an article from 1 to 5, and see what others gave.

The form below an article is a plain one: without JavaScript it leads to a page that says thanks (THANKS_URL).
When it comes near, a script follows that says how many have rated and their average, and sends the vote without
leaving the page. Votes are taken by nginx and counted by `stats` (plugins/statistics), which says what a vote is
and which one counts; figures stand in a file beside the article, so that no vote renders a page.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from plugins.addresses import VOTE
from plugins.features import Feature
from plugins.features.scripts import localized_script
from plugins.languages import Language
from plugins.portal.stories import digest

if TYPE_CHECKING:
    from plugins.portal.outputs import BuildContext, Outputs
    from plugins.problems import Problem


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


class Rating(Feature):
    """Offers the form's script, and the page that says thanks."""

    def finish(self, build: BuildContext) -> Iterable[Problem]:
        """Make the script of each language: address and content."""
        code, addresses = self.read_text("rate.js"), build.addresses
        figures = addresses.stats_file(addresses.article_regex()[1])
        self.scripts: dict[str, tuple[str, bytes]] = {}
        for lang, edition in build.editions.items():
            constants = {
                "WORDS": words(edition.language),
                "VOTE": VOTE,
                "FIGURES": figures,
                "NUMBERS": edition.language.formats_lang,
            }
            self.scripts[lang] = localized_script(build.artifacts, f"rate-{lang}", constants, code)
        return ()

    def template_globals(self, build: BuildContext) -> Mapping[str, Any]:
        """`rating`: by language, the address of the script."""
        return {"rating": {lang: address for lang, (address, _) in self.scripts.items()}}

    def add_outputs(self, build: BuildContext, outputs: Outputs) -> None:
        """The scripts, and the page of each edition."""
        for address, data in self.scripts.values():
            outputs.add_file(address, digest(address), lambda data=data: data)
        for lang in build.editions:
            outputs.add_page(lang, "rating/page", "thanks", [])


feature = Rating(__file__)
register = feature.register
