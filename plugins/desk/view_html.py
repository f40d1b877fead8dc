"""The HTML of blocks as the rich-text view has it: one form for what means the same, so that it can be compared.

Text in items, cells and quotations stands in paragraphs; of marks around the same letters the order is always the same,
and none begins or ends with a blank; a mark that refers to a note is `<sup data-note="label">`, the note itself
`<aside data-note="label">`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape
from itertools import takewhile
from typing import NamedTuple

from lxml import html as lxml_html

from plugins.markdown_reader.elements import INLINE

_SAME = {"b": "strong", "i": "em", "s": "del", "strike": "del"}
ORDER = ("a", "strong", "em", "del", "sup", "sub", "code")  # of marks, the outermost first
_ROW_GROUPS = ("thead", "tbody", "tfoot")  # the view knows rows only
_HOLDERS = ("li", "td", "th", "blockquote", "aside", "dd", "div")  # whose text stands in paragraphs
_LINES = ("p", "h1", "h2", "h3", "h4", "h5", "h6", "dt", "caption", "figcaption", "summary")
_VOID = ("br", "img", "hr", "col", "wbr")
_LEAVES = ("br", "img", "wbr")
_BLANKS = re.compile(r"[ \t\n\r\f]+")
_MARK_NAME = re.compile(r"<([\w-]+)")
_DEFAULTS = {("start", "1"), ("colspan", "1"), ("rowspan", "1")}


class _Run(NamedTuple):
    """Letters, or an element without text such as a picture, with the start tags of the marks around them."""

    marks: tuple[str, ...]
    content: str
    is_text: bool


def canonical(html: str) -> str:
    """Return safe HTML in the form that the view has."""
    return "".join(elements(html))


def elements(html: str) -> list[str]:
    """Return the elements at the top of safe HTML in the form that the view has; text alone becomes a paragraph."""
    root = lxml_html.fragment_fromstring(html or "<p></p>", create_parent="div")
    return [part for part in _blocks(root) if part not in ("<p></p>", "")]


def _blocks(parent: lxml_html.HtmlElement) -> Iterator[str]:
    """Yield the blocks of an element; lines of text between them become paragraphs."""
    line = [_Run((), parent.text or "", True)]
    for child in parent:
        if isinstance(child.tag, str) and child.tag not in INLINE and child.tag not in _LEAVES:
            yield _paragraph(line)
            yield _block(child)
            line = []
        else:
            line += _runs_of_child(child, ())
        line.append(_Run((), child.tail or "", True))
    yield _paragraph(line)


def _paragraph(runs: Iterable[_Run]) -> str:
    text = _line(runs)
    return f"<p>{text}</p>" if text else ""


def _block(element: lxml_html.HtmlElement) -> str:
    tag = element.tag
    if tag in _VOID:
        return _start_tag(element)
    if tag == "pre":
        return f"<pre><code>{escape(element.text_content().rstrip(chr(10)), quote=False)}</code></pre>"
    if tag in _HOLDERS:
        content = "".join(_blocks(element)) or "<p></p>"
    elif tag in _LINES:
        content = _line(_runs(element, ()))
    else:
        content = "".join(_block(child) for child in element if isinstance(child.tag, str))
        if tag in _ROW_GROUPS:
            return content
    return f"{_start_tag(element)}{content}</{tag}>"


def _start_tag(element: lxml_html.HtmlElement) -> str:
    pairs = sorted((name, str(value)) for name, value in element.attrib.items())
    attributes = "".join(f' {name}="{escape(value)}"' for name, value in pairs if (name, value) not in _DEFAULTS)
    return f"<{_SAME.get(element.tag, element.tag)}{attributes}>"


# --- lines ---


def _runs(element: lxml_html.HtmlElement, marks: tuple[str, ...]) -> Iterator[_Run]:
    yield _Run(marks, element.text or "", True)
    for child in element:
        yield from _runs_of_child(child, marks)
        yield _Run(marks, child.tail or "", True)


def _runs_of_child(child: lxml_html.HtmlElement, marks: tuple[str, ...]) -> Iterator[_Run]:
    if not isinstance(child.tag, str):  # a comment
        return
    label = _note_label(child)
    if label:
        yield _Run(marks, f'<sup data-note="{escape(label)}"></sup>', False)
    elif child.tag in _LEAVES:
        yield _Run(() if child.tag == "br" else marks, _start_tag(child), False)
    elif child.tag in INLINE:
        yield from _runs(child, tuple(sorted({*marks, _start_tag(child)}, key=_rank)))
    else:
        yield _Run(marks, _block(child), False)


def _note_label(element: lxml_html.HtmlElement) -> str:
    """Return the label of the note to which an element refers, as Markdown or as the view writes it; else ""."""
    if element.tag != "sup":
        return ""
    links = element.find_class("footnote-ref")
    return str(links[0].get("href", "")).rpartition("fn:")[2] if links else str(element.get("data-note", ""))


def _rank(start_tag: str) -> tuple[int, str]:
    name = _name(start_tag)
    return (ORDER.index(name) if name in ORDER else len(ORDER)), start_tag


def _name(start_tag: str) -> str:
    match = _MARK_NAME.match(start_tag)
    return match[1] if match else ""


def _line(runs: Iterable[_Run]) -> str:
    """Return the HTML of a line, with blanks as a browser shows them."""
    parts: list[str] = []
    open_marks: tuple[str, ...] = ()
    for run in _without_blanks_at_edges(_words(runs)):
        pairs = takewhile(lambda pair: pair[0] == pair[1], zip(open_marks, run.marks, strict=False))
        common = [mark for mark, _ in pairs]
        parts += [f"</{_name(mark)}>" for mark in reversed(open_marks[len(common) :])]
        parts += run.marks[len(common) :]
        parts.append(escape(run.content, quote=False) if run.is_text else run.content)
        open_marks = run.marks
    return "".join([*parts, *(f"</{_name(mark)}>" for mark in reversed(open_marks))])


def _words(runs: Iterable[_Run]) -> Iterator[_Run]:
    """Yield runs of which blanks at their beginning and end are runs of their own."""
    for run in runs:
        if not run.is_text:
            yield run
            continue
        text = _BLANKS.sub(" ", run.content)
        if text.startswith(" "):
            yield _Run((), " ", True)
        if text.strip(" "):
            yield run._replace(content=text.strip(" "))
            if text.endswith(" "):
                yield _Run((), " ", True)


def _without_blanks_at_edges(runs: Iterable[_Run]) -> Iterator[_Run]:
    """Yield runs with one blank at most between two, with the marks of both, and none at ends and breaks."""
    before: _Run | None = None
    is_blank = False
    for run in runs:
        if run == ((), " ", True):
            is_blank = True
            continue
        at_edge = before is None or "<br" in (before.content[:3], run.content[:3])
        if is_blank and before is not None and not at_edge:
            yield _Run(tuple(mark for mark in before.marks if mark in run.marks), " ", True)
        yield run
        before, is_blank = run, False
