"""What placeholders in editors' pages stand for: what the program does, as its settings and PLUGINS have it.

So the pages on privacy and accessibility say what is true: a number stands in one place of the code or the settings,
and a sentence in the feature that it is about (`Feature.statements`), which takes it along when its line is removed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

from plugins import languages
from plugins.features.hooks import STATEMENT_LISTS, Feature, Statement
from plugins.languages import FallbackText
from plugins.owner_settings.schema import agency_texts
from plugins.statistics import rules

ALWAYS = (Statement("erasing", "Whoever clears the site's data in the browser erases all of it."),)


def placeholder_values(
    settings: Mapping[str, Any], features: Iterable[Feature], lang: str
) -> dict[str, str | list[str]]:
    """Return the values by name, as HTML.

    Args:
        settings: Pelican's settings.
        features: The loaded features.
        lang: The language of the page.

    Returns:
        Numbers, the texts of AGENCY, those not given as "", and lists of statements, which are never empty.
    """
    language = languages.language(lang, settings["DEFAULT_LANG"])
    numbers = rules.numbers(settings)
    agency = dict.fromkeys(agency_texts(), "")
    for block in (settings["AGENCY"][settings["DEFAULT_LANG"]], settings["AGENCY"].get(lang, {})):
        agency |= {name: escape(text, quote=False) for name, text in block.items() if text and isinstance(text, str)}
    statements = [*rules.statements(settings), *ALWAYS, *(each for feature in features for each in feature.statements)]
    lists: dict[str, list[str]] = {name: [] for name in STATEMENT_LISTS}
    for statement in statements:
        if not statement.setting or settings.get(statement.setting):
            lists[statement.list].append(_filled(language.words.gettext(statement.text), numbers))
    nothing = [_filled(language.words.gettext("nothing"), {})]
    return {
        **agency,
        **{name: str(number) for name, number in numbers.items()},
        **{name: items or nothing for name, items in lists.items()},
    }


def _filled(text: str, numbers: Mapping[str, int]) -> str:
    """Return a text with its numbers, marked if it is in another language than the page."""
    filled = re.sub(r"\{(\w+)\}", lambda name: str(numbers.get(name[1], name[0])), text)
    return f'<span lang="{text.lang}">{filled}</span>' if isinstance(text, FallbackText) else filled
