"""Marks abbreviations where a text uses them first, so that their meaning is shown there."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from html import escape, unescape

MARK = '<abbr class="spelt"'
_TAG = re.compile(r"""(<(?:[^<>"']|"[^"]*"|'[^']*')*>)""")
_NAME = re.compile(r"<(/?)([a-z0-9]+)")
_TITLE = re.compile(r'\btitle="([^"]*)"')
# Within these nothing is shown: it would become part of a link, a heading, a name or a code.
_LEFT_ALONE = {"a", "abbr", "button", "code", "del", "h1", "h2", "h3", "h4", "h5", "h6", "kbd", "pre", "s", "samp"}
_LEFT_ALONE |= {"summary", "svg", "th"}
_TONES = "\u0300\u0301\u0303\u0309\u0323"  # grave, acute, tilde, hook above, dot below


def expand(html: str, meanings: Mapping[str, str], before: str = "") -> str:
    """Mark each abbreviation where a text uses it first as `<abbr class="spelt" title="MEANING">`.

    The style sheet shows the meaning of these after them. It is no text of the page: what an editor wrote, what is read
    aloud and what a page is compared with stay the same. Where the text has said the meaning before, nothing is marked.
    What an editor has explained (`*[UBND]: …`) gets the class in the same way.

    Args:
        html: The text.
        meanings: By abbreviation.
        before: What readers have read already, such as the lead.
    """
    return _Expander(meanings, before).expand(html)


class _Expander:
    """The state of one text: which abbreviations were explained, and which words have gone before."""

    def __init__(self, meanings: Mapping[str, str], before: str) -> None:
        self._meanings = meanings
        words = "|".join(re.escape(escape(word)) for word in sorted(meanings, key=len, reverse=True))
        self._pattern = re.compile(rf"(?<![\w/.&-])(?:{words})(?![\w/-])") if words else None
        self._explained: set[str] = set()
        self._before = before
        self._left_alone: list[str] = []

    def expand(self, html: str) -> str:
        """Return the text with its abbreviations marked."""
        parts = _TAG.split(html)  # text, tag, text, …
        for number, part in enumerate(parts):
            parts[number] = self._tag(part, parts[number + 1]) if number % 2 else self._text(part)
        return "".join(parts)

    def _tag(self, tag: str, text_after: str) -> str:
        """Take notice of a tag, and return it; that of an editor's abbreviation perhaps with the class."""
        name = _NAME.match(tag)
        if not name or name[2] not in _LEFT_ALONE:
            return tag
        if name[1]:
            if name[2] in self._left_alone:
                self._left_alone.remove(name[2])
            return tag
        title = _TITLE.search(tag) if name[2] == "abbr" and not self._left_alone else None
        self._left_alone.append(name[2])
        return tag.replace("<abbr", MARK) if title and self._is_new(text_after, title[1]) else tag

    def _text(self, text: str) -> str:
        """Return a text between two tags with marks."""
        marked = text
        if self._pattern and not self._left_alone:
            marked = self._pattern.sub(self._mark, text)
        self._before += text
        return marked

    def _mark(self, match: re.Match[str]) -> str:
        word, meaning = match[0], escape(self._meanings[unescape(match[0])])
        is_new = self._is_new(word, meaning, match.string[: match.start()])
        return f'{MARK} title="{meaning}">{word}</abbr>' if is_new else word

    def _is_new(self, word: str, meaning: str, before: str = "") -> bool:
        """Whether a word has not been explained; from now on it has. before: text that is not in `_before` yet."""
        if word in self._explained:
            return False
        self._explained.add(word)
        return _without_tones(meaning) not in _without_tones(self._before + before)


def _without_tones(text: str) -> str:
    """A text for comparison, since a tone may be on either of two letters (uỷ, ủy)."""
    letters = unicodedata.normalize("NFD", " ".join(text.casefold().split()))
    return "".join(letter for letter in letters if letter not in _TONES)
