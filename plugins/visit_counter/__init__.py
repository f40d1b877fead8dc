"""Feature: visits: a page of figures and charts (STATISTICS_URL), and the main figures beside lists.

The build makes the page with a place for the figures, in which stands that there are none yet. `stats`
(plugins/statistics) fills that place in a copy beside it (`Addresses.figures`), which nginx serves in the page's
stead where it is there: so the build and `stats` never write the same file, and a new figure renders no
page again. On the front page and beside lists a few lines of script fetch that page, when their place comes near, and show
its first figures and what is read most; without JavaScript there is the link to it.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from plugins import languages
from plugins.addresses import output_name
from plugins.features import Feature
from plugins.portal import published
from plugins.statistics import Figures

from . import content

if TYPE_CHECKING:
    from plugins.portal.outputs import Build, Outputs

BEGIN, END = "<!--figures-->", "<!--/figures-->"  # around the place for the figures


def _title(file: Path) -> str:
    """The headline of a finished article, as HTML; "" where it is gone."""
    try:
        page = file.read_text(encoding="utf-8")
    except OSError:
        return ""
    return page.partition("<h1>")[2].partition("</h1>")[0]


class VisitCounter(Feature):
    """Publishes the page of figures, and fills it."""

    def outputs(self, build: Build, outputs: Outputs) -> None:
        """The page of each edition, with a place for the figures."""
        for lang in build.editions:
            outputs.page(lang, "visit_counter/page", "statistics", [], kind="visits", begin=BEGIN, end=END)

    def figures(self, figures: Figures, output: Path) -> dict[str, bytes]:
        """The page of each edition with its figures."""
        articles, addresses = published.articles(output), published.addresses(output)
        made: dict[str, bytes] = {}
        if addresses is None or figures.updated is None:
            return made
        for lang in addresses.languages:
            url = addresses.url(lang, "statistics")
            shell = output / output_name(url)
            if not shell.is_file():
                continue
            before, _, rest = shell.read_text(encoding="utf-8").partition(BEGIN)
            after = rest.partition(END)[2]
            sections = {address: line.category for address, line in articles.items() if line.lang == lang}
            language = languages.language(lang, addresses.languages[0])
            filled = content.of(figures, language, sections, lambda address: _title(output / output_name(address)))
            made[addresses.figures(url, ".html")] = languages.settled(f"{before}{filled}{after}").encode()
        return made


feature = VisitCounter(__file__, on_demand=("page.css", "sidebar.js"))
register = feature.register
