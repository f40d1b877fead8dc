"""In which articles a word stands: lists of numbers, as few bits as page.js can read without a library.

An index is cut into shards by a hash, so that a query fetches one small file a word. There are three of them:

- words: for every folded word the forms in which it is written (cua: cua, của, cửa), each with its articles;
- pairs: two folded words side by side. Most Vietnamese words are two syllables, so articles that have the words of
  a query side by side come first. Only the order of results depends on it, so a pair is known by 16 bits of its hash;
- places: as words, with every place where the form stands. It is as large as the text, and is asked for by phrases only.

All lists are Rice codes (R. F. Rice, "Some practical universal noiseless coding techniques", 1979): as small as gzip
would make them, whether the web server compresses or not. In bytes, `varint` being 7 bits a byte, the lowest first:

    shard    = part of a year ...        the years in their order; none where nothing of a year is in it
    part     = year, size, entry ...     varints; the size in bytes
    entry    = word, size, form ...      word: its length (varint) and UTF-8
               hash, size, list          of pairs: hash in two bytes, the lower first
    form     = text, size, list          text is empty for the folded form itself
    list     = count, k << 4 | l, bits   count: articles, a varint
    bits     = for each article Rice(k) of its number less the one before less 1, Rice(0) of how often less 1, then
               words and pairs: 1 where it stands in the title; places: Rice(l) of each place less the one before
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import chain, pairwise
from zlib import crc32

BUCKETS = 4096  # the finest cut of an index; a shard is made of neighbouring buckets
FEWEST = 16  # shards
BODY = 64  # the place where the body begins; lower ones are the title's, as page.js knows
_TABLE = 1024  # the codes of smaller numbers are kept

Entry = tuple[int, int, int]  # the number of an article, how often, 1 if in its title
Placed = tuple[int, list[int]]  # the number of an article, and the places


def shards(articles: int, of_one: int) -> int:
    """Into how many shards an index of so many articles is cut, `of_one` for each or more; a power of two."""
    return min(BUCKETS, max(FEWEST, 1 << (articles // of_one).bit_length()))


def bucket(word: str) -> int:
    """Where a folded word or pair stands."""
    return crc32(word.encode()) % BUCKETS


def by_word(forms: Iterable[tuple[str, str, bytes]]) -> dict[int, bytes]:
    """The buckets of a year. forms: folded word, form, its list; in any order."""
    found: dict[str, list[bytes]] = {}
    for word, form, data in sorted(forms):
        found.setdefault(word, []).append(_sized(b"" if form == word else form.encode()) + _sized(data))
    buckets: dict[int, list[bytes]] = {}
    for word, data in found.items():
        buckets.setdefault(bucket(word), []).append(_sized(word.encode()) + _sized(b"".join(data)))
    return {number: b"".join(buckets[number]) for number in sorted(buckets)}


def by_hash(lists: Iterable[tuple[str, bytes]]) -> dict[int, bytes]:
    """The buckets of a year. lists: pair and its list."""
    buckets: dict[int, list[bytes]] = {}
    for pair, data in lists:
        value = crc32(pair.encode())
        buckets.setdefault(value % BUCKETS, []).append((value >> 16).to_bytes(2, "little") + _sized(data))
    return {number: b"".join(sorted(buckets[number])) for number in sorted(buckets)}


def part(year: int, data: bytes) -> bytes:
    """A year's part of a shard."""
    return varint(year) + _sized(data) if data else b""


def standing(entries: list[Entry]) -> bytes:
    """The list of a word or pair, its articles in rising order."""
    gaps = _gaps([entry[0] for entry in entries])
    k, code = _coder(gaps)
    rest = ("1" * (often - 1) + ("01" if title else "00") for _, often, title in entries)
    return (
        varint(len(entries))
        + bytes((k << 4,))
        + _packed([*chain.from_iterable(zip(map(code, gaps), rest, strict=True))])
    )


def placed(entries: list[Placed]) -> bytes:
    """The list of a form with its places, its articles in rising order."""
    gaps = _gaps([article for article, _ in entries])
    steps = [[places[0], *_differences(places)] if len(places) > 1 else places for _, places in entries]
    k, code = _coder(gaps)
    l, step = _coder([*chain.from_iterable(steps)])  # noqa: E741
    bits: list[str] = []
    for gap, its in zip(map(code, gaps), steps, strict=True):
        bits += (gap, "1" * (len(its) - 1) + "0")
        bits += map(step, its)
    return varint(len(entries)) + bytes((k << 4 | l,)) + _packed(bits)


def _differences(rising: list[int]) -> list[int]:
    return [b - a for a, b in pairwise(rising)]


def _gaps(rising: list[int]) -> list[int]:
    return [rising[0], *(step - 1 for step in _differences(rising))]


def _packed(bits: list[str]) -> bytes:
    text = "".join(bits)
    text += "0" * (-len(text) % 8)
    return int(text, 2).to_bytes(len(text) // 8, "big")


def _coder(values: list[int]) -> tuple[int, Callable[[int], str]]:
    """The k for which the Rice codes of these numbers are shortest, or nearly, and their coder."""
    k = min(15, int(sum(values) / len(values) * 0.69).bit_length())
    codes = _kept.setdefault(k, []) or _kept[k]
    if not codes:
        codes.extend(_rice(value, k) for value in range(_TABLE))
    if max(values) < _TABLE:
        return k, codes.__getitem__
    return k, lambda value: codes[value] if value < _TABLE else _rice(value, k)


_kept: dict[int, list[str]] = {}


def _rice(value: int, k: int) -> str:
    return "1" * (value >> k) + "0" + (f"{value & (1 << k) - 1:0{k}b}" if k else "")


def varint(value: int) -> bytes:
    """Seven bits a byte, the lowest first; the eighth says that more follow."""
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    return bytes((*out, value))


def _sized(data: bytes) -> bytes:
    return varint(len(data)) + data
