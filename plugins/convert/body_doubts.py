"""What of the text of an article may be the old portal's, for an editor to look at."""

from __future__ import annotations

from collections.abc import Container, Sequence

from plugins.i18n import translate

from .blocks import Block, Position
from .names import is_name
from .other_articles import DOCUMENT, MOSTLY_LINK
from .surroundings import has_sentence

LONGEST_LINK = 200  # letters; a longer linked text is a paragraph
MOST_TOLD = 5  # links, or lines, of one article


def notes_on_links(body: Sequence[Block]) -> list[str]:
    """Return a note for review about each line of the text that is nothing but a link, and leads to no document."""
    links = [block.text for block in body if _is_line(block) and _is_link(block) and len(block.text) <= LONGEST_LINK]
    return [
        translate("Text: this is only a link, perhaps to another article; delete it if it is: {words}", words=words)
        for words in links[:MOST_TOLD]
    ]


def lines_beside_text(body: Sequence[Block]) -> list[str]:
    """Return the lines that are no sentences, and stand beside the paragraphs or below them."""
    paragraphs = [index for index, block in enumerate(body) if block.is_prose or has_sentence(block.text)]
    if not paragraphs:
        return []
    places = {_place(body[index]) for index in paragraphs}
    lines = [
        block.text
        for index, block in enumerate(body)
        if _is_line(block) and not _is_link(block) and index not in paragraphs
        if (_is_below(block) if index > paragraphs[-1] else _is_beside(Position(body, index), places))
    ]
    return list(dict.fromkeys(lines))[:MOST_TOLD]


def note_on_line(words: str) -> str:
    """Return the note for review about such a line, unless the other pages of the folder have shown what it is."""
    words = words.replace("<", "(").replace(">", ")")  # a header holds no markup, whatever the page showed
    return translate("Text: this line may be the old portal's; delete it if it is: {words}", words=words)


def _is_line(block: Block) -> bool:
    return block.kind in ("text", "heading") and bool(block.text) and not DOCUMENT.search(block.html)


def _is_link(block: Block) -> bool:
    return block.link_share > MOSTLY_LINK


def _is_below(block: Block) -> bool:
    """Return whether a line below the last paragraph ends like no sentence, and does not sign."""
    is_signature = block.text.isupper() or is_name(block.text) or bool(block.style & {"right", "center"})
    return not is_signature and not block.text.endswith((".", "!", "?", "…", ":"))


def _place(block: Block) -> tuple[int, str]:
    """Return the element around a block, and the classes of its own and those around it."""
    return block.container, block.class_names


def _is_beside(line: Position, places: Container[tuple[int, str]]) -> bool:
    """Return whether a line is in another element or another class than all paragraphs, and is no subheading of one."""
    is_heading = line.block.kind == "heading" or "bold" in line.block.style
    below = next((block for block in line.following if block.kind != "picture"), None)
    if _place(line.block) in places or (is_heading and below is not None and below.is_prose):
        return False
    return line.block.role != "caption"
