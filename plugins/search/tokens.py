"""The words of a text: runs of letters and digits, as page.js and SQLite's FTS5 see them too."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from html import unescape

_TAG = re.compile(r'<(/?)([a-z][a-z0-9]*)[^>"]*(?:"[^"]*"[^>"]*)*>')
_INLINE = {"a", "abbr", "b", "cite", "code", "del", "dfn", "em", "i", "ins", "kbd", "mark", "q", "s", "samp", "small"}
_INLINE |= {"span", "strong", "sub", "sup", "time", "u", "var", "bdi", "bdo", "wbr"}
_WORD = re.compile(r"[^\W_]+")


def plain(html: str) -> str:
    """The words of an article's HTML."""
    return unescape(_TAG.sub(lambda tag: "" if tag[2] in _INLINE else "\n", html))


def tidy(text: str) -> str:
    """A text on one line, its letters composed (NFC)."""
    return unicodedata.normalize("NFC", " ".join(text.split()))


def words(text: str) -> list[str]:
    """The words of a tidy text in their order, in small letters."""
    return [_small(word) for word in _WORD.findall(text)]


@lru_cache(1 << 17)
def _small(word: str) -> str:
    return word.lower()


@lru_cache(1 << 17)
def folded(word: str) -> str:
    """A small word without its diacritics, đ as d."""
    apart = unicodedata.normalize("NFD", word.replace("đ", "d"))
    return "".join(c for c in apart if not unicodedata.category(c).startswith("M"))
