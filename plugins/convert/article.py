"""The rules that hold for every page: from its blocks to an article with title, lead, date, author, source and captions.

What is not certain goes into `review`, with its reason; what the page does not say stays unsaid.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime

from plugins.i18n import say

from . import captions, dates, phrases, scope
from .blocks import Block, Page
from .dates import Moment
from .phrases import Facts, facts, is_breadcrumb

_DATE_LABEL = re.compile(r"\W*(?:ngày đăng|đăng (?:ngày|lúc|tải|vào)|được đăng|cập nhật|xuất bản|ngày cập nhật|published|posted|updated)", re.I)
LONGEST_LEAD = 1200  # letters
HEADER = 14  # blocks between title and text


@dataclass
class Article:
    """What a page says. date: of publishing, None if the page does not say it; supposed: a date to sort it by."""

    title: str
    lead: str
    date: Moment | None
    author: str
    source: str
    category: str
    body: list[Block]
    tags: list[str] = field(default_factory=list)
    modified: Moment | None = None
    origin: str = ""
    lang: str = "vi"
    supposed: datetime | None = None
    titled: bool = True  # whether the page itself says the title
    lead_repeated: bool = False
    review: list[str] = field(default_factory=list)

    @property
    def captions(self) -> list[str]:
        """All captions, in order."""
        return [block.caption for block in self.body if block.caption]


def article_of(page: Page) -> Article | None:
    """The article of a page, or None where the page is a menu or a listing."""
    blocks = [b for b in page.blocks if b.text or b.kind == "picture"]
    at = next((i for i, b in enumerate(blocks) if b.role == "title"), None)
    found, above = Facts(), Facts()
    if at is not None:
        title = blocks[at].text
        above = _above(blocks[:at])
        blocks = blocks[at + 1 :]
    else:
        title = page.title_hint
        blocks = _without_header_chrome(blocks)
    blocks = [b for b in blocks if scope.key(b.text) != scope.key(title) or b.kind == "picture" or not title]
    lead, blocks = _header(blocks, found, page)
    body, ended = _body(blocks, found)
    body = captions.paired(body)
    lead_block = None
    if not lead:
        lead_block, body = _first_paragraph(body)
    lead_text = lead.text if lead else lead_block.text if lead_block else ""
    if lead:
        body = [b for b in body if scope.key(b.text) != scope.key(lead.text) or b.kind == "picture"]
    if not _is_article(body, lead_text, page, bool(title)):
        return None
    if not (found.published or found.updated or page.said.published):
        found.take(above)
    found.take(page.said)
    review: list[str] = []
    article = Article(title, lead_text, found.published, found.author, found.source, found.category or page.said.category, body, found.tags or page.said.tags,
                      None, page.origin, page.lang, review=review)  # fmt: skip
    _dated(article, found, page)
    _named(article, ended)
    if not title:
        article.titled = False
        sentence = re.split(r"(?<=[.!?])\s", lead_text or next((b.text for b in body if b.text), ""))[0]
        article.title = sentence if len(sentence) <= 160 else sentence[:157].rsplit(" ", 1)[0] + "…"
        review.append(say("Title: the page has none; this is the beginning of its text."))
    if not article.title:
        return None
    return article


# --- the parts ------------------------------------------------------------------------------------


def _above(blocks: list[Block]) -> Facts:
    """What stands just above the title. Farther up a date is today's, that every page of a portal shows."""
    for block in blocks[:-4:-1]:
        said = block.facts or _by_role(block) or _dated_part(block)
        if said and (said.published or said.updated):
            return Facts() if re.search(r"\b(?:now|today|clock|hom-?nay|current)\b", block.names) else said
        if block.kind != "text" or block.linked > 0.9 and not is_breadcrumb(block.text) and len(block.text) > 40:
            break
    return Facts()


def _without_header_chrome(blocks: list[Block]) -> list[Block]:
    start = next((i for i, b in enumerate(blocks) if not (b.is_chrome or is_breadcrumb(b.text)) or b.kind == "picture"), len(blocks))
    return blocks[start:]


def _header(blocks: list[Block], found: Facts, page: Page) -> tuple[Block | None, list[Block]]:
    """Take labels, buttons and a marked lead from between title and text; the lead, and what follows."""
    lead: Block | None = None
    rest: list[Block] = []
    for number, block in enumerate(blocks):
        if number >= HEADER or block.is_prose and not block.role and not block.facts and lead is None and not _bold_lead(block, blocks[number + 1 :]):
            rest += blocks[number:]
            break
        if block.kind not in ("text", "heading") or block.role == "caption":
            if block.kind == "list" and (block.is_chrome or block.linked > 0.6 and lead is None and number < 4):
                continue
            rest.append(block)
            if block.kind != "picture" and block.role != "caption":
                rest += blocks[number + 1 :]
                break
            continue
        if block.is_chrome or is_breadcrumb(block.text) and len(block.text) < 160:
            continue
        said = block.facts or _by_role(block) or _dated_part(block)
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
        elif len(block.text) < 60 and block.kind == "text" and any(each.facts for each in blocks[number + 1 : number + 4]):
            continue  # something between labels
        elif lead is not None or block.inside:
            rest += blocks[number:]
            break
        elif block.linked > 0.5 or len(block.text) < 30:
            continue  # a category, a button nobody knows
        else:
            rest += blocks[number:]
            break
    if lead is not None and not lead.is_prose and len(lead.text) < 40:
        lead, rest = None, [lead, *rest]
    if lead is not None and not any(b.kind != "picture" and not b.is_chrome and not b.facts for b in rest):
        pass  # a lead and pictures only: still an article
    return lead, rest


def _bold_lead(block: Block, following: list[Block]) -> bool:
    """A first paragraph set in bold or italics, or as a heading, before plain ones."""
    if not 40 <= len(block.text) <= LONGEST_LEAD or not (block.style & {"bold", "italic"} or block.kind == "heading" and len(block.text) > 80):
        return False
    plain = next((b for b in following if b.is_prose), None)
    return plain is not None and not plain.style & {"bold"} or plain is None and len(block.text) > 80


def _joined(one: Block, two: Block) -> Block:
    one.text, one.html = f"{one.text} {two.text}", f"{one.html} {two.html}"
    return one


def _by_role(block: Block) -> Facts | None:
    """A short line that only its markup explains: `<span class="author">Lê Dũng</span>`."""
    text = block.text.strip(" |•-–()")
    if not block.role and block.marks and len(text) < 200 and not block.is_prose:
        said = Facts()
        for role, words in block.marks.items():
            said.take(_by_role(Block("text", words, role=role)) or facts(words) or Facts())
        return said if said != Facts() else None
    if block.role == "author" and len(text) < 90:
        text = re.sub(r"^(?:by|bởi|posted by)\s+", "", text, flags=re.I)
        return Facts(author=phrases.clean_name(text) if phrases.is_name(text) or len(text.split()) <= 6 and not re.search(r"[.!?]$", text) else "")
    if block.role == "source" and len(text) < 120:
        return Facts(source=re.sub(r"^(?:theo|nguồn)\s*:?\s+", "", text, flags=re.I))
    if block.role == "date" and len(text) < 120:
        return Facts(published=dates.first(text))
    if block.role == "category" and len(text) < 60:
        return Facts(category=text)
    return None


def _dated_part(block: Block) -> Facts | None:
    """A date among other short things around a title: `Kinh tế | Chủ Nhật, 04/12/2022`."""
    if block.is_prose or len(block.text) > 160 or not block.parts:
        return None
    moment = next((m for m in map(dates.alone, block.parts.split(" | ")) if m), None)
    return Facts(published=moment) if moment else None


def _body(blocks: list[Block], found: Facts) -> tuple[list[Block], bool]:
    """Paragraphs of the article; labels at its end go into `found`. Also whether the author stood there without a label."""
    cut = _end(blocks)
    kept: list[Block] = []
    for number, block in enumerate(blocks[:cut]):
        if block.kind == "picture":
            captioned = number + 1 < cut and blocks[number + 1].role == "caption" or len(block.text) > 15
            if block.inside or not any(b.inside for b in blocks) or captioned and not any(b.inside for b in blocks[:number]):
                kept.append(block)
            continue
        if block.is_chrome and block.kind in ("text", "heading", "list"):
            continue
        if block.kind == "text" and phrases.SOFT_END.fullmatch(block.text) and number + 1 < cut and blocks[number + 1].linked > 0.5:
            continue
        if block.linked > 0.85 and _is_other_news(block, blocks, number):
            continue
        if block.kind == "text" and _DATE_LABEL.match(block.text) and (said := block.facts) and (said.published or said.updated):
            found.take(said)
            continue
        if block.role == "caption" and kept and kept[-1].kind == "picture":
            kept.append(block)
            continue
        if not block.inside and (not block.is_prose or block.linked > 0.3):
            said = block.facts or _by_role(block)
            if said:
                found.take(said)
            continue
        if block.role == "tags" and block.kind in ("text", "list"):
            said = block.facts
            found.take(said or Facts(tags=[t.strip() for t in re.split(r"[,;#]", re.sub(r"^\W*(?:tags?|từ khóa|từ khoá)\s*:?", "", block.text, flags=re.I)) if t.strip()]))
            continue
        if block.role in ("author", "source", "date") and len(block.text) < 120 and (said := block.facts or _by_role(block)):
            found.take(said)
            continue
        kept.append(block)
    for block in blocks[cut:]:
        said = block.facts if len(block.text) < 200 and block.linked < 0.5 else None
        if said and (said.author or said.source or said.tags) and not any(b.is_prose for b in blocks[cut : blocks.index(block)]):
            found.take(Facts(author=said.author, source=said.source, tags=said.tags))
    return _tail(_signed_off(kept), found)


def _signed_off(blocks: list[Block]) -> list[Block]:
    """Without the headlines of other articles that follow the author's name and nothing announces."""
    last = max((number for number, block in enumerate(blocks) if block.is_prose or block.kind in ("list", "table", "quote")), default=-1)
    for number in range(last + 1, min(last + 4, len(blocks))):
        block, after = blocks[number], blocks[number + 1 :]
        said = block.facts
        if not (block.kind == "text" and (said.author if said else _signed(blocks, number))):
            continue
        others = [each for each in after if each.kind in ("text", "heading") and not each.facts and not each.is_chrome and each.role != "caption"]
        if others and all(len(each.text.split()) >= 4 and not phrases.is_name(each.text) for each in others):
            return [*blocks[: number + 1], *(each for each in after if each not in others)]
        break
    return blocks


def _end(blocks: list[Block]) -> int:
    """Where the article ends: at the head of a list of other news, or of ratings and visits."""
    prose = 0
    for number, block in enumerate(blocks):
        if block.kind in ("text", "heading", "list") and prose and phrases.END.match(block.text) and len(block.text) < 90:
            after = blocks[number + 1 :]
            soft = phrases.SOFT_END.fullmatch(block.text)
            near = after[:4]
            more = sum(b.is_prose and b.linked < 0.2 and b.inside and len(b.text) > 150 for b in after)
            if soft and more >= 1 and any(b.linked > 0.5 for b in near):
                continue
            return number
        if prose and phrases.is_counter(block.text) and number and not any(b.is_prose and b.inside for b in blocks[number + 1 :]):
            return number
        prose += block.kind != "picture" and len(block.text) > 60
    return len(blocks)


def _is_other_news(block: Block, blocks: list[Block], number: int) -> bool:
    """A headline that is a link, or a list of them, between or after paragraphs."""
    if block.kind == "list":
        return block.html.count("<li>") >= 2 and not re.search(r"\.(?:pdf|docx?|xlsx?|zip|rar|pptx?)\b", block.html, re.I)
    if re.search(r"\.(?:pdf|docx?|xlsx?|zip|rar|pptx?|csv)\b", block.html, re.I) or block.kind not in ("text", "heading"):
        return False
    before = blocks[number - 1] if number else None
    after = blocks[number + 1] if number + 1 < len(blocks) else None
    marked = before is not None and bool(phrases.SOFT_END.fullmatch(before.text))
    row = any(b is not None and b.linked > 0.85 and b.kind in ("text", "heading") for b in (before, after))
    return marked or row or bool(re.match(r"(?:>>|»|>|xem thêm|đọc thêm|\[)", block.text, re.I)) or not any(b.is_prose for b in blocks[number + 1 :]) and len(block.text) > 25


def _tail(blocks: list[Block], found: Facts) -> tuple[list[Block], bool]:
    """Take author, source and date from the end; True where the author was a bare name."""
    end, bare, taken = len(blocks), False, 0
    kept_after: list[Block] = []
    author_found = bool(found.author)
    while end and taken < 8:
        block = blocks[end - 1]
        if block.kind == "picture":
            if not any(b.is_prose for b in blocks[:end]):
                break
            kept_after.insert(0, block)
            end -= 1
            continue
        text = block.text
        if block.kind != "text" and not (block.kind == "heading" and len(text) < 60) or block.role == "caption":
            break
        said = block.facts
        if said is not None:
            if said.published and not (said.author or said.source) and not re.match(r"\D*(?:đăng|cập|ngày đăng)", text, re.I) and not (found.published is None and end == len(blocks)):
                said.published = None
            found.take(said)
            bare = bare and not said.author
        elif block.is_chrome:
            pass
        elif not found.author and not author_found and _signed(blocks, end - 1):
            found.author, bare = phrases.clean_name(text), not block.style
        elif found.author and scope.key(phrases.clean_name(text)) == scope.key(found.author):
            pass  # said twice
        elif len(text) < 50 and not block.is_prose and taken < 2 and end > 1 and (said := blocks[end - 2].facts) and (said.author or said.source):
            pass  # a button nobody knows, below the author
        else:
            break
        end -= 1
        taken += 1
    tail = [b for b in kept_after if b.kind == "picture"]
    return blocks[:end] + tail, bare


def _signed(blocks: list[Block], at: int) -> bool:
    """Whether a bare last line is the name of the author, not of one who signed a document, nor a caption."""
    block = blocks[at]
    before = blocks[at - 1] if at else None
    if not phrases.is_name(block.text) or before is None or len(block.text) > 60:
        return False
    if before.kind == "picture" or block.cell and before.cell == block.cell and before.kind == "picture":
        return False
    if before.kind == "text" and (before.text.isupper() and len(before.text) < 120 or re.match(r"\(?\s*(?:đã ký|ký tên|ký thay|tm\.|kt\.|tl\.|nơi nhận)", before.text, re.I)):
        return False
    if before.kind == "text" and len(before.text) < 40 and phrases.is_name(before.text) and not before.style & block.style:
        return False  # a list of names
    return any(b.is_prose or b.kind in ("list", "table", "quote") for b in blocks[:at])


def _first_paragraph(body: list[Block]) -> tuple[Block | None, list[Block]]:
    """The first paragraph is the lead where nothing else says so, unless it is all there is."""
    for number, block in enumerate(body):
        if block.kind == "picture" or block.role == "caption":
            continue
        if block.kind == "text" and not block.is_prose and number < 3 and len(block.text) < 60 and not re.search(r"[:.;]$", block.text):
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
    words = sum(len(b.text) * (1 - b.linked) for b in body if b.kind != "picture") + len(lead)
    headlines = [b for b in body if b.linked > 0.8 and b.kind in ("heading", "text", "list") and len(b.text) > 20]
    prose = [b for b in body if b.is_prose or b.kind in ("table", "quote") or b.kind == "list" and b.linked < 0.5]
    links = sum(max(1, b.html.count("<li>")) for b in headlines)
    documents = any(re.search(r"\.(?:pdf|docx?|xlsx?|zip)\b", b.html, re.I) for b in body)
    dated = sum(bool(b.facts and b.facts.published) for b in body)
    page.listing = links >= 3 and links >= len(prose) + bool(lead) and not documents or dated >= 3 and dated * 4 >= len(body)
    if page.listing:
        return False
    if not titled and not prose:
        return False
    short = [b for b in body if b.kind == "text" and not b.is_prose and not b.caption]
    if not prose and not lead and len(short) >= 3:
        return False
    return words >= 80 and (bool(prose) or bool(lead)) or documents and titled or words >= 40 and titled and bool(prose or lead)


# --- dates and names --------------------------------------------------------------------------------


def _dated(article: Article, found: Facts, page: Page) -> None:
    article.modified = found.updated
    if article.date is None and found.updated is not None:
        article.date, article.modified = found.updated, None
        article.review.append(say("Date: the page says only when it was updated ({date}); it may have been published earlier.", date=article.date))
    if article.modified and article.date and article.modified.value.date() <= article.date.value.date():
        article.modified = None
    if article.date is not None:
        return
    words = article.lead + " " + " ".join(b.text for b in article.body[:3] if b.kind == "text")
    event = dates.event(article.lead) or dates.event(words)
    if event:
        article.supposed = event[0]
        article.review.append(say("Date: the page does not say when it was published. {date} is the day of what it tells of ({words}); it may have been published later.", date=f"{event[0]:%Y-%m-%d}", words=event[1]))
        return
    short = dates.short_event(article.lead) or dates.short_event(words)
    if short and page.year:
        try:
            article.supposed = datetime(page.year, short[1], short[0])
        except ValueError:
            short = None
        else:
            article.review.append(say("Date: the page does not say when it was published. Day and month are those of its text ({words}); the year {year} is that of the page's counter of visits ({counter}).", words=short[2], year=page.year, counter=page.year_from))
            return
    if short:
        article.review.append(say("Date: the page does not say when it was published; its text names {words}, without the year. Add a line date: … and make status published.", words=short[2]))
    else:
        article.review.append(say("Date: the page does not say when it was published. Add a line date: … and make status published."))


def _named(article: Article, bare: bool) -> None:
    if bare and article.author:
        article.review.append(say("Author: the last line of the page is only the name {name}.", name=article.author))
