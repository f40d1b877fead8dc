"""Feature: visits: a page of figures and charts (STATISTICS_URL), and the main figures beside lists.

The build makes the page with a place for the figures, in which stands that there are none yet. `stats`
(plugins/statistics) fills that place in a copy beside it (`Addresses.figures`), which nginx serves in the page's
stead where it is there: so the build and `stats` never write the same file, and a new figure renders no
page again. On the front page and beside lists a few lines of script fetch that page, when their place comes near, and show
its first figures and what is read most; without JavaScript there is the link to it.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pelican import signals

from plugins.addresses import output_name
from plugins.features import Feature
from plugins.i18n import translations
from plugins.portal import published
from plugins.statistics import Figures, on_figures

from . import content

feature = Feature(__file__, on_demand=("page.css", "beside.js"))
BEGIN, END = "<!--figures-->", "<!--/figures-->"  # around the place for the figures


def render(figures: Figures, settings: Mapping[str, Any]) -> dict[str, bytes]:
    """The page of each edition with its figures; a renderer of `plugins.statistics`."""
    output = Path(settings["OUTPUT_PATH"])
    articles, addresses = published.articles(output), published.addresses(output)
    made: dict[str, bytes] = {}
    if addresses is None:
        return made
    for lang in addresses.languages:
        url = addresses.url(lang, "statistics")
        shell = output / output_name(url)
        if figures.updated is None or not shell.is_file():
            continue
        before, _, rest = shell.read_text(encoding="utf-8").partition(BEGIN)
        after = rest.partition(END)[2]
        sections = {address: line.category for address, line in articles.items() if line.lang == lang}
        filled = content.of(figures, lang, sections, lambda address: _title(output / output_name(address)), translations(lang).gettext)
        made[addresses.figures(url, ".html")] = f"{before}{filled}{after}".encode()
    return made


def _title(file: Path) -> str:
    """The headline of a finished article, as HTML; "" where it is gone."""
    try:
        page = file.read_text(encoding="utf-8")
    except OSError:
        return ""
    return page.partition("<h1>")[2].partition("</h1>")[0]


def _ask(generator: Any, writer: Any) -> None:
    for edition in generator.editions.values():
        url, others = edition.url("statistics"), edition.others("statistics")
        generator.asks[edition.lang]("visit_counter/page", url, [], others, kind="visits", begin=BEGIN, end=END)


def register() -> None:
    """Pelican's hook, and that of the figures."""
    signals.article_writer_finalized.connect(_ask)
    on_figures(render)
