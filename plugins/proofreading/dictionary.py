"""Two syllables that no word has, where another spelling of one of them makes a word: sữa chữa, bổ xung, chia sẽ.

Most misspellings in Vietnamese are syllables that exist, in the wrong place, so a list of syllables finds few of them.
The words are those that underthesea brings (Apache-2.0), which is never imported; where it is not installed, nothing is
told. What is exchanged is what people write by ear: hỏi and ngã, s and x, tr and ch, and other sounds that are one in a
dialect.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.util import find_spec
from itertools import pairwise, product
from pathlib import Path
from typing import NamedTuple

from plugins.i18n import translate
from plugins.problems import Problem
from plugins.unicode_text.syllables import spellings

from .pages import Page
from .spelling import is_syllable, vietnamese_lines

_FOLDER = "corpus/data"
_ALL = ("Viet74K.txt", "Viet39K.txt")
_USUAL, _COMMON, _COMMONEST = "Viet39K.txt", "Viet22K.txt", "Viet11K.txt"
# They follow any word, or come before it: beside `nghĩ lại` and `trở về`, `nghỉ lại` and `chở về` are right.
_PARTICLE_LIST = """
ra vào lên xuống qua sang lại về đi đến tới tại cho được sẽ đã đang hơn rất của và là
"""
_PARTICLES = frozenset(_PARTICLE_LIST.split())
_HOOK, _TILDE = "\u0309", "\u0303"
_EXCHANGED_TONES = str.maketrans({_HOOK: _TILDE, _TILDE: _HOOK})
# One sound in a dialect; but for the first two lines they make other words of everyday
_ALIKE_ONSETS = {
    "s": ("x",),
    "x": ("s",),
    "tr": ("ch",),
    "ch": ("tr",),
    "d": ("gi", "r", "v"),
    "gi": ("d", "r"),
    "r": ("d", "gi"),
    "l": ("n",),
    "n": ("l",),
    "v": ("d",),
}
_ALIKE_ENDINGS = {"ng": "n", "n": "ng", "c": "t", "t": "c"}
_ONSET = re.compile("ngh|ng|nh|gi|tr|ch|th|[^aeiouyăâêôơư]?")
_ENDING = re.compile("ng|nh|ch|[nct]?$")
_WORD = re.compile(r"[^\W\d_]+")


class Words(NamedTuple):
    """What a dictionary has, in small letters and one of the right spellings.

    Attributes:
        pairs: Syllables that follow one another in any word, with a space between them.
        usual: Words that people use.
        common, commonest: Those of them that people use most.
    """

    pairs: frozenset[str]
    usual: frozenset[str]
    common: frozenset[str]
    commonest: frozenset[str]

    def have(self, first: str, second: str) -> bool:
        """Whether two syllables follow one another in a word."""
        return _is_among(self.pairs, first, second)


def _is_among(entries: frozenset[str], *syllables: str) -> bool:
    """Whether syllables are an entry in any of their right spellings."""
    return " ".join(syllables) in entries or any(
        " ".join(each) in entries for each in product(*map(_spellings, syllables))
    )


_spellings = lru_cache(maxsize=20_000)(spellings)


@cache
def words() -> Words | None:
    """Return the words of Vietnamese; None where they are not installed."""
    found = find_spec("underthesea")
    if found is None or not found.origin:
        return None
    folder = Path(found.origin).parent / _FOLDER

    def entries(*names: str) -> frozenset[str]:
        texts = ((folder / name).read_text(encoding="utf-8") for name in names)
        return frozenset(line for text in texts for line in text.lower().replace("-", " ").splitlines())

    everything = entries(*_ALL)
    longer = (entry.split() for entry in everything if entry.count(" ") > 1)
    pairs = everything.union(f"{first} {second}" for entry in longer for first, second in pairwise(entry))
    return Words(pairs, *map(entries, (_USUAL, _COMMON, _COMMONEST)))


@lru_cache(maxsize=100_000)
def word_meant(first: str, second: str) -> str:
    """Return the word that two syllables are a misspelling of, as far as they alone tell; "" if they are of none."""
    known = words()
    if known is None or known.have(first, second):
        return ""
    for other in _spoken_alike(first):
        if _is_meant(first, other, (other, second), known):
            return f"{other} {second}"
    for other in _spoken_alike(second):
        if _is_meant(second, other, (first, other), known):
            return f"{first} {other}"
    return ""


def _is_meant(typed: str, other: str, word: tuple[str, str], known: Words) -> bool:
    """Whether a word is meant where one of its syllables is typed as another that sounds alike."""
    if not _is_among(known.usual, *word):
        return False
    if not _is_among(known.usual, typed):
        return True
    if not _PARTICLES.isdisjoint(word):
        return False
    if _differs_by_tone(typed, other) or {typed[:1], other[:1]} == {"s", "x"}:
        return _is_among(known.common, *word)
    return {typed[:2], other[:2]} == {"tr", "ch"} and _is_among(known.commonest, *word)


def _differs_by_tone(one: str, other: str) -> bool:
    return unicodedata.normalize("NFD", one).translate(_EXCHANGED_TONES) == unicodedata.normalize("NFD", other)


@lru_cache(maxsize=20_000)
def _spoken_alike(syllable: str) -> tuple[str, ...]:
    """Return the syllables that some people speak as they speak this one."""
    letters = unicodedata.normalize("NFD", syllable)
    found = [letters.translate(_EXCHANGED_TONES)]
    onset = _ONSET.match(letters)
    start = onset[0] if onset else ""
    found += [other + letters[len(start) :] for other in _ALIKE_ONSETS.get(start, ())]
    ending = _ENDING.search(letters)
    if ending and ending[0] in _ALIKE_ENDINGS:
        found.append(letters[: ending.start()] + _ALIKE_ENDINGS[ending[0]])
    composed = (unicodedata.normalize("NFC", each) for each in found)
    return tuple(each for each in dict.fromkeys(composed) if each != syllable and is_syllable(each))


def misspelt_words(page: Page) -> Iterator[Problem]:
    """Syllables that make no word together, but would if one were spelt otherwise; each once in a file."""
    lines = list(vietnamese_lines(page))
    known = words() if lines else None
    if known is None:
        return
    told: set[str] = set()
    for line, text in lines:
        for run in _runs(text, line.text):
            syllables = [match[0] for match in run]
            for number, (first, second) in enumerate(pairwise(syllables)):
                meant, typed = word_meant(first, second), f"{first} {second}"
                if not meant or typed in told or _belongs_elsewhere(syllables, number, known):
                    continue
                told.add(typed)
                message = translate("“{typed}” stands in no dictionary; is “{word}” meant?", typed=typed, word=meant)
                span = run[number].start(), run[number + 1].end()
                yield page.finding(line, "misspelt-word", message, "note", span)


def _belongs_elsewhere(syllables: list[str], number: int, known: Words) -> bool:
    """Whether one of two syllables makes a word with the one before or after both."""
    is_before = number > 0 and known.have(*syllables[number - 1 : number + 1])
    return is_before or (number + 2 < len(syllables) and known.have(*syllables[number + 1 : number + 3]))


def _runs(text: str, typed: str) -> Iterator[list[re.Match[str]]]:
    """Yield syllables in small letters that follow one another with nothing but spaces between them; not names.

    Args:
        text: A line with spaces for what is not read.
        typed: The line itself.
    """
    run: list[re.Match[str]] = []
    for match in _WORD.finditer(text):
        if run and (typed[run[-1].end() : match.start()].strip() or not match[0].islower()):
            yield run
            run = []
        if match[0].islower():
            run.append(match)
    yield run
