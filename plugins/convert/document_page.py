"""A document of a word processor, as HTML, to a Page: footnotes, the form of an authority's document, the title."""

from __future__ import annotations

from itertools import takewhile

from bs4 import Tag

from . import administrative, encodings, footnotes, html_source, word_numbering
from .blocks import Block, Page, letters_of
from .boilerplate import is_boilerplate, is_site_name
from .html_blocks import BlockReader
from .html_elements import text_of
from .labels import read_labels
from .names import is_full_name
from .surroundings import has_sentence
from .title_doubts import notes_on_rival

_LABELS = {"a": ("lowerLetter", ")"), "A": ("upperLetter", "."), "i": ("lowerRoman", "."), "I": ("upperRoman", ".")}
LONGEST_TITLE = 300  # letters
AHEAD = 3  # by which the style of a line outweighs that another stands above it
LIKE_HEADING = 4  # what a heading weighs; bold letters weigh 2
TITLE_WITHIN = 10  # blocks at the beginning: an authority and a date are above the title


def from_html(html: str) -> Page:
    """Return the page of a document."""
    soup = html_source.parse(html)
    for underlined in soup.find_all("u"):  # nothing here is underlined; some documents are so letter by letter
        underlined.unwrap()
    soup.smooth()
    encodings.texts_to_unicode(soup)
    root = soup.body or soup
    notes = footnotes.take_out(root)
    administrative.separate_columns(root)
    _write_labels(root)
    reader = BlockReader({})
    blocks = reader.read(root)
    page = Page(blocks, footnotes=notes, letters=letters_of(text_of(root)), left_out=reader.left_out)
    page.embedded = reader.embedded
    page.document = administrative.read(page.blocks)
    if page.document is None:
        page.notes += _mark_title(page.blocks)
    return page


def _write_labels(root: Tag) -> None:
    """Turn lists that count in letters or Roman numbers, which Markdown has not, into paragraphs with their labels."""
    for each in root.find_all("ol", type=list(_LABELS)):
        style, sign = _LABELS[str(each["type"])]
        start = str(each.get("start", ""))
        number = int(start) - 1 if start.isdigit() else 0
        for item in each.find_all("li", recursive=False):
            value = str(item.get("value", ""))
            number = int(value) if value.isdigit() else number + 1
            first = item.find("p", recursive=False) or item
            first.insert(0, f"{word_numbering.formatted(number, style)}{sign} ")
            item.name = "div"
        each.name = "div"


def _mark_title(blocks: list[Block]) -> list[str]:
    """Give the title its role, and return a note for review if another line may be it.

    It is the first line above the text, unless one below it is set off from it: an office writes its name above.
    """
    head = list(takewhile(lambda block: not has_sentence(block.text), blocks[:TITLE_WITHIN]))
    lines = [block for block in head or blocks[:1] if _may_be_title(block) and len(block.text) < LONGEST_TITLE]
    lines = lines or [block for block in blocks[:TITLE_WITHIN] if _may_be_title(block)][:1]
    if not lines or lines[0] is blocks[-1] or len(lines[0].text) >= LONGEST_TITLE:
        return []
    first = lines[0]
    best = max(lines, key=_weight)
    ahead = _weight(best) - _weight(first)
    title = best if ahead >= AHEAD else first
    title.role = "title"
    return notes_on_rival(best.text) if 0 < ahead < AHEAD else []


def _weight(block: Block) -> int:
    """Return how much the style of a line says that it is the title."""
    style = 2 * ("bold" in block.style) + ("center" in block.style) - block.text.isupper()
    return style + (LIKE_HEADING if block.level else 0)


def _may_be_title(block: Block) -> bool:
    if block.kind not in ("text", "heading"):
        return False
    if is_boilerplate(block.text) or read_labels(block.text) or is_site_name(block.text):
        return False
    return administrative.may_be_title(block.text) and not is_full_name(block.text)
