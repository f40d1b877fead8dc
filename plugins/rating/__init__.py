"""Feature: readers rate an article from 1 to 5, and see the average.

Below an article there is a plain form; without JavaScript it leads back to the article, which then shows thanks
(plugins/web_server; an odd address of an article leads to THANKS_URL). When
the form comes into view, a script is loaded that shows the number of ratings and their average, and sends the vote
without leaving the page. nginx logs the votes and `stats` counts them (plugins/statistics, which defines what counts).
The counts are in a file beside the article, so that a vote renders no page.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from plugins.addresses import THANKS, VOTE
from plugins.features import Feature, Statement
from plugins.features.scripts import localized_script
from plugins.languages import Language
from plugins.portal.stories import digest
from plugins.statistics.rules import VOTES_A_DAY

if TYPE_CHECKING:
    from plugins.portal.outputs import BuildContext, Outputs
    from plugins.problems import Problem


def words(language: Language) -> dict[str, str]:
    """The script's texts in a language; the script fills in the {placeholders}."""
    gettext = language.words.gettext
    some = gettext("{average} out of 5, {count} ratings; of one network at most {day} a day count")
    return {
        "none": gettext("No ratings yet"),
        "one": gettext("{average} out of 5, 1 rating"),
        "some": some.replace("{day}", str(VOTES_A_DAY)),
        "thanks": gettext("Thank you for your rating. It will be counted within minutes."),
        "many": gettext("Too many ratings came from your network just now. Please try again in a minute."),
        "failed": gettext("Your rating could not be sent. Please try again later."),
    }


class Rating(Feature):
    """Publishes the form's script and the page that thanks the reader."""

    statements = (
        Statement("works", "<strong>Rating</strong> an article works without JavaScript too."),
        Statement(
            "data",
            "<strong>Ratings:</strong> when you rate an article, the log also has the grade. Each person counts "
            "once for each article and month, and the last rating replaces the earlier ones; for that a keyed hash "
            "of network and browser is kept until the month ends, and {open_days} days later its key is "
            "destroyed. So that nobody votes for many, of one network only the first {votes_an_hour} ratings an "
            "hour and the first {votes_a_day} a day count for an article. What is published is the average and "
            "the number of ratings.",
        ),
    )

    def finish(self, build: BuildContext) -> Iterable[Problem]:
        """Make the script of each language."""
        code, addresses = self.read_text("rate.js"), build.addresses
        stats_file = addresses.stats_file(addresses.article_regex()[1])
        self.scripts: dict[str, tuple[str, bytes]] = {}  # address and content, by language code
        for lang, edition in build.editions.items():
            constants: dict[str, object] = {
                "WORDS": words(edition.language),
                "VOTE": addresses.path(VOTE)[1:],
                "FIGURES": stats_file,
                "NUMBERS": edition.language.formats_lang,
            }
            self.scripts[lang] = localized_script(build.artifacts, f"rate-{lang}", constants, code)
        return ()

    def template_globals(self, build: BuildContext) -> Mapping[str, Any]:
        """`rating`: the address of the script, by language code; `thanks_place`: the id of the article's thanks."""
        scripts = {lang: address for lang, (address, _) in self.scripts.items()}
        return {"rating": scripts, "thanks_place": THANKS}

    def add_outputs(self, build: BuildContext, outputs: Outputs) -> None:
        """Publish the scripts, and each edition's page."""
        for address, data in self.scripts.values():
            outputs.add_file(address, digest(address), partial(bytes, data))
        for lang in build.editions:
            outputs.add_page(lang, "rating/page", "thanks", [])


feature = Rating(__file__)
register = feature.register
