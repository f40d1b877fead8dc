"""What the index needs of articles, their words and cards, read in blocks of some hundred that follow each other.

A segment is put together from blocks, and blocks are kept in the cache: an edit of one old article reads one block
again, not ten thousand articles. Where a block ends depends on the path of its last article alone, so one that is
added or deleted changes one block, too.
"""

from __future__ import annotations

import json
import pickle
import sqlite3
import zlib
from array import array
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from plugins.artifacts.files import write_atomically

from .concepts import Months, names_in
from .tokens import WORD, html_to_text, normalize, spelling

CARD = 448  # bytes
SIZE = 256  # articles of a block, on an average
EVERY_ARTICLE = "*"  # a word that every article has, for a search by filters alone
_FIRST_LETTERS = 200  # of a text that its card has
_LONGEST_NUMBER = 10**9  # of a byte in the file of texts, about
_DIGEST = 16  # bytes at the head of a block's file


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


class Shown(NamedTuple):
    """What results show of an article.

    Args:
        known: JSON of title, address, date, category and language.
        first: JSON of the first words of its text.
        text: The whole text, compressed; empty if the first words are all.
    """

    known: bytes
    first: bytes
    text: bytes


class Words(NamedTuple):
    """The words of a block's articles in one language. Articles are counted from the start of the block.

    Args:
        spellings: All words and names; a word is known by its place here.
        tokens: The words of all articles as 32-bit integers, those of a title before those of its body.
        sizes: Of each article: its number, words of the title, of the body.
        names: A name, its article, and whether it is in the title.
    """

    spellings: list[str]
    tokens: bytes
    sizes: list[tuple[int, int, int]]
    names: list[tuple[int, int, bool]]


class Block(NamedTuple):
    """A block of articles: what results show of each, and the words by language."""

    shown: list[Shown]
    words: dict[str, Words]


def cut(rows: Sequence[IndexRow]) -> list[Sequence[IndexRow]]:
    """Cut the articles of a segment into blocks."""
    ends = [n for n, row in enumerate(rows, start=1) if zlib.crc32(row.path.encode()) % SIZE == 0 or n == len(rows)]
    return [rows[start:end] for start, end in zip([0, *ends], ends, strict=False)]


def load(path: str) -> Block | None:
    """Return the block in a file; None if there is none, or a damaged one."""
    with suppress(OSError):
        data = Path(path).read_bytes()
        if blake2b(memoryview(data)[_DIGEST:], digest_size=_DIGEST).digest() == data[:_DIGEST]:
            return Block(*pickle.loads(memoryview(data)[_DIGEST:]))
    return None


def save(path: str, block: Block) -> None:
    """Write a block to a file."""
    data = pickle.dumps(tuple(block), pickle.HIGHEST_PROTOCOL)
    write_atomically(Path(path), [blake2b(data, digest_size=_DIGEST).digest(), data])


def read(rows: Sequence[IndexRow], db: sqlite3.Connection, months: Mapping[str, Months]) -> Block:
    """Read a block's articles from the state.

    Args:
        rows: The articles.
        db: The state.
        months: By language, what `concepts.names_in` needs.
    """
    collectors = {row.lang: Collector(months.get(row.lang)) for row in rows}
    shown = []
    for number, (row, title, body) in enumerate(_texts(rows, db)):
        collectors[row.lang].add(number, row.filters, title, body, date.fromisoformat(row.date[:10]))
        shown.append(_shown(row, title, body))
    return Block(shown, {lang: collector.words() for lang, collector in collectors.items()})


def _texts(rows: Sequence[IndexRow], db: sqlite3.Connection) -> Iterator[tuple[IndexRow, str, str]]:
    """The row, the title and the text of each article, normalized."""
    sql = "SELECT metadata, html FROM sources JOIN bodies USING (path) WHERE path = ?"
    for row in rows:
        header, html = db.execute(sql, (row.path,)).fetchone()
        metadata = json.loads(header)
        extras = "\n".join(row.extras)
        text = f"{metadata.get('summary', '')}\n{html_to_text(html)}\n{extras}"
        yield row, normalize(metadata["title"]), normalize(text)


class _Numbers(dict[str, int]):
    """Numbers of words as they are written: those of one spelling have the same number."""

    def __init__(self) -> None:
        super().__init__()
        self.spellings: dict[str, int] = {}

    def __missing__(self, word: str) -> int:
        number = self[word] = self.spellings.setdefault(spelling(word), len(self.spellings))
        return number


class Collector:
    """Collects the words of articles in one language."""

    def __init__(self, months: Months | None = None) -> None:
        self.months = months
        self._numbers = _Numbers()
        self._tokens = array("i")
        self._sizes: list[tuple[int, int, int]] = []
        self._names: list[tuple[int, int, bool]] = []

    def add(self, number: int, filters: Sequence[str], title: str, body: str, published: date | None = None) -> None:
        """Add an article.

        Args:
            number: Its place in the block; articles are added in rising order.
            filters: Words by which a search can be narrowed down.
            title: Normalized.
            body: Normalized.
            published: The day, see `concepts.names_in`.
        """
        number_of, spellings = self._numbers.__getitem__, self._numbers.spellings
        title_words, body_words = WORD.findall(title), WORD.findall(body)
        self._tokens.extend(map(number_of, title_words))
        self._tokens.extend(map(number_of, body_words))
        self._sizes.append((number, len(title_words), len(body_words)))
        self._names += [(number_of(name), number, True) for name in names_in(title, self.months, published)]
        self._names += [(number_of(name), number, False) for name in names_in(body, self.months, published)]
        own = (EVERY_ARTICLE, *filters)
        self._names += [(spellings.setdefault(name, len(spellings)), number, False) for name in own]

    def words(self) -> Words:
        """Return what was collected."""
        return Words([*self._numbers.spellings], self._tokens.tobytes(), self._sizes, self._names)


def _shown(row: IndexRow, title: str, body: str) -> Shown:
    known = (title, row.address, row.date, row.category, row.lang)
    first = _first_words(body, CARD - len(_json([*known, _LONGEST_NUMBER, _LONGEST_NUMBER, ""])))
    return Shown(_json(known)[1:-1], _json(first), b"" if first == body else _compressed(body.encode()))


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
