"""A language of the portal."""

from __future__ import annotations

import gettext
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from typing import Any, TypeVar

from plugins import i18n

from .fallback_text import FallbackText
from .formats import Formats, formats
from .formats import has_formats as formats_known
from .speech import SPEECH, Speech
from .words import translations_with_fallback

Value = TypeVar("Value")


@dataclass(frozen=True)
class Language:
    """A language and all that is known of how it writes.

    code: as in `<html lang>` (BCP 47). stand_in: the language that stands in where this one lacks something; None where
    none can. What a method gives is a StoodIn where it is in that other language.
    """

    code: str
    fallback: Language | None = None

    @property
    def fallback_chain(self) -> tuple[Language, ...]:
        """This language, the one that stands in for it, and so on."""
        return (self, *(self.fallback.fallback_chain if self.fallback else ()))

    # --- words and texts ---

    @property
    def words(self) -> gettext.NullTranslations:
        """The interface's words; each that is missing comes from the language that stands in."""
        return translations_with_fallback(tuple(language.code for language in self.fallback_chain))

    @property
    def interface_lang(self) -> str:
        """The code of the language that the interface mostly speaks."""
        spoken = (
            each.code for each in self.fallback_chain if i18n.is_source(each.code) or i18n.catalogue_files(each.code)
        )
        return next(spoken, i18n.SOURCE_LANG)

    def owner_text(self, by_lang: Mapping[str, str | None]) -> str:
        """What an owner has written, from texts by language; "" where neither this language nor a stand-in has it."""
        for language in self.fallback_chain:
            found = by_lang.get(language.code)
            if found:
                return self.as_fallback(found, language.code)
        return ""

    def as_fallback(self, text: str, lang: str) -> str:
        """A text of a language as it stands on this one's pages."""
        return text if lang == self.code else FallbackText(text, lang)

    # --- dates, numbers and sizes ---

    def date(self, day: date) -> str:
        """07/4/2021 in Vietnamese; 7 April 2021."""
        return self._written(lambda how: how.date(day))

    def month(self, year: int, month: int) -> str:
        """Tháng 4/2021; April 2021."""
        return self._written(lambda how: how.month(year, month))

    def day(self, day: date) -> str:
        """07/4 in Vietnamese; 7 Apr."""
        return self._written(lambda how: how.day(day))

    def integer(self, number: int) -> str:
        """61.296.415 in Vietnamese; 61,296,415."""
        return self._written(lambda how: how.integer(number))

    def decimal(self, number: float, min_decimals: int = 0, max_decimals: int = 1) -> str:
        """1.318,5 in Vietnamese; 1,318.5. least, most: how many figures after the sign."""
        return self._written(lambda how: how.decimal(number, min_decimals, max_decimals))

    def size(self, size: int) -> str:
        """84 KB; 1,2 MB in Vietnamese. size: in bytes."""
        return self._written(lambda how: how.size(size))

    @cached_property
    def formats_lang(self) -> str:
        """The code of the language whose dates and numbers these are, for scripts."""
        return next((each.code for each in self.fallback_chain if formats_known(each.code)), i18n.SOURCE_LANG)

    @property
    def dates(self) -> tuple[str, ...]:
        """One template of a date for each month of the year, with {d}, {dd} and {y} in it, for scripts."""
        return self._formats.dates

    @cached_property
    def _formats(self) -> Formats:
        """How dates and numbers are written."""
        found = formats(self.formats_lang)
        assert found is not None
        return found

    def _written(self, write: Callable[[Formats], str]) -> str:
        text, code = write(self._formats), self.formats_lang
        # figures alone are of no language
        return text if code == self.code or text.isdecimal() else FallbackText(text, code)

    # --- for machines ---

    @property
    def og_locale(self) -> str:
        """vi_VN, for Open Graph: with the region where most of its speakers live (CLDR's likely subtags)."""
        known = _OG.get(self.code)
        if known:
            return known
        language, _, region = _parts(self.code)
        likely = _likely(self.code) or _likely(language)
        region = region or (likely.rpartition("_")[2] if likely else "")
        return f"{language}_{region}" if region else self.code

    @property
    def iso639(self) -> str:
        """Its code of three letters (ISO 639-2/T, else 639-3); "und" where there is none."""
        return _three_letters(_parts(self.code)[0])

    # --- aloud ---

    @property
    def speech(self) -> Speech:
        """How it is read aloud."""
        return SPEECH.get(self.code, Speech())


_OG = {"vi": "vi_VN", "en": "en_US"}  # known without Babel


def _parts(code: str) -> tuple[str, str, str]:
    """Language, script and region of a code, "" where it has none."""
    language, *rest = code.split("-")
    script = next((part for part in rest if len(part) == 4 and part.isalpha()), "")
    regions = (part for part in rest if (len(part), part.isdigit()) in ((2, False), (3, True)))
    return language, script, next(regions, "")


def _likely(code: str) -> str:
    from babel.core import get_global

    return get_global("likely_subtags").get(code.replace("-", "_"), "")


def is_known(code: str) -> bool:
    """Whether the CLDR knows that there is such a language; of most it knows nothing more."""
    return code in SPEECH or bool(_likely(_parts(code)[0]))


@cache
def _three_letters(language: str) -> str:
    if len(language) != 2:
        return language
    from babel.core import get_global

    # among several the one that begins like the short code: zho and not cmn, one of its dialects
    names = [old for old, new in get_global("language_aliases").items() if new == language and len(old) == 3]
    return min(names, key=lambda name: (not name.startswith(language), name), default="und")


@cache
def language(code: str, default_lang: str = i18n.EDITORS_LANG) -> Language:
    """A language of a portal whose first one is `first`.

    The first stands in for all others, Vietnamese for the first; English is complete in itself as first.
    """
    if code == default_lang:
        complete = code == i18n.EDITORS_LANG or i18n.is_source(code)
        return Language(code, None if complete else Language(i18n.EDITORS_LANG))
    return Language(code, language(default_lang, default_lang))


def codes(settings: Mapping[str, Any]) -> list[str]:
    """The codes of a portal's languages, the first one first."""
    first = settings["DEFAULT_LANG"]
    return [first, *(code for code in settings["AGENCY"] if code != first)]


def from_settings(settings: Mapping[str, Any]) -> dict[str, Language]:
    """A portal's languages by code, the first one first."""
    return {code: language(code, settings["DEFAULT_LANG"]) for code in codes(settings)}
