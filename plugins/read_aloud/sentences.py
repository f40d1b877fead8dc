"""Text to sentences, as a listener would have them: each whole, none without end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

LONG = 200  # characters: a longer sentence also ends at its semicolons
LONGEST = 400  # characters: one that is longer still is cut at a comma or a space, at last anywhere

SHORT = 0.25  # seconds of silence after a sentence inside a passage

# What ends in a dot without ending a sentence, in the languages of the portals.
_SHORT = {"tp", "tx", "tt", "q", "p", "h", "ts", "pgs", "gs", "ths", "bs", "ks", "ls", "cn", "nxb", "tr", "đc", "stt"}
_SHORT |= {"mr", "mrs", "ms", "dr", "prof", "st", "no", "vol", "jr", "sr", "inc", "e.g", "i.e", "approx"}
# ! ? … end a sentence anywhere; a dot does before a space, or before a capital that follows a small letter
_END = re.compile(r"(?:[!?…]+|\.{2,}|\.(?![\w.,;:/@-]))[\"”’»)\]]*|(?<=[a-zà-ỹ])[.…](?=[A-ZĐÀ-Ỹ][a-zà-ỹ])")
_LAST_WORD = re.compile(r"[\w.]+$")


@dataclass(frozen=True)
class Sentence:
    """shown: as it stands on the page. spoken: in words. pause: seconds of silence after it."""

    shown: str
    spoken: str
    pause: float = SHORT


def split(text: str) -> list[str]:
    """The sentences of a text without line breaks, none of them empty; joined they are the text but for spaces."""
    found: list[str] = []
    for whole in _whole(text):
        parts = re.split(r"(?<=;)\s", whole) if len(whole) > LONG else [whole]
        found += [piece for part in parts for piece in _cut(part)]
    return [sentence.strip() for sentence in found if sentence.strip()]


def _whole(text: str) -> Iterator[str]:
    start = 0
    for end in _END.finditer(text):
        if end.end() < len(text) and not _ends(text, start, end):
            continue
        yield text[start : end.end()]
        start = end.end()
    yield text[start:]


def _ends(text: str, start: int, end: re.Match[str]) -> bool:
    """Whether what looks like an end is one."""
    rest = text[end.end() :].lstrip()
    if rest[:1] in (";", ",", ":", ")"):
        return False
    if "…" in end[0] or ".." in end[0] or end[0][0] in "!?":
        first = rest.lstrip('"“‘«([–—- ')[:1]
        return not first.islower()
    before = _LAST_WORD.search(text, start, end.start())
    word = before[0] if before else ""
    if (len(word) == 1 and word.isupper()) or word.casefold() in _SHORT:
        return False  # an initial, a title before a name
    if word.isdigit() and not text[start : end.start()].strip()[: -len(word)]:
        return False  # "1." begins what it numbers
    return not rest[:1].islower()


def _cut(text: str) -> Iterator[str]:
    while len(text) > LONGEST:
        window = text[:LONGEST]
        at = max(window.rfind(", "), window.rfind(": "), window.rfind("; ")) + 1
        if at < LONGEST // 3:
            at = window.rfind(" ") if " " in window else LONGEST
        at = at if at > 0 else LONGEST
        yield text[:at]
        text = text[at:].lstrip()
    yield text
