"""A page that was copied out of the browser as text: each line is a block, without any markup."""

from __future__ import annotations

import itertools
import re
from collections.abc import Container
from html import escape

from . import encodings, wrapped_lines
from .blocks import Block, LeftOut, Page, Picture, Place, clean_text, comparison_key, letters_of
from .boilerplate import breadcrumb_steps, is_breadcrumb, is_counter, year_of_counter
from .errors import SourceError
from .headlines import HEADLINE_MARGIN, rank_headlines
from .sections import of_breadcrumb
from .title_doubts import rival_title

LARGEST = 4_000_000  # letters
MOST_LINES = 40_000
_PICTURE = re.compile(r"!\[([^\]\n]{0,500})\]\(([^)\n]{0,500})\)")
_RULE = re.compile(r"^[|\s:_=*~-]*$")


def read(raw: bytes, headings: Container[str] = frozenset()) -> Page:
    """Return the page of a text file. Raises SourceError if it is too large.

    Args:
        raw: the bytes of the file.
        headings: lines that are known to be headings.
    """
    text, encoding = encodings.decode(raw)
    if len(text) > LARGEST or text.count("\n") + text.count("\r") > MOST_LINES:
        raise SourceError("large")
    text, font = encodings.unicode_text(text)
    left_out: list[LeftOut] = []
    page = Page(_blocks(_lines(text), left_out), letters=letters_of(text), left_out=left_out)
    page.encoding = font or encoding
    for block in page.blocks:
        if block.text in headings:
            block.kind, block.level = "heading", 2
    _mark_title(page)
    page.counter_year, page.counter_text = year_of_counter(b.text for b in page.blocks if is_counter(b.text))
    return page


def _lines(text: str) -> list[str]:
    """Return the paragraphs of a text: its lines, joined where they are wrapped at a fixed width."""
    lines = [line.rstrip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    found: list[str] = []
    for is_filled, group in itertools.groupby(lines, key=lambda line: bool(clean_text(line))):
        found += wrapped_lines.paragraphs([*group]) if is_filled else []
    return found


def _blocks(lines: list[str], left_out: list[LeftOut]) -> list[Block]:
    """Return lines as blocks; pictures in the manner of Markdown, and tables around them, are known too.

    Args:
        lines: the lines.
        left_out: where the signs that were no words are entered.
    """
    found: list[Block] = []
    for line in lines:
        pictures = list(_PICTURE.finditer(line))
        for picture in pictures:
            found.append(Block("picture", "", picture=Picture(picture[2].strip(), clean_text(picture[1]))))
            left_out.append(LeftOut("picture", letters_of(picture[0]), Place.ARTICLE))
        line = _PICTURE.sub(" ", line)
        is_cell = "|" in line and (bool(pictures) or line.strip().startswith("|"))
        text = clean_text(line.strip().strip("|") if is_cell or _RULE.match(line) else line)
        drawn = letters_of(line)
        if not text or _RULE.match(text):
            left_out.append(LeftOut("drawn line", drawn))
            continue
        left_out.append(LeftOut("drawn line", drawn - letters_of(text)))
        is_below_picture = any(block.kind == "picture" for block in found[-2:])
        role = "caption" if is_cell and is_below_picture else ""
        found.append(Block("text", text, escape(text, quote=False), role=role, is_copied=True))
    return found


def _mark_title(page: Page) -> None:
    """Give the title its role, and take the sections from the breadcrumb above it."""
    ranking = rank_headlines(page.blocks)
    if not ranking:
        return
    index = ranking[0].index
    page.rival_title = rival_title(ranking, page.blocks, HEADLINE_MARGIN)
    title = page.blocks[index]
    title.role = "title"
    breadcrumb = next((block.text for block in page.blocks[:index] if is_breadcrumb(block.text)), "")
    steps = breadcrumb_steps(breadcrumb) if breadcrumb else []
    page.sections = of_breadcrumb([step for step in steps if comparison_key(step) != comparison_key(title.text)])
