"""Marks of stood-in text in a finished page become `lang` attributes.

An element that has nothing but stood-in text gets the attribute itself, a part of a text a <span>. In scripts, styles,
drawings and attributes the marks are taken away; a control whose only words are those of its attributes gets `lang`.
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
# a code is letters, digits and hyphens only: it becomes part of a tag
_MARKED = re.compile(f"{OPEN}([A-Za-z0-9-]+){SEPARATOR}([^{OPEN}{SEPARATOR}{CLOSE}]*){CLOSE}")
_MARK = re.compile(f"{OPEN}[A-Za-z0-9-]+{SEPARATOR}|[{OPEN}{SEPARATOR}{CLOSE}]")
_LANG = re.compile(r"\slang\s*=", re.I)
_SPOKEN = re.compile(r"\s(?:alt|aria-label|aria-description|placeholder|title)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.I)
_LETTER = re.compile(r"[^\W\d_A-Z]")
_TEXT_ONLY = {"option", "textarea", "title"}  # elements that hold text and nothing else
_FLEXIBLE = {"a", "button", "label", "summary"}  # mostly laid out as boxes: a text in them must stay one box
_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


class _Run(NamedTuple):
    """A stretch of text in one language; "" is that of the page."""

    lang: str
    text: str

    @property
    def neutral(self) -> bool:
        """Whether it can be read in any language: digits, spaces, punctuation, abbreviations such as PDF."""
        return not self.lang and not _LETTER.search(unescape(self.text))


@dataclass
class _Element:
    """An element of the page. langs: of the words in it; number: of the piece that is its start tag."""

    name: str
    number: int
    parent: _Element | None = None
    langs: set[str] = field(default_factory=set)
    direct: bool = False  # whether it has stood-in text of its own, not only in elements within
    text: bool = False  # whether there are words in it, besides those of attributes
    whole: bool = False  # whether its end has been found
    own_lang: bool = False  # whether it has a lang attribute already

    @property
    def ancestors(self) -> Iterator[_Element]:
        """From itself to the outermost."""
        element: _Element | None = self
        while element:
            yield element
            element = element.parent

    @property
    def foreign(self) -> str:
        """The language of all words in it, where that is another than the page's; else ""."""
        return next(iter(self.langs)) if self.whole and not self.own_lang and len(self.langs) == 1 else ""


def strip_marks(text: str) -> str:
    """A text without marks."""
    return _MARK.sub("", text)


def replace_marks(html: str) -> str:
    """A finished page with marks, with `lang` attributes in their place."""
    pieces = _TAG.split(html)  # text, tag, text, …
    holders = _elements(pieces)
    chosen: dict[int, str] = {}
    for number, piece in enumerate(pieces):
        if OPEN not in piece:
            continue
        holder = holders[number]
        if number % 2:
            pieces[number] = strip_marks(piece)
            if holder and holder.foreign and not holder.text and _attributes(piece) - {""}:
                chosen.setdefault(holder.number, holder.foreign)
            continue
        above = [element for element in holder.ancestors if element.direct and element.foreign] if holder else []
        if above:
            chosen[above[-1].number] = above[-1].foreign
        bare = not holder or above or any(e.name in _TEXT_ONLY or e.name == "svg" for e in holder.ancestors)
        pieces[number] = strip_marks(piece) if bare else _spans(_joined(_runs(piece)), holder.name in _FLEXIBLE)
    for number, lang in chosen.items():
        start = _START.match(pieces[number])
        assert start is not None
        pieces[number] = f'{start[0]} lang="{lang}"{pieces[number][start.end() :]}'
    return strip_marks("".join(pieces))  # those that an editor has typed: no text has a meaning for them


def _elements(pieces: list[str]) -> dict[int, _Element | None]:
    """By number of a piece, the element whose start tag or text it is. An element that is never closed is no whole."""
    holders: dict[int, _Element | None] = defaultdict(lambda: None)
    current: _Element | None = None
    for number, piece in enumerate(pieces):
        if not number % 2:
            holders[number] = current
            if not piece or piece.isspace():
                continue
            langs = {run.lang for run in _joined(_runs(piece)) if not run.neutral}
            if current:
                current.direct = current.direct or bool(langs - {""})
                _add(current, langs, bool(langs))
        elif start := _START.match(piece):
            name = start[1].lower()
            element = _Element(name, number, current, own_lang=bool(_LANG.search(piece)))
            holders[number] = element
            _add(element, _attributes(piece), False)
            if name in _VOID or piece.endswith("/>"):
                element.whole = True
            elif name not in ("script", "style"):
                current = element
        elif (end := _END.match(piece)) and current:
            closed = next((element for element in current.ancestors if element.name == end[1].lower()), None)
            if closed:
                closed.whole, current = True, closed.parent
    return holders


def _add(element: _Element, langs: set[str], text: bool) -> None:
    """Words of some languages stand in an element, and so in those around it; not beyond a lang attribute."""
    for each in element.ancestors if langs else ():
        each.langs |= langs
        each.text = each.text or text
        if each.own_lang:
            return


def _attributes(tag: str) -> set[str]:
    """The languages of the attributes of a tag that are read to people."""
    runs = (run for match in _SPOKEN.finditer(tag) for run in _joined(_runs(match[1] or match[2] or "")))
    return {run.lang for run in runs if not run.neutral}


def _spans(runs: list[_Run], one_box: bool) -> str:
    """A text with an element for each of its runs that needs one."""
    text = "".join(map(_span, runs))
    return f"<span>{text}</span>" if one_box and len(runs) > 1 else text


def _span(run: _Run) -> str:
    """A run as an element, where it needs one; the spaces around it outside."""
    text = run.text.strip()
    if not run.lang or not text:
        return run.text
    begin = run.text.index(text)
    return f'{run.text[:begin]}<span lang="{run.lang}">{text}</span>{run.text[begin + len(text) :]}'


def _runs(text: str) -> list[_Run]:
    if OPEN not in text:
        return [_Run("", text)]
    found, at = [], 0
    for match in _MARKED.finditer(text):
        found += [_Run("", strip_marks(text[at : match.start()])), _Run(match[1], match[2])]
        at = match.end()
    found.append(_Run("", strip_marks(text[at:])))
    return [run for run in found if run.text]


def _joined(runs: list[_Run]) -> list[_Run]:
    """Runs joined over what is neutral between them, as numbers and punctuation are within a sentence.

    At the edges of a text digits join, and other neutral characters where all of the text is of one language.
    """
    langs = [run.lang for run in runs]
    words = {run.lang for run in runs if not run.neutral}
    for number, run in enumerate(runs):
        if not run.neutral:
            continue
        beside = {langs[near] for near in (number - 1, number + 1) if 0 <= near < len(runs)}
        edge = number in (0, len(runs) - 1)
        if len(beside) == 1 and (not edge or len(words) == 1 or any(map(str.isdigit, run.text))):
            langs[number] = beside.pop()
    joined: list[_Run] = []
    for lang, run in zip(langs, runs, strict=True):
        if joined and joined[-1].lang == lang:
            joined[-1] = _Run(lang, joined[-1].text + run.text)
        else:
            joined.append(_Run(lang, run.text))
    return joined
