"""From the blocks of a page to an article with title, lead, date, author, source and captions.

The same rules hold for every page. What is uncertain goes into `review`, with the reason; what the page does not say
stays empty.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from plugins.i18n import translate

from . import (
    article_check,
    article_header,
    authorship,
    body_doubts,
    labelled_cells,
    leads,
    mail_header,
    own_votes,
    sections,
)
from .article_body import find_body
from .article_dates import set_dates, without_clock
from .blocks import MOST_LINKS, Block, Page, Place, comparison_key
from .boilerplate import OTHER_NEWS
from .captions import attach_captions
from .dates import PageDate
from .folder_votes import FIELDS, Vote
from .lost_captions import may_be_caption
from .metadata import Metadata
from .names import is_name, split_agency
from .surroundings import ABOVE
from .title_doubts import notes_on_rival

LONGEST_SUBSTITUTE_TITLE = 160  # letters of a sentence that replaces a missing title
SHORT_LINE = 60  # letters of a line above the first paragraph
LINES_ABOVE_LEAD = 3  # such lines: a date without a label, a place, a section
LONGEST_ADDRESS = 400  # letters of an address in a note
COMPARED = 120  # letters of a lead that must agree with the beginning of the text


@dataclass
class Article:
    """What a page says.

    Args:
        title, lead, author, source, category: as the page says it, "" if it does not.
        date: of publication; None if the page does not say it.
        body: the blocks of the text, without the lead.
        modified: when it was changed after publication.
        source_url: the address on the old portal.
        estimated_date: a date to sort the article by, if its own is unknown.
        has_own_title: whether the page has a title; else it is the beginning of the text.
        is_draft: whether it must not be published before an editor has decided about it.
        review: what an editor must check, in the editor's language.
        remarks: what an editor may want to know; nothing of it is doubtful.
        votes: where the page has its fields; other pages may confirm that.
        lines_beside_text: lines that may be the old portal's; other pages may show that they are.
    """

    title: str
    lead: str
    date: PageDate | None
    author: str
    source: str
    category: str
    body: list[Block]
    tags: list[str] = field(default_factory=list)
    modified: PageDate | None = None
    source_url: str = ""
    lang: str = "vi"
    estimated_date: datetime | None = None
    has_own_title: bool = True
    is_draft: bool = False
    review: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    votes: dict[str, Vote] = field(default_factory=lambda: {each: Vote(is_sure=True) for each in FIELDS})
    lines_beside_text: list[str] = field(default_factory=list)

    @property
    def doubts(self) -> list[str]:
        """All that an editor must check of a page that no other page confirms."""
        lines = map(body_doubts.note_on_line, self.lines_beside_text)
        return [*self.review, *(vote.note for vote in self.votes.values() if vote.note), *lines]

    @property
    def captions(self) -> list[str]:
        """All captions, in order."""
        return [block.caption for block in self.body if block.caption]


def article_of(page: Page) -> Article | None:
    """Return the article of a page, or None if the page is a menu or a listing; see Page.is_listing."""
    title, above, blocks = _split_at_title(page)
    found = Metadata()
    lead, blocks = article_header.read_header(blocks, found)
    if lead is None and page.lead and not _begins_with(blocks, page.lead):
        lead = Block("text", page.lead)
    body = find_body(blocks, found)
    body = attach_captions(body)
    if lead is None:
        lead, body = _first_paragraph(body)
    else:
        body = _without_text(body, lead.text, "repeats the lead")
    lead_text = lead.text if lead else ""
    is_dated = bool(found.published or found.updated or above.published or page.metadata.published)
    text = article_check.PageText(body, lead_text, bool(title), title, is_dated, page.asks_password)
    for block in [lead, *body]:
        if block is not None and block.place is None:
            block.take("text")
    page.is_listing = article_check.LISTING.decide(text)
    if page.is_listing or not article_check.ARTICLE.decide(text):
        return None
    if not (found.published or page.metadata.published or (found.updated and above.is_unsure)):
        found.fill_from(without_clock(above, page, found.updated))
        found.is_unsure = above.is_unsure and found.published is not None
    found.author = found.author or above.author
    labelled = found.category or above.category
    found.fill_from(page.metadata)
    author, vote = authorship.settle(found.author, page)
    found.author, agency = split_agency(author)
    found.source = found.source or agency
    section, section_notes = sections.settle(labelled, found.author, page)
    article = Article(
        title,
        lead_text,
        found.published,
        found.author,
        found.source,
        section,
        body,
        found.tags,
        source_url=page.source_url,
        lang=page.lang,
        is_draft=not page.is_public,
    )
    set_dates(article, found, page)
    if text.is_little and not article.author:
        article.review.append(translate("Page: little text, without date and author; it may be no article."))
    article.review += [*_title_notes(page, title), *_caption_notes(body)]
    article.review += body_doubts.notes_on_links(body)
    article.lines_beside_text = body_doubts.lines_beside_text(body)
    unread = _unread_name_notes(page, article)
    article.review += unread
    article.votes = _votes(page, article, section_notes)
    article.votes["author"] = replace(
        vote, name=article.author, is_sure=vote.is_sure if article.author else bool(unread)
    )
    article.review += _embedded_notes(page)
    if not title:
        _set_substitute_title(article)
    return article if article.title else None


def _votes(page: Page, article: Article, section_notes: Sequence[str]) -> dict[str, Vote]:
    """Return the votes of a page for the fields of its article, but for the author."""
    rival = notes_on_rival(page.rival_title)
    lead = leads.notes_on_rival(article.lead, page.all_blocks, page.description)
    return {
        "title": own_votes.title(page, "".join(rival)),
        "section": own_votes.section(article.category, sections.lines_near_title(page.all_blocks), section_notes),
        "lead": own_votes.lead(article.lead, page, "".join(lead)),
        "date": own_votes.date(article.date, page),
    }


def _title_notes(page: Page, title: str) -> list[str]:
    """Return a note for review if the title is not among the lines of the page."""
    if not title or any(block.role == "title" for block in page.blocks):
        return []
    return [translate("Title: the page has it only as the title of its window.")]


def _caption_notes(body: Sequence[Block]) -> list[str]:
    """Return notes for review about captions that may be of the text, and lines that may be captions."""
    unsure = [block.caption for block in body if block.caption and block.is_unsure]
    lines = [block.text for index, block in enumerate(body) if may_be_caption(body, index)]
    notes = [translate("Captions: this may be a line of the text: {words}", words=each) for each in unsure]
    return notes + [
        translate("Captions: this may be one whose picture is lost, or a subheading: {words}", words=each)
        for each in lines
    ]


def _unread_name_notes(page: Page, article: Article) -> list[str]:
    """Return a note for review if the author is not known, and metadata, markup or a line near the text has a name."""
    near = authorship.near_article(page.all_blocks)
    if article.author or not near:
        return []
    lines = [name for each in near for name in _names_in(each, article)]
    names = [name for name in (*page.named_authors, *page.marked_authors) if authorship.may_be_name(name)]
    return [
        translate("Author: the page does not say it, but names {name} near its text.", name=name)
        for name in [*lines, *names][:1]
    ]


def _names_in(block: Block, article: Article) -> list[str]:
    """Return the names that a line near the text may have of its author: the line itself, or a part beside a date."""
    if authorship.is_byline(block):
        known = {comparison_key(article.category), comparison_key(article.source)}
        return [part for part in authorship.names_beside_labels(block) if comparison_key(part) not in known]
    return [block.text] if block.place is not Place.ARTICLE and _may_be_author(block, article) else []


def _may_be_author(block: Block, article: Article) -> bool:
    if block.is_boilerplate or block.level == 1 or OTHER_NEWS.match(block.text):
        return False
    is_line = block.kind in ("text", "heading") and block.link_share <= MOST_LINKS and len(block.text.split()) > 1
    return is_line and is_name(block.text) and comparison_key(block.text) != comparison_key(article.category)


def _embedded_notes(page: Page) -> list[str]:
    """Return a note for review about each thing that the page showed within the article."""
    notes = []
    for each in page.embedded:
        beside = page.all_blocks[max(0, each.index - 1) : each.index + 1]
        if any(block.place is Place.ARTICLE for block in beside):
            notes.append(
                translate(
                    "Embedded: the page showed {address} here; put a link to it if it is still there.",
                    address=each.address[:LONGEST_ADDRESS],
                )
            )
    return notes


# --- title and lead -----------------------------------------------------------------------------------


def _split_at_title(page: Page) -> tuple[str, Metadata, list[Block]]:
    """Return the title of a page, what the lines above it say, and the blocks below it that do not repeat it."""
    blocks = [block for block in page.blocks if block.text or block.kind == "picture"]
    blocks = [block for block in blocks if block.reason not in (mail_header.REASON, labelled_cells.LABEL)]
    index = next((index for index, block in enumerate(blocks) if block.role == "title"), None)
    if index is None:
        title, above, below = page.title_hint, Metadata(), article_header.without_page_header(blocks)
    else:
        first = article_header.first_picture_above(blocks[:index])
        title, below = blocks[index].text, [*blocks[first:index], *blocks[index + 1 :]]
        blocks[index].take("title")
        for block in blocks[:first]:
            block.leave_out(ABOVE)
        above = article_header.read_above_title(blocks[:index])
    return title, above, _without_text(below, title, "repeats the title") if title else below


def _without_text(blocks: list[Block], text: str, rule: str) -> list[Block]:
    """Return the blocks that do not say this again. rule: the name under which the others are left out."""
    key = comparison_key(text)
    kept = []
    for block in blocks:
        if block.kind == "picture" or comparison_key(block.text) != key:
            kept.append(block)
        else:
            block.leave_out(rule)
    return kept


def _begins_with(blocks: Sequence[Block], lead: str) -> bool:
    """Return whether the text begins with the lead that an export has apart."""
    key = comparison_key(lead)[:COMPARED]
    return any(comparison_key(block.text).startswith(key) for block in blocks[:3])


def _first_paragraph(body: list[Block]) -> tuple[Block | None, list[Block]]:
    """Return the first paragraph as the lead, and the rest, unless that paragraph is all there is."""
    for index, block in enumerate(body):
        if block.kind == "picture" or block.role == "caption" or _is_line_above_lead(block, index):
            continue
        rest = body[:index] + body[index + 1 :]
        if _can_be_lead(block) and any(each.kind != "picture" or each.caption for each in rest):
            return block, rest
        break
    return None, body


def _is_line_above_lead(block: Block, index: int) -> bool:
    return (
        index < LINES_ABOVE_LEAD
        and block.kind == "text"
        and not block.is_prose
        and len(block.text) < SHORT_LINE
        and not block.text.endswith((":", ".", ";"))
        and not (block.text.isupper() or block.style & {"bold", "center"})  # what follows it would change places
    )


def _can_be_lead(block: Block) -> bool:
    return block.is_prose and len(block.text) <= article_header.LONGEST_LEAD and "<br>" not in block.html


def _set_substitute_title(article: Article) -> None:
    """Take the first sentence of the text for a title, and note it for review."""
    text = article.lead or next((block.text for block in article.body if block.text), "")
    sentence = re.split(r"(?<=[.!?])\s", text)[0]
    if len(sentence) > LONGEST_SUBSTITUTE_TITLE:
        sentence = sentence[: LONGEST_SUBSTITUTE_TITLE - 3].rsplit(" ", 1)[0] + "…"
    article.title, article.has_own_title = sentence, False
    article.review.append(translate("Title: the page has none; this is the beginning of its text."))
