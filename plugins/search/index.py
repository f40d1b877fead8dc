"""The index of one year's articles, in one file: built by a worker from the state, read when shards are published."""

from __future__ import annotations

import gc
import json
import mmap
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from plugins.artifacts.files import write_atomically

from . import postings
from .concepts import SynonymFinder, Synonyms, date_names, joined_words
from .tokens import fold, html_to_text, normalize, spelling, tokenize

INDEXES = ("words", "pairs", "places")  # see postings.py; also the names of their folders on the site
EVERY_ARTICLE = "*"  # a word that every article has, for a search by filters alone


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


class IndexFile(NamedTuple):
    """The file of a year's index. key: of its artifact, a digest of everything that it is made from."""

    key: str
    file: Path


class IndexTask(NamedTuple):
    """A year to be indexed.

    Args:
        year: The year, or a month as 202611.
        rows: Its articles, the oldest first.
        state: Path of the database that has their text.
        target: Path of the file to be written.
        synonyms: By language.
    """

    year: int
    rows: tuple[IndexRow, ...]
    state: str
    target: str
    synonyms: Mapping[str, Synonyms]


def build_index(task: IndexTask) -> None:
    """Index a year's articles into the file `target`. Runs in a worker."""
    was_enabled = gc.isenabled()
    gc.disable()  # millions of small lists without reference cycles: looking for cycles takes half of the time
    try:
        data, sizes = _index(task)
    finally:
        if was_enabled:
            gc.enable()
    header = json.dumps(sizes).encode()
    write_atomically(Path(task.target), [len(header).to_bytes(4, "little"), header, *data])


def _index(task: IndexTask) -> tuple[list[bytes], dict[str, Any]]:
    """The pieces of a year's file in order, and the size of each."""
    data: list[bytes] = []
    builders = {row.lang: _IndexBuilder(task.synonyms.get(row.lang, ())) for row in task.rows}
    for number, (row, title, body) in enumerate(_read(task)):
        builders[row.lang].add(number, row, title, body)
        shown = [title, row.address, row.date, row.category, row.lang, body]
        data.append(json.dumps(shown, ensure_ascii=False, separators=(",", ":")).encode())
    sizes: dict[str, Any] = {"texts": [len(text) for text in data]}
    for lang, builder in sorted(builders.items()):
        sizes[lang] = {}
        for name, buckets in builder.buckets().items():
            sizes[lang][name] = {number: len(bucket) for number, bucket in buckets.items()}
            data.extend(buckets.values())
    return data, sizes


def _read(task: IndexTask) -> Iterator[tuple[IndexRow, str, str]]:
    """The row, the title and the text of each article, normalized."""
    sql = "SELECT metadata, html FROM sources JOIN bodies USING (path) WHERE path = ?"
    with closing(sqlite3.connect(f"{Path(task.state).as_uri()}?mode=ro", uri=True)) as db:
        for row in task.rows:
            header, html = db.execute(sql, (row.path,)).fetchone()
            metadata = json.loads(header)
            extras = "\n".join(row.extras)
            text = f"{metadata.get('summary', '')}\n{html_to_text(html)}\n{extras}"
            yield row, normalize(metadata["title"]), normalize(text)


class _IndexBuilder:
    """Collects the posting lists of a year's articles in one language."""

    def __init__(self, synonyms: Synonyms) -> None:
        self.synonyms = SynonymFinder(synonyms)
        self.words: dict[str, list[postings.Posting]] = defaultdict(list)
        self.positions: dict[str, list[postings.Positions]] = defaultdict(list)
        self.pairs: dict[tuple[str, str], list[postings.Posting]] = defaultdict(list)

    def add(self, number: int, row: IndexRow, title: str, body: str) -> None:
        """Add an article. number: its place in the year; articles are added in rising order."""
        title_words, body_words = tokenize(title), tokenize(body)
        body_start = max(postings.BODY_POSITION, len(title_words) + 1)  # no phrase goes from the title into the body
        positions_of: dict[str, list[int]] = defaultdict(list)
        for position, word in enumerate(title_words):
            positions_of[word].append(position)
        for position, word in enumerate(body_words, body_start):
            positions_of[word].append(position)
        for word, positions in positions_of.items():
            self.positions[word].append((number, positions))
        folded_title, folded_body = [*map(fold, title_words)], [*map(fold, body_words)]
        in_title = {*title_words, *self._names(title, folded_title)}
        counts = Counter(title_words + body_words)
        counts.update(self._names(title, folded_title))
        counts.update(self._names(body, folded_body))
        for word, occurrences in counts.items():
            self.words[word].append((number, occurrences, word in in_title))
        title_pairs = set(pairwise(folded_title))
        pair_counts = Counter(pairwise(folded_body))
        pair_counts.update(title_pairs)
        for pair, occurrences in pair_counts.items():
            self.pairs[pair].append((number, occurrences, pair in title_pairs))
        for word in (EVERY_ARTICLE, *row.filters):
            self.words[word].append((number, 1, False))

    def _names(self, text: str, folded: list[str]) -> Iterator[str]:
        """What the index has of a text besides its words."""
        yield from map(spelling, joined_words(text))
        yield from date_names(text, folded)
        yield from self.synonyms.names(folded)

    def buckets(self) -> dict[str, dict[int, bytes]]:
        """The contents of shards, by the name of the index and the number of the bucket."""
        encode, encode_positions = postings.encode_postings, postings.encode_positions
        return {
            "words": postings.word_buckets((fold(form), form, encode(found)) for form, found in self.words.items()),
            "pairs": postings.pair_buckets((" ".join(pair), encode(found)) for pair, found in self.pairs.items()),
            "places": postings.word_buckets(
                (fold(form), form, encode_positions(found)) for form, found in self.positions.items()
            ),
        }


class YearIndex:
    """Reads the file of a year's index."""

    def __init__(self, year: int, file: Path) -> None:
        self.year = year
        with file.open("rb") as stream:
            self._data = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
        start = 4 + int.from_bytes(self._data[:4], "little")
        sizes = json.loads(self._data[4:start])
        self.texts: list[slice] = []
        self._buckets: dict[tuple[str, str], dict[int, slice]] = {}
        for size in sizes.pop("texts"):
            self.texts.append(slice(start, start := start + size))
        for lang, indexes in sizes.items():
            for name, bucket_sizes in indexes.items():
                buckets = self._buckets[lang, name] = {}
                for number, size in bucket_sizes.items():
                    buckets[int(number)] = slice(start, start := start + size)

    def text(self, number: int) -> bytes:
        """What a result page shows of an article, as JSON: title, address, date, category, language, text."""
        return self._data[self.texts[number]]

    def part(self, lang: str, index: str, numbers: Iterable[int]) -> bytes:
        """This year's part of a shard.

        Args:
            lang: Code of the language.
            index: One of INDEXES.
            numbers: The shard's buckets.
        """
        buckets = self._buckets.get((lang, index), {})
        return postings.year_part(
            self.year, b"".join(self._data[buckets[number]] for number in numbers if number in buckets)
        )
