"""A document of a word processor, as HTML, to a Page: footnotes, the form of an authority's document, the title."""

from __future__ import annotations

from bs4 import BeautifulSoup, Tag

from . import administrative, encodings, footnotes, word_numbering
from .blocks import Block, Page, letters_of
from .boilerplate import is_boilerplate, is_site_name
from .html_blocks import BlockReader
from .html_elements import text_of
from .labels import read_labels

_LABELS = {"a": ("lowerLetter", ")"), "A": ("upperLetter", "."), "i": ("lowerRoman", "."), "I": ("upperRoman", ".")}
LONGEST_TITLE = 300  # letters
TITLE_WITHIN = 10  # blocks at the beginning: an authority and a date are above the title


def from_html(html: str) -> Page:
    """Return the page of a document."""
    soup = BeautifulSoup(html, "lxml")
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
        _mark_title(page.blocks)
    return page


def _write_labels(root: Tag) -> None:
    """Turn lists that count in letters or Roman numbers, which Markdown has not, into paragraphs with their labels."""
    for each in root.find_all("ol", type=list(_LABELS)):
        style, sign = _LABELS[str(each["type"])]
        start = str(each.get("start", ""))
        for number, item in enumerate(each.find_all("li", recursive=False), start=int(start) if start.isdigit() else 1):
            first = item.find("p", recursive=False) or item
            first.insert(0, f"{word_numbering.formatted(number, style)}{sign} ")
            item.name = "div"
        each.name = "div"


def _mark_title(blocks: list[Block]) -> None:
    first = next((block for block in blocks[:TITLE_WITHIN] if _may_be_title(block)), None)
    if first is not None and len(first.text) < LONGEST_TITLE and first is not blocks[-1]:
        first.role = "title"


def _may_be_title(block: Block) -> bool:
    if block.kind not in ("text", "heading"):
        return False
    if is_boilerplate(block.text) or read_labels(block.text) or is_site_name(block.text):
        return False
    return administrative.may_be_title(block.text)
