"""The words of the interface in a language; each that it lacks comes from another language."""

from __future__ import annotations

import gettext
from functools import cache

from plugins import i18n

from .fallback_text import FallbackText


class _FallbackCatalogue(gettext.NullTranslations):
    """The catalogue of another language: everything in it is a FallbackText."""

    def __init__(self, catalogue: gettext.NullTranslations, lang: str) -> None:
        super().__init__()
        self.catalogue, self.lang = catalogue, lang

    def gettext(self, message: str) -> str:
        return self._as_fallback(self.catalogue.gettext(message))

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self._as_fallback(self.catalogue.ngettext(msgid1, msgid2, n))

    def pgettext(self, context: str, message: str) -> str:
        return self._as_fallback(self.catalogue.pgettext(context, message))

    def npgettext(self, context: str, msgid1: str, msgid2: str, n: int) -> str:
        return self._as_fallback(self.catalogue.npgettext(context, msgid1, msgid2, n))

    def _as_fallback(self, text: str) -> str:
        return text if isinstance(text, FallbackText) else FallbackText(text, self.lang)


def translations_with_fallback(codes: tuple[str, ...]) -> gettext.NullTranslations:
    """The catalogue of the first of some languages, which takes a word that it lacks from the next that has it.

    The last is always English, the language of the source.
    """
    return _translations_with_fallback(codes, i18n.what_was_added())


@cache
def _translations_with_fallback(codes: tuple[str, ...], added: tuple[object, ...]) -> gettext.NullTranslations:
    code, *others = codes
    catalogue = i18n.load_translations(code)
    if not i18n.is_source(code):
        fallbacks = tuple(others) or (i18n.SOURCE_LANG,)
        catalogue.add_fallback(_FallbackCatalogue(_translations_with_fallback(fallbacks, added), fallbacks[0]))
    return i18n.in_owners_words(catalogue, code)
