"""The rules that hold for every page: from its blocks to an article with title, lead, date, author, source and captions.

What is not certain goes into `review`, with its reason; what the page does not say stays unsaid.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime

from plugins.i18n import say

from . import captions, dates, ending
from .blocks import Block, Page, comparison_key
from .dates import PageDate
from .phrases import Metadata, is_breadcrumb

LONGEST_LEAD = 1200  # letters
HEADER = 14  # blocks between title and text


@dataclass
class Article:
    """What a page says. date: of publishing, None if the page does not say it; estimated_date: a date to sort it by."""

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
    has_own_title: bool = True  # whether the page itself says the title
    review: list[str] = field(default_factory=list)

    @property
    def captions(self) -> list[str]:
        """All captions, in order."""
        return [block.caption for block in self.body if block.caption]


def article_of(page: Page) -> Article | None:
    """The article of a page, or None where the page is a menu or a listing."""
    blocks = [b for b in page.blocks if b.text or b.kind == "picture"]
    at = next((i for i, b in enumerate(blocks) if b.role == "title"), None)
    found, above = Metadata(), Metadata()
    if at is not None:
        title = blocks[at].text
        above = _above(blocks[:at])
        blocks = blocks[at + 1 :]
    else:
        title = page.title_hint
        blocks = _without_header_chrome(blocks)
    blocks = [b for b in blocks if comparison_key(b.text) != comparison_key(title) or b.kind == "picture" or not title]
    lead, blocks = _header(blocks, found, page)
    if (
        not lead
        and page.lead
        and not any(comparison_key(b.text).startswith(comparison_key(page.lead)[:120]) for b in blocks[:3])
    ):
        lead = Block("text", page.lead)  # an export has it apart
    body, ended = ending.body(blocks, found)
    body = captions.paired(body)
    lead_block = None
    if not lead:
        lead_block, body = _first_paragraph(body)
    lead_text = lead.text if lead else lead_block.text if lead_block else ""
    if lead:
        body = [b for b in body if comparison_key(b.text) != comparison_key(lead.text) or b.kind == "picture"]
    if not _is_article(body, lead_text, page, bool(title)):
        return None
    if not (found.published or found.updated or page.metadata.published):
        found.take(above)
    found.take(page.metadata)
    review: list[str] = []
    article = Article(title, lead_text, found.published, found.author, found.source, found.category or page.metadata.category, body, found.tags or page.metadata.tags,
                      None, page.source_url, page.lang, review=review)  # fmt: skip
    _dated(article, found, page)
    _named(article, ended)
    if not title:
        article.has_own_title = False
        sentence = re.split(r"(?<=[.!?])\s", lead_text or next((b.text for b in body if b.text), ""))[0]
        article.title = sentence if len(sentence) <= 160 else sentence[:157].rsplit(" ", 1)[0] + "…"
        review.append(say("Title: the page has none; this is the beginning of its text."))
    if not article.title:
        return None
    return article


# --- the parts ------------------------------------------------------------------------------------


def _above(blocks: list[Block]) -> Metadata:
    """What stands just above the title. Farther up a date is today's, that every page of a portal shows."""
    for block in blocks[:-4:-1]:
        said = block.labels or ending.by_role(block) or ending.dated_part(block)
        if said and (said.published or said.updated):
            return Metadata() if re.search(r"\b(?:now|today|clock|hom-?nay|current)\b", block.class_names) else said
        if block.kind != "text" or (block.link_share > 0.9 and not is_breadcrumb(block.text) and len(block.text) > 40):
            break
    return Metadata()


def _without_header_chrome(blocks: list[Block]) -> list[Block]:
    start = next(
        (i for i, b in enumerate(blocks) if not (b.is_boilerplate or is_breadcrumb(b.text)) or b.kind == "picture"),
        len(blocks),
    )
    return blocks[start:]


def _header(blocks: list[Block], found: Metadata, page: Page) -> tuple[Block | None, list[Block]]:
    """Take labels, buttons and a marked lead from between title and text; the lead, and what follows."""
    lead: Block | None = None
    rest: list[Block] = []
    for number, block in enumerate(blocks):
        if number >= HEADER or (
            block.is_prose
            and not block.role
            and not block.labels
            and lead is None
            and not _bold_lead(block, blocks[number + 1 :])
        ):
            rest += blocks[number:]
            break
        if block.kind not in ("text", "heading") or block.role == "caption":
            if block.kind == "list" and (
                block.is_boilerplate or (block.link_share > 0.6 and lead is None and number < 4)
            ):
                continue
            rest.append(block)
            if block.kind != "picture" and block.role != "caption":
                rest += blocks[number + 1 :]
                break
            continue
        if block.is_boilerplate or (is_breadcrumb(block.text) and len(block.text) < 160):
            continue
        said = block.labels or ending.by_role(block) or ending.dated_part(block)
        if said:
            found.take(said)
            continue
        if block.role == "tags":
            continue
        if rest:
            rest += blocks[number:]
            break
        if lead is None and (block.role == "lead" or _bold_lead(block, blocks[number + 1 :])):
            lead = block
        elif lead is not None and block.role == "lead" and block.is_prose:
            lead = _joined(lead, block)
        elif (
            len(block.text) < 60
            and block.kind == "text"
            and any(each.labels for each in blocks[number + 1 : number + 4])
        ):
            continue  # something between labels
        elif lead is not None or block.in_body:
            rest += blocks[number:]
            break
        elif block.link_share > 0.5 or len(block.text) < 30:
            continue  # a category, a button nobody knows
        else:
            rest += blocks[number:]
            break
    if lead is not None and not lead.is_prose and len(lead.text) < 40:
        lead, rest = None, [lead, *rest]
    return lead, rest


def _bold_lead(block: Block, following: list[Block]) -> bool:
    """A first paragraph set in bold or italics, or as a heading, before plain ones."""
    if not 40 <= len(block.text) <= LONGEST_LEAD or not (
        block.style & {"bold", "italic"} or (block.kind == "heading" and len(block.text) > 80)
    ):
        return False
    plain = next((b for b in following if b.is_prose), None)
    return (plain is not None and not plain.style & {"bold"}) or (plain is None and len(block.text) > 80)


def _joined(one: Block, two: Block) -> Block:
    one.text, one.html = f"{one.text} {two.text}", f"{one.html} {two.html}"
    return one


def _first_paragraph(body: list[Block]) -> tuple[Block | None, list[Block]]:
    """The first paragraph is the lead where nothing else says so, unless it is all there is."""
    for number, block in enumerate(body):
        if block.kind == "picture" or block.role == "caption":
            continue
        if (
            block.kind == "text"
            and not block.is_prose
            and number < 3
            and len(block.text) < 60
            and not re.search(r"[:.;]$", block.text)
        ):
            continue
        if block.kind != "text" or not block.is_prose or len(block.text) > LONGEST_LEAD or "<br>" in block.html:
            return None, body
        rest = body[:number] + body[number + 1 :]
        if not any(b.kind != "picture" for b in rest):
            return None, body
        return block, rest
    return None, body


def _is_article(body: list[Block], lead: str, page: Page, titled: bool) -> bool:
    """Whether there is something to read: text, a table, a document, and not just the headlines of others."""
    words = sum(len(b.text) * (1 - b.link_share) for b in body if b.kind != "picture") + len(lead)
    headlines = [b for b in body if b.link_share > 0.8 and b.kind in ("heading", "text", "list") and len(b.text) > 20]
    prose = [b for b in body if b.is_prose or b.kind in ("table", "quote") or (b.kind == "list" and b.link_share < 0.5)]
    links = sum(max(1, b.html.count("<li>")) for b in headlines)
    documents = any(re.search(r"\.(?:pdf|docx?|xlsx?|zip)\b", b.html, re.I) for b in body)
    dated = sum(bool(b.labels and b.labels.published) for b in body)
    page.is_listing = (links >= 3 and links >= len(prose) + bool(lead) and not documents) or (
        dated >= 3 and dated * 4 >= len(body)
    )
    if page.is_listing:
        return False
    if not titled and not prose:
        return False
    short = [b for b in body if b.kind == "text" and not b.is_prose and not b.caption]
    if not prose and not lead and len(short) >= 3:
        return False
    return (
        (words >= 80 and (bool(prose) or bool(lead)))
        or (documents and titled)
        or (words >= 40 and titled and bool(prose or lead))
    )


# --- dates and names --------------------------------------------------------------------------------


def _dated(article: Article, found: Metadata, page: Page) -> None:
    article.modified = found.updated
    if article.date is None and found.updated is not None:
        article.date, article.modified = found.updated, None
        article.review.append(
            say(
                "Date: the page says only when it was updated ({date}); it may have been published earlier.",
                date=article.date,
            )
        )
    if article.modified and article.date and article.modified.value.date() <= article.date.value.date():
        article.modified = None
    if article.date is not None:
        return
    words = article.lead + " " + " ".join(b.text for b in article.body[:3] if b.kind == "text")
    event = dates.event(article.lead) or dates.event(words)
    if event:
        article.estimated_date = event[0]
        article.review.append(
            say(
                "Date: the page does not say when it was published. {date} is the day of what it tells of ({words}); it may have been published later.",
                date=f"{event[0]:%Y-%m-%d}",
                words=event[1],
            )
        )
        return
    short = dates.short_event(article.lead) or dates.short_event(words)
    if short and page.counter_year:
        try:
            article.estimated_date = datetime(page.counter_year, short[1], short[0])
        except ValueError:
            short = None
        else:
            article.review.append(
                say(
                    "Date: the page does not say when it was published. Day and month are those of its text ({words}); the year {year} is that of the page's counter of visits ({counter}).",
                    words=short[2],
                    year=page.counter_year,
                    counter=page.counter_text,
                )
            )
            return
    if short:
        article.review.append(
            say(
                "Date: the page does not say when it was published; its text names {words}, without the year. Add a line date: … and make status published.",
                words=short[2],
            )
        )
    else:
        article.review.append(
            say("Date: the page does not say when it was published. Add a line date: … and make status published.")
        )


def _named(article: Article, bare: bool) -> None:
    if bare and article.author:
        article.review.append(say("Author: the last line of the page is only the name {name}.", name=article.author))
