"""Feature: a page (GLOSSARY_URL) with abbreviations and terms, from the list that plugins/abbreviations reads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from plugins import abbreviations
from plugins.abbreviations import word_list
from plugins.features import Feature, Statement
from plugins.markdown_reader.header_values import slug_of

if TYPE_CHECKING:
    from plugins.portal.outputs import BuildContext, Outputs
    from plugins.problems import Problem


class Glossary(Feature):
    """Publishes the page of each edition."""

    statements = (Statement("works", "<strong>Glossary:</strong> the words of authorities explained."),)
    urls: Mapping[str, str] = {"GLOSSARY_URL": "giai-nghia/"}

    def prepare(self, build: BuildContext) -> Iterable[Problem]:
        """Load the lists. What is wrong with them is told once, by the other feature if it is there."""
        self.meanings: dict[str, dict[str, str]] = {}
        for edition in build.editions.values():
            self.meanings[edition.lang], problems = word_list.load(edition.lang, Path(build.settings["PATH"]))
            if abbreviations.feature not in build.features:
                yield from problems
            build.sitemap_urls.append(edition.url("glossary"))

    def add_outputs(self, build: BuildContext, outputs: Outputs) -> None:
        """Add the page of each edition, in the order of the alphabet."""
        for lang, meanings in self.meanings.items():
            entries = sorted(meanings.items(), key=lambda entry: (slug_of(entry[0]), entry[0]))
            outputs.add_page(lang, "glossary/page", "glossary", [repr(entries)], entries=entries)


feature = Glossary(__file__)
register = feature.register
