"""Builds the audio player's script, one per language; a page fetches it only when its button is pressed."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from plugins.addresses import Addresses
from plugins.artifacts import Cache
from plugins.features.assets import Assets
from plugins.features.scripts import localized_script
from plugins.languages import Language

PARTS = ("sentence_spans.js", "recording.js", "speech.js", "panel.js")  # files in player/, in the order of the script


def words(language: Language) -> dict[str, str]:
    """The player's texts in a language; the script fills in the {placeholders}."""
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
        "voice": gettext("A machine's voice"),
        "again": gettext("Going on where you stopped"),
        "failed": gettext("The article cannot be read aloud now. Please try again later."),
        "file": gettext("Download the file"),
    }


def scripts(
    cache: Cache, assets: Assets, languages: Iterable[Language], addresses: Addresses
) -> dict[str, tuple[str, bytes]]:
    """The address (without a leading slash) and the content of the player's script, by language code."""
    folder = Path(__file__).parent / "player"
    code = "\n".join((folder / part).read_text(encoding="utf-8") for part in PARTS)
    style = addresses.path(assets.on_demand["read_aloud/player.css"])
    by_language = {}
    for language in languages:
        constants: dict[str, object] = {"WORDS": words(language), "STYLE": style, "NUMBERS": language.formats_lang}
        by_language[language.code] = localized_script(cache, f"player-{language.code}", constants, code)
    return by_language
