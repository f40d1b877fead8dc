"""Which articles speak of which units: their names, looked for in title, lead, tags and text.

A name counts where it stands as a whole, with its capitals ("Đoàn Kết", not "đoàn kết"), in either place of the tone
(Hòa, Hoà) or all in capitals. A name of one syllable, or one that two units share, counts only after its kind ("xã
Ba"); a name inside a longer one ("Nguyễn Bình Minh") and that of a larger unit ("huyện Bình Gia") do not.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from html import unescape

from .boundaries import UNIT_KINDS, Unit

# hòa and hoà, HÒA and HOÀ: the same syllable in both spellings
_OLD, _NEW = (
    (syllables + " " + syllables.upper()).split()
    for syllables in ("òa óa ỏa õa ọa òe óe ỏe õe ọe ùy úy ủy ũy ụy", "oà oá oả oã oạ oè oé oẻ oẽ oẹ uỳ uý uỷ uỹ uỵ")
)
_TONES = {syllable: f"(?:{old}|{new})" for old, new in zip(_OLD, _NEW, strict=True) for syllable in (old, new)}
_TONE_LAST = re.compile(rf"({'|'.join(_TONES)})(?!\w)")
BEFORE = 40  # characters before a name that are looked at
OF_COMMUNES = ("xã", "phường", "thị trấn")  # one may have become the other
_TAG = re.compile(r"<[^>]*>")
_BEFORE = re.compile(r"(?:(\w)[,;]?\s+)?(\w+)\s+$")


class MentionFinder:
    """Finds units in texts."""

    def __init__(self, units: Sequence[Unit]) -> None:
        shorts = Counter(_plain(unit.short) for unit in units)
        self._alone, self._full = {}, {}
        for number, unit in enumerate(units):
            short = _plain(unit.short)
            self._full[_plain(unit.kind).casefold(), short] = number
            if shorts[short] == 1 and " " in short:
                self._alone[short] = number
        forms = {form for unit in units for form in (unit.short, unit.short.upper())}
        by_initial: dict[str, list[str]] = {}
        for form in sorted(forms, key=lambda form: (-len(form), form)):
            by_initial.setdefault(form[0], []).append(_pattern(form)[1:] if form[0].isalnum() else "")
        # the initial once, before all names with it: most letters of a text are then passed over at once
        names = "|".join(f"{initial}(?:{'|'.join(rest)})" for initial, rest in by_initial.items() if any(rest))
        self._names = re.compile(rf"(?:{names})(?!\w)" if names else r"(?!)")
        kinds = "|".join(
            sorted(
                {kind.replace(" ", r"\s+") for kind in [*UNIT_KINDS, *(u.kind for u in units if u.kind)]},
                key=len,
                reverse=True,
            )
        )
        self._kind = re.compile(rf"(?<!\w)({kinds})\s+$", re.I)
        self._capitals = {_plain(unit.short.upper()): _plain(unit.short) for unit in units}

    def find(self, texts: Iterable[str]) -> set[int]:
        """The places, in the list of units, of those that HTML or plain texts speak of."""
        text = " . ".join(texts)
        return set(self._found(unescape(_TAG.sub(" ", text))))

    def _found(self, text: str) -> Iterable[int]:
        for match in self._names.finditer(text):
            before = text[max(0, match.start() - BEFORE) : match.start()]
            if before[-1:].isalnum():
                continue
            name = _plain(match[0])
            name = self._capitals.get(name, name)
            said = self._kind.search(before)
            kind = " ".join(said[1].split()).casefold() if said else ""
            if (kind, name) in self._full:
                yield self._full[kind, name]
            elif name in self._alone and (kind in OF_COMMUNES or (not kind and not _part_of_a_name(before))):
                yield self._alone[name]


def _part_of_a_name(before: str) -> bool:
    """Whether what stands before a name belongs to it: a word with one capital that does not begin a sentence."""
    words = _BEFORE.search(before)
    return bool(words and words[1] and words[2].istitle())


def _plain(name: str) -> str:
    """With tones where the new spelling has them, and single spaces."""
    name = " ".join(name.split())
    return _TONE_LAST.sub(lambda found: dict(zip(_OLD, _NEW, strict=True)).get(found[1], found[1]), name)


def _pattern(name: str) -> str:
    """Of a name as it may be written, over the end of a line too."""
    syllables = (_TONE_LAST.sub(lambda found: _TONES[found[1]], re.escape(word)) for word in name.split())
    return r"\s+".join(syllables)
