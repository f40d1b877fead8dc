"""Splits text into sentences for listening: each complete, none too long."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

SEMICOLON_LENGTH = 200  # characters; a longer sentence is also split at its semicolons
MAX_LENGTH = 400  # characters; a longer sentence is split at a comma or a space, or anywhere if there is none
SENTENCE_PAUSE = 0.25  # seconds of silence after a sentence inside a passage

# Words that end in a dot without ending a sentence, in the languages of the portals.
_ABBREVIATIONS = {
    "tp", "tx", "tt", "q", "p", "h", "ts", "pgs", "gs", "ths", "bs", "ks", "ls", "cn", "nxb", "tr", "đc", "stt",
    "mr", "mrs", "ms", "dr", "prof", "st", "no", "vol", "jr", "sr", "inc", "e.g", "i.e", "approx",
}  # fmt: skip
# ! ? … end a sentence anywhere; a dot does before a space, or before a capital that follows a small letter
_END = re.compile(r"(?:[!?…]+|\.{2,}|\.(?![\w.,;:/@-]))[\"”’»)\]]*|(?<=[a-zà-ỹ])[.…](?=[A-ZĐÀ-Ỹ][a-zà-ỹ])")
_LAST_WORD = re.compile(r"[\w.]+$")


@dataclass(frozen=True)
class Sentence:
    """A sentence of a recording.

    Args:
        shown: The text as it stands on the page.
        spoken: The words that the voice reads.
        pause: Seconds of silence after it.
    """

    shown: str
    spoken: str
    pause: float = SENTENCE_PAUSE


def split_sentences(text: str) -> list[str]:
    """Split a text without line breaks into sentences.

    None of them is empty or longer than MAX_LENGTH. Together they are the text, but for spaces.
    """
    pieces: list[str] = []
    for sentence in _split_at_ends(text):
        parts = re.split(r"(?<=;)\s", sentence) if len(sentence) > SEMICOLON_LENGTH else [sentence]
        pieces += [piece for part in parts for piece in _split_long(part)]
    return [piece.strip() for piece in pieces if piece.strip()]


def _split_at_ends(text: str) -> Iterator[str]:
    start = 0
    for end in _END.finditer(text):
        if end.end() < len(text) and not _ends_sentence(text, start, end):
            continue
        yield text[start : end.end()]
        start = end.end()
    yield text[start:]


def _ends_sentence(text: str, start: int, end: re.Match[str]) -> bool:
    """Whether punctuation really ends the sentence that begins at `start`."""
    rest = text[end.end() :].lstrip()
    if rest[:1] in (";", ",", ":", ")"):
        return False
    if "…" in end[0] or ".." in end[0] or end[0][0] in "!?":
        first = rest.lstrip('"“‘«([–—- ')[:1]
        return not first.islower()
    match = _LAST_WORD.search(text, start, end.start())
    word = match[0] if match else ""
    if (len(word) == 1 and word.isupper()) or word.casefold() in _ABBREVIATIONS:
        return False  # an initial, a title before a name
    if word.isdigit() and not text[start : end.start()].strip()[: -len(word)]:
        return False  # the number of a list item: "1. "
    return not rest[:1].islower()


def _split_long(text: str) -> Iterator[str]:
    while len(text) > MAX_LENGTH:
        window = text[:MAX_LENGTH]
        at = max(window.rfind(", "), window.rfind(": "), window.rfind("; ")) + 1
        if at < MAX_LENGTH // 3:
            at = window.rfind(" ") if " " in window else MAX_LENGTH
        at = at if at > 0 else MAX_LENGTH
        yield text[:at]
        text = text[at:].lstrip()
    yield text
