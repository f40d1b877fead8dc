"""A segment of the index: some articles that follow each other by date, indexed by a worker from the state.

A segment is a few files. For each language there is one of posting lists (postings.py); beside them are the cards and
the whole texts of its articles. A card is what a result shows: JSON with title, address, date, category, language,
where the text begins in the file of texts, its size in bytes, and its first words. Cards have spaces at their ends, so
that the table of their sizes, at the start of their file, counts in units of CARD_UNIT bytes.
"""

from __future__ import annotations

import gc
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple

from plugins.artifacts.files import write_atomically

from .concepts import Synonyms
from .tokens import html_to_text, normalize

CARD_UNIT = 64  # bytes
_FIRST_LETTERS = 200  # of a text that its card has
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
    """

    rows: tuple[IndexRow, ...]
    state: str
    target: str
    synonyms: Mapping[str, Synonyms]


def build_segment(task: SegmentTask) -> dict[str, Any]:
    """Write the files of a segment, and return what the search page must know of it. Runs in a worker.

    Returns:
        files: By the ending of a file, the name under which it is published: the digest of its content.
        cards: Bytes of the table of cards.
        lists: By language, the number of buckets, the bytes of the tables of words and pairs, of the table of places.
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
    cards, texts, text_at = [], [], 0
    articles: dict[str, int] = {}
    years: dict[int, int] = {}
    for number, (row, title, body) in enumerate(_read(task)):
        inverters[row.lang].add(number, row.filters, title, body)
        text = body.encode()
        shown = [title, row.address, row.date, row.category, row.lang, text_at, len(text), _first_words(body)]
        cards.append(_padded(json.dumps(shown, ensure_ascii=False, separators=(",", ":")).encode()))
        texts.append(text)
        text_at += len(text)
        articles[row.lang] = articles.get(row.lang, 0) + 1
        years.setdefault(int(row.date[:4]), number)
    card_table = postings.table(len(card) // CARD_UNIT for card in cards)
    contents = {"cards": [card_table, *cards], "texts": texts}
    lists: dict[str, tuple[int, int, int]] = {}
    for lang, inverter in sorted(inverters.items()):
        count = postings.bucket_count(articles[lang])
        kinds = inverter.buckets(count)
        words, pairs, places = (postings.table(map(len, buckets)) for buckets in kinds)
        contents[f"{lang}.lists"] = [words, pairs, places, *(bucket for buckets in kinds for bucket in buckets)]
        lists[lang] = count, len(words) + len(pairs), len(places)
    files = {ending: _write(f"{task.target}.{ending}", parts) for ending, parts in contents.items()}
    return {"files": files, "cards": len(card_table), "lists": lists, "articles": articles, "years": [*years.items()]}


def _write(path: str, parts: Iterable[bytes]) -> str:
    """Write a file, and return the name of its content."""
    parts, hasher = list(parts), blake2b(digest_size=_NAME_BYTES)
    for part in parts:
        hasher.update(part)
    write_atomically(Path(path), parts)
    return hasher.hexdigest()


def _first_words(text: str) -> str:
    return text if len(text) <= _FIRST_LETTERS else text[: text.rfind(" ", 0, _FIRST_LETTERS) % _FIRST_LETTERS]


def _padded(card: bytes) -> bytes:
    return card + b" " * (-len(card) % CARD_UNIT)


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
