"""Words of the interface that a portal's owner has replaced by his own (WORDS, [words] in portal.toml).

The owner writes what the site says, and what it shall say: `"Tìm kiếm" = "Tra cứu"`. So he needs no catalogue, and it
works for a language that takes its words from another one. What is replaced is a whole message.
"""

from __future__ import annotations

import gettext
from collections.abc import Mapping

OwnWords = Mapping[str, Mapping[str, str]]  # by language: what replaces a message, by what it was


class Replacing(gettext.NullTranslations):
    """A catalogue whose messages an owner has replaced by his own."""

    def __init__(self, catalogue: gettext.NullTranslations, own: Mapping[str, str]) -> None:
        super().__init__()
        self.catalogue, self.own = catalogue, own

    def gettext(self, message: str) -> str:
        text = self.catalogue.gettext(message)
        return self.own.get(text, text)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        text = self.catalogue.ngettext(msgid1, msgid2, n)
        return self.own.get(text, text)
