"""Splits text into words: runs of letters and digits, exactly as index.js and SQLite's FTS5 do."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from html import unescape

_TAG = re.compile(r'<(/?)([a-z][a-z0-9]*)[^>"]*(?:"[^"]*"[^>"]*)*>')
_INLINE = {"a", "abbr", "b", "cite", "code", "del", "dfn", "em", "i", "ins", "kbd", "mark", "q", "s", "samp", "small"}
_INLINE |= {"span", "strong", "sub", "sup", "time", "u", "var", "bdi", "bdo", "wbr"}
_WORD = re.compile(r"[^\W_]+")


def html_to_text(html: str) -> str:
    """The text of an article's HTML; blocks end in a line break."""
    return unescape(_TAG.sub(lambda tag: "" if tag[2] in _INLINE else "\n", html))


def normalize(text: str) -> str:
    """A text on one line, in Unicode's composed form (NFC)."""
    return unicodedata.normalize("NFC", " ".join(text.split()))


def tokenize(text: str) -> list[str]:
    """The words of a normalized text in order, in lower case."""
    return [_lower(word) for word in _WORD.findall(text)]


@lru_cache(1 << 17)
def _lower(word: str) -> str:
    return word.lower()


@lru_cache(1 << 17)
def fold(word: str) -> str:
    """A lower-case word without its diacritics, đ as d."""
    decomposed = unicodedata.normalize("NFD", word.replace("đ", "d"))
    return "".join(c for c in decomposed if not unicodedata.category(c).startswith("M"))
