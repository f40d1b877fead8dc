"""The player as readers get it: one script a language, fetched only when the button is pressed."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from plugins.artifacts import Cache
from plugins.features.assets import Assets
from plugins.features.scripts import worded
from plugins.languages import Language

PARTS = ("sentence_spans.js", "recording.js", "speech.js", "panel.js")  # in player/, in this order


def words(language: Language) -> dict[str, str]:
    """What the player says, in a language; {places} are filled in by the script."""
    gettext = language.words.gettext
    return {
        "player": gettext("Player"),
        "play": gettext("Play"),
        "pause": gettext("Pause"),
        "stop": gettext("Stop reading"),
        "previous": gettext("Previous sentence"),
        "next": gettext("Next sentence"),
        "place": gettext("Position"),
        "speed": gettext("Speed"),
        "time": gettext("{at}, {left} left"),
        "sentence": gettext("Sentence {at} of {all}"),
        "again": gettext("Going on where you stopped"),
        "failed": gettext("The article cannot be read aloud now. Please try again later."),
        "file": gettext("Download the file"),
    }


def scripts(cache: Cache, assets: Assets, languages: Iterable[Language]) -> dict[str, tuple[str, bytes]]:
    """By language: address (without leading slash) and content of the player's script."""
    folder = Path(__file__).parent / "player"
    code = "\n".join((folder / part).read_text(encoding="utf-8") for part in PARTS)
    style = "/" + assets.on_demand["read_aloud/player.css"]
    made = {}
    for language in languages:
        constants = {"WORDS": words(language), "STYLE": style, "NUMBERS": language.formats_lang}
        made[language.code] = worded(cache, f"player-{language.code}", constants, code)
    return made
