"""Lists and tables of HTML to blocks: one block each, unless they only lay out a page."""

from __future__ import annotations

import itertools
from html import escape
from typing import TYPE_CHECKING

from bs4 import Tag
from bs4.element import PageElement

from .blocks import Block, clean_text
from .html_elements import (
    NOT_IN_LISTS,
    cells_of,
    elements_of,
    has_element,
    is_layout,
    link_share_of,
    rows_of,
    spans_of,
    text_of,
)
from .inline_html import LONGEST_SEGMENTED, html_of, joined_texts
from .labels import read_labels

if TYPE_CHECKING:
    from .html_blocks import BlockReader
    from .inline_reader import Context


def read_list(reader: BlockReader, tag: Tag, context: Context) -> bool:
    """Read a list as one block, unless it only lays out pictures, tables or long texts with headings."""
    if tag.name == "dl":
        return _read_labels(reader, tag, context)
    if has_element(tag, NOT_IN_LISTS) or context.depth > DEEPEST_LIST:
        return False
    if not tag.find_all("li", recursive=False):
        return False
    html, texts = _list_html(reader, tag, context)
    text = " ".join(texts)
    if text:
        block = Block("list", text, html, link_share=link_share_of(tag, text), segments=joined_texts(texts, text))
        reader.add(block, context, tag)
    return True


def _read_labels(reader: BlockReader, tag: Tag, context: Context) -> bool:
    """Read a list of terms as lines of labels, `<dt>Tác giả</dt><dd>Lê Dũng</dd>`; False if it is another one."""
    terms = [each for each in elements_of(tag) if each.name in ("dt", "dd")]
    pairs = [(first, second) for first, second in itertools.pairwise(terms) if (first.name, second.name) == _PAIR]
    if not pairs or 2 * len(pairs) != len(terms):
        return False
    texts = [tuple(clean_text(text_of(each, " ")) for each in pair) for pair in pairs]
    lines = [f"{term.rstrip(' :')}: {value}" for term, value in texts]
    if sum(len(line) for line in lines) > LONGEST_SEGMENTED or not any(map(read_labels, lines)):
        return False
    for (term, value), line, (element, _) in zip(texts, lines, pairs, strict=True):
        html = f"<strong>{escape(term, quote=False)}</strong> {escape(value, quote=False)}"
        reader.add(Block("text", f"{term} {value}", html, segments=line), context, element)
    return True


def _list_html(reader: BlockReader, tag: Tag, context: Context) -> tuple[str, list[str]]:
    """Return a list as HTML, and the texts of its items; a list that stands between two items is of the first."""
    items: list[str] = []
    texts: list[str] = []
    for child in tag.find_all(["li", "ul", "ol"], recursive=False):
        if child.name == "li":
            html, words = _item_html(reader, child, context)
        else:
            html, words = _list_html(reader, child, context._replace(depth=context.depth + 1))
            if items and html:
                html = f"{items.pop().removesuffix('</li>')}{html}</li>"
            elif html:
                html = f"<li>{html}</li>"
        items += [html] if html else []
        texts += words
    if not items:
        return "", texts
    first = tag.find("li", recursive=False)
    start = str(tag.get("start", "")) or (str(first.get("value", "")) if isinstance(first, Tag) else "")
    has_start = tag.name == "ol" and start.isdigit() and len(start) < 5 and start != "1"
    attribute = f' start="{start}"' if has_start else ""
    return f"<{tag.name}{attribute}>{''.join(items)}</{tag.name}>", texts


def _item_html(reader: BlockReader, item: Tag, context: Context) -> tuple[str, list[str]]:
    nested = ""
    lines: list[str] = []
    texts: list[str] = []
    for child in reader.grouped(item):
        if isinstance(child, Tag) and child.name in ("ul", "ol") and context.depth < DEEPEST_LIST:
            html, words = _list_html(reader, child, context._replace(depth=context.depth + 1))
            nested += html
            texts += words
        else:
            children: list[PageElement] = child if isinstance(child, list) else [child]
            runs = reader.runs(children, reader.inherit(item, context))
            lines.append(html_of(runs, "<br>"))
            texts.append(clean_text("".join(run.text for run in runs)))
    text = "<br>".join(line for line in lines if line)
    return f"<li>{text}{nested}</li>" if text or nested else "", [each for each in texts if each]


def read_table(reader: BlockReader, tag: Tag, context: Context) -> bool:
    """Read a table of data as one block; one used for layout is read cell by cell."""
    rows = rows_of(tag)
    if is_layout(tag, rows):
        for row in rows:
            for column, cell in enumerate(cells_of(row), start=1):
                reader.cells[id(cell)] = (len(reader.cells) + 1, column)
        return False
    caption = tag.find("caption", recursive=False)
    if caption:
        text = clean_text(text_of(caption, " "))
        reader.add(Block("text", text, escape(text, quote=False)), context, caption)
    html, texts = _table_html(reader, tag, rows, context)
    text = " ".join(texts)
    if text:
        segments = joined_texts(_labels_of(rows, texts), text)
        block = Block("table", text, html, link_share=link_share_of(tag, text), segments=segments)
        reader.add(block, context, tag)
    return True


def _table_html(reader: BlockReader, tag: Tag, rows: list[Tag], context: Context) -> tuple[str, list[str]]:
    """Return a table as HTML, and the texts of its cells."""
    has_header = bool(tag.find("thead")) or all(cell.name == "th" for cell in cells_of(rows[0]))
    html: list[str] = []
    texts: list[str] = []
    for index, row in enumerate(rows):
        cells = [_cell_html(reader, cell, has_header and index == 0, context) for cell in cells_of(row)]
        html.append(f"<tr>{''.join(each for each, _ in cells)}</tr>")
        texts += [text for _, text in cells if text]
    return f"<table>{''.join(html)}</table>", texts


def _cell_html(reader: BlockReader, cell: Tag, is_header: bool, context: Context) -> tuple[str, str]:
    """Return a cell with its paragraphs, lists and tables as HTML, and its text."""
    name = "th" if is_header or cell.name == "th" else "td"
    inner = reader.inner(cell, context._replace(bold=False, role=""))
    blocks = inner.blocks
    reader.take_over(inner)
    html = ""
    for block in blocks:
        is_line = block.kind not in ("list", "table")
        html += "<br>" if html and is_line and not html.endswith(("</ul>", "</ol>", "</table>")) else ""
        html += block.html
    return f"<{name}{spans_of(cell)}>{html}</{name}>", " ".join(block.text for block in blocks)


_PAIR = ("dt", "dd")
DEEPEST_LIST = 30  # levels of nested lists and elements; deeper ones are read as paragraphs


def _labels_of(rows: list[Tag], texts: list[str]) -> list[str]:
    """Return the rows of a table with a label and a value in each as lines of labels; of any other its cells."""
    if len(texts) != 2 * len(rows) or any(len(cells_of(row)) != 2 for row in rows):
        return texts
    return [f"{label.rstrip(' :')}: {value}" for label, value in zip(texts[::2], texts[1::2], strict=True)]
