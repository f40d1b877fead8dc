"""Feature: visits: a page of figures and charts at /thong-ke/, and the main figures beside lists.

The build makes the page with a place for the figures, in which stands that there are none yet. `stats`
(plugins/statistics) fills that place in a copy, `thong-ke/so-lieu.html`, which nginx serves in the page's
stead where it is there: so the build and `stats` never write the same file, and a new figure renders no
page again. On the front page and beside lists a few lines of script fetch that page, when their place comes near, and show
its first figures and what is read most; without JavaScript there is the link to it.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pelican import signals

from plugins import languages
from plugins.features import Feature
from plugins.portal import published
from plugins.statistics import Figures, on_figures

from . import content

feature = Feature(__file__, on_demand=("page.css", "beside.js"))
PAGE, FILLED = "thong-ke/", "thong-ke/so-lieu.html"
BEGIN, END = "<!--so-lieu-->", "<!--/so-lieu-->"  # around the place for the figures


def render(figures: Figures, settings: Mapping[str, Any]) -> dict[str, bytes]:
    """The page of each edition with its figures; a renderer of `plugins.statistics`."""
    output = Path(settings["OUTPUT_PATH"])
    made = {}
    for lang, language in languages.of(settings).items():
        prefix = "" if lang == settings["DEFAULT_LANG"] else f"{lang}/"
        shell = output / prefix / PAGE / "index.html"
        if figures.updated is None or not shell.is_file():
            continue
        before, _, rest = shell.read_text(encoding="utf-8").partition(BEGIN)
        after = rest.partition(END)[2]
        sections = published.sections(output, settings["ARTICLE_URL"], settings["DEFAULT_LANG"])
        filled = content.of(figures, language, prefix, sections, lambda address: _title(output / address))
        made[prefix + FILLED] = languages.settled(f"{before}{filled}{after}").encode()
    return made


def _title(folder: Path) -> str:
    """The headline of a finished article, as HTML; "" where it is gone."""
    try:
        page = (folder / "index.html").read_text(encoding="utf-8")
    except OSError:
        return ""
    return page.partition("<h1>")[2].partition("</h1>")[0]


def _ask(generator: Any, writer: Any) -> None:
    for edition in generator.editions.values():
        others = {other.lang: other.prefix + PAGE for other in generator.editions.values() if other is not edition}
        generator.asks[edition.lang]("visit_counter/page", edition.prefix + PAGE, [], others, kind="visits", begin=BEGIN, end=END)


def register() -> None:
    """Pelican's hook, and that of the figures."""
    signals.article_writer_finalized.connect(_ask)
    on_figures(render)
