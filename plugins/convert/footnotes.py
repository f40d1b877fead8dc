"""Footnotes and endnotes of documents, which become footnotes of Markdown.

A note is a pair of links that lead to each other: the first is the reference, around the second is the note. So pandoc,
Word, Google Docs and LibreOffice write them, each with names of its own. While the text goes through the rules, a
reference is the note's number between two characters that Unicode keeps for such internal use.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from bs4 import Tag
from bs4.element import NavigableString

from .article import Article
from .blocks import Block
from .html_blocks import BlockReader

_MARK = re.compile("\ufdd0(\\d+)\ufdd1")
_NOTE = ("li", "div", "aside", "p", "dd")
Notes = dict[int, list[Block]]


def take_out(root: Tag) -> Notes:
    """Take the notes out of a document, put a mark in the place of each reference, and return the notes by number."""
    targets = _targets(root)
    notes: Notes = {}
    numbers: dict[int, int] = {}  # id() of the element of a note -> its number
    taken: list[Tag] = []
    for link in root.find_all("a", href=re.compile("^#.")):
        note = None if link.decomposed else _note_of(link, targets)
        if note is None:
            continue
        number = numbers.setdefault(id(note), len(numbers) + 1)
        if number not in notes:
            notes[number] = _blocks(note, _names(link))
            taken.append(note)
        _mark(link, number)
    for note in taken:
        note.extract()
    return notes


def _targets(root: Tag) -> dict[str, Tag]:
    """Return the elements that can be linked to, by id or name; the first counts."""
    found: dict[str, Tag] = {}
    for tag in root.find_all(lambda each: each.has_attr("id") or each.has_attr("name")):
        for attribute in ("id", "name"):
            if tag.get(attribute):
                found.setdefault(str(tag[attribute]), tag)
    return found


def _note_of(link: Tag, targets: dict[str, Tag]) -> Tag | None:
    """Return the element of the note that a link refers to, or None if it is no reference to one."""
    target = targets.get(str(link["href"])[1:])
    names = _names(link)
    if target is None or not names or any(parent is target for parent in link.parents):
        return None
    note = target if target.name in _NOTE else target.find_parent(_NOTE)
    if note is None or not any(_leads_to(each, names) for each in [note, *note.find_all("a")]):
        return None
    around = note.parent  # a note of several paragraphs stands in an element of its own
    if note.name == "p" and isinstance(around, Tag) and around.name in ("div", "li", "aside"):
        others = [each for each in around.find_all("a", href=re.compile("^#.")) if not _leads_to(each, names)]
        if not others and not any(parent is around for parent in link.parents):
            note = around
    return None if any(parent is note for parent in link.parents) or _is_before(note, link) else note


def _leads_to(tag: Tag, names: set[str]) -> bool:
    return tag.name == "a" and str(tag.get("href", ""))[1:] in names and str(tag.get("href", "")).startswith("#")


def _is_before(first: Tag, second: Tag) -> bool:
    """Return whether an element stands before another in the document."""
    return any(each is first for each in second.previous_elements)


def _names(link: Tag) -> set[str]:
    """Return what other links call a link."""
    return {str(link[name]) for name in ("id", "name") if link.get(name)}


def _blocks(note: Tag, names: set[str]) -> list[Block]:
    """Return the text of a note without the links back to its reference, which show its number or an arrow."""
    for link in [each for each in note.find_all("a") if _leads_to(each, names)]:
        around = link.parent
        link.decompose()
        if isinstance(around, Tag) and around.name == "sup" and not around.get_text(strip=True):
            around.decompose()
    return BlockReader({}).read(note)


def _mark(link: Tag, number: int) -> None:
    """Put the mark of a note in the place of a reference, and of the raised letters around it."""
    around = link
    while isinstance(around.parent, Tag) and around.parent.name in ("sup", "span"):
        if around.parent.get_text() != around.get_text():
            break
        around = around.parent
    around.replace_with(NavigableString(f"\ufdd0{number}\ufdd1"))


def without_marks(article: Article) -> None:
    """Remove references from everything but the text, which alone can have footnotes."""
    article.title, article.lead = (_MARK.sub("", text) for text in (article.title, article.lead))
    article.author, article.source = (_MARK.sub("", text) for text in (article.author, article.source))
    for block in article.body:
        block.caption = _MARK.sub("", block.caption)


def write(body: str, notes: Notes, markdown_of: Callable[[list[Block]], str]) -> str:
    """Return the Markdown of an article with its notes.

    Args:
        body: the Markdown of its text, with marks.
        notes: the notes by number. One that nothing refers to any more is written as a paragraph.
        markdown_of: returns the Markdown of blocks.
    """
    if not notes:
        return body
    used = {int(number) for number in _MARK.findall(body)}
    texts = {number: markdown_of(blocks) for number, blocks in notes.items()}
    others = [f"({number}) {text}" for number, text in texts.items() if number not in used and text]
    written = [f"[^{number}]: " + text.replace("\n", "\n    ") for number, text in texts.items() if number in used]
    parts = [part for part in (_MARK.sub(r"[^\1]", body), *others, *written) if part]
    return re.sub(r"(?m)^ +$", "", "\n\n".join(parts))
