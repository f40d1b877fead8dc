"""Finds the units that an article mentions, by their names in its title, lead, tags and text.

A name counts as a whole and with its capitals ("Đoàn Kết", not "đoàn kết"), in both spellings of a tone (Hòa, Hoà), or
all in capitals. A name of one syllable, or one that several units share, counts only after its kind ("xã Ba"). A name
that is part of a longer one ("Nguyễn Bình Minh") or of a larger unit ("huyện Bình Gia") does not count.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from html import unescape

from .boundaries import UNIT_KINDS, Unit

# The same syllables with the tone in the old place (hòa, HÒA) and in the new one (hoà, HOÀ).
_OLD, _NEW = (
    (syllables + " " + syllables.upper()).split()
    for syllables in ("òa óa ỏa õa ọa òe óe ỏe õe ọe ùy úy ủy ũy ụy", "oà oá oả oã oạ oè oé oẻ oẽ oẹ uỳ uý uỷ uỹ uỵ")
)
_TO_NEW = dict(zip(_OLD, _NEW, strict=True))
_EITHER = {syllable: f"(?:{old}|{new})" for old, new in _TO_NEW.items() for syllable in (old, new)}
_TONE_SYLLABLE = re.compile(rf"({'|'.join(_EITHER)})(?!\w)")
_CONTEXT = 40  # characters before a name that are searched for a kind
_COMMUNE_KINDS = ("xã", "phường", "thị trấn")  # of which one may have become another
_TAG = re.compile(r"<[^>]*>")
_WORDS_BEFORE = re.compile(r"(?:(\w)[,;]?\s+)?(\w+)\s+$")


class MentionFinder:
    """Finds the names of units in texts."""

    def __init__(self, units: Sequence[Unit]) -> None:
        counts = Counter(_normalize(unit.short) for unit in units)
        self._by_name: dict[str, int] = {}  # names that need no kind before them
        self._by_kind_and_name: dict[tuple[str, str], int] = {}
        for index, unit in enumerate(units):
            name = _normalize(unit.short)
            self._by_kind_and_name[_normalize(unit.kind).casefold(), name] = index
            if counts[name] == 1 and " " in name:
                self._by_name[name] = index
        self._from_capitals = {_normalize(unit.short.upper()): _normalize(unit.short) for unit in units}
        self._names = _names_pattern(units)
        kinds = {kind.replace(" ", r"\s+") for kind in [*UNIT_KINDS, *(unit.kind for unit in units if unit.kind)]}
        self._kind_before = re.compile(rf"(?<!\w)({'|'.join(sorted(kinds, key=len, reverse=True))})\s+$", re.I)

    def find(self, texts: Iterable[str]) -> set[int]:
        """The indices of the units that HTML or plain texts mention."""
        text = " . ".join(texts)
        return set(self._find(unescape(_TAG.sub(" ", text))))

    def _find(self, text: str) -> Iterator[int]:
        for match in self._names.finditer(text):
            before = text[max(0, match.start() - _CONTEXT) : match.start()]
            if before[-1:].isalnum():
                continue
            name = _normalize(match[0])
            name = self._from_capitals.get(name, name)
            kind_match = self._kind_before.search(before)
            kind = " ".join(kind_match[1].split()).casefold() if kind_match else ""
            if (kind, name) in self._by_kind_and_name:
                yield self._by_kind_and_name[kind, name]
            elif name in self._by_name and (kind in _COMMUNE_KINDS or (not kind and not _is_part_of_name(before))):
                yield self._by_name[name]


def _names_pattern(units: Iterable[Unit]) -> re.Pattern[str]:
    """A pattern for the names of all units, also in capitals.

    Names with the same first letter are grouped after that letter, so that most of a text is skipped quickly.
    """
    forms = {form for unit in units for form in (unit.short, unit.short.upper())}
    by_initial: dict[str, list[str]] = {}
    for form in sorted(forms, key=lambda form: (-len(form), form)):
        by_initial.setdefault(form[0], []).append(_pattern(form)[1:] if form[0].isalnum() else "")
    names = "|".join(f"{initial}(?:{'|'.join(rest)})" for initial, rest in by_initial.items() if any(rest))
    return re.compile(rf"(?:{names})(?!\w)" if names else r"(?!)")


def _is_part_of_name(before: str) -> bool:
    """Whether the word before a name belongs to it: it has a capital and does not begin a sentence."""
    words = _WORDS_BEFORE.search(before)
    return bool(words and words[1] and words[2].istitle())


def _normalize(name: str) -> str:
    """A name with tones in their new places and single spaces."""
    name = " ".join(name.split())
    return _TONE_SYLLABLE.sub(lambda match: _TO_NEW.get(match[1], match[1]), name)


def _pattern(name: str) -> str:
    """A pattern for both spellings of a name, which may be broken over two lines."""
    syllables = (_TONE_SYLLABLE.sub(lambda match: _EITHER[match[1]], re.escape(word)) for word in name.split())
    return r"\s+".join(syllables)
