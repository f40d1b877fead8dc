"""Turns articles, one by one, into posting lists of words, pairs and places (postings.py), with NumPy."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from . import postings
from .concepts import Synonyms, names_in, synonym_name
from .postings import Integers, Lists
from .tokens import WORD, fold, spelling

EVERY_ARTICLE = "*"  # a word that every article has, for a search by filters alone
_NOWHERE = 1 << 24  # the position of a word that stands in no place of the title


class _Numbers(dict[str, int]):
    """Numbers of words as they are written: those of one spelling have the same number."""

    def __init__(self) -> None:
        super().__init__()
        self.spellings: dict[str, int] = {}

    def __missing__(self, word: str) -> int:
        number = self[word] = self.spellings.setdefault(spelling(word), len(self.spellings))
        return number


class Inverter:
    """Collects the words of a segment's articles in one language.

    A word is known by its number in the order in which words have come.
    """

    def __init__(self, synonyms: Synonyms) -> None:
        self.synonyms = synonyms
        self._numbers = _Numbers()
        self._words: list[Integers] = []  # of each article, those of the title first
        self._sizes: list[tuple[int, int, int]] = []  # of each article: its number, words of the title, of the body
        self._names: list[tuple[int, int, int]] = []  # number of a name, its article, its position

    def add(self, number: int, filters: Sequence[str], title: str, body: str) -> None:
        """Add an article. number: its place in the segment; articles are added in rising order."""
        number_of, spellings = self._numbers.__getitem__, self._numbers.spellings
        title_words, body_words = WORD.findall(title), WORD.findall(body)
        self._words.append(np.array([*map(number_of, title_words), *map(number_of, body_words)], np.int32))
        self._sizes.append((number, len(title_words), len(body_words)))
        names = [(number_of(name), number, 0) for name in names_in(title)]
        names += [(number_of(name), number, _NOWHERE) for name in names_in(body)]
        own = (EVERY_ARTICLE, *filters)
        names += [(spellings.setdefault(name, len(spellings)), number, _NOWHERE) for name in own]
        self._names += names

    def _tokens(self) -> tuple[Integers, Integers, Integers]:
        """The words of all articles, with position and article of each."""
        numbers, titles, bodies = np.array(self._sizes, np.int64).reshape(-1, 3).T
        # no phrase goes from the title into the body
        starts = np.maximum(postings.BODY_POSITION, titles + 1)
        tokens = np.concatenate(self._words).astype(np.int64)
        parts = np.stack([titles, bodies], axis=1).ravel()
        begins = np.stack([np.zeros_like(starts), starts], axis=1).ravel()
        positions = np.arange(len(tokens)) - np.repeat(parts.cumsum() - parts - begins, parts)
        return tokens, positions, np.repeat(numbers, titles + bodies)

    def _synonym_names(self, folded: Integers, words: dict[str, int], positions: Integers) -> list[Integers]:
        """Number of the name, and the place among all words, of each form of a synonym."""
        found = []
        for group in self.synonyms:
            name = self._numbers.spellings.setdefault(synonym_name(group), len(self._numbers.spellings))
            for form in group:
                parts = [words.get(word, -1) for word in form.split()]
                places = np.flatnonzero(folded[: len(folded) - len(parts) + 1] == parts[0])
                for after, part in enumerate(parts[1:], start=1):
                    places = places[
                        (folded[places + after] == part) & (positions[places + after] == positions[places] + after)
                    ]
                found.append(np.stack([np.full_like(places, name), places]))
        return found

    def buckets(self, count: int) -> tuple[list[bytes], list[bytes], list[bytes]]:
        """The buckets of words, pairs and places. count: their number."""
        tokens, positions, articles = self._tokens()
        folded: dict[str, int] = {}
        folded_numbers = [folded.setdefault(fold(form), len(folded)) for form in self._numbers.spellings]
        folded_tokens = np.array(folded_numbers, np.int64)[tokens]
        names = np.array(self._names, np.int64).reshape(-1, 3)
        for number, places in self._synonym_names(folded_tokens, folded, positions):
            names = np.concatenate([names, np.stack([number, articles[places], positions[places]], axis=1)])
        words = sorted((fold(form), form) for form in self._numbers.spellings)
        rank = np.empty(len(words), np.int64)
        rank[[self._numbers.spellings[form] for _, form in words]] = np.arange(len(words))
        span = int(articles.max(initial=0)) + 1
        keys = rank[tokens] * span + articles
        order = np.argsort(keys, kind="stable")
        keys, sorted_positions = keys[order], positions[order]
        places, place_ranks = _lists(keys, span, sorted_positions, with_positions=True)
        keys = np.concatenate([keys, rank[names[:, 0]] * span + names[:, 1]])
        sorted_positions = np.concatenate([sorted_positions, names[:, 2]])
        order = np.argsort(keys, kind="stable")  # quick: most are in order
        lists, ranks = _lists(keys[order], span, sorted_positions[order])
        return (
            postings.word_buckets([words[i] for i in ranks], postings.encode(lists), count),
            _pair_buckets(folded_tokens, [*folded], positions, articles, count),
            postings.word_buckets([words[i] for i in place_ranks], postings.encode(places), count),
        )


def _pair_buckets(
    words: Integers, names: Sequence[str], positions: Integers, articles: Integers, count: int
) -> list[bytes]:
    """The buckets of pairs of folded words that stand side by side. names: the words by their numbers."""
    are_adjacent = (positions[1:] == positions[:-1] + 1) & (articles[1:] == articles[:-1])
    unique, numbers = np.unique((words[:-1] * len(names) + words[1:])[are_adjacent], return_inverse=True)
    firsts, seconds = (part.tolist() for part in np.divmod(unique, max(1, len(names))))
    pairs = [f"{names[a]} {names[b]}" for a, b in zip(firsts, seconds, strict=True)]
    hashes = [*map(postings.word_hash, pairs)]
    # by the words too, so that the order in which words came is no matter
    in_order = sorted(range(len(hashes)), key=lambda i: (hashes[i], pairs[i]))
    rank = np.empty(len(hashes), np.int64)
    rank[in_order] = np.arange(len(hashes))
    span = int(articles.max(initial=0)) + 1
    keys = rank[numbers] * span + articles[1:][are_adjacent]
    order = np.argsort(keys, kind="stable")
    lists, ranks = _lists(keys[order], span, positions[1:][are_adjacent][order])
    return postings.pair_buckets([hashes[in_order[i]] for i in ranks], postings.encode(lists), count)


def _lists(keys: Integers, span: int, positions: Integers, with_positions: bool = False) -> tuple[Lists, list[int]]:
    """The posting lists of sorted keys, and what each list is for.

    Args:
        keys: The rank of a word times `span`, plus the number of an article, for each place where the word stands.
        span: More than the highest number of an article.
        positions: Of each, rising within a key.
        with_positions: Whether the lists have the positions.
    """
    firsts = np.flatnonzero(np.diff(keys, prepend=-1))
    ranks, articles = np.divmod(keys[firsts], span)
    counts = np.diff(np.append(firsts, len(keys)))
    starts = np.flatnonzero(np.diff(ranks, prepend=-1))
    in_title = (positions[firsts] < postings.BODY_POSITION).astype(np.int64)
    lists = Lists(starts, articles, counts, None if with_positions else in_title, positions if with_positions else None)
    return lists, ranks[starts].tolist()
