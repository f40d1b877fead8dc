"""The text of an article as Pagefind is to see it.

Pagefind reads a word without its diacritics too, but đ stays đ, because Unicode does not take it
apart; it joins words with a slash or a hyphen between them into one place, so that a phrase cannot
be found in 112/KH-UBND; it counts a lone dash as a word; and it cuts iOffice in two. So a text is
disguised: đ as ḏ, which Unicode does take apart and no Vietnamese word has; a space after every
mark inside a token; no space before a lone mark; a word joiner between the letters of a word of
mixed kind. page.js takes the disguise off again.
"""

from __future__ import annotations

import re
import unicodedata
from html import unescape

# In no text of ours, and no letters for Pagefind:
JOINER = "\u2060"  # WORD JOINER: holds a word together, or marks that the space after it is ours
SPACE = "\u2063"  # INVISIBLE SEPARATOR: a space that is to part no words
_D = str.maketrans("đĐ", "ḏḎ")
_TAG = re.compile(r'<(/?)([a-z][a-z0-9]*)[^>"]*(?:"[^"]*"[^>"]*)*>')
_INLINE = {"a", "abbr", "b", "cite", "code", "del", "dfn", "em", "i", "ins", "kbd", "mark", "q", "s", "samp", "small"}
_INLINE |= {"span", "strong", "sub", "sup", "time", "u", "var", "bdi", "bdo", "wbr"}
_MARK_THEN_WORD = re.compile(r"(?<=[^\w\s]|_)(?=[^\W_])")
_LONE_MARK = re.compile(r" (?=(?:[^\w\s]|_)+(?: |$))")
_WORD = re.compile(r"[^\W_]+")


def plain(html: str) -> str:
    """The words of an article's HTML."""
    return unescape(_TAG.sub(lambda tag: "" if tag[2] in _INLINE else "\n", html))


def disguised(text: str) -> str:
    """A text as it goes into the index."""
    text = unicodedata.normalize("NFC", " ".join(text.replace(JOINER, "").replace(SPACE, " ").split()))
    text = _LONE_MARK.sub(SPACE, _MARK_THEN_WORD.sub(f"{JOINER} ", text))
    return _WORD.sub(lambda word: _whole(word[0]), text).translate(_D)


def _whole(word: str) -> str:
    """A word that Pagefind would cut where letters turn from small to capital or to digits, held together."""
    kinds = ["d" if c.isdigit() else "A" if c.isupper() else "a" for c in word]
    held = word[0]
    for at in range(1, len(word)):
        before, here, after = kinds[at - 1], kinds[at], "".join(kinds[at + 1 : at + 2])
        cut = (before != here and (before, here) != ("A", "a")) or (before, here, after) == ("A", "A", "a")
        held += (JOINER if cut else "") + word[at]
    return held
