"""Splits text into words as search knows them; script/words.js does the same to a query.

A word is a run of letters and digits. Two forms of it are compared:

- its spelling: what is written in several right ways has one of them. hòa and hoà are hoà, kỹ and kĩ are kĩ, 01 is 1,
  full-width letters are plain ones.
- its folded form: the spelling without diacritics, đ as d.

Whatever is unseen or only looks like another letter has been replaced before (plugins/unicode_text).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from html import unescape

from plugins import unicode_text
from plugins.markdown_reader.elements import WITHIN_WORDS
from plugins.unicode_text.syllables import SPELLINGS as SYLLABLE_SPELLINGS
from plugins.unicode_text.syllables import one_spelling

_TAG = re.compile(r'<(/?)([a-z][a-z0-9]*)[^>"]*(?:"[^"]*"[^>"]*)*>')
WORD = re.compile(r"[^\W_]+")
_STYLED = re.compile("[\U0001d400-\U0001d7ff][\u0300-\u036f]*")  # as phones paste them; words.js has the same

_ZEROS = ("^0{1,2}(?=[0-9]{1,2}$)", "")  # 01/02 is 1/2, 045 is 45
_LEADING_ZEROS = re.compile(_ZEROS[0])
SPELLINGS = (_ZEROS, *SYLLABLE_SPELLINGS)  # what the search page's script makes a spelling with


def html_to_text(html: str) -> str:
    """The text of an article's HTML; blocks end in a line break."""
    return unescape(_TAG.sub(lambda tag: "" if tag[2] in WITHIN_WORDS else "\n", html))


def normalize(text: str) -> str:
    """A text on one line, in the one form of text, with usual letters for the bold and italic ones of Unicode."""
    text = unicode_text.normalize(text)
    if text and max(text) > "\uffff":
        text = _STYLED.sub(lambda letter: unicodedata.normalize("NFKC", letter[0]), text)
    return " ".join(text.split())


def tokenize(text: str) -> list[str]:
    """The words of a normalized text in order, each in its spelling."""
    return [spelling(word) for word in WORD.findall(text)]


@lru_cache(1 << 17)
def spelling(word: str) -> str:
    """The one spelling of a word, in lower case."""
    return one_spelling(_LEADING_ZEROS.sub("", unicodedata.normalize("NFKC", word)))


@lru_cache(1 << 17)
def fold(word: str) -> str:
    """A spelling without its diacritics, đ as d."""
    decomposed = unicodedata.normalize("NFD", word.replace("đ", "d"))
    return "".join(c for c in decomposed if not unicodedata.category(c).startswith("M"))
