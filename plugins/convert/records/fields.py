"""Finds labelled values on a page, however its template sets them: in cells, lists, lines, or elements side by side.

A page is a sequence of lines: what is between two line breaks or borders of blocks. A line is a label, or begins with
one, and then the value is behind the label, or in the cell or line after it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from bs4 import Tag
from bs4.element import NavigableString, PreformattedString

from plugins.markdown_reader.elements import BLOCKS

from ..blocks import clean_text
from .labels import Labels

SEAM = "\x1f"  # between two inline elements of a line
_CELLS = frozenset({"td", "th", "dd", "dt"})
MOST_WORDS = 9  # words of a line with an unlabelled number: "Thông tư liên tịch số 12/2026/TTLT-BTC-BNV"
MOST_WORDS_BESIDE = 5  # of them beside the number
_SPLITS = re.compile(rf"(?:{SEAM}|\s*[|•;]\s+|\s{{2,}})(?=[^\W\d_])")
_BEHIND = re.compile(rf"(?P<label>[^:：{SEAM}]{{2,90}}?)\s*(?:[:：{SEAM}]\s*)+(?P<value>.*)", re.S)


@dataclass
class Line:
    """A line of a page. text: with SEAM between its inline elements; element: the block that holds it."""

    text: str
    element: Tag
    links: list[tuple[str, str]] = field(default_factory=list)  # addresses and words

    @property
    def plain(self) -> str:
        """Its text as people see it."""
        return clean_text(self.text.replace(SEAM, " "))


@dataclass
class Field:
    """A labelled value.

    key: its name; text; links: addresses and words; label, value: where they are; index: of the line of the label.
    """

    key: str
    text: str
    links: list[tuple[str, str]]
    label: Line
    value: Line
    index: int


def lines_of(root: Tag) -> list[Line]:
    """Return the lines below an element, in order; table cells without text are lines too."""
    found: list[Line] = []
    _next(_read(root, Line("", root), found), found)
    return [line for line in found if line.text.strip(f" {SEAM}") or line.links or line.element.name in _CELLS]


def _read(element: Tag, line: Line, found: list[Line]) -> Line:
    """Add the lines of an element; return the line that goes on after it."""
    for child in element.children:
        if isinstance(child, NavigableString):
            if not isinstance(child, PreformattedString):
                line.text += str(child).replace("\xa0", " ")
            continue
        if not isinstance(child, Tag):
            continue
        if child.name == "br":
            line = _next(line, found)
        elif child.name in BLOCKS:
            line = _next(line, found)
            inner = _read(child, Line("", child), found)
            _next(inner, found)
        else:
            line.text += SEAM
            if child.name == "a" and child.get("href"):
                line.links.append((str(child["href"]).strip(), clean_text(child.get_text(" "))))
            line = _read(child, line, found)
            line.text += SEAM
    return line


def _next(line: Line, found: list[Line]) -> Line:
    line.text = re.sub(rf"(?: *{SEAM} *)+", SEAM, re.sub(r"[\r\n\t]+", " ", line.text)).strip(f" {SEAM}")
    found.append(line)
    return Line("", line.element)


def fields_of(lines: list[Line], labels: Labels) -> Iterator[Field]:
    """Yield the labelled values of a page, in order."""
    for index, line in enumerate(lines):
        if len(line.text) < 2 or not line.text[0].isalpha():
            continue
        keys = labels.keys_of(line.plain)
        is_sure = any(
            box.name in _CELLS for box in [line.element, *list(line.element.parents)[:2]]
        ) or line.text.endswith((":", "："))
        if keys and (labels.is_exactly(line.plain) or (is_sure and SEAM not in line.text)):
            yield from _beside(lines, index, keys, labels)
            continue
        starts = [0, *(found.end() for found in _SPLITS.finditer(line.text))]
        marks = [
            (at, found, keys)
            for at in starts
            if (found := _BEHIND.match(line.text, at)) and (keys := labels.keys_of(found["label"]))
        ]
        for number, (_, found, keys) in enumerate(marks):
            end = marks[number + 1][0] if number + 1 < len(marks) else len(line.text)
            text = clean_text(line.text[found.start("value") : end].replace(SEAM, " ")).strip(" |•;:")
            if text or line.links:
                for key in keys:
                    yield Field(key, text, line.links if len(marks) == 1 else [], line, line, index)
            elif len(marks) == 1:
                yield from _beside(lines, index, keys, labels)


def unlabelled(lines: list[Line], labels: Labels) -> Iterator[Field]:
    """Yield the lines that have little but what tells one thing from another: `Quyết định số 41/2026/QĐ-UBND`."""
    for index, line in enumerate(lines):
        words = line.plain.split()
        written = labels.find(line.plain) if len(words) <= MOST_WORDS else ""
        if written and len(words) - len(written.split()) <= MOST_WORDS_BESIDE:
            yield Field(labels.identity, line.plain, [], line, line, index)


def _beside(lines: list[Line], index: int, keys: tuple[str, ...], labels: Labels) -> Iterator[Field]:
    """Yield the values of a line that is a label: they are in the next cells, or in the next line."""
    label = lines[index]
    cell = _box_of(label)
    following = lines[index + 1 : index + 1 + 40]
    if cell is None:
        values = [[line] for line in following[:1] if _is_beside(line.element, label.element)]
    else:
        values = []
        for sibling in cell.find_next_siblings(limit=len(keys)):
            inside = [line for line in following if line.element is sibling or sibling in line.element.parents]
            values.append(inside)
    for number, key in enumerate(keys):
        lines_of_value = values[number] if number < len(values) else (values[-1] if values and len(values) == 1 else [])
        if lines_of_value and not any(_begins_with_label(line, labels) for line in lines_of_value):
            text = "\n".join(line.plain for line in lines_of_value if line.plain)
            links = [link for line in lines_of_value for link in line.links]
            yield Field(key, text, links, label, lines_of_value[0], index)


def _is_beside(value: Tag, label: Tag) -> bool:
    return label.name not in _CELLS and (value is label or value.parent is label.parent)


def _begins_with_label(line: Line, labels: Labels) -> bool:
    behind = _BEHIND.match(line.text)
    return bool(labels.keys_of(line.plain) or (behind and labels.keys_of(behind["label"])))


def _box_of(label: Line) -> Tag | None:
    """Return the largest element that has only the label, and another one beside it; None if the label is not alone."""
    element, words = label.element, label.plain
    while True:
        if clean_text(element.get_text(" ")) != words:
            return None
        if element.find_next_sibling() is not None:
            return element
        if element.parent is None or element.parent.name in ("body", "html", "[document]"):
            return None
        element = element.parent
