"""Finds what readers must be told when a published article is changed: names, numbers and the title.

Both texts are compared word by word. Words that were moved, set in other type or spelled right are no change; a word
with another meaning is none either, unless it is a number, part of a name, or in the title.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import cache
from html import unescape
from itertools import pairwise
from typing import NamedTuple

from plugins.markdown_reader.header_values import slug_of
from plugins.unicode_text import normalize
from plugins.unicode_text.syllables import one_spelling

MOST_SHOWN = 5  # changes in one message
MOST_PAIRS = 3  # numbers or names of one place that are told pair by pair
LONGEST_PASSAGE = 60  # letters of a passage that is gone or has come
BEFORE = 3  # words in front of a number that says little by itself
SAYS_LITTLE = 3  # letters of one that says more
_BLOCK = re.compile(r"</?(?:p|li|h\d|td|th|tr|dd|dt|figcaption|blockquote|div|br|pre|summary)\b[^>]*>|<br>", re.I)
_TAG = re.compile(r"<[^>]*>")
_TOKEN = re.compile(r"\d+(?:[.,/:-]\d+)*%?|\w+(?:-\w+)*|[.!?:;…\n“”\"()]")
_END = frozenset('.!?:…\n"“”(')  # after these a capital begins a sentence
_NUMBER_WORDS = frozenset(
    re.split(" ", "không một hai ba bốn tư năm lăm sáu bảy bẩy tám chín mười mươi trăm nghìn ngàn vạn triệu tỷ tỉ chục")
)


class Text(NamedTuple):
    """An article's words. title: its title; body: its text as plain text, with a line for each block."""

    title: str
    body: str


class Word(NamedTuple):
    """A word. key: what makes it the same word; fact: whether it is a number or part of a name."""

    key: str
    shown: str
    is_number: bool
    is_name: bool


class Difference(NamedTuple):
    """A place where a text has changed.

    gone, added: its numbers and names, before and after; old, new: all its words; before: the words in front of it.
    """

    gone: list[str]
    added: list[str]
    old: str
    new: str
    before: str


def text_of(title: str, html: str) -> Text:
    """Return the words of an article, given its title and the HTML of its text."""
    return Text(title, unescape(_TAG.sub("", _BLOCK.sub("\n", html))))


def changes(before: Text, after: Text) -> list[str]:
    """Return what has changed that readers must be told, as "318 → 381" or "− “Nà Lẹng 12 0 4”"; empty if nothing has.

    Args:
        before: The words as they were published.
        after: The words as they are now.
    """
    found = []
    if _has_other_title(before.title, after.title):
        found.append(f"{before.title} → {after.title}")
    old, new = _words(before.body), _words(after.body)
    counts = Counter(_shown_alone(w) for w in old), Counter(_shown_alone(w) for w in new)
    gone_in_all, added_in_all = counts[0] - counts[1], counts[1] - counts[0]  # what is in both has only moved
    for each in _differences(old, new):
        gone, added = _taken(each.gone, gone_in_all), _taken(each.added, added_in_all)
        found += _shown(each, gone, added) if gone or added else []
    return found


def _words(text: str) -> list[Word]:
    """Return the words of a text, each with whether it is a number or part of a name."""
    tokens = _TOKEN.findall(normalize(text) + "\n")
    within = {token for before, token in pairwise(tokens) if token[0].isupper() and before[-1] not in _END}
    words, begins = [], True
    for token, after in zip(tokens, [*tokens[1:], ""], strict=True):
        if token[0].isalnum():
            is_number = token[0].isdigit()
            # the first word of a sentence has a capital anyway: it is a name if another one follows, or elsewhere
            is_name = token[0].isupper() and (not begins or after[:1].isupper() or token in within)
            key = _number(token) if is_number else _spelling(token)
            words.append(Word(key, token, is_number, is_name))
        begins = not token[0].isalnum() and token in _END
    return words


@cache
def _spelling(word: str) -> str:
    return one_spelling(word).casefold()


def _number(token: str) -> str:
    """Return a number in one spelling: 1.000 and 1000, 05/9 and 5/9 are the same."""
    token = re.sub(r"(?<=\d)[.](?=\d{3}(?!\d))", "", token)
    return re.sub(r"(?<![\d,.])0+(?=\d)", "", token)


def _shown_alone(word: Word) -> str:
    return _number(word.shown) if word.is_number else word.shown


def _differences(before: Sequence[Word], after: Sequence[Word]) -> list[Difference]:
    """Return the places of a text where numbers or names are gone or have come, in order."""
    found = []
    matcher = SequenceMatcher(None, [w.key for w in before], [w.key for w in after], autojunk=False)
    for operation, old_start, old_end, new_start, new_end in matcher.get_opcodes():
        if operation == "equal":
            continue
        old, new = before[old_start:old_end], after[new_start:new_end]
        gone, added = _facts(old, new), _facts(new, old)
        if gone or added:
            found.append(Difference(gone, added, _passage(old), _passage(new), _passage(before[:old_start][-BEFORE:])))
    return found


def _passage(words: Sequence[Word]) -> str:
    text = " ".join(word.shown for word in words)
    return text if len(text) <= LONGEST_PASSAGE else f"{text[:LONGEST_PASSAGE].rsplit(' ', 1)[0]} …"


def _shown(change: Difference, gone: list[str], added: list[str]) -> list[str]:
    """Return what is told of a place: each pair of numbers or names, or the passage that is gone or has come."""
    if len(gone) == len(added) <= MOST_PAIRS:
        return [f"{_after(change, old)}{old} → {new}" for old, new in zip(gone, added, strict=True)]
    if not change.new:
        return [f"{_after(change, change.old)}− {_quoted(change.old, gone)}"]
    if not change.old:
        return [f"{_after(change, change.new)}+ {_quoted(change.new, added)}"]
    return [f"{_quoted(change.old, gone)} → {_quoted(change.new, added)}"]


def _after(change: Difference, word: str) -> str:
    """Return the words before a number that says little by itself, such as a figure in a table."""
    return f"{change.before}: " if change.before and len(word) < SAYS_LITTLE else ""


def _quoted(passage: str, facts: Sequence[str]) -> str:
    return f"“{passage}”" if passage and [passage] != list(facts) else passage or "…"


def _facts(words: Sequence[Word], others: Sequence[Word]) -> list[str]:
    """Return the numbers and parts of names among words that were replaced by others, or have replaced them."""
    are_counted = all(any(w.key in _NUMBER_WORDS for w in side) for side in (words, others))
    return [
        _shown_alone(word)
        for word in words
        if word.is_number or word.is_name or (are_counted and word.key in _NUMBER_WORDS)
    ]


def _taken(words: Sequence[str], left: Counter[str]) -> list[str]:
    """Return the words of which there are any left, and take them off."""
    kept = []
    for word in words:
        if left[word] > 0:
            left[word] -= 1
            kept.append(word)
    return kept


def _has_other_title(before: str, after: str) -> bool:
    """Return whether a title says something else: more than the spelling of words is different."""
    old, new = _words(before), _words(after)
    if len(old) != len(new):
        return [w.key for w in old] != [w.key for w in new]
    return any(_is_other(*pair) for pair in zip(old, new, strict=True))


def _is_other(old: Word, new: Word) -> bool:
    if old.key == new.key:
        return False
    if old.is_number or new.is_number or not _NUMBER_WORDS.isdisjoint((old.key, new.key)):
        return True
    return not _is_misspelt(old.key, new.key)


def _is_misspelt(old: str, new: str) -> bool:
    """Return whether two words differ in their marks, or in one letter."""
    plain_old, plain_new = slug_of(old), slug_of(new)
    if plain_old == plain_new or sorted(plain_old) == sorted(plain_new):
        return True
    return (
        abs(len(plain_old) - len(plain_new)) <= 1
        and _common(plain_old, plain_new) >= max(len(plain_old), len(plain_new)) - 1
    )


def _common(old: str, new: str) -> int:
    """Return how many letters two words have in common at both ends."""
    start = next((i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    rest_old, rest_new = old[start:][::-1], new[start:][::-1]
    end = next(
        (i for i, (a, b) in enumerate(zip(rest_old, rest_new, strict=False)) if a != b),
        min(len(rest_old), len(rest_new)),
    )
    return start + end
