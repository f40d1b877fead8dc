"""The file format of the search index: posting lists, as compact as index.js can read them without a library.

An index is cut into shards by a hash, so that a query fetches one small file per word. There are three indexes:

- words: for every folded word the forms in which it is written (cua: cua, của, cửa), each with its articles.
- pairs: for two adjacent folded words their articles. Most Vietnamese words are two syllables, so articles that have
  the words of a query side by side are ranked first. Only the ranking depends on it, so 16 bits of the pair's hash
  are enough to tell pairs apart.
- places: like words, with every position of the form. It is as large as the text, and only fetched for phrases.

All lists are Rice codes (R. F. Rice, "Some practical universal noiseless coding techniques", 1979): as small as gzip
would make them, whether the web server compresses or not. A varint has 7 bits per byte, the lowest first. In bytes:

    shard    = year part ...             in the order of years; a year that has nothing in the shard is left out
    part     = year, size, entry ...     two varints; the size in bytes
    entry    = word, size, form ...      word: its length (varint) and UTF-8
               hash, size, list          in the index of pairs: the hash in two bytes, the lower first
    form     = text, size, list          the text is empty for the folded form itself
    list     = count, k << 4 | l, bits   count: of articles, a varint
    bits     = per article: Rice(k) of its number minus the previous one minus 1; Rice(0) of its occurrences minus 1;
               then, in words and pairs: 1 if it is in the title; in places: Rice(l) of each position minus the
               previous one
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from itertools import chain, pairwise
from zlib import crc32

BUCKETS = 4096  # the finest cut of an index; a shard consists of adjacent buckets
MIN_SHARDS = 16
BODY_POSITION = 64  # the position of a body's first word; lower ones are in the title, as index.js knows
_TABLE_SIZE = 1024  # the codes of smaller numbers are looked up in a table

Posting = tuple[int, int, int]  # the number of an article, the occurrences, 1 if one is in the title
Positions = tuple[int, list[int]]  # the number of an article, the positions


def shard_count(articles: int, per_shard: int) -> int:
    """Into how many shards an index is cut, each for at least `per_shard` articles; a power of two."""
    return min(BUCKETS, max(MIN_SHARDS, 1 << (articles // per_shard).bit_length()))


def bucket_number(word: str) -> int:
    """The bucket of a folded word or pair."""
    return crc32(word.encode()) % BUCKETS


def word_buckets(forms: Iterable[tuple[str, str, bytes]]) -> dict[int, bytes]:
    """The buckets of a year in the index of words or of places. forms: folded word, form, its list; in any order."""
    by_word: dict[str, list[bytes]] = {}
    for word, form, posting_list in sorted(forms):
        text = b"" if form == word else form.encode()
        by_word.setdefault(word, []).append(_sized(text) + _sized(posting_list))
    buckets: dict[int, list[bytes]] = {}
    for word, parts in by_word.items():
        buckets.setdefault(bucket_number(word), []).append(_sized(word.encode()) + _sized(b"".join(parts)))
    return {number: b"".join(buckets[number]) for number in sorted(buckets)}


def pair_buckets(lists: Iterable[tuple[str, bytes]]) -> dict[int, bytes]:
    """The buckets of a year in the index of pairs. lists: pair, its list; in any order."""
    buckets: dict[int, list[bytes]] = {}
    for pair, posting_list in lists:
        value = crc32(pair.encode())
        buckets.setdefault(value % BUCKETS, []).append((value >> 16).to_bytes(2, "little") + _sized(posting_list))
    return {number: b"".join(sorted(buckets[number])) for number in sorted(buckets)}


def year_part(year: int, data: bytes) -> bytes:
    """A year's part of a shard, from its buckets; empty if they are."""
    return varint(year) + _sized(data) if data else b""


def encode_postings(postings: list[Posting]) -> bytes:
    """The list of a word's form or of a pair, its articles in rising order."""
    gaps = _gaps([posting[0] for posting in postings])
    k, code = _rice_coder(gaps)
    suffixes = ("1" * (occurrences - 1) + ("01" if in_title else "00") for _, occurrences, in_title in postings)
    bits = [*chain.from_iterable(zip(map(code, gaps), suffixes, strict=True))]
    return varint(len(postings)) + bytes((k << 4,)) + _pack_bits(bits)


def encode_positions(postings: list[Positions]) -> bytes:
    """The list of a form with its positions, its articles in rising order."""
    gaps = _gaps([article for article, _ in postings])
    steps = [[positions[0], *_differences(positions)] if len(positions) > 1 else positions for _, positions in postings]
    k, gap_code = _rice_coder(gaps)
    position_k, position_code = _rice_coder([*chain.from_iterable(steps)])
    bits: list[str] = []
    for gap, article_steps in zip(map(gap_code, gaps), steps, strict=True):
        bits += (gap, "1" * (len(article_steps) - 1) + "0")
        bits += map(position_code, article_steps)
    return varint(len(postings)) + bytes((k << 4 | position_k,)) + _pack_bits(bits)


def _differences(rising: list[int]) -> list[int]:
    return [b - a for a, b in pairwise(rising)]


def _gaps(rising: list[int]) -> list[int]:
    """The first number, and how many numbers are left out before each of the others."""
    return [rising[0], *(step - 1 for step in _differences(rising))]


def _pack_bits(bits: list[str]) -> bytes:
    text = "".join(bits)
    text += "0" * (-len(text) % 8)
    return int(text, 2).to_bytes(len(text) // 8, "big")


def _rice_coder(values: list[int]) -> tuple[int, Callable[[int], str]]:
    """The k that gives numbers their shortest Rice codes (or nearly), and the function that encodes one."""
    k = min(15, int(sum(values) / len(values) * 0.69).bit_length())
    codes = _code_table(k)
    if max(values) < _TABLE_SIZE:
        return k, codes.__getitem__
    return k, lambda value: codes[value] if value < _TABLE_SIZE else _rice(value, k)


@cache
def _code_table(k: int) -> list[str]:
    return [_rice(value, k) for value in range(_TABLE_SIZE)]


def _rice(value: int, k: int) -> str:
    return "1" * (value >> k) + "0" + (f"{value & (1 << k) - 1:0{k}b}" if k else "")


def varint(value: int) -> bytes:
    """A number in seven bits per byte, the lowest first; the eighth bit says that more follow."""
    encoded = bytearray()
    while value > 127:
        encoded.append(value & 127 | 128)
        value >>= 7
    return bytes((*encoded, value))


def _sized(data: bytes) -> bytes:
    """Data after its length."""
    return varint(len(data)) + data
