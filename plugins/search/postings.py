"""The file format of the search index: posting lists, as compact as script/index.js can read them without a library.

An index has three kinds of lists:

- words: for every folded word the forms in which it is written (cua: cua, của, cửa), each with its articles.
- pairs: for two adjacent folded words their articles. Most Vietnamese words are two syllables, so articles that have
  the words of a query side by side are ranked first. Only the ranking depends on it, so a hash of 32 bits stands for a
  pair, of which the bucket and 16 more bits are compared.
- places: like words, with every position of the form. It is as large as the text, and only read for phrases.

All lists of a language are in one file, in buckets by their hash, so that a query reads one bucket a word, by its place
in the file. Tables have the sizes of all buckets; a bucket is filled up to a multiple of UNIT bytes, which makes the
tables half as long. Numbers are Rice codes (R. F. Rice, "Some practical universal noiseless coding techniques", 1979):
as small as gzip would make them, and parts of a file can be read alone. A varint has 7 bits per byte, the lowest first.
In bytes:

    lists    = table of places, buckets of words, of pairs, of places
    head     = table of words, table of pairs
    table    = k, bits               the sizes of the buckets in units, each Rice(k)
    bucket   = entry ... zeros
    entry    = word, size, form ...  word: its length (varint) and UTF-8
               size, hash, list      in the index of pairs: 16 bits of the hash, the lower byte first
    form     = text, size, list      the text is empty for the folded form itself
    list     = count, k << 4 | l, bits  count: of articles, a varint
    bits     = per article: Rice(k) of its number minus the previous one minus 1; then, in pairs: Rice(1) of twice its
               occurrences minus 2, plus 1 if it is in the title; in places: Rice(0) of its occurrences minus 1, and
               Rice(l) of each position minus the previous one; in words: Rice(0) of its occurrences, at most
               MOST_TIMES, minus 1; behind all articles of a word that is in titles, for each title and for the end:
               Rice(l) of the article's place in the list minus the previous one minus 1, and Rice(SHARE_BITS) of the
               share of the title minus 1. The end has the number of articles as its place, and no share; l is NO_TITLE
               if the word is in no title

The share of a title says how much a word tells of it: its weight by that of all words of the title, in 64ths. A
title of few words, or of everyday words and this one, is about the word.

Lists are encoded with NumPy, thousands at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any, NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from .index import UNIT

Integers = NDArray[np.int64]

BODY_POSITION = 64  # the position of a body's first word; lower ones are in the title, as index.js knows
SHARE_BITS = 6
WHOLE_TITLE = 1 << SHARE_BITS  # the share of a word that is all of a title
MOST_TIMES = 4  # of a word in an article: more count no more
NO_TITLE = 15
MIN_BUCKETS, MAX_BUCKETS = 64, 4096
PAIR_FACTOR = 0x9E3779B1  # odd, as index.js knows; so "a b" and "b a" have different hashes
_RUN = 32  # ones
_SYMBOLS = 1 << 18  # that are encoded at once, which bounds the memory


class Lists(NamedTuple):
    """Posting lists of one kind, one after the other.

    Args:
        starts: Where each list begins in `articles`.
        articles: The articles of all lists, in rising order within a list.
        counts: Occurrences of each.
        in_title: For words and pairs: 1 if one of them is in the title.
        shares: For words: of those in the title, 1 to WHOLE_TITLE.
        positions: For places: those of each article, one after the other.
        hashes: For pairs: 16 bits for each list.
    """

    starts: Integers
    articles: Integers
    counts: Integers
    in_title: Integers | None = None
    shares: Integers | None = None
    positions: Integers | None = None
    hashes: Integers | None = None


class Encoded(NamedTuple):
    """Encoded lists: list i is data[offsets[i] : offsets[i + 1]]; those of pairs have size and hash before them."""

    data: bytes
    offsets: Integers


def run_starts(values: NDArray[Any]) -> Integers:
    """Where each run of equal values begins."""
    return np.append(0, np.flatnonzero(values[1:] != values[:-1]) + 1)[: len(values)]


def bucket_count(articles: int) -> int:
    """Into how many buckets the words of so many articles are cut, a power of two. There are twice as many of pairs."""
    return min(MAX_BUCKETS, max(MIN_BUCKETS, 1 << (articles * 2).bit_length()))


def word_hash(word: str) -> int:
    """The hash of a folded word; its lowest bits are the number of the bucket."""
    return crc32(word.encode())


def word_buckets(words: Sequence[tuple[str, str]], lists: Encoded, count: int) -> list[bytes]:
    """The buckets of words or places. words: folded word and form of each list, all forms of a word together."""
    buckets: list[list[bytes]] = [[] for _ in range(count)]
    forms: list[bytes] = []
    previous = ""
    data, offsets = memoryview(lists.data), [*lists.offsets.tolist(), lists.offsets[-1]]
    for i, (word, form) in enumerate((*words, ("", ""))):
        if word != previous:
            if forms:
                buckets[word_hash(previous) % count].append(_sized(previous.encode()) + _sized(b"".join(forms)))
            previous, forms = word, []
        forms.append(_sized(b"" if form == word else form.encode()) + _sized(data[offsets[i] : offsets[i + 1]]))
    return [_filled(b"".join(bucket)) for bucket in buckets]


def pair_buckets(numbers: Integers, lists: Encoded, count: int) -> list[bytes]:
    """The buckets of pairs. numbers: the bucket of each list, rising."""
    data = memoryview(lists.data)
    ends = lists.offsets[np.searchsorted(numbers, np.arange(count + 1))].tolist()
    return [_filled(data[start:end]) for start, end in pairwise(ends)]


def _filled(bucket: bytes | memoryview) -> bytes:
    return bytes(bucket) + bytes(-len(bucket) % UNIT)


def table(buckets: Iterable[bytes]) -> bytes:
    """The table of the sizes of some buckets."""
    values = np.array([len(bucket) // UNIT for bucket in buckets], dtype=np.int64)
    k = _parameters(np.array([values.sum()]), np.array([max(1, len(values))]))
    k = np.broadcast_to(k, values.shape)
    ends = (values >> k).cumsum() + np.arange(1, len(values) + 1) * (1 + k)
    return bytes((int(k[0]),)) + _bits(_rice(np.append(0, ends)[:-1], values, k), (int(ends[-1]) + 7) // 8)


def encode(lists: Lists) -> Encoded:
    """Encode lists, some at a time."""
    ends = np.append(lists.starts[1:], len(lists.articles))
    weights = np.ones(len(lists.articles), np.int64) if lists.positions is None else lists.counts
    symbols = np.add.reduceat(weights, lists.starts).cumsum() if len(lists.starts) else np.array([], np.int64)
    chunk_ends = np.searchsorted(symbols, np.arange(_SYMBOLS, symbols.max(initial=0) + _SYMBOLS, _SYMBOLS))
    position_ends = np.append(0, lists.counts.cumsum()) if lists.positions is not None else None
    chunks: list[bytes] = []
    offsets = [np.zeros(1, np.int64)]
    first = 0
    for last in sorted({*map(int, chunk_ends), len(lists.starts)}):
        last = min(last + 1, len(lists.starts))
        if last <= first:
            continue
        start, end = int(lists.starts[first]), int(ends[last - 1])
        part = Lists(
            lists.starts[first:last] - start,
            lists.articles[start:end],
            lists.counts[start:end],
            None if lists.in_title is None else lists.in_title[start:end],
            None if lists.shares is None else lists.shares[start:end],
            None if position_ends is None else lists.positions[position_ends[start] : position_ends[end]],  # type: ignore[index]
            None if lists.hashes is None else lists.hashes[first:last],
        )
        chunk = _encode(part)
        chunks.append(chunk.data)
        offsets.append(chunk.offsets[1:] + offsets[-1][-1])
        first = last
    return Encoded(b"".join(chunks), np.concatenate(offsets))


def _encode(lists: Lists) -> Encoded:
    articles = np.diff(np.append(lists.starts, len(lists.articles)))
    values, k, begins, parameters = _numbers(lists, articles)
    lengths = (values >> k) + 1 + k
    head, head_bits = _varints(articles)
    head, head_bits = head << 8 | parameters, head_bits + 8
    bits = np.add.reduceat(lengths, begins)
    size_bits = np.zeros_like(bits)
    if lists.hashes is not None:
        size, size_bits = _varints(head_bits // 8 + (bits + 7) // 8)
        size, size_bits = size << 16 | (lists.hashes & 255) << 8 | lists.hashes >> 8, size_bits + 16
    offsets = np.append(0, ((size_bits + head_bits + bits + 7) // 8).cumsum())
    heads = offsets[:-1] * 8 + size_bits
    pieces = [(heads, head_bits, head)]
    if lists.hashes is not None:
        pieces.append((offsets[:-1] * 8, size_bits, size))
    ends = lengths.cumsum()
    before = np.append(0, ends)[begins]
    starts = ends - lengths + np.repeat(heads + head_bits - before, np.diff(np.append(begins, len(values))))
    return Encoded(_bits([*pieces, *_rice(starts, values, k)], int(offsets[-1])), offsets)


def _numbers(lists: Lists, articles: Integers) -> tuple[Integers, Integers, Integers, Integers]:
    """The numbers of all lists, the parameter of each, where each list begins in them, and the parameters of the lists.

    Args:
        lists: Lists of one kind.
        articles: How many each has.
    """
    starts, counts = lists.starts, lists.counts
    gaps = np.diff(lists.articles, prepend=-1) - 1
    gaps[starts] = lists.articles[starts]
    k = _parameters(np.add.reduceat(gaps, starts), articles)
    if lists.shares is not None:
        return _numbers_of_words(lists, articles, gaps, k)
    if lists.positions is None:
        in_title = np.zeros_like(counts) if lists.in_title is None else lists.in_title
        values = np.stack([gaps, (counts - 1) * 2 + in_title], axis=1).ravel()
        codes = np.stack([np.repeat(k, articles), np.ones_like(gaps)], axis=1).ravel()
        return values, codes, 2 * starts, k << 4
    firsts = np.append(0, counts.cumsum()[:-1])  # of each article, in the positions
    steps = np.diff(lists.positions, prepend=0)
    steps[firsts] = lists.positions[firsts]
    occurrences = np.add.reduceat(counts, starts)
    step_k = _parameters(np.add.reduceat(steps, firsts[starts]), occurrences)
    places = firsts + 2 * np.arange(len(firsts))  # of each article's gap, among the numbers
    values = np.empty(len(steps) + 2 * len(gaps), np.int64)
    codes = np.empty_like(values)
    is_step = np.ones(len(values), bool)
    is_step[places] = is_step[places + 1] = False
    values[places], codes[places] = gaps, np.repeat(k, articles)
    values[places + 1], codes[places + 1] = counts - 1, 0
    values[is_step], codes[is_step] = steps, np.repeat(step_k, occurrences)
    return values, codes, places[starts], k << 4 | step_k


def _numbers_of_words(
    lists: Lists, articles: Integers, gaps: Integers, k: Integers
) -> tuple[Integers, Integers, Integers, Integers]:
    """As `_numbers`, for words: the articles of each list, then its titles.

    Args:
        lists: Lists of words.
        articles: How many each has.
        gaps: Between the articles.
        k: The parameter of each list for its gaps.
    """
    assert lists.shares is not None
    numbers = np.repeat(np.arange(len(articles)), articles)  # of the list that an entry is in
    titles = np.flatnonzero(lists.shares)
    counts = np.bincount(numbers[titles], minlength=len(articles))
    has_titles = counts > 0
    # the titles of each list and its end, by their places among all entries
    rows = np.append(numbers[titles], np.flatnonzero(has_titles))
    places = np.append(titles - lists.starts[numbers[titles]], articles[has_titles])
    shares = np.append(lists.shares[titles], np.zeros(int(has_titles.sum()), np.int64))
    order = np.lexsort((places, rows))
    rows, places, shares = rows[order], places[order], shares[order]
    steps = np.diff(places, prepend=-1) - 1
    firsts = run_starts(rows)
    steps[firsts] = places[firsts]
    title_k = np.full_like(k, NO_TITLE)
    title_k[has_titles] = np.minimum(
        NO_TITLE - 1, _parameters(articles[has_titles] - counts[has_titles], counts[has_titles] + 1)
    )
    sizes = 2 * (articles + counts) + has_titles
    begins = np.append(0, sizes.cumsum()[:-1])
    values, codes = np.empty(int(sizes.sum()), np.int64), np.empty(int(sizes.sum()), np.int64)
    at = 2 * (np.arange(len(gaps)) - np.repeat(lists.starts, articles)) + np.repeat(begins, articles)
    values[at], codes[at] = gaps, np.repeat(k, articles)
    values[at + 1], codes[at + 1] = np.minimum(lists.counts, MOST_TIMES) - 1, 0
    at = (
        begins[rows]
        + 2 * articles[rows]
        + 2 * (np.arange(len(rows)) - np.repeat(firsts, np.diff(np.append(firsts, len(rows)))))
    )
    values[at], codes[at] = steps, title_k[rows]
    is_title = shares > 0
    values[at[is_title] + 1], codes[at[is_title] + 1] = shares[is_title] - 1, SHARE_BITS
    return values, codes, begins, k << 4 | title_k


def _parameters(sums: Integers, counts: Integers) -> Integers:
    """The k that gives numbers with these sums their shortest Rice codes, or nearly."""
    means: Integers = (sums / counts * 0.69).astype(np.int64)
    return np.minimum(15, np.frexp(means.astype(np.float64))[1]).astype(np.int64)


def _varints(values: Integers) -> tuple[Integers, Integers]:
    """Numbers below 2^28 as varints: the bytes of each as one number, and its bits."""
    codes, bits = values & 127, np.full_like(values, 8)
    for shift in (7, 14, 21):
        goes_on = values >> shift > 0
        if not goes_on.any():
            break
        codes = np.where(goes_on, (codes | 128) << 8 | values >> shift & 127, codes)
        bits += goes_on * 8
    return codes, bits


Codes = tuple[Integers, Integers, Integers]  # where each code begins, its length, and the code itself, in bits


def _rice(starts: Integers, values: Integers, k: Integers) -> list[Codes]:
    """The Rice codes of numbers that begin at some bits. k: the parameter of each."""
    ones = values >> k
    runs = np.where(ones >= _RUN, ones // _RUN, 0)  # of ones that are written alone, since a code has 64 bits at most
    pieces = []
    if runs.any():
        ones = ones - runs * _RUN
        ramp = np.arange(int(runs.sum())) - np.repeat(runs.cumsum() - runs, runs)
        run_starts = np.repeat(starts, runs) + ramp * _RUN
        pieces.append((run_starts, np.full_like(run_starts, _RUN), np.full_like(run_starts, (1 << _RUN) - 1)))
        starts = starts + runs * _RUN
    pieces.append((starts, ones + 1 + k, ((1 << ones) - 1) << (k + 1) | values & ((1 << k) - 1)))
    return pieces


def _bits(pieces: Iterable[Codes], size: int) -> bytes:
    """So many bytes with codes, whose bits do not overlap; those of a piece rise."""
    words = np.zeros(size // 8 + 2, np.uint64)
    for starts, lengths, codes in pieces:
        numbers = starts >> 6
        rest = 64 - (starts & 63) - lengths  # bits of the word after the code; less than 0: it goes on
        bits = codes.astype(np.uint64)
        left, right = np.maximum(rest, 0).astype(np.uint64), np.maximum(-rest, 0).astype(np.uint64)
        firsts = run_starts(numbers)
        words[numbers[firsts]] |= np.bitwise_or.reduceat(bits << left >> right, firsts)
        goes_on = rest < 0
        words[numbers[goes_on] + 1] |= bits[goes_on] << (64 + rest[goes_on]).astype(np.uint64)
    return words.byteswap().tobytes()[:size]


def varint(value: int) -> bytes:
    """A number in seven bits per byte, the lowest first; the eighth bit says that more follow."""
    if value < 128:
        return bytes((value,))
    encoded = bytearray()
    while value > 127:
        encoded.append(value & 127 | 128)
        value >>= 7
    return bytes((*encoded, value))


def _sized(data: bytes | memoryview) -> bytes:
    """Data after its length."""
    return varint(len(data)) + data
