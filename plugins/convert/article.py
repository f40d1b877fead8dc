"""From the blocks of a page to an article with title, lead, date, author, source and captions.

The same rules hold for every page. What is uncertain goes into `review`, with the reason; what the page does not say
stays empty.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from plugins.i18n import translate

from . import article_check, article_header, dates
from .article_body import find_body
from .blocks import Block, Page, comparison_key
from .captions import attach_captions
from .dates import PageDate
from .metadata import Metadata

LONGEST_SUBSTITUTE_TITLE = 160  # letters of a sentence that replaces a missing title
SHORT_LINE = 60  # letters of a line above the first paragraph
LINES_ABOVE_LEAD = 3  # such lines: a date without a label, a place, a section
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
    body, is_bare_name = find_body(blocks, found)
    body = attach_captions(body)
    if lead is None:
        lead, body = _first_paragraph(body)
    else:
        body = _without_text(body, lead.text)
    lead_text = lead.text if lead else ""
    text = article_check.PageText(body, lead_text, bool(title))
    page.is_listing = article_check.LISTING.decide(text)
    if page.is_listing or not article_check.ARTICLE.decide(text):
        return None
    if not (found.published or found.updated or page.metadata.published):
        found.fill_from(above)
    found.fill_from(page.metadata)
    article = Article(
        title,
        lead_text,
        found.published,
        found.author,
        found.source,
        found.category,
        body,
        found.tags,
        source_url=page.source_url,
        lang=page.lang,
        is_draft=not page.is_public,
    )
    _set_dates(article, found, page)
    if is_bare_name and article.author:
        article.review.append(
            translate("Author: the last line of the page is only the name {name}.", name=article.author)
        )
    if not title:
        _set_substitute_title(article)
    return article if article.title else None


# --- title and lead -----------------------------------------------------------------------------------


def _split_at_title(page: Page) -> tuple[str, Metadata, list[Block]]:
    """Return the title of a page, what the lines above it say, and the blocks below it that do not repeat it."""
    blocks = [block for block in page.blocks if block.text or block.kind == "picture"]
    index = next((index for index, block in enumerate(blocks) if block.role == "title"), None)
    if index is None:
        title, above, below = page.title_hint, Metadata(), article_header.without_page_header(blocks)
    else:
        title, below = blocks[index].text, blocks[index + 1 :]
        above = article_header.read_above_title(blocks[:index])
    return title, above, _without_text(below, title) if title else below


def _without_text(blocks: list[Block], text: str) -> list[Block]:
    key = comparison_key(text)
    return [block for block in blocks if block.kind == "picture" or comparison_key(block.text) != key]


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
        if _can_be_lead(block) and any(each.kind != "picture" for each in rest):
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


# --- dates --------------------------------------------------------------------------------------------


def _set_dates(article: Article, found: Metadata, page: Page) -> None:
    """Set the dates of an article; what is only estimated is noted for review."""
    article.modified = found.updated
    if article.date is None and found.updated is not None:
        article.date, article.modified = found.updated, None
        article.review.append(
            translate(
                "Date: the page says only when it was updated ({date}); it may have been published earlier.",
                date=article.date,
            )
        )
    if article.modified and article.date and article.modified.value.date() <= article.date.value.date():
        article.modified = None
    if article.date is None:
        article.review.append(_estimate_date(article, page))


def _estimate_date(article: Article, page: Page) -> str:
    """Set the estimated date from the event in the text, if it names one; return the note for review."""
    text = article.lead + " " + " ".join(block.text for block in article.body[:3] if block.kind == "text")
    event = dates.event(article.lead) or dates.event(text)
    if event:
        article.estimated_date = event[0]
        return translate(
            "Date: the page does not say when it was published. {date} is the day of what it tells of ({words}); it "
            "may have been published later.",
            date=f"{event[0]:%Y-%m-%d}",
            words=event[1],
        )
    day = dates.short_event(article.lead) or dates.short_event(text)
    article.estimated_date = dates.day_in_year(day, page.counter_year) if day and page.counter_year else None
    if day and article.estimated_date:
        return translate(
            "Date: the page does not say when it was published. Day and month are those of its text ({words}); the "
            "year {year} is that of the page's counter of visits ({counter}).",
            words=day[2],
            year=page.counter_year,
            counter=page.counter_text,
        )
    if day and not page.counter_year:
        return translate(
            "Date: the page does not say when it was published; its text names {words}, without the year. Add a line "
            "date: … and make status published.",
            words=day[2],
        )
    return translate("Date: the page does not say when it was published. Add a line date: … and make status published.")
