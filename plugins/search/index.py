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
import json
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from datetime import date
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple

from plugins.artifacts.files import write_atomically

from .concepts import Months, Synonyms
from .tokens import html_to_text, normalize

CARD = 448  # bytes
UNIT = 64  # bytes; buckets of lists begin at multiples of it
_FIRST_LETTERS = 200  # of a text that its card has
_LONGEST_NUMBER = 10**9  # of a byte in the file of texts, about
_NAME_BYTES = 8  # of the digest that names a file


class IndexRow(NamedTuple):
    """What the index needs of an article besides its text.

    Args:
        path: Of its file, in the content folder.
        text_digest: Of everything that it says.
        address: With its leading slash.
        date: As ISO 8601.
        lang: Code of its language.
        category: The name of its category.
        filters: Words by which a search can be narrowed down, such as "category:kinh-te".
        extras: Texts that features add to it.
    """

    path: str
    text_digest: str
    address: str
    date: str
    lang: str
    category: str
    filters: tuple[str, ...]
    extras: tuple[str, ...] = ()


class SegmentTask(NamedTuple):
    """A segment to be indexed.

    Args:
        rows: Its articles, the oldest first.
        state: Path of the database that has their text.
        target: Path of the files to be written, without their endings.
        synonyms: By language.
        months: By language, what `concepts.names_in` needs.
    """

    rows: tuple[IndexRow, ...]
    state: str
    target: str
    synonyms: Mapping[str, Synonyms]
    months: Mapping[str, Months]


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

    inverters = {row.lang: Inverter(task.synonyms.get(row.lang, ()), task.months.get(row.lang)) for row in task.rows}
    cards, texts = [], _Texts()
    articles: dict[str, int] = {}
    years: dict[int, int] = {}
    for number, (row, title, body) in enumerate(_read(task)):
        inverters[row.lang].add(number, row.filters, title, body, date.fromisoformat(row.date[:10]))
        cards.append(_card(row, title, body, texts))
        articles[row.lang] = articles.get(row.lang, 0) + 1
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


def _card(row: IndexRow, title: str, body: str, texts: _Texts) -> bytes:
    """The card of an article, whose text is added to `texts`."""
    known = (title, row.address, row.date, row.category, row.lang)
    first = _first_words(body, CARD - len(_json([*known, _LONGEST_NUMBER, _LONGEST_NUMBER, ""])))
    place = (0, 0) if first == body else texts.add(_compressed(body.encode()))
    card = _json([*known, *place, first])
    return (card if len(card) <= CARD else _json(texts.add(card))).ljust(CARD)


def _first_words(text: str, room: int) -> str:
    """The first words of a text that a card shows. room: for how many bytes of JSON it has room."""
    letters = _FIRST_LETTERS
    while letters > 0:
        first = text if len(text) <= letters else text[: text.rfind(" ", 0, letters) % letters]
        size = len(_json(first)) - 2
        if size <= room:
            return first
        letters = min(letters - 1, letters * room // size)
    return ""


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _compressed(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()


def _write(path: str, parts: Iterable[bytes]) -> str:
    """Write a file, and return the name of its content."""
    parts, hasher = list(parts), blake2b(digest_size=_NAME_BYTES)
    for part in parts:
        hasher.update(part)
    write_atomically(Path(path), parts)
    return hasher.hexdigest()


def _read(task: SegmentTask) -> Iterator[tuple[IndexRow, str, str]]:
    """The row, the title and the text of each article, normalized."""
    sql = "SELECT metadata, html FROM sources JOIN bodies USING (path) WHERE path = ?"
    with closing(sqlite3.connect(f"{Path(task.state).as_uri()}?mode=ro", uri=True)) as db:
        for row in task.rows:
            header, html = db.execute(sql, (row.path,)).fetchone()
            metadata = json.loads(header)
            extras = "\n".join(row.extras)
            text = f"{metadata.get('summary', '')}\n{html_to_text(html)}\n{extras}"
            yield row, normalize(metadata["title"]), normalize(text)
