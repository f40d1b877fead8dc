"""A language of the portal, and the languages that its settings ask for."""

from __future__ import annotations

import datetime
import gettext
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from plugins import i18n

from .fallback_text import FallbackText
from .formats import Formats, formats, has_formats
from .phrases import phrases
from .speech import SPEECH, Speech
from .words import translations_with_fallback


@dataclass(frozen=True)
class Language:
    """A language: its words, its formats, and its codes for machines.

    A method that returns text in another language, because this one lacks it, returns a FallbackText.

    Attributes:
        code: as in `<html lang>` (BCP 47).
        fallback: the language that supplies what this one lacks; None for a language that lacks nothing.
    """

    code: str
    fallback: Language | None = None

    @property
    def fallback_chain(self) -> tuple[Language, ...]:
        """This language, its fallback, the fallback of that, and so on."""
        return (self, *(self.fallback.fallback_chain if self.fallback else ()))

    # --- words and texts ---

    @property
    def words(self) -> gettext.NullTranslations:
        """The catalogue of the interface; each word that it lacks comes from the fallback."""
        return translations_with_fallback(tuple(language.code for language in self.fallback_chain))

    @property
    def interface_lang(self) -> str:
        """The code of the language that most of the interface is in."""
        codes = (language.code for language in self.fallback_chain)
        return next((code for code in codes if i18n.is_source(code) or i18n.catalogue_files(code)), i18n.SOURCE_LANG)

    def owner_text(self, by_lang: Mapping[str, str | None]) -> str:
        """What an owner has written in this language, or else in a fallback; "" where there is neither."""
        for language in self.fallback_chain:
            text = by_lang.get(language.code)
            if text:
                return self.as_fallback(text, language.code)
        return ""

    def as_fallback(self, text: str, lang: str) -> str:
        """A text in the language `lang` for the pages of this one: a FallbackText, unless it is in this language."""
        return text if lang == self.code else FallbackText(text, lang)

    def phrases(self, headline: str) -> list[tuple[str, bool]]:
        """A headline in parts, each with whether it should stay in one line, see `phrases.phrases`."""
        return phrases(headline, has_names=_split_code(self.code)[0] == "vi")

    # --- dates, numbers and sizes ---

    def date(self, day: datetime.date) -> str:
        """07/4/2021 in Vietnamese; 7 April 2021."""
        return self._format(lambda formats: formats.date(day))

    def month(self, year: int, month: int) -> str:
        """Tháng 4/2021; April 2021."""
        return self._format(lambda formats: formats.month(year, month))

    def day(self, day: datetime.date) -> str:
        """07/4 in Vietnamese; 7 Apr."""
        return self._format(lambda formats: formats.day(day))

    def integer(self, number: int) -> str:
        """61.296.415 in Vietnamese; 61,296,415."""
        return self._format(lambda formats: formats.integer(number))

    def decimal(self, number: float, min_decimals: int = 0, max_decimals: int = 1) -> str:
        """1.318,5 in Vietnamese; 1,318.5."""
        return self._format(lambda formats: formats.decimal(number, min_decimals, max_decimals))

    def size(self, size: int) -> str:
        """84 KB; 1,2 MB in Vietnamese. size: in bytes."""
        return self._format(lambda formats: formats.size(size))

    @cached_property
    def formats_lang(self) -> str:
        """The code of the language whose formats are used for dates and numbers; scripts need it too."""
        codes = (language.code for language in self.fallback_chain)
        return next((code for code in codes if has_formats(code)), i18n.SOURCE_LANG)

    @property
    def dates(self) -> tuple[str, ...]:
        """A template of a date for each month, see `Formats`; for scripts."""
        return self._formats.dates

    @property
    def month_names(self) -> tuple[frozenset[str], ...]:
        """The words that name each month, see `Formats`."""
        return self._formats.month_names

    @cached_property
    def _formats(self) -> Formats:
        found = formats(self.formats_lang)
        assert found is not None
        return found

    def _format(self, write: Callable[[Formats], str]) -> str:
        text = write(self._formats)
        # Digits alone belong to no language.
        return text if self.formats_lang == self.code or text.isdecimal() else FallbackText(text, self.formats_lang)

    # --- for machines ---

    @property
    def og_locale(self) -> str:
        """The locale for Open Graph, such as vi_VN: with the most likely region, if the code has none (CLDR)."""
        built_in = _OG_LOCALES.get(self.code)
        if built_in:
            return built_in
        language, _, region = _split_code(self.code)
        likely = _likely_subtags(self.code) or _likely_subtags(language)
        region = region or (likely.rpartition("_")[2] if likely else "")
        return f"{language}_{region}" if region else self.code

    @property
    def iso639(self) -> str:
        """The code of three letters (ISO 639-2/T, else 639-3), or "und"."""
        return _three_letters(_split_code(self.code)[0])

    # --- aloud ---

    @property
    def speech(self) -> Speech:
        """How it is read aloud."""
        return SPEECH.get(self.code, Speech())


_OG_LOCALES = {"vi": "vi_VN", "en": "en_US"}  # so that Babel need not be imported


def _split_code(code: str) -> tuple[str, str, str]:
    """The language, script and region of a code; "" for a part that it lacks."""
    language, *rest = code.split("-")
    script = next((part for part in rest if len(part) == 4 and part.isalpha()), "")
    regions = (part for part in rest if (len(part), part.isdigit()) in ((2, False), (3, True)))
    return language, script, next(regions, "")


def _likely_subtags(code: str) -> str:
    from babel.core import get_global

    likely: str = get_global("likely_subtags").get(code.replace("-", "_"), "")
    return likely


def is_known(code: str) -> bool:
    """Whether the CLDR lists a language; for most of these it has no formats."""
    return code in SPEECH or bool(_likely_subtags(_split_code(code)[0]))


def language_name(code: str) -> str:
    """The name of a language in itself, with a capital: "Tiếng Việt"; its code where the CLDR does not know it."""
    from babel import Locale, UnknownLocaleError

    try:
        name = Locale.parse(code, sep="-").language_name or code
    except (UnknownLocaleError, ValueError):
        return code
    return name[0].upper() + name[1:]


@cache
def _three_letters(language: str) -> str:
    if len(language) != 2:
        return language
    from babel.core import get_global

    aliases: list[str] = [
        old for old, new in get_global("language_aliases").items() if new == language and len(old) == 3
    ]
    # Prefer the alias that begins like the short code: zho and not cmn, which is only one of its languages.
    return min(aliases, key=lambda alias: (not alias.startswith(language), alias), default="und")


@cache
def language(code: str, default_lang: str = i18n.EDITORS_LANG) -> Language:
    """A language of a portal whose first language is `default_lang`.

    All others fall back on the first, and the first falls back on Vietnamese, unless it is English.
    """
    if code == default_lang:
        is_complete = code == i18n.EDITORS_LANG or i18n.is_source(code)
        return Language(code, None if is_complete else Language(i18n.EDITORS_LANG))
    return Language(code, language(default_lang, default_lang))


def codes(settings: Mapping[str, Any]) -> list[str]:
    """The codes of a portal's languages, the first one first."""
    first = settings["DEFAULT_LANG"]
    return [first, *(code for code in settings["AGENCY"] if code != first)]


def from_settings(settings: Mapping[str, Any]) -> dict[str, Language]:
    """A portal's languages by code, the first one first."""
    return {code: language(code, settings["DEFAULT_LANG"]) for code in codes(settings)}
