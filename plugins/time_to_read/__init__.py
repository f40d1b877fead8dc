"""Feature: how many minutes an article takes to read, beside its date."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from plugins import languages
from plugins.features import Feature, Value

WORDS_PER_MINUTE = 200  # at an easy pace; in Vietnamese of syllables, which are written apart
_TAG = re.compile("<[^>]*>")


def _minutes(header: Mapping[str, Any], body: str) -> str:
    words = len(_TAG.sub(" ", f"{header.get('summary', '')} {body}").split())
    return str(max(1, round(words / WORDS_PER_MINUTE)))


def _with_unit(minutes: str, lang: str) -> str:
    count = int(minutes)
    return languages.language(lang).words.ngettext("%(count)d minute", "%(count)d minutes", count) % {"count": count}


feature = Feature(
    __file__, values=(Value("reading_minutes", "Time to read", {"page"}, compute=_minutes, text=_with_unit),)
)
register = feature.register
