"""A page that was copied out of the browser as text: each line is a block, without any markup."""

from __future__ import annotations

import itertools
import re
from html import escape

from . import encodings
from .blocks import Block, LeftOut, Page, Picture, Place, clean_text, comparison_key, letters_of
from .boilerplate import breadcrumb_steps, is_breadcrumb, is_counter, year_of_counter
from .errors import SourceError
from .titles import HEADLINE_MARGIN, notes_on_rival, rank_headlines, rival_title

LARGEST = 4_000_000  # letters
MOST_LINES = 40_000
FEWEST_WRAPPED = 10  # lines of a text that can be called wrapped
WRAPPED_SHARE = 0.4  # share of its lines that go on in the next; in other texts hardly any begins with a small letter
WRAP_WIDTH = range(50, 101)  # letters of a wrapped line
_PICTURE = re.compile(r"!\[([^\]\n]{0,500})\]\(([^)\n]{0,500})\)")
_RULE = re.compile(r"^[|\s:_=*~-]*$")


def read(raw: bytes) -> Page:
    """Return the page of a text file. Raises SourceError if it is too large."""
    text, encoding = encodings.decode(raw)
    if len(text) > LARGEST or text.count("\n") + text.count("\r") > MOST_LINES:
        raise SourceError("large")
    text, font = encodings.unicode_text(text)
    left_out: list[LeftOut] = []
    page = Page(_blocks(_lines(text), left_out), letters=letters_of(text), left_out=left_out)
    page.encoding = font or encoding
    _mark_title(page)
    page.counter_year, page.counter_text = year_of_counter(b.text for b in page.blocks if is_counter(b.text))
    return page


def _lines(text: str) -> list[str]:
    """Return the paragraphs of a text: its lines, joined if the text is wrapped at a fixed width."""
    lines = [line.rstrip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    filled = [line for line in lines if clean_text(line)]
    wrapped = sum(_goes_on(first, second) for first, second in itertools.pairwise(lines))
    if len(filled) < FEWEST_WRAPPED or wrapped < WRAPPED_SHARE * len(filled):
        return lines
    joined: list[str] = []
    for line in lines:
        if joined and clean_text(joined[-1]) and clean_text(line) and line[:1].islower():
            joined[-1] += " " + line.strip()
        else:
            joined.append(line)
    return joined


def _goes_on(line: str, following: str) -> bool:
    """Return whether a line is wrapped, so that the next one goes on with its sentence."""
    return len(line) in WRAP_WIDTH and bool(clean_text(following)) and following[:1].islower()


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
        found.append(Block("text", text, escape(text, quote=False), role=role))
    return found


def _mark_title(page: Page) -> None:
    """Give the title its role, and take the category from the breadcrumb above it."""
    ranking = rank_headlines(page.blocks)
    if not ranking:
        return
    index = ranking[0].index
    rival = rival_title(ranking, page.blocks, HEADLINE_MARGIN)
    page.notes += notes_on_rival(rival)
    title = page.blocks[index]
    title.role = "title"
    breadcrumb = next((block.text for block in page.blocks[:index] if is_breadcrumb(block.text)), "")
    steps = breadcrumb_steps(breadcrumb) if breadcrumb else []
    others = [step for step in steps if comparison_key(step) != comparison_key(title.text)]
    page.metadata.category = others[-1] if others else ""
