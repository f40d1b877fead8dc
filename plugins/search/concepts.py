"""Names under which the index has what is written in several ways: dates, and words with synonyms.

An article with "ngày 7 tháng 4 năm 2021" or "07/4/2021" has the word "date:2021-4-7" in the index, one with "UBND" or
"Ủy ban nhân dân" has "same:ubnd". So a query finds all ways of writing by one list. script/query.js makes the same
names of a query. A synonym is compared by its folded words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from .tokens import fold, tokenize

_NUMBERS = re.compile(r"(?<!\d)(\d{1,2})([./–-])(\d{1,4})(?:\2(\d{4}))?(?!\d)")

_JOINED = re.compile(r"[^\W_]+(?:[.&'’/–-][^\W_]+)+")
_LONGEST_JOINED = 16

Synonyms = tuple[tuple[str, ...], ...]  # groups of folded forms, such as ("ubnd", "uy ban nhan dan")


def date_names(text: str, folded: Sequence[str]) -> Iterator[str]:
    """The names of all dates in a text. folded: its folded words."""
    for match in _NUMBERS.finditer(text):
        first, second, year = (str(int(number)) if number else "" for number in match.group(1, 3, 4))
        yield from _date(first, second, year)
        if not year:
            yield from _date("", first, second)
    for at, word in enumerate(folded):
        if word == "thang" and at + 1 < len(folded):
            after = folded[at + 2 : at + 4]
            year = after[-1] if after[:1] == ["nam"] else "".join(after[:1])
            yield from _date(folded[at - 1] if at else "", folded[at + 1], year)


def _date(day: str, month: str, year: str) -> Iterator[str]:
    """The names of a date, and of its parts that are dates themselves; nothing if it is no date."""
    if not _is_number(month, 12):
        return
    has_day, has_year = _is_number(day, 31), len(year) == 4 and year.isdecimal()
    if has_day and has_year:
        yield f"date:{year}-{month}-{day}"
    if has_day:
        yield f"date:{month}-{day}"
    if has_year:
        yield f"date:{year}-{month}"


def _is_number(text: str, most: int) -> bool:
    return text.isdecimal() and 0 < int(text) <= most


class SynonymFinder:
    """Finds words that have synonyms."""

    def __init__(self, groups: Synonyms) -> None:
        self._by_first: dict[str, list[tuple[list[str], str]]] = {}
        for group in groups:
            for form in group:
                words = form.split()
                self._by_first.setdefault(words[0], []).append((words, synonym_name(group)))

    def names(self, folded: Sequence[str]) -> Iterator[str]:
        """The name of each place where a text has one of the forms. folded: the text's folded words."""
        for at, word in enumerate(folded):
            for words, name in self._by_first.get(word, ()):
                if folded[at : at + len(words)] == words:
                    yield name


def synonym_name(group: Sequence[str]) -> str:
    """The name of a group of synonyms."""
    return "same:" + group[0].replace(" ", "-")


def joined_words(text: str) -> Iterator[str]:
    """Words that signs join, without the signs: u23 of U.23, covid19 of COVID-19, tphcm of TP.HCM."""
    for match in _JOINED.finditer(text):
        joined = re.sub(r"[\W_]", "", match[0])
        if len(joined) <= _LONGEST_JOINED and not joined.isdecimal():
            yield joined


def folded_form(text: str) -> str:
    """A form of a synonym as it is compared."""
    return " ".join(map(fold, tokenize(text)))
