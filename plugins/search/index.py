"""The index of a year: made by a worker from the state's rows, one file of the cache."""

from __future__ import annotations

import gc
import json
import mmap
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from contextlib import closing
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from plugins.artifacts.files import write_atomically

from . import postings
from .tokens import folded, plain, tidy, words

KINDS = ("words", "pairs", "places")
ALL = "*"  # the word that stands in every article, for a search by filters alone


class Row(NamedTuple):
    """What the index has of an article. text: digest of all that the article says. address: with its leading slash;
    moment: ISO 8601. extras: what features say of it, besides."""

    path: str
    text: str
    address: str
    moment: str
    lang: str
    category: str
    filters: tuple[str, ...]
    extras: tuple[str, ...] = ()


class Part(NamedTuple):
    """A year's index. mark: digest of all that it is made from."""

    mark: str
    file: Path


class Task(NamedTuple):
    """A year to be indexed. rows: its articles, the oldest first. state: the database that has their text."""

    year: int
    rows: tuple[Row, ...]
    state: str
    target: str


def make(task: Task) -> None:
    """In a worker: index a year's articles into the file `target`."""
    indexes: dict[str, _Index] = defaultdict(_Index)
    collecting = gc.isenabled()
    gc.disable()  # millions of small lists, none of them in a ring: looking for rings takes half of the time
    try:
        data, sizes = _indexed(task, indexes)
    finally:
        if collecting:
            gc.enable()
    head = json.dumps(sizes).encode()
    write_atomically(Path(task.target), [len(head).to_bytes(4, "little"), head, *data])


def _indexed(task: Task, indexes: dict[str, _Index]) -> tuple[list[bytes], dict[str, Any]]:
    """What a year's file holds, and how large each piece of it is."""
    data: list[bytes] = []
    for number, (row, title, body) in enumerate(_read(task)):
        indexes[row.lang].add(number, row, title, body)
        shown = [title, row.address, row.moment, row.category, row.lang, body]
        data.append(json.dumps(shown, ensure_ascii=False, separators=(",", ":")).encode())
    sizes: dict[str, Any] = {"texts": [len(text) for text in data]}
    for lang, its in sorted(indexes.items()):
        sizes[lang] = {}
        for kind, buckets in its.buckets().items():
            sizes[lang][kind] = {number: len(part) for number, part in buckets.items()}
            data.extend(buckets.values())
    return data, sizes


def _read(task: Task) -> Iterator[tuple[Row, str, str]]:
    """Row, title and body of each article, as one line of words each."""
    with closing(sqlite3.connect(f"{Path(task.state).as_uri()}?mode=ro", uri=True)) as db:
        for row in task.rows:
            sql = "SELECT metadata, html FROM sources JOIN bodies USING (path) WHERE path = ?"
            header, html = db.execute(sql, (row.path,)).fetchone()
            metadata = json.loads(header)
            more = "\n".join(row.extras)
            yield row, tidy(metadata["title"]), tidy(f"{metadata.get('summary', '')}\n{plain(html)}\n{more}")


class _Index:
    """The lists of a year's articles in one language."""

    def __init__(self) -> None:
        self.forms: dict[str, list[postings.Entry]] = defaultdict(list)
        self.places: dict[str, list[postings.Placed]] = defaultdict(list)
        self.pairs: dict[tuple[str, str], list[postings.Entry]] = defaultdict(list)

    def add(self, number: int, row: Row, title: str, body: str) -> None:
        """Take an article in; numbers rise."""
        head, text = words(title), words(body)
        start = max(postings.BODY, len(head) + 1)  # no phrase goes from the title into the body
        where: dict[str, list[int]] = defaultdict(list)
        for place, word in enumerate(head):
            where[word].append(place)
        for place, word in enumerate(text, start):
            where[word].append(place)
        in_title = set(head)
        for word, places in where.items():
            self.forms[word].append((number, len(places), word in in_title))
            self.places[word].append((number, places))
        head, text = [*map(folded, head)], [*map(folded, text)]
        titled = set(pairwise(head))
        counts = Counter(pairwise(text))
        counts.update(titled)
        for pair, often in counts.items():
            self.pairs[pair].append((number, often, pair in titled))
        for name in (ALL, *row.filters):
            self.forms[name].append((number, 1, False))

    def buckets(self) -> dict[str, dict[int, bytes]]:
        """By kind and number, as they stand in shards."""
        standing, placed = postings.standing, postings.placed
        return {
            "words": postings.by_word((folded(form), form, standing(its)) for form, its in self.forms.items()),
            "pairs": postings.by_hash((" ".join(pair), standing(its)) for pair, its in self.pairs.items()),
            "places": postings.by_word((folded(form), form, placed(its)) for form, its in self.places.items()),
        }


class Year:
    """A year's index as it lies in the cache, read where it is asked for."""

    def __init__(self, year: int, file: Path) -> None:
        self.year = year
        with file.open("rb") as stream:
            self._data = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
        begin = 4 + int.from_bytes(self._data[:4], "little")
        sizes = json.loads(self._data[4:begin])
        self.texts: list[slice] = []
        self._buckets: dict[tuple[str, str], dict[int, slice]] = {}
        for size in sizes.pop("texts"):
            self.texts.append(slice(begin, begin := begin + size))
        for lang, kinds in sizes.items():
            for kind, buckets in kinds.items():
                its = self._buckets[lang, kind] = {}
                for number, size in buckets.items():
                    its[int(number)] = slice(begin, begin := begin + size)

    def text(self, number: int) -> bytes:
        """What is shown of an article."""
        return self._data[self.texts[number]]

    def part(self, lang: str, kind: str, numbers: Iterable[int]) -> bytes:
        """Its part of a shard."""
        its = self._buckets.get((lang, kind), {})
        return postings.part(self.year, b"".join(self._data[its[number]] for number in numbers if number in its))
