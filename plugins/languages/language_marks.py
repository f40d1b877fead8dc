"""Replaces the marks of fallback texts in a complete page by `lang` attributes.

An element whose whole text is in another language gets the attribute itself; a part of a text gets a <span>. In
scripts, styles, SVGs and attributes the marks are only removed, but a control whose only words are in its attributes
gets a `lang` attribute too.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import NamedTuple

from .fallback_text import CLOSE, OPEN, SEPARATOR

_TAG = re.compile(
    r"(<!--.*?-->|<(?:script|style)\b.*?</(?:script|style)\s*>|<[!/]?[a-z](?:[^>\"']|\"[^\"]*\"|'[^']*')*>)",
    re.S | re.I,
)
_START = re.compile(r"<([a-z][^\s/>]*)", re.I)
_END = re.compile(r"</([a-z][^\s/>]*)", re.I)
# Codes have letters, digits and hyphens only, because they become part of a tag.
_MARKED_TEXT = re.compile(f"{OPEN}([A-Za-z0-9-]+){SEPARATOR}([^{OPEN}{SEPARATOR}{CLOSE}]*){CLOSE}")
_MARK = re.compile(f"{OPEN}[A-Za-z0-9-]+{SEPARATOR}|[{OPEN}{SEPARATOR}{CLOSE}]")
_LANG_ATTRIBUTE = re.compile(r"\slang\s*=", re.I)
_READ_ATTRIBUTE = re.compile(
    r"\s(?:alt|aria-label|aria-description|placeholder|title)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.I
)
_LETTER = re.compile(r"[^\W\d_A-Z]")
_TEXT_ONLY = {"option", "textarea", "title"}  # elements that cannot have child elements
_FLEX_CONTAINERS = {"a", "button", "label", "summary"}  # often flex containers: their text must stay one box
_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


class _Run(NamedTuple):
    """A stretch of text in one language; "" is the language of the page."""

    lang: str
    text: str

    @property
    def is_neutral(self) -> bool:
        """Whether it is the same in any language: digits, spaces, punctuation, abbreviations such as PDF."""
        return not self.lang and not _LETTER.search(unescape(self.text))


@dataclass
class _Element:
    """An element of the page.

    Attributes:
        name: its tag name.
        index: of the piece of the page that is its start tag.
        parent: None for the outermost elements.
        langs: the languages of the words in it; "" is the language of the page.
        has_own_fallback: whether it has fallback text of its own, not only in child elements.
        has_text: whether it has words other than those in attributes.
        is_closed: whether its end tag has been found.
        has_lang: whether it already has a lang attribute.
    """

    name: str
    index: int
    parent: _Element | None = None
    langs: set[str] = field(default_factory=set)
    has_own_fallback: bool = False
    has_text: bool = False
    is_closed: bool = False
    has_lang: bool = False

    def with_ancestors(self) -> Iterator[_Element]:
        """The element itself and its ancestors, up to the outermost."""
        element: _Element | None = self
        while element:
            yield element
            element = element.parent

    @property
    def foreign_lang(self) -> str:
        """The language of all its words if they are in one other than the page's, else ""."""
        return next(iter(self.langs)) if self.is_closed and not self.has_lang and len(self.langs) == 1 else ""


def strip_marks(text: str) -> str:
    """Remove all marks from a text."""
    return _MARK.sub("", text)


def replace_marks(html: str) -> str:
    """Replace the marks in a complete page by `lang` attributes."""
    pieces = _TAG.split(html)  # text, tag, text, …
    elements = _find_elements(pieces)
    langs: dict[int, str] = {}  # the attributes to set, by index of a start tag
    for index, piece in enumerate(pieces):
        if OPEN not in piece:
            continue
        element = elements[index]
        if index % 2:
            pieces[index] = strip_marks(piece)
            if element and element.foreign_lang and not element.has_text and _attribute_langs(piece) - {""}:
                langs.setdefault(element.index, element.foreign_lang)
        else:
            pieces[index] = _mark_up_text(piece, element, langs)
    for index, lang in langs.items():
        start = _START.match(pieces[index])
        assert start is not None
        pieces[index] = f'{start[0]} lang="{lang}"{pieces[index][start.end() :]}'
    return strip_marks("".join(pieces))  # what is left was typed by an editor, and has no meaning in a text


def _mark_up_text(text: str, element: _Element | None, langs: dict[int, str]) -> str:
    """A text without marks, with a <span> for each part that needs one, unless an element around it gets an attribute.

    Args:
        text: a piece of text with marks.
        element: that the text is in.
        langs: gets the attribute, by index of the element's start tag.
    """
    if element is None:
        return strip_marks(text)
    ancestors = list(element.with_ancestors())
    foreign = [ancestor for ancestor in ancestors if ancestor.has_own_fallback and ancestor.foreign_lang]
    if foreign:
        langs[foreign[-1].index] = foreign[-1].foreign_lang
    if foreign or any(ancestor.name in _TEXT_ONLY or ancestor.name == "svg" for ancestor in ancestors):
        return strip_marks(text)
    return _with_spans(_join_runs(_split_runs(text)), element.name in _FLEX_CONTAINERS)


def _find_elements(pieces: list[str]) -> dict[int, _Element | None]:
    """By index of a piece, the element whose start tag it is, or that the text is in."""
    elements: dict[int, _Element | None] = defaultdict(lambda: None)
    current: _Element | None = None
    for index, piece in enumerate(pieces):
        if not index % 2:
            elements[index] = current
            if current and piece and not piece.isspace():
                langs = _word_langs(piece)
                current.has_own_fallback = current.has_own_fallback or bool(langs - {""})
                _add_langs(current, langs, bool(langs))
        elif start := _START.match(piece):
            name = start[1].lower()
            element = _Element(name, index, current, has_lang=bool(_LANG_ATTRIBUTE.search(piece)))
            elements[index] = element
            _add_langs(element, _attribute_langs(piece), False)
            if name in _VOID or piece.endswith("/>"):
                element.is_closed = True
            elif name not in ("script", "style"):
                current = element
        elif (end := _END.match(piece)) and current:
            name = end[1].lower()
            closed = next((element for element in current.with_ancestors() if element.name == name), None)
            if closed:
                closed.is_closed, current = True, closed.parent
    return elements


def _add_langs(element: _Element, langs: set[str], has_text: bool) -> None:
    """Add the languages of words to an element and those around it, up to the first with a lang attribute."""
    if not langs:
        return
    for each in element.with_ancestors():
        each.langs |= langs
        each.has_text = each.has_text or has_text
        if each.has_lang:
            return


def _word_langs(text: str) -> set[str]:
    """The languages of the words in a text."""
    return {run.lang for run in _join_runs(_split_runs(text)) if not run.is_neutral}


def _attribute_langs(tag: str) -> set[str]:
    """The languages of the words in those attributes of a tag that screen readers read."""
    return {lang for match in _READ_ATTRIBUTE.finditer(tag) for lang in _word_langs(match[1] or match[2] or "")}


def _with_spans(runs: list[_Run], one_box: bool) -> str:
    """A text with a <span> for each run that needs one. one_box: whether all of it must be one element."""
    text = "".join(map(_span, runs))
    return f"<span>{text}</span>" if one_box and len(runs) > 1 else text


def _span(run: _Run) -> str:
    """A run as a <span> if it needs one, with the spaces around it outside."""
    text = run.text.strip()
    if not run.lang or not text:
        return run.text
    begin = run.text.index(text)
    return f'{run.text[:begin]}<span lang="{run.lang}">{text}</span>{run.text[begin + len(text) :]}'


def _split_runs(text: str) -> list[_Run]:
    """Split a text with marks into runs."""
    if OPEN not in text:
        return [_Run("", text)]
    runs, position = [], 0
    for match in _MARKED_TEXT.finditer(text):
        runs += [_Run("", strip_marks(text[position : match.start()])), _Run(match[1], match[2])]
        position = match.end()
    runs.append(_Run("", strip_marks(text[position:])))
    return [run for run in runs if run.text]


def _join_runs(runs: list[_Run]) -> list[_Run]:
    """Join runs of one language, with what is neutral between them, as digits and punctuation are within a sentence.

    At the edges of a text only digits join, unless all words are of one language.
    """
    langs = [run.lang for run in runs]
    word_langs = {run.lang for run in runs if not run.is_neutral}
    for index, run in enumerate(runs):
        if not run.is_neutral:
            continue
        adjacent = {langs[other] for other in (index - 1, index + 1) if 0 <= other < len(runs)}
        at_edge = index in (0, len(runs) - 1)
        if len(adjacent) == 1 and (not at_edge or len(word_langs) == 1 or any(map(str.isdigit, run.text))):
            langs[index] = adjacent.pop()
    joined: list[_Run] = []
    for lang, run in zip(langs, runs, strict=True):
        if joined and joined[-1].lang == lang:
            joined[-1] = _Run(lang, joined[-1].text + run.text)
        else:
            joined.append(_Run(lang, run.text))
    return joined
