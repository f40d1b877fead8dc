"""The file format of the search index: posting lists, as compact as script/index.js can read them without a library.

An index has three kinds of lists:

- words: for every folded word the forms in which it is written (cua: cua, của, cửa), each with its articles.
- pairs: for two adjacent folded words their articles. Most Vietnamese words are two syllables, so articles that have
  the words of a query side by side are ranked first. Only the ranking depends on it, so 16 bits of the pair's hash
  are enough to tell pairs apart.
- places: like words, with every position of the form. It is as large as the text, and only read for phrases.

All lists of a kind are in one file, in buckets by their hash, so that a query reads one bucket a word, by its place in
the file. Tables at the start of the file have the sizes of all buckets. Numbers are Rice codes (R. F. Rice, "Some
practical universal noiseless coding techniques", 1979): as small as gzip would make them, and parts of a file can be
read alone. A varint has 7 bits per byte, the lowest first. In bytes:

    file     = table of words, table of pairs, table of places, buckets of words, of pairs, of places
    table    = k, bits               the sizes of the buckets in bytes, each Rice(k)
    bucket   = entry ...
    entry    = word, size, form ...  word: its length (varint) and UTF-8
               hash, size, list      in the index of pairs: the hash in two bytes, the lower first
    form     = text, size, list      the text is empty for the folded form itself
    list     = count, k << 4 | l, bits  count: of articles, a varint
    bits     = per article: Rice(k) of its number minus the previous one minus 1; then, in words and pairs: Rice(1) of
               twice its occurrences minus 2, plus 1 if it is in the title; in places: Rice(0) of its occurrences minus
               1, and Rice(l) of each position minus the previous one

Lists are encoded with NumPy, thousands at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[np.int64]

BODY_POSITION = 64  # the position of a body's first word; lower ones are in the title, as index.js knows
MIN_BUCKETS, MAX_BUCKETS = 64, 4096
_RUN = 32  # ones
_SYMBOLS = 1 << 21  # that are encoded at once, which bounds the memory


class Lists(NamedTuple):
    """Posting lists of one kind, one after the other.

    Args:
        starts: Where each list begins in `articles`.
        articles: The articles of all lists, in rising order within a list.
        counts: Occurrences of each.
        in_title: For words and pairs: 1 if one of them is in the title.
        positions: For places: those of each article, one after the other.
    """

    starts: Integers
    articles: Integers
    counts: Integers
    in_title: Integers | None = None
    positions: Integers | None = None


def bucket_count(articles: int) -> int:
    """Into how many buckets an index of so many articles is cut; a power of two."""
    return min(MAX_BUCKETS, max(MIN_BUCKETS, 1 << (articles // 2).bit_length()))


def word_hash(word: str) -> int:
    """The hash of a folded word or pair; its lowest bits are the number of the bucket."""
    return crc32(word.encode())


def word_buckets(words: Sequence[tuple[str, str]], lists: Iterable[bytes], count: int) -> list[bytes]:
    """The buckets of words or places. words: folded word and form of each list, all forms of a word together."""
    buckets: list[list[bytes]] = [[] for _ in range(count)]
    forms: list[bytes] = []
    previous = ""
    for (word, form), posting_list in zip((*words, ("", "")), (*lists, b""), strict=True):
        if word != previous:
            if forms:
                buckets[word_hash(previous) % count].append(_sized(previous.encode()) + _sized(b"".join(forms)))
            previous, forms = word, []
        forms.append(_sized(b"" if form == word else form.encode()) + _sized(posting_list))
    return [b"".join(bucket) for bucket in buckets]


def pair_buckets(hashes: Sequence[int], lists: Iterable[bytes], count: int) -> list[bytes]:
    """The buckets of pairs. hashes: of each list's pair."""
    buckets: list[list[bytes]] = [[] for _ in range(count)]
    for value, posting_list in zip(hashes, lists, strict=True):
        buckets[value % count].append((value >> 16).to_bytes(2, "little") + _sized(posting_list))
    return [b"".join(bucket) for bucket in buckets]


def table(sizes: Iterable[int]) -> bytes:
    """The table of the sizes of some parts of a file."""
    values = np.array([*sizes], dtype=np.int64)
    k = _parameters(np.array([values.sum()]), np.array([max(1, len(values))]))
    data, _ = _pack(values, np.broadcast_to(k, values.shape), np.array([0]))
    return bytes((int(k[0]),)) + data


def encode(lists: Lists) -> Iterator[bytes]:
    """Each list as bytes."""
    ends = np.append(lists.starts[1:], len(lists.articles))
    weights = np.ones(len(lists.articles), np.int64) if lists.positions is None else lists.counts
    symbols = np.add.reduceat(weights, lists.starts).cumsum() if len(lists.starts) else np.array([], np.int64)
    chunk_ends = np.searchsorted(symbols, np.arange(_SYMBOLS, symbols.max(initial=0) + _SYMBOLS, _SYMBOLS))
    position_ends = np.append(0, lists.counts.cumsum()) if lists.positions is not None else None
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
            None if position_ends is None else lists.positions[position_ends[start] : position_ends[end]],  # type: ignore[index]
        )
        yield from _encode(part)
        first = last


def _encode(lists: Lists) -> Iterator[bytes]:
    starts, articles, counts = lists.starts, lists.articles, lists.counts
    sizes = np.diff(np.append(starts, len(articles)))
    gaps = np.diff(articles, prepend=-1) - 1
    gaps[starts] = articles[starts]
    k = _parameters(np.add.reduceat(gaps, starts), sizes)
    if lists.positions is None:
        steps, step_k = None, np.zeros_like(k)
        values = np.stack([gaps, (counts - 1) * 2 + (0 if lists.in_title is None else lists.in_title)], axis=1).ravel()
        codes = np.stack([np.repeat(k, sizes), np.ones_like(gaps)], axis=1).ravel()
        begins = starts * 2
    else:
        firsts = np.append(0, counts.cumsum()[:-1])  # of each article, in the positions
        steps = np.diff(lists.positions, prepend=0)
        steps[firsts] = lists.positions[firsts]
        step_k = _parameters(np.add.reduceat(steps, firsts[starts]), np.add.reduceat(counts, starts))
        places = firsts + 2 * np.arange(len(firsts))  # of each article's gap, in the stream
        values = np.empty(len(steps) + 2 * len(gaps), np.int64)
        codes = np.empty_like(values)
        is_step = np.ones(len(values), bool)
        is_step[places] = is_step[places + 1] = False
        values[places], codes[places] = gaps, np.repeat(k, sizes)
        values[places + 1], codes[places + 1] = counts - 1, 0
        values[is_step], codes[is_step] = steps, np.repeat(step_k, np.add.reduceat(counts, starts))
        begins = places[starts]
    data, offsets = _pack(values, codes, begins)
    for i, (size, head) in enumerate(zip(sizes.tolist(), (k << 4 | step_k).tolist(), strict=True)):
        yield varint(size) + bytes((head,)) + data[offsets[i] : offsets[i + 1]]


def _parameters(sums: Integers, counts: Integers) -> Integers:
    """The k that gives numbers with these sums their shortest Rice codes, or nearly."""
    means: Integers = (sums / counts * 0.69).astype(np.int64)
    return np.minimum(15, np.frexp(means.astype(np.float64))[1]).astype(np.int64)


def _pack(values: Integers, k: Integers, begins: Integers) -> tuple[bytes, list[int]]:
    """The Rice codes of numbers, those of each list from a whole byte on.

    Args:
        values: The numbers of all lists.
        k: The parameter of each.
        begins: Where each list begins in them.

    Returns:
        The bytes, and where each list begins in them, with the end of the last.
    """
    if not len(values):
        return b"", [0, 0]
    ones = values >> k
    lengths = ones + 1 + k
    offsets = np.append(0, ((np.add.reduceat(lengths, begins) + 7) // 8).cumsum())
    ends = lengths.cumsum()
    before = np.append(0, ends)[begins]
    starts = ends - lengths + np.repeat(offsets[:-1] * 8 - before, np.diff(np.append(begins, len(values))))
    runs = np.where(ones >= _RUN, ones // _RUN, 0)  # of ones that are written alone, since a code has 64 bits at most
    ones, lengths = ones - runs * _RUN, lengths - runs * _RUN
    codes = ((1 << ones) - 1) << (k + 1) | values & ((1 << k) - 1)
    pieces = [(starts + runs * _RUN, lengths, codes)]
    if runs.any():
        ramp = np.arange(int(runs.sum())) - np.repeat(runs.cumsum() - runs, runs)
        run_starts = np.repeat(starts, runs) + ramp * _RUN
        pieces.append((run_starts, np.full_like(run_starts, _RUN), np.full_like(run_starts, (1 << _RUN) - 1)))
    words = np.zeros(int(offsets[-1]) // 8 + 2, np.uint64)
    for piece in pieces:
        _write_bits(words, *piece)
    return words.byteswap().tobytes()[: int(offsets[-1])], offsets.tolist()


def _write_bits(words: NDArray[np.uint64], starts: Integers, lengths: Integers, codes: Integers) -> None:
    """Write codes into words of 64 bits, at bits that rise and do not overlap."""
    numbers, rest = (
        starts >> 6,
        64 - (starts & 63) - lengths,
    )  # bits of the word after the code; less than 0: it goes on
    bits = codes.astype(np.uint64)
    shifted = np.where(
        rest >= 0, bits << np.maximum(rest, 0).astype(np.uint64), bits >> np.maximum(-rest, 0).astype(np.uint64)
    )
    firsts = np.flatnonzero(np.diff(numbers, prepend=-1))
    words[numbers[firsts]] |= np.bitwise_or.reduceat(shifted, firsts)
    goes_on = rest < 0
    words[numbers[goes_on] + 1] |= bits[goes_on] << (64 + rest[goes_on]).astype(np.uint64)


def varint(value: int) -> bytes:
    """A number in seven bits per byte, the lowest first; the eighth bit says that more follow."""
    if value < 128:
        return bytes((value,))
    encoded = bytearray()
    while value > 127:
        encoded.append(value & 127 | 128)
        value >>= 7
    return bytes((*encoded, value))


def _sized(data: bytes) -> bytes:
    """Data after its length."""
    return varint(len(data)) + data
