"""What is read of an article: its title, date, authors, lead and body, sentence by sentence.

A sentence has what stands on the page, letter for letter, so that the page can mark it, and what a
person would say. What is not said (marks of footnotes, ways back, deleted text) is told by SILENT, which
the page's own script follows too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module

from bs4 import BeautifulSoup, NavigableString, Tag

from plugins.languages import Language
from plugins.languages.speech import Speech
from plugins.portal import filters

from . import sentences
from .pronunciations import PronunciationTable
from .sentences import SHORT, Sentence

SILENT = "[role=doc-noteref], [role=doc-backlink], del, s, rt, rp"
_BLOCKS = {"p", "div", "section", "blockquote", "figure", "figcaption", "details", "summary", "pre", "dl", "dt", "dd"}
_BLOCKS |= {"ul", "ol", "li", "table", "h2", "h3", "h4", "h5", "h6", "hr", "footer"}
_BREAK = "\v"  # stands for <br>
PARAGRAPH, SECTION = 0.55, 0.8  # seconds of silence after a passage, after a title or lead


@dataclass(frozen=True)
class Passage:
    """A block of text. before: what is said first and does not stand there."""

    text: str
    before: str = ""
    pause: float = PARAGRAPH
    whole: bool = False  # one sentence, whatever it holds
    spoken: str = ""  # said in place of the text


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
    """The sentences of an article, in the order in which they are read.

    body: its HTML. extras: what features say of it, each with the label that stands before it.
    """
    soup = BeautifulSoup(body, "html.parser")
    speech = language.speech
    expansions = {
        a.get_text(): str(a["title"]) for a in soup.select("abbr[title]") if a.get_text().strip() and a["title"]
    }
    when = str(language.date(date))
    if filters.has_time(date):
        when += f", {date:%H:%M}"
    head = [Passage(title, pause=SECTION), Passage(when, speech.date, whole=True)]
    if authors:
        head.append(Passage(", ".join(authors), speech.author, whole=True))
    if lead:
        head.append(Passage(lead, pause=SECTION))
    tail = [Passage(text, f"{label}: ") for label, text in extras]
    speak = speaker(speech, table.plus(expansions))
    found = [s for passage in (*head, *_Body(speech).passages(soup), *tail) for s in _sentences(passage, speak)]
    return [sentence for sentence in found if any(c.isalnum() for c in sentence.spoken)]


def speaker(speech: Speech, table: PronunciationTable) -> Callable[[str], str]:
    """What turns a sentence into the words that are said."""
    if speech.rules:
        rules = import_module(f".{speech.rules}", __package__)
        return lambda text: rules.spoken_form(text, table)
    # the English voice knows its numbers and dates; at a mark before the first word it would only wait
    return lambda text: " ".join(table.apply(text).split()).lstrip("“”\"'‘(–—- ")


def _sentences(passage: Passage, speak: Callable[[str], str]) -> Iterator[Sentence]:
    if passage.spoken:
        yield Sentence(passage.text, speak(passage.spoken), passage.pause)
        return
    parts = (
        [passage.text] if passage.whole and len(passage.text) <= sentences.LONGEST else sentences.split(passage.text)
    )
    for number, part in enumerate(parts, start=1):
        before = passage.before if number == 1 else ""
        yield Sentence(part, speak(before + part), passage.pause if number == len(parts) else SHORT)


class _Body:
    """Walks an article's HTML. speech: how its language is read."""

    def __init__(self, speech: Speech) -> None:
        self.speech = speech

    def passages(self, soup: BeautifulSoup) -> Iterator[Passage]:
        for silent in soup.select(SILENT):
            silent.decompose()
        yield from self._inside(soup)

    def _inside(self, parent: Tag, before: str = "", pause: float = PARAGRAPH) -> Iterator[Passage]:
        """The passages of an element; `before` is said before the first."""
        run: list[str] = []
        for child in parent.children:
            if isinstance(child, Tag) and (child.name in _BLOCKS or child.find(list(_BLOCKS))):
                for passage in (
                    *_lines(run, before, pause),
                    *self._block(child, "" if _tidy("".join(run)) else before),
                ):
                    yield passage
                    before = ""
                run = []
            elif isinstance(child, Tag):
                run.append(_BREAK if child.name == "br" else _inline(child))
            elif type(child) is NavigableString:
                run.append(str(child))
        yield from _lines(run, before, pause)

    def _block(self, element: Tag, before: str) -> Iterator[Passage]:
        if element.name == "table":
            yield from self._table(element)
        elif element.name in ("ul", "ol"):
            yield from self._list(element)
        elif element.name == "figcaption":
            yield from self._inside(element, self.speech.picture)
        elif element.name == "pre":
            yield from (Passage(" ".join(line.split())) for line in element.get_text().splitlines() if line.strip())
        elif element.name[0] == "h" and element.name != "hr":
            yield from self._inside(element, before, SECTION)
        else:
            yield from self._inside(element, before)

    def _list(self, element: Tag) -> Iterator[Passage]:
        items = element.find_all("li", recursive=False)
        step = -1 if element.has_attr("reversed") else 1
        start = str(element.get("start", ""))
        number = int(start) if start.isdecimal() else len(items) if step < 0 else 1
        for item in items:
            yield from self._inside(item, f"{number}, " if element.name == "ol" else "")
            number += step

    def _table(self, table: Tag) -> Iterator[Passage]:
        """Its caption, then row by row, each cell after the head of its column."""
        if table.caption:
            yield from self._inside(table.caption, self.speech.table)
        heads: dict[int, str] = {}
        for row in _grid(table):
            if all(cell.name == "th" for cell, _, fresh in row if fresh) and not heads:
                heads = {column: _plain(cell) for cell, column, _ in row}
                if not _only_head(row):
                    continue
            cells = [(cell, column) for cell, column, fresh in row if fresh and _plain(cell)]
            if not cells:
                continue
            said = [_cell(_plain(cell), heads.get(column, ""), first=n == 0) for n, (cell, column) in enumerate(cells)]
            if sum(map(len, said)) <= sentences.LONGEST:
                yield Passage(" ".join(_plain(cell) for cell, _ in cells), spoken=". ".join(said) + ".")
            else:
                for cell, column in cells:
                    yield Passage(_plain(cell), f"{heads[column]}: " if heads.get(column) else "")


def _only_head(row: list[tuple[Tag, int, bool]]) -> bool:
    """Whether a row of heads is all there is."""
    return not row or row[0][0].find_parent("table").find("td") is None


def _cell(text: str, head: str, first: bool) -> str:
    return f"{head}: {text}" if head and not (first and head == text) else text


def _grid(table: Tag) -> list[list[tuple[Tag, int, bool]]]:
    """Rows of (cell, column, whether it begins here); cells over several rows stand in each."""
    rows = []
    held: dict[int, tuple[Tag, int]] = {}  # column -> cell from above, rows left
    for tr in table.find_all("tr"):
        if tr.find_parent("table") is not table:
            continue
        row: list[tuple[Tag, int, bool]] = []
        column = 0
        for cell in tr.find_all(["th", "td"], recursive=False):
            while column in held:
                column += 1
            down, across = _span(cell, "rowspan"), _span(cell, "colspan")
            for n in range(across):
                row.append((cell, column + n, n == 0))
                if down > 1:
                    held[column + n] = (cell, down)
            column += across
        taken = {c for _, c, _ in row}
        row += [(cell, column, False) for column, (cell, _) in held.items() if column not in taken]
        held = {column: (cell, left - 1) for column, (cell, left) in held.items() if left > 1}
        rows.append(sorted(row, key=lambda entry: entry[1]))
    return rows


def _span(cell: Tag, name: str) -> int:
    value = str(cell.get(name, "1"))
    return min(int(value), 50) if value.isdecimal() and int(value) else 1


def _inline(element: Tag) -> str:
    """The text of an element without blocks in it."""
    for br in element.find_all("br"):
        br.replace_with(_BREAK)
    return element.get_text()


def _lines(run: list[str], before: str, pause: float) -> Iterator[Passage]:
    """What stands in a line of text between blocks, one passage for each of its lines."""
    for line in "".join(run).split(_BREAK):
        text = _tidy(line)
        if text:
            yield Passage(text, before, pause)
            before = ""


def _plain(element: Tag) -> str:
    return _tidy(element.get_text(" "))


def _tidy(text: str) -> str:
    return " ".join(text.split())
