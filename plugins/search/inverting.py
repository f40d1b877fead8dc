"""Turns the words of articles into posting lists of words, pairs and places (postings.py), with NumPy."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from . import postings
from .blocks import Words
from .concepts import Synonyms, synonym_name
from .postings import Integers, Lists
from .tokens import fold

_SHARE_OF_NAMES = 16  # of the title, of a date or of a word with synonyms
Tokens = NDArray[np.int32]  # a number for each word of all articles


class Inverter:
    """Collects the words of a segment's articles in one language, block by block.

    A word is known by its number in the order in which words have come.
    """

    def __init__(self, synonyms: Synonyms) -> None:
        self.synonyms = synonyms
        self._spellings: dict[str, int] = {}
        self._words: list[Tokens] = []  # of all articles, those of the title first
        self._sizes: list[tuple[int, int, int]] = []  # of each article: its number, words of the title, of the body
        self._names: list[NDArray[np.int64]] = []  # number of a name, its article, whether it is in the title

    def add(self, words: Words, first: int) -> None:
        """Add the articles of a block. first: the number of its first article in the segment."""
        number_of = self._spellings.setdefault
        numbers = np.array([number_of(word, len(self._spellings)) for word in words.spellings], np.int32)
        self._words.append(numbers[np.frombuffer(words.tokens, np.int32)])
        self._sizes += [(number + first, title, body) for number, title, body in words.sizes]
        names = np.array(words.names, np.int64).reshape(-1, 3)
        names[:, 0], names[:, 1] = numbers[names[:, 0]], names[:, 1] + first
        self._names.append(names)

    def _tokens(self) -> tuple[Tokens, Tokens, Tokens]:
        """The words of all articles, with position and article of each."""
        numbers, titles, bodies = np.array(self._sizes, np.int32).reshape(-1, 3).T
        # no phrase goes from the title into the body
        starts = np.maximum(np.int32(postings.BODY_POSITION), titles + 1)
        tokens = np.concatenate(self._words)
        parts = np.stack([titles, bodies], axis=1).ravel()
        begins = np.stack([np.zeros_like(starts), starts], axis=1).ravel()
        positions = np.arange(len(tokens), dtype=np.int32) - np.repeat(
            parts.cumsum(dtype=np.int32) - parts - begins, parts
        )
        return tokens, positions, np.repeat(numbers, titles + bodies)

    def _synonym_places(self, folded: Tokens, words: dict[str, int], positions: Tokens) -> list[tuple[int, Integers]]:
        """Number of the name, and the places among all words, of each form of a synonym."""
        found = []
        for group in self.synonyms:
            name = self._spellings.setdefault(synonym_name(group), len(self._spellings))
            for form in group:
                parts = [words.get(word, -1) for word in form.split()]
                places = np.flatnonzero(folded[: len(folded) - len(parts) + 1] == parts[0])
                for after, part in enumerate(parts[1:], start=1):
                    places = places[
                        (folded[places + after] == part) & (positions[places + after] == positions[places] + after)
                    ]
                found.append((name, places))
        return found

    def buckets(self, count: int) -> tuple[list[bytes], list[bytes], list[bytes]]:
        """The buckets of words, pairs and places. count: of words and of places; there are twice as many of pairs."""
        tokens, positions, articles = self._tokens()
        folded: dict[str, int] = {}
        folded_numbers = [folded.setdefault(fold(form), len(folded)) for form in self._spellings]
        folded_tokens = np.array(folded_numbers, np.int32)[tokens]
        names = np.concatenate(self._names)
        for number, at in self._synonym_places(folded_tokens, folded, positions):
            in_title = positions[at] < postings.BODY_POSITION
            names = np.concatenate([names, np.stack([np.full_like(at, number), articles[at], in_title], axis=1)])
        pairs = _pair_buckets(folded_tokens, [*folded], positions, articles, 2 * count)
        del folded_tokens
        words = sorted((fold(form), form) for form in self._spellings)
        rank = np.empty(len(words), np.int64)
        rank[[self._spellings[form] for _, form in words]] = np.arange(len(words))
        span, width = _bits(articles), _bits(positions)
        keys = (rank[tokens] << span | articles) << width | positions
        del tokens, articles, positions
        keys.sort()
        rising = keys & (1 << width) - 1  # positions of a word in an article
        keys >>= width
        firsts = postings.run_starts(keys)
        counts = np.diff(np.append(firsts, len(keys)))
        keys, in_title = keys[firsts], rising[firsts] < postings.BODY_POSITION
        starts, ranks, found = _lists(keys, span)
        places = postings.word_buckets(
            [words[i] for i in ranks], postings.encode(Lists(starts, found, counts, positions=rising)), count
        )
        del rising
        shares = _shares(starts, found, in_title, len(self._sizes))
        keys, counts, shares = _merged(
            np.concatenate([keys, rank[names[:, 0]] << span | names[:, 1]]),
            np.append(counts, np.ones(len(names), np.int64)),
            np.append(shares, names[:, 2] * _SHARE_OF_NAMES),
        )
        starts, ranks, found = _lists(keys, span)
        encoded = postings.encode(Lists(starts, found, counts, (shares > 0).astype(np.int64), shares))
        return postings.word_buckets([words[i] for i in ranks], encoded, count), pairs, places


def _shares(starts: Integers, articles: Integers, in_title: NDArray[np.bool_], count: int) -> Integers:
    """The share of the title that each entry of some lists has, 0 if it is not in the title.

    Args:
        starts: Where each list begins.
        articles: Of the entries.
        in_title: Whether they are in the title.
        count: Of all articles.
    """
    sizes = np.diff(np.append(starts, len(articles)))
    weights = np.where(in_title, np.repeat(np.log(1 + count / sizes), sizes), 0)
    titles = np.bincount(articles, weights)[articles]
    shares: Integers = np.rint(postings.WHOLE_TITLE * weights / np.maximum(titles, 1e-9)).astype(np.int64)
    return np.where(in_title, np.maximum(shares, 1), 0)


def _merged(keys: Integers, counts: Integers, shares: Integers) -> tuple[Integers, Integers, Integers]:
    """Entries in the order of their keys, those of one key as one."""
    order = np.argsort(keys, kind="stable")  # quick: most are in order
    keys = keys[order]
    firsts = postings.run_starts(keys)
    return (
        keys[firsts],
        np.add.reduceat(counts[order], firsts),
        np.maximum.reduceat(shares[order], firsts),
    )


def _pair_buckets(words: Tokens, names: Sequence[str], positions: Tokens, articles: Tokens, count: int) -> list[bytes]:
    """The buckets of pairs of folded words that stand side by side. names: the words by their numbers."""
    hashes = np.array([*map(postings.word_hash, names)], np.int64)
    before = np.flatnonzero((positions[1:] == positions[:-1] + 1) & (articles[1:] == articles[:-1]))
    pairs = hashes[words[before]] * postings.PAIR_FACTOR + hashes[words[before + 1]] & 0xFFFFFFFF
    pairs = (pairs % count) << 16 | pairs >> 16  # bucket, and the bits that are compared
    span = _bits(articles)
    keys = (pairs << span | articles[before]) << 1 | (positions[before] >= postings.BODY_POSITION)
    keys.sort()
    in_body = keys & 1
    keys >>= 1
    firsts = postings.run_starts(keys)
    starts, found, in_articles = _lists(keys[firsts], span)
    counts = np.diff(np.append(firsts, len(keys)))
    lists = Lists(starts, in_articles, counts, 1 - in_body[firsts], hashes=found & 0xFFFF)
    return postings.pair_buckets(found >> 16, postings.encode(lists), count)


def _lists(keys: Integers, span: int) -> tuple[Integers, Integers, Integers]:
    """Where each list begins among sorted keys, what it is for, and the article of each key.

    Args:
        keys: What a list is for, before the bits of an article's number.
        span: The bits of that.
    """
    groups, articles = keys >> span, keys & (1 << span) - 1
    starts = postings.run_starts(groups)
    return starts, groups[starts], articles


def _bits(values: NDArray[Any]) -> int:
    """How many bits the largest of some numbers has."""
    return int(values.max(initial=0)).bit_length()
