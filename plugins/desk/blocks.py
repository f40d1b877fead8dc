"""The body of an article as its blocks, each with its exact source, for the rich-text view.

Where a block ends is not guessed: the portal's reader converts each alone, and what it makes of all of them must be
what it makes of the whole. What does not fit is joined until it does. So a block that nobody touches can be written
back as it stands, and one that is touched changes nothing beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from html import escape
from typing import NamedTuple

from plugins.markdown_reader.typed_html import typed_html

from . import view_html

MOST_REPAIRS = 20  # joins where the blocks are not the whole; then everything is one block
MOST_LINES = 200  # of a block that is divided at its lines
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})([^`]*)$")
_TAG = re.compile(r" {0,3}<([a-zA-Z][\w-]*)")
_DEFINITION = re.compile(r"(?m)^ {0,3}\[(\^?)([^\]\n]+)\]:(.*)$")
NOTE = re.compile(r" {0,3}\[\^([^\]\n]+)\]:[ \t]*")
_PROBE = "x"
_PARAGRAPH = re.compile(r"[^\W\d](?![\s\S]*\n {0,3}:)")  # no term with its meaning


SEPARATOR = "<!-- -->"  # between two lists that would otherwise be one


class Block(NamedTuple):
    """A block. source: as it stands in the file; gap: what is between it and the next; html: for the view."""

    source: str
    gap: str
    html: str


class Body(NamedTuple):
    """The body of an article: what is before the first block, the blocks, and what they refer to (see `shown`)."""

    lead: str
    blocks: list[Block]
    definitions: str


def read(text: str) -> Body:
    """Return the blocks of a text; what comes before, their sources and gaps are the text, letter for letter."""
    start = 0
    while text[start:].strip() and not text[start:].partition("\n")[0].strip():
        start = text.index("\n", start) + 1
    pieces = list(_by_empty_lines(text[start:])) if text[start:].strip() else []
    definitions = definitions_of(source for source, _ in pieces)
    try:
        pieces = _joined(pieces, definitions)
        pieces = [part for piece in pieces for part in _divided(piece, definitions)]
        pieces = _without_separators(_repaired(text[start:], pieces, definitions))
        blocks = [Block(source, gap, "".join(shown(source, definitions))) for source, gap in pieces]
    except RecursionError:
        end = text.rstrip("\n")
        blocks = [Block(end[start:], text[len(end) :], "")]
    return Body(text[:start] if blocks else text, blocks, definitions)


def shown(source: str, definitions: str = "") -> tuple[str, ...]:
    """Return the elements of a block in the form of the view; a note is one too.

    Args:
        source: Markdown.
        definitions: the addresses of links and the names of notes that are defined elsewhere, as Markdown.
    """
    note = NOTE.match(source)
    if not note:
        return elements(source, definitions)
    content = "".join(elements(_outdented(source[note.end() :]), definitions))
    return (view_html.canonical(f'<aside data-note="{escape(note[1])}">{content}</aside>'),)


@lru_cache(maxsize=4000)
def elements(source: str, definitions: str = "") -> tuple[str, ...]:
    """Return the elements that the reader makes of a source; notes are none."""
    return tuple(view_html.elements(typed_html(f"{definitions}\n\n{source}" if definitions else source)))


def _outdented(text: str) -> str:
    """Return the text of a note, whose lines after the first are indented."""
    return re.sub(r"(?m)^(?: {1,4}|\t)", "", text)


# --- where blocks end ---

Piece = tuple[str, str]  # source and gap


def _by_empty_lines(text: str) -> Iterator[Piece]:
    """Yield what is between empty lines; code between fences and HTML are one piece."""
    lines = text.split("\n")
    index = 0
    while index < len(lines):
        end = _end(lines, index)
        following = end
        while following < len(lines) and not lines[following].strip():
            following += 1
        source = "\n".join(lines[index:end])
        gap = "".join(f"\n{line}" for line in lines[end:following])
        yield source, gap + ("\n" if following < len(lines) else "")
        index = following


def _end(lines: list[str], start: int) -> int:
    """Return the line after the piece that begins with a line."""
    first = start
    tag = _TAG.match(lines[start])
    if tag:
        depth = 0
        for index in range(start, len(lines)):
            depth += len(re.findall(rf"<{tag[1]}\b", lines[index], re.I)) - len(
                re.findall(rf"</{tag[1]}\b", lines[index], re.I)
            )
            if depth <= 0:
                start = index
                break
    index = start
    while index < len(lines) and lines[index].strip() and not (index > first and NOTE.match(lines[index])):
        fence = _FENCE.match(lines[index])
        closing = next((n for n in range(index + 1, len(lines)) if _closes(lines[n], fence[1])), 0) if fence else 0
        index = max(index, closing) + 1
    return index


def _closes(line: str, fence: str) -> bool:
    text = line.strip(" ")
    return text.startswith(fence) and not text.strip(fence[0])


def _without_separators(pieces: list[Piece]) -> list[Piece]:
    """Let what only parts two lists be a part of the gap between them."""
    result: list[Piece] = []
    for source, gap in pieces:
        if source == SEPARATOR and result:
            result[-1] = result[-1][0], result[-1][1] + source + gap
        else:
            result.append((source, gap))
    return result


def definitions_of(sources: Iterable[str]) -> str:
    """Return what blocks define for others: addresses of links, and the names of notes without their text."""
    found = {}
    for source in sources:
        if source.lstrip(" ").startswith("["):
            for note, label, text in _DEFINITION.findall(source):
                found[note + label] = f"[{note}{label}]: {'.' if note else text.strip()}"
    return "\n\n".join(found.values())


def _joined(pieces: list[Piece], definitions: str) -> list[Piece]:
    """Join pieces that are one block: an item and the next, a term and its meaning, HTML that is not closed."""
    result: list[Piece] = []
    for piece in pieces:
        if result and ("<" in result[-1][0] or not _PARAGRAPH.match(piece[0])):  # it joins nothing but HTML
            before, gap = result[-1]
            if not is_apart(before, gap, piece[0], definitions) or _belongs(before, piece[0]):
                result[-1] = before + gap + piece[0], piece[1]
                continue
        result.append(piece)
    return result


def is_apart(first: str, gap: str, second: str, definitions: str) -> bool:
    """Whether the reader makes of two sources with a gap what it makes of each alone."""
    apart = elements(first, definitions) + elements(second, definitions)
    return elements(first + gap + second, definitions) == apart


def _belongs(before: str, piece: str) -> bool:
    """Whether a piece that shows nothing by itself belongs to what is before: the end of HTML, lines of a note."""
    return piece.startswith("</") or (bool(NOTE.match(before)) and piece[:1] in " \t")


def _divided(piece: Piece, definitions: str) -> Iterator[Piece]:
    """Yield the blocks of a piece that follow one another without an empty line."""
    source, gap = piece
    lines = source.split("\n")
    whole = elements(source, definitions)
    if len(whole) < 2 or len(lines) > MOST_LINES:  # one is not divided
        yield piece
        return
    for count in range(1, len(lines)):
        first, rest = "\n".join(lines[:count]), "\n".join(lines[count:])
        if rest.strip() and _parts(first, rest, whole, definitions):
            end = first.rstrip()
            yield (end, first[len(end) :] + "\n") if elements(end, definitions) == whole[:1] else (first, "\n")
            yield from _divided((rest, gap), definitions)
            return
    yield piece


def _parts(first: str, rest: str, whole: tuple[str, ...], definitions: str) -> bool:
    """Whether the first lines of a piece are one block, and the rest is what the piece shows besides."""
    shown = elements(first, definitions)
    return len(shown) == 1 and shown + elements(rest, definitions) == whole and _is_complete(first)


def _is_complete(source: str) -> bool:
    """Whether what follows a source is not taken for a part of it, as for HTML that is not closed."""
    return elements(f"{source}\n\n{_PROBE}", "")[-1] == f"<p>{_PROBE}</p>"


def _repaired(text: str, pieces: list[Piece], definitions: str) -> list[Piece]:
    """Join pieces until what they show one by one is what the text shows as a whole."""
    for _ in range(MOST_REPAIRS):
        if fit(pieces, definitions):
            return pieces
        low, high = 1, len(pieces)  # the first `low` pieces fit, the first `high` do not
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if fit(pieces[:middle], definitions) else (low, middle)
        if high < 2:  # there is nothing to join
            break
        (before, gap), (source, after) = pieces[high - 2 : high]
        pieces = [*pieces[: high - 2], (before + gap + source, after), *pieces[high:]]
    end = text.rstrip("\n")
    return [(end, text[len(end) :])]


def fit(pieces: Iterable[Piece], definitions: str) -> bool:
    """Whether the reader makes of pieces, one after the other, what it makes of each alone."""
    pieces = list(pieces)
    whole = "".join(source + gap for source, gap in pieces)
    return elements(whole, definitions) == tuple(each for source, _ in pieces for each in elements(source, definitions))
