"""A page copied out of the browser as text: every line a block, and no markup to lean on."""

from __future__ import annotations

import itertools
import re
from html import escape

from . import encodings
from .blocks import Block, Page, Picture, clean_text, comparison_key
from .boilerplate import breadcrumb_steps, is_breadcrumb, is_counter
from .errors import SourceError
from .titles import find_headline

LARGEST = 4_000_000  # letters
MOST_LINES = 40_000
_PICTURE = re.compile(r"!\[([^\]\n]{0,500})\]\(([^)\n]{0,500})\)")
_RULE = re.compile(r"^[|\s:_=*~-]*$")


def read(raw: bytes) -> Page:
    """The page of a text file."""
    text, encoding = encodings.decode(raw)
    if len(text) > LARGEST or text.count("\n") + text.count("\r") > MOST_LINES:
        raise SourceError("large")
    text, font = encodings.unicode_text(text)
    page = Page(_blocks(_lines(text)))
    page.encoding = font or encoding
    _mark_title(page)
    for line in (block.text for block in page.blocks):
        found = re.search(r"\bnăm\s+(20\d\d)\s*:\s*[\d.,]+", line, re.I)
        if found and is_counter(line):
            page.counter_year, page.counter_text = int(found[1]), found[0]
    return page


def _lines(text: str) -> list[str]:
    """Paragraphs: lines as they are, or joined where the text is wrapped at a fixed width."""
    lines = [line.rstrip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    filled = [line for line in lines if clean_text(line)]
    wrapped = [a for a, b in itertools.pairwise(lines) if 50 <= len(a) <= 100 and clean_text(b) and b[:1].islower()]
    if len(filled) < 10 or len(wrapped) < 0.4 * len(filled):
        return lines
    joined: list[str] = []
    for line in lines:
        if joined and clean_text(joined[-1]) and clean_text(line) and line[:1].islower():
            joined[-1] += " " + line.strip()
        else:
            joined.append(line)
    return joined


def _blocks(lines: list[str]) -> list[Block]:
    found: list[Block] = []
    for line in lines:
        lost = _PICTURE.search(line)
        if lost:
            found.append(Block("picture", "", picture=Picture(lost[2].strip(), clean_text(lost[1]))))
            line = _PICTURE.sub(" ", line)
        cell = "|" in line and (lost is not None or line.strip().startswith("|"))
        if cell or _RULE.match(line):
            line = line.strip().strip("|").strip()
        text = clean_text(line)
        if not text or _RULE.match(text):
            continue
        block = Block("text", text, escape(text, quote=False))
        if cell and found and (found[-1].kind == "picture" or (len(found) > 1 and found[-2].kind == "picture")):
            block.role = "caption"
        found.append(block)
    return found


def _mark_title(page: Page) -> None:
    number = find_headline(page.blocks)
    if number is not None:
        page.blocks[number].role = "title"
        trail = next((breadcrumb_steps(block.text) for block in page.blocks[:number] if is_breadcrumb(block.text)), [])
        page.metadata.category = next(
            (step for step in reversed(trail) if comparison_key(step) != comparison_key(page.blocks[number].text)), ""
        )
