"""Words of the interface in a language, and in the language that stands in for each word that it lacks."""

from __future__ import annotations

import gettext
from functools import cache
from typing import Any

from plugins import i18n

from .fallback_text import FallbackText


class _StandIn(gettext.NullTranslations):
    """The catalogue of a language that stands in: all that it gives is marked."""

    def __init__(self, catalogue: gettext.NullTranslations, lang: str) -> None:
        super().__init__()
        self.catalogue, self.lang = catalogue, lang

    def gettext(self, message: str) -> str:
        return self._marked(self.catalogue.gettext(message))

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self._marked(self.catalogue.ngettext(msgid1, msgid2, n))

    def pgettext(self, context: str, message: str) -> str:
        return self._marked(self.catalogue.pgettext(context, message))

    def npgettext(self, context: str, msgid1: str, msgid2: str, n: int) -> str:
        return self._marked(self.catalogue.npgettext(context, msgid1, msgid2, n))

    def _marked(self, text: str) -> str:
        return text if isinstance(text, FallbackText) else FallbackText(text, self.lang)


def translations_with_fallback(codes: tuple[str, ...]) -> gettext.NullTranslations:
    """The words of the first of some languages, each word that it lacks from the next that has it.

    After all of them comes English, the language of the source.
    """
    return _words(codes, i18n.extra_folders())


@cache
def _words(codes: tuple[str, ...], further: Any) -> gettext.NullTranslations:
    code, *others = codes
    catalogue = i18n.load_translations(code)
    if not i18n.is_source(code):
        following = tuple(others) or (i18n.SOURCE_LANG,)
        catalogue.add_fallback(_StandIn(_words(following, further), following[0]))
    return catalogue
