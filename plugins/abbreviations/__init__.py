"""Feature: abbreviations are explained where an article uses them first.

The owner keeps one list of them (`word_list.py`), and `expansion.py` marks them when a page is rendered. The file of
an article stays as its editor wrote it. Headings, links and codes are left alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from plugins.features import Feature
from plugins.portal.stories import Story, digest

from . import expansion, word_list

if TYPE_CHECKING:
    from plugins.portal.outputs import BuildContext
    from plugins.problems import Problem


class Abbreviations(Feature):
    """Has the abbreviations of each language."""

    _meanings: Mapping[str, Mapping[str, str]] = MappingProxyType({})  # until `prepare`, which plugins may precede

    def prepare(self, build: BuildContext) -> Iterable[Problem]:
        """Load the lists; every page depends on that of its language."""
        known: dict[str, dict[str, str]] = {}
        for lang in build.editions:
            meanings, problems = word_list.load(lang, Path(build.settings["PATH"]))
            yield from problems
            known[lang] = {word: text for word, text in meanings.items() if word_list.is_abbreviation(word)}
        self._meanings = known
        keys = {lang: (digest(repr(meanings)),) for lang, meanings in known.items() if meanings}
        for story in build.published:
            if story.lang in keys:
                story.extra_key_parts = (*story.extra_key_parts, *keys[story.lang])

    def body_html(self, story: Story, html: str) -> str:
        """Mark abbreviations."""
        return expansion.expand(html, self._meanings.get(story.lang, {}), f"{story.summary_text} ")


feature = Abbreviations(__file__)
register = feature.register
