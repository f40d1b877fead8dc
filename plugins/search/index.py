"""A segment of the index: some articles that follow each other by date, indexed by a worker from the state.

A segment is a few files. For each language there is one of posting lists and one with the tables of their places
(postings.py); beside them are the cards and the whole texts of its articles. A card is what a result shows: JSON with
title, address, date, category, language, where the text begins in the file of texts, its size in bytes, and its first
words. All cards have CARD bytes, spaces at their ends included, so that a card's place is known from the article's
number. A card that needs more is in the file of texts, and has only its place there: [start, size]. Texts are
compressed one by one (RFC 1951); the size is 0 if the first words are all.
"""

from __future__ import annotations

import gc
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from hashlib import blake2b
from itertools import repeat
from pathlib import Path
from typing import Any, NamedTuple

from plugins.artifacts.files import write_atomically

from . import blocks
from .blocks import CARD, Block, IndexRow, Shown
from .concepts import Months, Synonyms

UNIT = 64  # bytes; buckets of lists begin at multiples of it
_NAME_BYTES = 8  # of the digest that names a file


class SegmentTask(NamedTuple):
    """A segment to be indexed.

    Args:
        rows: Its articles, the oldest first.
        state: Path of the database that has their text.
        target: Path of the files to be written, without their endings.
        synonyms: By language.
        months: By language, what `concepts.names_in` needs.
        block_files: Paths of the files of its blocks in the cache; those that are not there are written. Without them,
            blocks are not kept.
    """

    rows: tuple[IndexRow, ...]
    state: str
    target: str
    synonyms: Mapping[str, Synonyms]
    months: Mapping[str, Months]
    block_files: tuple[str, ...] = ()


def build_segment(task: SegmentTask) -> dict[str, Any]:
    """Write the files of a segment, and return what the search page must know of it. Runs in a worker.

    Returns:
        files: By the ending of a file, the name under which it is published: the digest of its content.
        lists: By language, the number of buckets, the bytes of the table of places, and those of the head.
        articles: By language, their number.
        years: Pairs of a year and the number of its first article in the segment.
    """
    was_enabled = gc.isenabled()
    gc.disable()  # millions of small objects without reference cycles: looking for cycles takes half of the time
    try:
        return _build(task)
    finally:
        if was_enabled:
            gc.enable()


def _build(task: SegmentTask) -> dict[str, Any]:
    from . import postings  # NumPy takes time to load, and most builds have nothing to index
    from .inverting import Inverter

    inverters = {row.lang: Inverter(task.synonyms.get(row.lang, ())) for row in task.rows}
    cards: list[bytes] = []
    texts = _Texts()
    for block in _blocks(task):
        for lang, collected in block.words.items():
            inverters[lang].add(collected, len(cards))
        cards += [_card(shown, texts) for shown in block.shown]
    articles = dict(Counter(row.lang for row in task.rows))
    years: dict[int, int] = {}
    for number, row in enumerate(task.rows):
        years.setdefault(int(row.date[:4]), number)
    files = {"cards": _write(f"{task.target}.cards", cards), "texts": _write(f"{task.target}.texts", texts.parts)}
    del cards, texts
    lists: dict[str, tuple[int, int, int]] = {}
    for lang in sorted(inverters):
        count = postings.bucket_count(articles[lang])
        kinds = inverters.pop(lang).buckets(count)
        words, pairs, places = map(postings.table, kinds)
        files[f"{lang}.lists"] = _write(f"{task.target}.{lang}.lists", [places, *(b for kind in kinds for b in kind)])
        files[f"{lang}.head"] = _write(f"{task.target}.{lang}.head", [words, pairs])
        lists[lang] = count, len(places), len(words) + len(pairs)
    return {"files": files, "lists": lists, "articles": articles, "years": [*years.items()]}


class _Texts:
    """The file of texts."""

    def __init__(self) -> None:
        self.parts: list[bytes] = []
        self.size = 0

    def add(self, data: bytes) -> tuple[int, int]:
        """Add some bytes; return where they begin, and their number."""
        self.parts.append(data)
        self.size += len(data)
        return self.size - len(data), len(data)


def _card(shown: Shown, texts: _Texts) -> bytes:
    """The card of an article, whose text is added to `texts`."""
    place = texts.add(shown.text) if shown.text else (0, 0)
    card = b"[%b,%d,%d,%b]" % (shown.known, *place, shown.first)
    return (card if len(card) <= CARD else b"[%d,%d]" % texts.add(card)).ljust(CARD)


def _write(path: str, parts: Iterable[bytes]) -> str:
    """Write a file, and return the name of its content."""
    parts, hasher = list(parts), blake2b(digest_size=_NAME_BYTES)
    for part in parts:
        hasher.update(part)
    write_atomically(Path(path), parts)
    return hasher.hexdigest()


def _blocks(task: SegmentTask) -> Iterator[Block]:
    """The blocks of a segment. Those that are not in the cache are read from the state, and kept."""
    with closing(sqlite3.connect(f"{Path(task.state).as_uri()}?mode=ro", uri=True)) as db:
        for rows, file in zip(blocks.cut(task.rows), task.block_files or repeat(""), strict=False):
            block = blocks.load(file) if file else None
            if block is None:
                block = blocks.read(rows, db, task.months)
                if file:
                    blocks.save(file, block)
            yield block
