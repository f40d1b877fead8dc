"""Spellings of a Vietnamese syllable that are all right, and the one form that stands for them.

The tone stands on either vowel of oa, oe and uy (hoà, hòa), and the vowel i is also written y (kĩ thuật, kỹ thuật).
"""

from __future__ import annotations

import re
import unicodedata

from . import normalize

_TONES = "\u0300\u0301\u0303\u0309\u0323"  # grave, acute, tilde, hook above, dot below
_BEFORE_Y_FOR_I = "[hklmst]|qu"
_EITHER = re.compile(rf"\A({_BEFORE_Y_FOR_I})[iy]\Z")
_EITHER_TONED = re.compile(rf"\A({_BEFORE_Y_FOR_I})i([{_TONES}]?)\Z")
# Regular expressions, and what replaces their matches in a decomposed word in lower case (NFD); scripts use them too.
# y is i where it is the only vowel after one of these consonants (rules of the Ministry of Education of 1984 and 2002).
# After others it makes another name (Vy, Vi), and within a syllable another sound (tay, tai).
SPELLINGS = (
    (f"o([{_TONES}])([ae])", "o$2$1"),  # hòa is hoà: the tone stands on the last vowel
    (f"u([{_TONES}])y", "uy$1"),
    (f"^({_BEFORE_Y_FOR_I})y([{_TONES}]?)$", "$1i$2"),  # kỹ is kĩ
)
# oa, oe and uy at the end of a syllable, with the tone on the last vowel; after q, u is no vowel (quý).
_TONE_ON_THE_LAST = re.compile(rf"(?<![qQ])([oO](?=[aAeE])|[uU](?=[yY]))([aAeEyY])([{_TONES}])(?![\w\u0300-\u036f])")
_SPELLINGS = [(re.compile(pattern), replacement.replace("$", "\\")) for pattern, replacement in SPELLINGS]


def tones_last(syllable: str) -> str:
    """Return a syllable with its tone after all letters, so that it does not matter which one carries it."""
    letters = unicodedata.normalize("NFD", normalize(syllable))
    plain = "".join(letter for letter in letters if letter not in _TONES)
    return unicodedata.normalize("NFC", plain + "".join(letter for letter in letters if letter in _TONES))


def one_spelling(word: str) -> str:
    """Return the form that all right spellings of a word share, in lower case."""
    decomposed = unicodedata.normalize("NFD", normalize(word).lower())
    for pattern, replacement in _SPELLINGS:
        decomposed = pattern.sub(replacement, decomposed)
    return unicodedata.normalize("NFC", decomposed)


def spellings(syllable: str) -> tuple[str, ...]:
    """Return all right spellings of a syllable, in lower case: hoà and hòa, kĩ and kỹ."""
    letters = unicodedata.normalize("NFD", one_spelling(syllable))
    other = _TONE_ON_THE_LAST.sub(r"\1\3\2", letters)
    other = _EITHER_TONED.sub(r"\1y\2", other)
    return tuple(unicodedata.normalize("NFC", each) for each in dict.fromkeys((letters, other)))


def as_state_documents(text: str) -> str:
    """Return a text with the tone of oa, oe and uy where state documents have it: Ủy ban, khóa, hóa, khỏe."""
    return unicodedata.normalize("NFC", _TONE_ON_THE_LAST.sub(r"\1\3\2", unicodedata.normalize("NFD", text)))


def spellings_without_marks(syllable: str) -> tuple[str, ...]:
    """Return the spellings of a syllable in small letters without diacritics: ki and ky for either."""
    match = _EITHER.match(syllable)
    return (f"{match[1]}i", f"{match[1]}y") if match else (syllable,)
