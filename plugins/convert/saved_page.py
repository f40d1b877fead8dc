"""A saved HTML page to a Page: the metadata of its head, the profile of its template, and the blocks of its article."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from bs4 import BeautifulSoup, Tag

from . import encodings, footnotes, html_source, labelled_cells, mail_header, page_head, profiles
from .article_area import (
    TextLengths,
    densest_element,
    enclosing_element,
    is_within,
    prose_length,
)
from .blocks import Block, LeftOut, Page, letters_of
from .boilerplate import year_of_counter
from .credits import read_credits
from .headlines import HEADLINE_MARGIN, rank_headlines
from .html_blocks import BlockReader
from .html_elements import text_of
from .labels import read_labels
from .markup_roles import (
    author_names,
    authors_for_machines,
    breadcrumb_above,
    breadcrumb_of,
    date_for_machines,
    element_of_text,
    published_for_machines,
    roles_of,
    section_elements,
    sections_of,
)
from .names import is_name
from .other_articles import DOCUMENT
from .page_asides import remove_asides, remove_controls
from .sections import LINES_ABOVE, SECTION_ROLE, NamedSection, of_breadcrumb, of_markup
from .surroundings import BELOW, OUTSIDE
from .title_doubts import TITLE_MARGIN, notes_on_metadata, rival_title
from .titles import rank_titles, title_hints, title_parts

HEAD = 5000  # letters of a page in which a browser notes where it was saved from
LINKED_DATA = 2_000_000  # letters of a page in which JSON-LD is searched
ABOVE_TITLE = 8  # blocks above the title that are kept: dates and breadcrumbs
BELOW_TITLE = 8  # blocks below a title that stands apart from the text
TEXT_BELOW = 12  # blocks from the first paragraph on that show whether it is the title itself
HEADER_LINES = 12  # lines above the first paragraph in which a title without markup is searched
HALF = 0.5  # share of the prose that the element marked as the text must have
FEW_LETTERS = 400  # letters that can be seen of a page whose text is in a script
_SCRIPTED_TEXT = re.compile(r"<script[^>]*>[^<]{0,2000000}?(?:[^\W\d_]+,? ){10}")
_LINKED_DATA = re.compile(r"<script[^>]*ld\+json[^>]*>(.{1,200000}?)</script", re.I | re.S)
_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)(\S+)\s*-->")


def read(raw: bytes) -> Page:
    """Return the page of an HTML file. Raises SourceError for what no person would call a page."""
    text, encoding = encodings.decode(raw)
    page = from_html(text)
    page.encoding = page.encoding or encoding
    return page


def from_html(html: str) -> Page:
    """Return the page of HTML text, in whatever font encoding. Raises SourceError, as `read`."""
    html = html.replace("\0", "")
    html_source.check_size(html)
    soup = html_source.parse(html_source.without_code(html))
    encodings.texts_to_unicode(soup)
    body = soup.body or soup
    notes = footnotes.take_out(body)
    steps, sections = breadcrumb_of(body), section_elements(body)
    published, authors = published_for_machines(body), authors_for_machines(body)
    letters, left_out = letters_of(text_of(body)), list[LeftOut]()
    asks_password = body.find("input", type=re.compile("^password$", re.I)) is not None
    remove_controls(body, left_out)
    head = page_head.read(soup, [found[1] for found in _LINKED_DATA.finditer(html[:LINKED_DATA])])
    selectors = profiles.PageSelectors(soup, html)
    profile = profiles.detect(selectors)
    remove_asides(body, profile, selectors, left_out)
    html_source.unwrap_quotes(body)
    html_source.join_lines(body)
    html_source.separate_labels(body)
    roles = roles_of(body, profile, selectors)
    reader = BlockReader(roles)
    blocks = reader.read(body)
    mail_header.mark_subject(blocks, reader.elements)
    labelled_cells.join(blocks, reader.elements)
    sites = [head["site"]] if "site" in head else []
    hints = [*([head["title"]] if "title" in head else []), *title_hints(head.get("page", ""))]
    tree = _Tree(body, blocks, reader.elements, TextLengths.measure(blocks, reader.elements))
    title, rival = _find_title(tree, hints, sites)
    if title is not None:
        _split_off_labels(blocks, reader.elements, title)
    page = Page(
        _blocks_of_article(tree, title, element_of_text(body, profile, selectors)),
        page_head.metadata_of(head),
        letters=letters,
        left_out=[*left_out, *reader.left_out],
        all_blocks=blocks,
        embedded=reader.embedded,
        footnotes=notes,
        asks_password=asks_password,
        is_only_script=letters < FEW_LETTERS and _SCRIPTED_TEXT.search(html) is not None,
        named_authors=page_head.named_authors(head),
        marked_authors=list(dict.fromkeys([*author_names(body, roles), *authors])),
    )
    page.title_hint, page.title_hints, page.rival_title = hints[0] if hints else "", hints, rival
    page.description = head.get("description", "")
    page.source_url = head.get("url", "") or _saved_from(html)
    page.lang = _language(soup)
    page.metadata.published = page.metadata.published or published or date_for_machines(body)
    title_text = blocks[title].text if title is not None else ""
    page.notes += notes_on_metadata(title_text, page_head.headline_of(head))
    steps = sections_of(steps, title_text) or sections_of(breadcrumb_above(blocks[: (title or 0) + 1]), title_text)
    page.site_names = [*sites, *title_parts(head.get("page", ""))]
    page.sections = [*of_breadcrumb(steps), *_marked_sections(tree, title or 0, sections)]
    page.counter_year, page.counter_text = year_of_counter(block.text for block in blocks)
    return page


def _saved_from(html: str) -> str:
    """Return the address that a browser has noted in a page that it saved."""
    found = _SAVED_FROM.search(html[:HEAD])
    return found[1] if found and found[1].startswith("http") else ""


def _language(soup: BeautifulSoup) -> str:
    lang = str(soup.html.get("lang", ""))[:2].lower() if soup.html else ""
    return lang if lang in ("vi", "en") else "vi"


@dataclass(frozen=True)
class _Tree:
    """The blocks of a page, the element of each, and how much text the elements hold."""

    body: Tag
    blocks: Sequence[Block]
    elements: Sequence[Tag]
    lengths: TextLengths


def _find_title(tree: _Tree, hints: Sequence[str], sites: Sequence[str]) -> tuple[int | None, str]:
    """Return the index of the title and the words of a rival that is not much worse.

    The title is found by its markup, or else it is the line above the text that reads like one.
    """
    ranking = rank_titles(tree.blocks, hints, sites)
    if ranking:
        return ranking[0].index, rival_title(ranking, tree.blocks, TITLE_MARGIN)
    area = densest_element(tree.body, tree.lengths)
    pairs = enumerate(zip(tree.blocks, tree.elements, strict=True))
    first = next((i for i, (block, element) in pairs if _is_text(block) and is_within(element, area)), None)
    if first is None:
        return None, ""
    start = max(0, first - HEADER_LINES)
    lines = tree.blocks[start : first + TEXT_BELOW]
    ranking = rank_headlines(lines)
    if not ranking:
        return None, ""
    return start + ranking[0].index, rival_title(ranking, lines, HEADLINE_MARGIN)


def _marked_sections(tree: _Tree, title: int, found: Sequence[tuple[Tag, list[str]]]) -> list[NamedSection]:
    """Return the names that markup calls sections, those near the title apart from others, which are no text."""
    end = next((at for at, block in enumerate(tree.blocks) if at > title and block.is_prose), len(tree.blocks))
    near = tree.elements[max(0, title - LINES_ABOVE) : min(end, title + HEADER_LINES)]
    named = list[NamedSection]()
    for tag, names in found:
        is_near = not tag.decomposed and (
            any(is_within(element, tag) for element in near) or any(is_within(tag, element) for element in near)
        )
        named += of_markup(names, is_near)
        if not is_near and not tag.decomposed:
            pairs = zip(tree.blocks[title + 1 :], tree.elements[title + 1 :], strict=True)
            for block in (block for block, element in pairs if is_within(element, tag) and not block.role):
                block.role = SECTION_ROLE
    return named


def _split_off_labels(blocks: list[Block], elements: list[Tag], title: int) -> None:
    """Make the date or other labels that stand behind the title in one line a block below it."""
    block = blocks[title]
    words, _, label = block.segments.rpartition(" | ")
    if not words or read_labels(label) is None or not block.text.endswith(label):
        return
    behind = Block("text", label, html=escape(label, quote=False), in_body=block.in_body, class_names=block.class_names)
    behind.container = block.container
    block.text, block.segments = block.text.removesuffix(label).strip(), words if " | " in words else ""
    block.letters -= behind.letters
    blocks.insert(title + 1, behind)
    elements.insert(title + 1, elements[title])


def _is_text(block: Block) -> bool:
    return bool(prose_length(block))


def _blocks_of_article(tree: _Tree, title: int | None, marked: Tag | None) -> list[Block]:
    """Return the blocks in the part of the page that holds the article; the title gets its role.

    Args:
        tree: the page.
        title: index of the title.
        marked: the element that markup names as the text of the article.
    """
    if title is None:
        area = densest_element(tree.body, tree.lengths)
    else:
        area = enclosing_element(tree.elements[title], tree.body, tree.lengths)
    if marked is not None and not _holds_text(marked, area, tree):
        marked = None
    within = (at for at, element in enumerate(tree.elements) if at > (title or 0) and is_within(element, area))
    first = next(within, 0)  # what is between a title and a text apart from it says when, and by whom
    below = _below_text(tree, densest_element(marked or area, tree.lengths))
    found: list[Block] = []
    for index, (block, element) in enumerate(zip(tree.blocks, tree.elements, strict=True)):
        block.in_body = marked is None or is_within(element, marked)
        if index == title:
            block.role = "title"
        elif block.role == "title":
            block.role = ""
        is_near_title = title is not None and title - ABOVE_TITLE <= index <= max(
            title, min(first, title + BELOW_TITLE)
        )
        if index in below:
            block.leave_out(BELOW)
        elif is_near_title or is_within(element, area) or (marked is not None and block.in_body):
            found.append(block)
        else:
            block.leave_out(OUTSIDE)
    return found


def _below_text(tree: _Tree, text: Tag) -> set[int]:
    """Return the indices of the blocks below the last paragraph of the text that are outside of its element.

    What says who wrote the article, and its documents, tables and pictures are not among them.

    Args:
        tree: the page.
        text: the element that holds nearly all of the text.
    """
    within = [is_within(element, text) for element in tree.elements]
    paragraphs = [index for index, block in enumerate(tree.blocks) if within[index] and block.is_prose]
    if not paragraphs:
        return set()
    below = range(paragraphs[-1] + 1, len(tree.blocks))
    return {index for index in below if not within[index] and not _is_part_of_article(tree.blocks[index])}


def _is_part_of_article(block: Block) -> bool:
    """Return whether a block below the text is no words of the page around it."""
    if block.kind in ("picture", "table") or block.role or DOCUMENT.search(block.html):
        return True
    return read_credits(block) is not None or is_name(block.text)


def _holds_text(marked: Tag, area: Tag, tree: _Tree) -> bool:
    """Return whether an element that markup names as the text has at least half of the prose around the title."""
    if tree.lengths.prose_of(marked) < HALF * tree.lengths.prose_of(area):
        return False
    return any(is_within(element, marked) for element in tree.elements)
