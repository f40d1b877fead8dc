"""The script of a recording: an article's title, date, authors, lead and body, sentence by sentence.

A sentence has the exact text of the page, so that the page can highlight it, and the words that a person would say.
Elements that match SILENT (footnote marks, backlinks, deleted text) are not read; player/sentence_spans.js has the same
list.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from typing import NamedTuple

from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag

from plugins.languages import Language
from plugins.languages.speech import Speech
from plugins.portal import filters

from .pronunciations import PronunciationTable
from .sentences import MAX_LENGTH, SENTENCE_PAUSE, Sentence, split_sentences

SILENT = "[role=doc-noteref], [role=doc-backlink], del, s, rt, rp"
_BLOCKS = {"p", "div", "section", "blockquote", "figure", "figcaption", "details", "summary", "pre", "dl", "dt", "dd"}
_BLOCKS |= {"ul", "ol", "li", "table", "h2", "h3", "h4", "h5", "h6", "hr", "footer"}
_TAG = re.compile("<[^>]*>")
_OTHER_SCRIPT = re.compile(r"[^\W\d_\x00-\u02af\u1e00-\u1eff][^\s\x00-\u02af\u1e00-\u1eff\u2000-\u206f\u3000-\u303f]*")
_BREAK = "\v"  # stands for <br>
PASSAGE_PAUSE = 0.55  # seconds of silence after a passage
TITLE_PAUSE = 0.8  # seconds of silence after a title or lead
MAX_SPAN = 50  # columns or rows that a table cell may span

Speak = Callable[[str], str]  # turns written text into the words that are spoken


@dataclass(frozen=True)
class Passage:
    """A block of text that is read.

    Args:
        text: The text as it stands on the page.
        prefix: Words spoken first, which are not on the page.
        pause: Seconds of silence after it.
        is_sentence: Read it as one sentence, whatever its punctuation.
        spoken: Read this in place of the text.
    """

    text: str
    prefix: str = ""
    pause: float = PASSAGE_PAUSE
    is_sentence: bool = False
    spoken: str = ""


def article_sentences(
    title: str,
    date: datetime,
    authors: Sequence[str],
    lead: str,
    body: str,
    language: Language,
    table: PronunciationTable,
    extras: Sequence[tuple[str, str]] = (),
) -> list[Sentence]:
    """The sentences of an article, in the order in which they are read; none if it has only a title, date and authors.

    Args:
        title: The article's.
        date: The article's, in the portal's time zone.
        authors: The article's.
        lead: The article's, "" if it has none.
        body: The article's HTML.
        language: The language in which it is read.
        table: The pronunciations of that language; the body's <abbr title="…"> are added to them.
        extras: Values of other features, each with the label that is read before it.
    """
    soup = BeautifulSoup(body, "html.parser")
    speech = language.speech
    abbreviations = {
        abbr.get_text(): str(abbr["title"])
        for abbr in soup.select("abbr[title]")
        if abbr.get_text().strip() and abbr["title"]
    }
    shown_date = str(language.date(date))
    if filters.has_time(date):
        shown_date += f", {date:%H:%M}"
    head = [Passage(title, pause=TITLE_PAUSE), Passage(shown_date, speech.date, is_sentence=True)]
    if authors:
        head.append(Passage(", ".join(authors), speech.author, is_sentence=True))
    matter = [Passage(lead, pause=TITLE_PAUSE)] if lead else []
    matter += _BodyReader(speech).passages(soup)
    matter += [Passage(text, f"{label}: ") for label, text in extras]
    speak = speech_function(speech, table.extended(abbreviations))
    spoken = _spoken(matter, speak)
    return [*_spoken(head, speak), *spoken] if spoken else []


def unspoken_words(texts: Iterable[str], speak: Speak) -> list[str]:
    """Words in letters of other scripts that a language's rules leave out. texts: plain or HTML."""
    words = dict.fromkeys(word.strip() for text in texts for word in _OTHER_SCRIPT.findall(_TAG.sub(" ", text)))
    return [word for word in words if not any(c.isalnum() for c in speak(word))]


def _spoken(passages: Iterable[Passage], speak: Speak) -> list[Sentence]:
    """The sentences of passages in which there is anything to be said."""
    sentences = (sentence for passage in passages for sentence in _sentences(passage, speak))
    return [sentence for sentence in sentences if any(c.isalnum() for c in sentence.spoken)]


def speech_function(speech: Speech, table: PronunciationTable) -> Speak:
    """The function that turns a sentence of a language into the words that are spoken."""
    if speech.rules:
        spoken_form: Callable[[str, PronunciationTable], str]
        spoken_form = import_module(f".{speech.rules}", __package__).spoken_form
        return lambda text: spoken_form(text, table)
    # the English voice reads numbers and dates itself; punctuation before the first word would only make it pause
    return lambda text: " ".join(table.apply(text).split()).lstrip("“”\"'‘(–—- ")


def _sentences(passage: Passage, speak: Speak) -> Iterator[Sentence]:
    if passage.spoken:
        yield Sentence(passage.text, speak(passage.spoken), passage.pause)
        return
    is_sentence = passage.is_sentence and len(passage.text) <= MAX_LENGTH
    parts = [passage.text] if is_sentence else split_sentences(passage.text)
    for number, part in enumerate(parts, start=1):
        prefix = passage.prefix if number == 1 else ""
        yield Sentence(part, speak(prefix + part), passage.pause if number == len(parts) else SENTENCE_PAUSE)


class _BodyReader:
    """Walks through an article's HTML and yields what is read of it."""

    def __init__(self, speech: Speech) -> None:
        self.speech = speech

    def passages(self, soup: BeautifulSoup) -> Iterator[Passage]:
        """The passages of a body. Removes silent elements from the soup."""
        for silent in soup.select(SILENT):
            silent.decompose()
        yield from self._children(soup)

    def _children(self, parent: Tag, prefix: str = "", pause: float = PASSAGE_PAUSE) -> Iterator[Passage]:
        """The passages inside an element; `prefix` is spoken before the first."""
        inline: list[str] = []
        for child in parent.children:
            if isinstance(child, Tag) and (child.name in _BLOCKS or child.find(list(_BLOCKS))):
                block_prefix = "" if _one_line("".join(inline)) else prefix
                for passage in (*_lines(inline, prefix, pause), *self._block(child, block_prefix)):
                    yield passage
                    prefix = ""
                inline = []
            elif isinstance(child, Tag):
                inline.append(_BREAK if child.name == "br" else _inline_text(child))
            elif type(child) is NavigableString:  # and not one of its subclasses, such as a comment
                inline.append(str(child))
        yield from _lines(inline, prefix, pause)

    def _block(self, element: Tag, prefix: str) -> Iterator[Passage]:
        if element.name == "table":
            yield from self._table(element)
        elif element.name in ("ul", "ol"):
            yield from self._list(element)
        elif element.name == "figcaption":
            yield from self._children(element, self.speech.picture)
        elif element.name == "pre":
            yield from (Passage(" ".join(line.split())) for line in element.get_text().splitlines() if line.strip())
        elif element.name[0] == "h" and element.name != "hr":
            yield from self._children(element, prefix, TITLE_PAUSE)
        else:
            yield from self._children(element, prefix)

    def _list(self, element: Tag) -> Iterator[Passage]:
        """Its items, those of a numbered list with their numbers, and what stands between them."""
        step = -1 if element.has_attr("reversed") else 1
        start = str(element.get("start", ""))
        last = len(element.find_all("li", recursive=False))
        number = int(start) if start.isdecimal() else last if step < 0 else 1
        for child in element.children:
            if isinstance(child, Tag) and child.name == "li":
                typed = str(child.get("value", ""))
                number = int(typed) if typed.isdecimal() else number
                kind = child.get("type") or element.get("type")
                label = chr(ord("a") + number - 1) if kind in ("a", "A") and 0 < number <= 26 else str(number)
                yield from self._children(child, f"{label}, " if element.name == "ol" else "")
                number += step
            elif isinstance(child, Tag):
                yield from self._block(child, "")
            elif type(child) is NavigableString:
                yield from _lines([str(child)], "", PASSAGE_PAUSE)

    def _table(self, table: Tag) -> Iterator[Passage]:
        """Its caption, then its rows, each cell after the heading of its column; headings of empty columns first."""
        if table.caption:
            yield from self._children(table.caption, self.speech.table)
        headings: dict[int, str] = {}
        rows = _grid(table)
        for number, row in enumerate(rows):
            if not headings and all(cell.element.name == "th" for cell in row if cell.starts_here):
                headings = {cell.column: _text(cell.element) for cell in row}
                if table.find("td"):  # else the table has headings only, and this row is read
                    filled = {cell.column for below in rows[number + 1 :] for cell in below if _text(cell.element)}
                    heard = {id(cell.element) for cell in row if cell.column in filled}
                    yield from _row_passages([c for c in row if c.starts_here and id(c.element) not in heard], {})
                    continue
            yield from _row_passages([cell for cell in row if cell.starts_here], headings)


class _GridCell(NamedTuple):
    """A table cell at one of its places in the grid.

    column: of this place. starts_here: whether it is the first of the cell's places.
    """

    element: Tag
    column: int
    starts_here: bool


def _row_passages(row: Sequence[_GridCell], headings: dict[int, str]) -> Iterator[Passage]:
    """A row as one passage, or each of its cells as one if the row is long."""
    row = [cell for cell in row if _text(cell.element)]
    if not row:
        return
    spoken = []
    for number, cell in enumerate(row):
        text, heading = _text(cell.element), headings.get(cell.column, "")
        repeats_heading = number == 0 and heading == text
        spoken.append(f"{heading}: {text}" if heading and not repeats_heading else text)
    if sum(map(len, spoken)) <= MAX_LENGTH:
        yield Passage(" ".join(_text(cell.element) for cell in row), spoken=". ".join(spoken) + ".")
    else:
        for cell in row:
            heading = headings.get(cell.column, "")
            yield Passage(_text(cell.element), f"{heading}: " if heading else "")


def _grid(table: Tag) -> list[list[_GridCell]]:
    """The rows of a table as a grid: a cell that spans rows or columns stands at each of its places."""
    rows = []
    spanning: dict[int, tuple[Tag, int]] = {}  # column -> cell from a row above, and how many rows it still covers
    for tr in table.find_all("tr"):
        if tr.find_parent("table") is not table:
            continue
        row: list[_GridCell] = []
        column = 0
        for element in tr.find_all(["th", "td"], recursive=False):
            while column in spanning:
                column += 1
            rowspan, colspan = _span(element, "rowspan"), _span(element, "colspan")
            for offset in range(colspan):
                row.append(_GridCell(element, column + offset, starts_here=offset == 0))
                if rowspan > 1:
                    spanning[column + offset] = (element, rowspan)
            column += colspan
        taken = {cell.column for cell in row}
        row += [_GridCell(element, n, starts_here=False) for n, (element, _) in spanning.items() if n not in taken]
        spanning = {n: (element, left - 1) for n, (element, left) in spanning.items() if left > 1}
        rows.append(sorted(row, key=lambda cell: cell.column))
    return rows


def _span(cell: Tag, attribute: str) -> int:
    value = str(cell.get(attribute, "1"))
    return min(int(value), MAX_SPAN) if value.isdecimal() and int(value) else 1


def _inline_text(element: Tag) -> str:
    """The text of an element that contains no blocks. Replaces its line breaks."""
    for br in element.find_all("br"):
        br.replace_with(_BREAK)
    return element.get_text()


def _lines(inline: list[str], prefix: str, pause: float) -> Iterator[Passage]:
    """The text between two blocks, one passage per line."""
    for line in "".join(inline).split(_BREAK):
        text = _one_line(line)
        if text:
            yield Passage(text, prefix, pause)
            prefix = ""


def _text(element: Tag) -> str:
    return _one_line(element.get_text(" "))


def _one_line(text: str) -> str:
    return " ".join(text.split())
