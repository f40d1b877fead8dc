"""Feature: visit counts, on a page with numbers and charts (STATISTICS_URL) and beside lists of articles.

The build publishes the page with a placeholder that says there are no figures yet. `stats` (plugins/statistics) fills
the placeholder in a copy beside the page (`Addresses.stats_file`), which nginx serves instead of the page if it exists.
The build and `stats` thus never write the same file, and new counts do not render a page again.

Beside an article, its own counts and those of the portal appear, once there are any (article.js).
On the home page and beside lists, a small script is loaded when the reader scrolls near; it fetches that page and shows
its sums and the most read articles. Without JavaScript there is a link to the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from plugins import languages
from plugins.addresses import output_name
from plugins.features import Feature, Statement
from plugins.features.scripts import localized_script
from plugins.portal import last_build
from plugins.portal.placeholder_values import placeholder_values
from plugins.statistics import Stats

from . import stats_html

if TYPE_CHECKING:
    from plugins.portal.outputs import BuildContext, Outputs
    from plugins.problems import Problem

_H1 = re.compile(r"<h1[^>]*>(.*?)</h1>", re.S)
BEGIN, END = "<!--figures-->", "<!--/figures-->"  # around the placeholder


def _headline(file: Path) -> str:
    """The headline of a published article as HTML, "" if the article no longer exists."""
    try:
        page = file.read_text(encoding="utf-8")
    except OSError:
        return ""
    found = _H1.search(page)
    return found[1] if found else ""


def words(language: languages.Language) -> dict[str, str]:
    """The texts of the box beside an article, in a language."""
    gettext = language.words.gettext
    return {
        "head": gettext("Visits"),
        "article_today": gettext("This article, today"),
        "article": gettext("This article, in all"),
        "site_today": gettext("The portal, today"),
        "site": gettext("The portal, in all"),
    }


class VisitCounter(Feature):
    """Publishes the visits page of each edition, and fills in the counts when `stats` runs."""

    statements = (
        Statement("needs_script", "the figures of visits beside an article; the page of figures works without"),
        Statement(
            "data",
            "<strong>Visits</strong> are counted from that log. What is published are totals, which do not show "
            "who read what: while it is counted, a network with the name of a browser becomes a keyed hash, the "
            "key of each day is destroyed {open_days} days after its end, and from then on the hash leads to "
            "nobody. Search engines and other programs are left out. So the figures are estimates.",
        ),
    )

    def finish(self, build: BuildContext) -> Iterable[Problem]:
        """Make the script of each language that shows the counts beside an article."""
        addresses, code = build.addresses, self.read_text("article.js")
        self.scripts: dict[str, tuple[str, bytes]] = {}  # address and content, by language code
        for lang, edition in build.editions.items():
            constants: dict[str, object] = {
                "WORDS": words(edition.language),
                "SITE": addresses.path(addresses.site_stats_file)[1:],
                "FIGURES": addresses.stats_file(addresses.article_regex()[1]),
                "NUMBERS": edition.language.formats_lang,
            }
            self.scripts[lang] = localized_script(build.artifacts, f"visits-{lang}", constants, code)
        return ()

    def template_globals(self, build: BuildContext) -> Mapping[str, Any]:
        """`visits`: the address of that script, by language code."""
        return {"visits": {lang: address for lang, (address, _) in self.scripts.items()}}

    def add_outputs(self, build: BuildContext, outputs: Outputs) -> None:
        """Add the scripts, and the page of each edition with a placeholder for the counts."""
        for address, data in self.scripts.values():
            outputs.add_file(address, address, partial(bytes, data))
        for lang in build.editions:
            outputs.add_page(
                lang,
                "visit_counter/page",
                "statistics",
                [],
                kind="visits",
                begin=BEGIN,
                end=END,
                data=placeholder_values(build.settings, build.features, lang)["data"],
            )

    def stats_files(self, stats: Stats, output: Path) -> dict[str, bytes]:
        """Return the page of each edition with the counts in it, under the address of its copy."""
        articles, addresses = last_build.published_articles(output), last_build.published_addresses(output)
        pages: dict[str, bytes] = {}
        if addresses is None or stats.updated is None:
            return pages
        for lang in addresses.languages:
            url = addresses.url(lang, "statistics")
            published_page = output / output_name(url)
            if not published_page.is_file():
                continue
            before, _, rest = published_page.read_text(encoding="utf-8").partition(BEGIN)
            after = rest.partition(END)[2]
            sections = {address: story.category for address, story in articles.items() if story.lang == lang}
            language = languages.language(lang, addresses.languages[0])

            def link(address: str) -> str:
                headline = _headline(output / output_name(address))
                return f'<a href="{addresses.path(address)}">{headline}</a>' if headline else ""

            counts = stats_html.render_stats(stats, language, sections, link)
            page = languages.apply_language_marks(f"{before}{counts}{after}")
            pages[addresses.stats_file(url, ".html")] = page.encode()
        return pages


feature = VisitCounter(__file__, on_demand=("page.css", "sidebar.js"))
register = feature.register
