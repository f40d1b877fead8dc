"""Checks the words of the interface that an owner has replaced: what the site says at all, and what is filled in."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from plugins import i18n
from plugins.i18n import translate

from .language import from_settings

_FIELD = re.compile(r"%\(\w+\)[sd]|%[sd%]|\{\w*\}|</?\w[^>]*>")  # what is filled in, and HTML


def mistakes(settings: Mapping[str, Any]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Yield the path in portal.toml of each word of WORDS that cannot replace anything, and what to do about it."""
    words = settings.get("WORDS") or {}
    languages = from_settings(settings) if words and settings.get("AGENCY") else {}
    for lang, own in words.items():
        known = i18n.words([each.code for each in languages[lang].fallback_chain]) if lang in languages else ()
        for word, text in _mistakes(own, known):
            yield ("words", lang, word), text


def _mistakes(own: Mapping[str, str], known: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield each word that cannot be replaced, with what is wrong.

    Args:
        own: What replaces each word of a language.
        known: All words that it has.
    """
    known = sorted({*known})
    spelled = {each.casefold(): each for each in reversed(known)}  # a capital before a small letter
    for word, text in own.items():
        if word not in known:
            likely = difflib.get_close_matches(word, known, n=1, cutoff=0.5)
            likely = likely or [spelled[each] for each in difflib.get_close_matches(word.casefold(), spelled, n=1)]
            hint = translate("write the words as they stand on the page, whole")
            if likely:
                hint = translate("did you mean {key}?", key=f'"{likely[0]}"')
            yield word, translate("the site never says this; {hint}", hint=hint)
        elif _fields(word) != _fields(text):
            shown = ", ".join(_fields(word).elements()) or translate("nothing, so no % and no braces")
            yield word, translate("it must have what is filled in, as it was: {fields}", fields=shown)


def _fields(text: str) -> Counter[str]:
    """Return what a message has that is filled in, and how often; with a lone % if there is one beside it."""
    found = Counter(_FIELD.findall(text))
    if any(field.startswith("%") for field in found) and "%" in _FIELD.sub("", text):
        found["%"] += 1
    return found
