"""Which key of a kind a label of an old portal means: `Số, ký hiệu văn bản:` is the key `number`."""

from __future__ import annotations

import re
from functools import lru_cache

from plugins.features.hooks import Conversion, Kind
from plugins.markdown_reader.header_values import slug_of

LONGEST_LABEL = 90  # letters: "Số, ký hiệu; ngày, tháng, năm ban hành văn bản" has 47
MOST_MORE_WORDS = 2  # words that a label may have behind those of a key: "Người ký duyệt"
_FILLING = re.compile(r"(?<![^-])(?:cua-)?van-ban(?![^-])-?")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")  # CoQuanBanHanh, a column of a database
_PARTS = re.compile(r"\s*[;/]\s*|\s+và\s+")


class Labels:
    """The labels of a kind.

    Args:
        kind: The kind, with a `Conversion`.

    Attributes:
        identity, find: See `Conversion`.
    """

    def __init__(self, kind: Kind) -> None:
        declared = kind.conversion or Conversion()
        self.identity, self.find = declared.identity, declared.find
        spellings = {spelling: key.name for key in kind.keys for spelling in (*key.synonyms, key.name)}
        spellings |= {spelling: name for name, more in declared.labels.items() for spelling in more}
        self._names = {_plain(spelling): name for spelling, name in spellings.items()}
        self.longest_words = max(len(name.split("-")) for name in self._names) + MOST_MORE_WORDS
        self.keys_of = lru_cache(4096)(self._keys_of)

    def _keys_of(self, label: str) -> tuple[str, ...]:
        """Return the names of the keys that a label means; several for "Cơ quan ban hành / Người ký"."""
        label = label.strip(" :：")
        if not 1 < len(label) <= LONGEST_LABEL or re.search(r"[\d:：]", label) or not re.search(r"[^\W_]", label):
            return ()
        whole = self._key_of(label)
        if whole and (self.is_exactly(label) or not _PARTS.search(label)):
            return (whole,)
        parts = [self._key_of(part) for part in _PARTS.split(label)]
        if all(parts):
            return tuple(dict.fromkeys(parts))
        return (whole,) if whole else ()

    def is_exactly(self, label: str) -> bool:
        """Return whether a label is that of a key, word for word."""
        return _plain(label) in self._names

    def _key_of(self, label: str) -> str:
        name = _plain(label)
        if name in self._names:
            return self._names[name]
        words = name.split("-")
        for more in range(1, MOST_MORE_WORDS + 1):
            begins = "-".join(words[:-more])
            if "-" in begins and begins in self._names:
                return self._names[begins]
        return ""


def _plain(label: str) -> str:
    """Return a label without marks, signs and the words "văn bản", which any label of a document may have."""
    label = label.strip(" :.*-–•")
    slug = slug_of(_CAMEL.sub("-", label) if label.isascii() else label)
    return _FILLING.sub("", slug).strip("-") or slug
