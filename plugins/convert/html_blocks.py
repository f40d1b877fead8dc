"""HTML elements to blocks: what a reader sees as one paragraph, picture, list or table, in order."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from html import escape

from bs4 import Tag
from bs4.element import PageElement

from . import html_lists, wrapped_lines
from .article import SHORT_LINE
from .article_area import class_names
from .blocks import Block, clean_text, letters_of
from .errors import SourceError
from .html_elements import (
    text_of,
)
from .inline_html import (
    EDGE,
    LINE_BREAK,
    Run,
    common_role,
    common_style,
    html_of,
    is_poem,
    part_roles_of,
    segments_of,
)
from .inline_reader import DEEPEST, LONGEST_CLASSES, Context, InlineReader, run_of

_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_OF_PROGRAMS = re.compile(r"[{}<>=;\\#$|*+]")
SIGNS_OF_PROGRAMS = 0.02  # share of the letters of a program; a poem has none
MOST_BLOCKS = 10_000


class BlockReader(InlineReader):
    """Reads the blocks of one tree. Raises SourceError for more than a page can have."""

    def __init__(self, roles: dict[int, str]) -> None:
        super().__init__(roles)
        self.elements: list[Tag] = []  # the element of each block

    def read(self, root: Tag) -> list[Block]:
        """Return all blocks below an element."""
        self._read_element(root, Context())
        return self.blocks

    # --- blocks ---------------------------------------------------------------------------------------

    def _read_element(self, tag: Tag, context: Context) -> None:
        context = self.inherit(tag, context)
        special = _READERS.get(tag.name)
        if special is None or not self._read_special(special, tag, context):
            self.read_children(tag, context)

    def _read_special(self, read: _Reader, tag: Tag, context: Context) -> bool:
        """Read an element as one block if all words in it come into the block; return whether it was read."""
        blocks, left_out = len(self.blocks), len(self.left_out)
        if not read(self, tag, context):
            return False
        read_letters = sum(block.letters for block in self.blocks[blocks:])
        if read_letters + sum(each.letters for each in self.left_out[left_out:]) == letters_of(text_of(tag)):
            return True
        del self.blocks[blocks:], self.elements[blocks:], self.left_out[left_out:]
        return False

    def read_children(self, tag: Tag, context: Context) -> None:
        """Read everything within an element."""
        for child in self.grouped(tag):
            self._read_child(tag, child, context)

    def _read_child(self, parent: Tag, child: list[PageElement] | Tag, context: Context) -> None:
        if isinstance(child, list):
            self._read_inline(parent, child, context)
        elif context.depth > DEEPEST:
            text = clean_text(text_of(child, " "))
            if text:
                self.add(Block("text", text, escape(text, quote=False)), context, child)
        else:
            self._read_element(child, context)

    def add(self, block: Block, context: Context, element: Tag) -> None:
        block.class_names = context.class_names.lower()
        block.role = block.role or context.role
        block.layout_cell, block.column = context.layout_cell
        block.element, block.container = id(element), id(element.parent)
        if context.align in ("center", "right"):
            block.style |= {context.align}
        if len(self.blocks) >= MOST_BLOCKS:
            raise SourceError("large")
        self.blocks.append(block)
        self.elements.append(element)

    # --- elements with a reader of their own; False: it is read as any other element ------------------

    def read_code(self, tag: Tag, context: Context) -> bool:
        """Read preformatted text as one block, and words without any signs of a program as paragraphs."""
        text = text_of(tag).strip("\n")
        if len(_OF_PROGRAMS.findall(text)) < SIGNS_OF_PROGRAMS * len(text):
            for part in re.split(r"\n\s*\n", text.replace("\r\n", "\n")):
                lines = [clean_text(line) for line in part.split("\n") if clean_text(line)]
                between = "<br>" if all(len(line) < SHORT_LINE for line in lines) else " "
                if lines:
                    html = between.join(escape(line, quote=False) for line in lines)
                    self.add(Block("text", " ".join(lines), html), context, tag)
        elif clean_text(text):
            self.add(Block("code", clean_text(text), escape(text, quote=False)), context, tag)
        return True

    def read_figure(self, tag: Tag, context: Context) -> bool:
        """Read a figure; its caption gets the role of one."""
        start = len(self.blocks)
        self.read_children(tag, context)
        blocks = self.blocks[start:]
        caption = tag.find("figcaption")
        if caption and any(block.kind == "picture" for block in blocks):
            text = clean_text(text_of(caption, " "))
            for block in blocks:
                if block.kind == "text" and text and block.text in text:
                    block.role = "caption"
        return True

    def read_quote(self, tag: Tag, context: Context) -> bool:
        """Read a quotation of nothing but text as one block."""
        if context.role == "caption":
            return False
        inner = self.inner(tag, context._replace(role=""))
        texts = [block for block in inner.blocks if block.kind in ("text", "heading", "list")]
        self.take_over(inner)
        if not texts or len(texts) != len(inner.blocks):  # with pictures in it, it is used for its indent
            self.blocks += inner.blocks
            self.elements += inner.elements
            return True
        html = "".join(b.html if b.kind == "list" else f"<p>{b.html}</p>" for b in texts)
        linked = sum(b.link_share * len(b.text) for b in texts)
        length = max(1, sum(len(b.text) for b in texts))
        quote = Block("quote", " ".join(b.text for b in texts), html, link_share=linked / length)
        self.add(quote, context, tag)
        return True

    # --- readers of what becomes one block -----------------------------------------------------------

    def take_over(self, inner: BlockReader) -> None:
        """Take over what another reader has left out and found embedded within one block."""
        self.left_out += [replace(each, index=len(self.blocks)) for each in inner.left_out]
        self.embedded += [replace(each, index=len(self.blocks)) for each in inner.embedded]

    def inner(self, tag: Tag, context: Context) -> BlockReader:
        """Return a reader that has read what is within an element."""
        inner = BlockReader(self.roles)
        inner.read_children(tag, context)
        return inner

    # --- text within a block --------------------------------------------------------------------------

    def _read_inline(self, parent: Tag, children: list[PageElement], context: Context) -> None:
        """Read text, pictures and line breaks between two blocks as paragraphs and pictures of their own."""
        line: list[Run] = []
        lines = [line]
        context = _with_names_of_only(children, context)
        for each in self.inline(children, context):
            if isinstance(each, Run):
                line.append(each)
                continue
            if each is not None:
                self._add_lines(parent, lines, context)
                self.add(each, context, parent)
                lines = []
            line = []
            lines.append(line)
        self._add_lines(parent, lines, context)

    def _add_lines(self, parent: Tag, lines: list[list[Run]], context: Context) -> None:
        """Add lines as paragraphs of their own, or as one if they are a poem."""
        if not is_poem(lines):
            for line in _joined_lines(lines):
                self._add_text(parent, line, context)
            return
        poem: list[Run] = []
        for line in lines:
            poem += [Run(LINE_BREAK, False, False, "", ""), *line] if poem else line
        self._add_text(parent, poem, context)

    def _add_text(self, parent: Tag, runs: list[Run], context: Context) -> None:
        """Add the runs of one paragraph or heading."""
        raw = "".join(run.text for run in runs)
        text = clean_text(raw)
        if not text:
            return
        runs = [run for run in runs if run.text != EDGE]
        words = [run for run in runs if run.text.strip()]
        level = _HEADINGS.get(parent.name, 0)
        linked = sum(len(clean_text(run.text)) for run in words if run.href or run.is_button) / len(text)
        block = Block(
            "heading" if level else "text",
            text,
            html_of([run._replace(bold=False, italic=False) for run in runs] if level else runs, "<br>"),
            common_style(words),
            link_share=min(1.0, linked),
            role="caption" if parent.name == "figcaption" else common_role(words),
            level=level,
            segments=segments_of(raw, text),
            part_roles=part_roles_of(words, context.role),
        )
        self.add(block, context, parent)


_Reader = Callable[[BlockReader, Tag, Context], bool]
_READERS: dict[str, _Reader] = {
    "table": html_lists.read_table,
    "ul": html_lists.read_list,
    "ol": html_lists.read_list,
    "dl": html_lists.read_list,
    "pre": BlockReader.read_code,
    "blockquote": BlockReader.read_quote,
    "figure": BlockReader.read_figure,
}


def _with_names_of_only(children: list[PageElement], context: Context) -> Context:
    """Return the context with the classes of the inline element that holds all of a line, if there is one."""
    filled = [child for child in children if isinstance(child, Tag) or str(child).strip()]
    names = class_names(filled[0]) if len(filled) == 1 and isinstance(filled[0], Tag) else ""
    return context._replace(class_names=f"{names} {context.class_names}"[:LONGEST_CLASSES]) if names else context


def _joined_lines(lines: list[list[Run]]) -> Iterator[list[Run]]:
    """Yield lines; one in which the sentence of the line above goes on is joined to it."""
    last: list[Run] = []
    for line in lines:
        if (
            last
            and line
            and wrapped_lines.goes_on(*(clean_text("".join(run.text for run in each)) for each in (last, line)))
        ):
            last = [*last, run_of(" ", Context()), *line]
        else:
            yield last
            last = line
    yield last
