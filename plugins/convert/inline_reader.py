"""What is within a paragraph: text in its styles, pictures and line breaks, with what elements around it say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from bs4 import Tag
from bs4.element import NavigableString, PageElement

from plugins.markdown_reader.elements import BLOCKS

from .article_area import class_names
from .blocks import Block, Embedded, LeftOut, clean_text, letters_of
from .html_elements import (
    HIDDEN,
    alignment_of,
    embedded_address,
    holds_blocks,
    is_text,
    picture_of,
    skipped_by,
    text_of,
)
from .inline_html import EDGE, LINE_BREAK, Run, is_button, safe_address

_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.I)
_ITALIC = re.compile(r"font-style\s*:\s*italic", re.I)
_LINE_THROUGH = re.compile(r"text-decoration[^;]*:\s*[^;]*line-through", re.I)
_STRUCK_OUT = frozenset({"s", "del", "strike"})
LONGEST_CLASSES = 300  # letters of Block.class_names
LONGEST_LINKED = 2000  # letters of a link; a longer one was never closed
DEEPEST = 180  # levels; deeper ones are read as one text


class Context(NamedTuple):
    """What text inherits from the elements around it; see Block and Run for the fields."""

    bold: bool = False
    italic: bool = False
    href: str = ""
    is_button: bool = False
    shift: str = ""
    align: str = ""
    role: str = ""
    class_names: str = ""
    layout_cell: tuple[int, int] = (0, 0)
    depth: int = 0


class InlineReader:
    """Reads the text within the elements of one tree, and enters what is no part of it.

    Args:
        roles: what is known of elements, by their id(); see Block.role.
    """

    def __init__(self, roles: dict[int, str]) -> None:
        self.roles = roles
        self.blocks: list[Block] = []
        self.left_out: list[LeftOut] = []  # words that nobody sees, or that only work on the old portal
        self.embedded: list[Embedded] = []
        self.cells: dict[int, tuple[int, int]] = {}  # number and column of each cell used for layout, by its id()

    def inherit(self, tag: Tag, context: Context) -> Context:
        """Return the context within an element."""
        style = str(tag.get("style", ""))
        names = class_names(tag)
        if tag.name == "a" and len(text_of(tag)) < LONGEST_LINKED:
            address = str(tag.get("href", ""))
            context = context._replace(href=safe_address(address), is_button=is_button(address))
        return context._replace(
            bold=context.bold or tag.name in ("b", "strong") or bool(_BOLD.search(style)),
            italic=context.italic or tag.name in ("i", "em", "cite") or bool(_ITALIC.search(style)),
            align=alignment_of(tag, style, names) or context.align,
            shift="s" if tag.name in _STRUCK_OUT or _LINE_THROUGH.search(style) else context.shift,
            role=self.roles.get(id(tag), "") or context.role,
            class_names=f"{names} {context.class_names}"[:LONGEST_CLASSES] if names else context.class_names,
            layout_cell=context.layout_cell if context.layout_cell[0] else self.cells.get(id(tag), (0, 0)),
            depth=context.depth + 1,
        )

    def grouped(self, tag: Tag) -> Iterator[list[PageElement] | Tag]:
        """Yield the children of an element in order: neighbouring inline ones as one list, blocks alone."""
        group: list[PageElement] = []
        for child in tag.children:
            if not isinstance(child, Tag):
                group.append(child)
            elif self._skips(child):
                continue
            elif child.name in BLOCKS or holds_blocks(child):
                if group:
                    yield group
                    group = []
                yield child
            else:
                group.append(child)
        if group:
            yield group

    def _skips(self, tag: Tag) -> bool:
        """Return whether an element is no part of the text, and enter the words in it."""
        rule = skipped_by(tag)
        if rule:
            self._note_embedded(tag)
            text = text_of(tag)
            prose = clean_text(text_of(tag, " ")) if rule == HIDDEN and text.strip() else ""
            self.left_out.append(LeftOut(rule, letters_of(text), text=prose, index=len(self.blocks)))
        return bool(rule)

    def _note_embedded(self, tag: Tag) -> None:
        address = embedded_address(tag)
        if address and address not in {each.address for each in self.embedded}:
            self.embedded.append(Embedded(address, len(self.blocks)))

    def runs(self, children: list[PageElement], context: Context) -> list[Run]:
        """Return the text of elements without pictures; a line break is a run too."""
        found = (
            Run(LINE_BREAK, False, False, "", "") if run is None else run for run in self.inline(children, context)
        )
        return [each for each in found if isinstance(each, Run)]

    def inline(self, children: list[PageElement], context: Context) -> Iterator[Run | Block | None]:
        """Yield runs of text, pictures (Block), and None for a line break."""
        last: PageElement | None = None
        for child in children:
            if isinstance(child, NavigableString):
                if is_text(child):
                    yield run_of(str(child), context)
            elif isinstance(child, Tag) and not self._skips(child):
                if _are_two_links(last, child):
                    yield run_of(" ", context)
                yield from self._inline_element(child, context)
            last = child

    def _inline_element(self, tag: Tag, context: Context) -> Iterator[Run | Block | None]:
        if tag.name == "br":
            yield None
        elif tag.name in ("img", "amp-img"):
            picture = picture_of(tag)
            if picture:
                yield Block("picture", picture.alt, picture=picture)
            yield from self.inline(list(tag.children), context)  # words instead of the picture of <amp-img>
        elif context.depth > DEEPEST:
            yield run_of(clean_text(text_of(tag, " ")), context._replace(role=""))
        else:
            inner = self.inherit(tag, context)
            if tag.name in ("sub", "sup"):
                inner = inner._replace(shift=tag.name)
            edge = _EDGES.get(tag.name) or (_ICON_EDGE if not tag.contents else None)
            if edge:
                yield edge[0]
            yield from self.inline(list(tag.children), inner)
            if edge:
                yield edge[0]


# What is before and after an inline element: a block within a line breaks it, elements that hold labels and those that
# a stylesheet shows as icons have edges.
_ICON_EDGE: tuple[Run | None] = (Run(EDGE, False, False, "", ""),)
_EDGES: dict[str, tuple[Run | None]] = {
    **dict.fromkeys(("span", "a", "small", "time", "label"), _ICON_EDGE),
    **dict.fromkeys(BLOCKS, (None,)),
}


def _are_two_links(first: PageElement | None, second: Tag) -> bool:
    """Return whether neighbours are two links: Word cuts one, also within a word, into links that are alike."""
    if not (isinstance(first, Tag) and first.name == second.name == "a"):
        return False
    return bool(first.get("href") and second.get("href")) and first.attrs != second.attrs


def run_of(text: str, context: Context) -> Run:
    """Return a stretch of text in the styles of the elements around it."""
    return Run(text, context.bold, context.italic, context.href, context.shift, context.role, context.is_button)
