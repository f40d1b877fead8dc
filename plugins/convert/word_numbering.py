"""The numbers that Word writes before paragraphs, as text: `Điều 1.`, `a)`, `1.2.`, `I.`.

HTML and Markdown count lists in Arabic numbers only, and have no words before them; laws are cited by these labels. So
a list with any other label becomes paragraphs that begin with what Word shows. Lists of `1.` and of bullets stay lists.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from lxml import etree

from .ooxml import Styles, find, name, value

LEVELS = 9
_ROMAN = {1000: "m", 900: "cm", 500: "d", 400: "cd", 100: "c", 90: "xc", 50: "l"}
_ROMAN |= {40: "xl", 10: "x", 9: "ix", 5: "v", 4: "iv", 1: "i"}
LARGEST = 3999  # the largest number that is written in letters


class Numbering:
    """The numbering of a document.

    Args:
        root: the root of numbering.xml, None if there is none.
        styles: the styles, which may number paragraphs.
    """

    def __init__(self, root: etree._Element | None, styles: Styles) -> None:
        self._styles = styles
        abstract = {} if root is None else {_id(each): each for each in root.findall(name("w:abstractNum"))}
        self._lists: dict[str, _List] = {}
        shared: dict[str, _Counters] = {}
        for number in [] if root is None else root.findall(name("w:num")):
            key = value(number, "w:abstractNumId")
            if key in abstract:
                counters = shared.setdefault(key, _Counters())
                self._lists[str(number.get(name("w:numId"), ""))] = _List(abstract[key], number, counters)

    def write(self, paragraphs: Iterable[etree._Element]) -> None:
        """Write the labels of all lists that HTML cannot count into their paragraphs, which are then in no list.

        The styles are changed too, where a style numbers its paragraphs.
        """
        numbered = [(each, found) for each in paragraphs if (found := self._list_of(each)) is not None]
        for _, (each, level) in numbered:
            each.counters.is_text |= each.needs_text(level)
        for paragraph, (each, level) in numbered:
            label = each.next_label(level)
            if each.counters.is_text and not each.is_bullet(level):
                _write_label(paragraph, label, each.properties(level))
                for style in self._styles.of_paragraph(paragraph):
                    _leave_list(find(style, "w:pPr"))

    def _list_of(self, paragraph: etree._Element) -> tuple[_List, int] | None:
        """Return the list that a paragraph belongs to, and its level there."""
        own = find(paragraph, "w:pPr/w:numPr")
        of_styles = (find(style, "w:pPr/w:numPr") for style in self._styles.of_paragraph(paragraph))
        found = own if own is not None else next((each for each in of_styles if each is not None), None)
        each = self._lists.get(value(found, "w:numId")) if found is not None else None
        if each is None:
            return None
        level = value(found, "w:ilvl")
        if not level and own is None:
            level = each.level_of_style(value(paragraph, "w:pPr/w:pStyle"))
        return each, min(LEVELS - 1, int(level) if level.isdigit() else 0)


class _Counters:
    """How far the lists of one definition have counted. is_text: whether their labels are written as text."""

    def __init__(self) -> None:
        self.numbers: list[int | None] = [None] * LEVELS
        self.restarted: set[tuple[str, int]] = set()
        self.is_text = False


class _List:
    """A w:num with the w:abstractNum that it is based on."""

    def __init__(self, abstract: etree._Element, number: etree._Element, counters: _Counters) -> None:
        self._id = str(number.get(name("w:numId"), ""))
        self.counters = counters
        self._levels = {str(each.get(name("w:ilvl"), "")): each for each in abstract.findall(name("w:lvl"))}
        self._starts: dict[str, str] = {}
        for override in number.findall(name("w:lvlOverride")):
            level = str(override.get(name("w:ilvl"), ""))
            own = find(override, "w:lvl")
            if own is not None:
                self._levels[level] = own
            if value(override, "w:startOverride"):
                self._starts[level] = value(override, "w:startOverride")

    def properties(self, level: int) -> etree._Element | None:
        """Return the w:rPr of the labels of a level."""
        return find(self._levels.get(str(level)), "w:rPr")

    def level_of_style(self, style: str) -> str:
        """Return the level that a style stands for."""
        return next((level for level, each in self._levels.items() if value(each, "w:pStyle") == style), "0")

    def _format(self, level: int) -> str:
        return value(self._levels.get(str(level)), "w:numFmt") or "decimal"

    def is_bullet(self, level: int) -> bool:
        """Return whether a level has a sign, or nothing, before its paragraphs."""
        return self._format(level) in ("bullet", "none") and "%" not in value(
            self._levels.get(str(level)), "w:lvlText"
        ).replace(" ", "")

    def needs_text(self, level: int) -> bool:
        """Return whether HTML cannot count a level as Word does."""
        if self.is_bullet(level):
            return False
        return self._format(level) != "decimal" or value(self._levels.get(str(level)), "w:lvlText") not in (
            f"%{level + 1}.",
            f"%{level + 1}",
        )

    def next_label(self, level: int) -> str:
        """Count one paragraph, and return the label before it."""
        numbers = self.counters.numbers
        key = (self._id, level)
        override = self._starts.get(str(level), "")
        if override.isdigit() and key not in self.counters.restarted:
            self.counters.restarted.add(key)
            numbers[level] = int(override)
        else:
            current = numbers[level]
            numbers[level] = self._start(level) if current is None else current + 1
        numbers[level + 1 :] = [None] * (LEVELS - 1 - level)
        text = value(self._levels.get(str(level)), "w:lvlText")
        return re.sub(r"%([1-9])", lambda found: self._number(int(found[1]) - 1), text)

    def _start(self, level: int) -> int:
        start = value(self._levels.get(str(level)), "w:start")
        return int(start) if start.isdigit() else 1

    def _number(self, level: int) -> str:
        number = self.counters.numbers[level]
        return formatted(self._start(level) if number is None else number, self._format(level))


def _id(element: etree._Element) -> str:
    return str(element.get(name("w:abstractNumId"), ""))


def _write_label(paragraph: etree._Element, label: str, properties: etree._Element | None) -> None:
    """Let a paragraph begin with its label, and be in no list."""
    settings = find(paragraph, "w:pPr")
    if settings is None:
        settings = etree.Element(name("w:pPr"))
        paragraph.insert(0, settings)
    _leave_list(settings)
    run = etree.Element(name("w:r"))
    if properties is not None:
        run.append(properties.__deepcopy__({}))
    text = etree.SubElement(run, name("w:t"))
    text.text = f"{label} "
    text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    paragraph.insert(list(paragraph).index(settings) + 1, run)


def _leave_list(settings: etree._Element | None) -> None:
    """Remove from a w:pPr what numbers its paragraphs."""
    for own in [] if settings is None else settings.findall(name("w:numPr")):
        settings.remove(own)  # type: ignore[union-attr]


def formatted(number: int, style: str) -> str:
    """Return a number as Word writes it. style: a w:numFmt; what is not known is written in Arabic numbers."""
    if not 0 < number <= LARGEST:
        return str(number)
    if style in ("lowerRoman", "upperRoman"):
        return _roman(number).upper() if style == "upperRoman" else _roman(number)
    if style in ("lowerLetter", "upperLetter"):  # a to z, then aa to zz
        letters = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letters.upper() if style == "upperLetter" else letters
    return f"{number:02d}" if style == "decimalZero" else str(number)


def _roman(number: int) -> str:
    written = ""
    for worth, sign in _ROMAN.items():
        written += sign * (number // worth)
        number %= worth
    return written
