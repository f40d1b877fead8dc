"""The header of an article: labels, buttons and a marked lead between its title and its text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from . import dates
from .blocks import MOST_LINKS, ONLY_LINKS, Block, Place, Position
from .boilerplate import is_breadcrumb, is_number
from .credits import read_credits
from .metadata import Metadata
from .names import clean_name, is_name
from .rules import Case, CaseTable
from .surroundings import has_sentence

LONGEST_LEAD = 1200  # letters
SHORTEST_LEAD = 40  # letters of a lead that only its style shows; shorter bold lines are subheadings
LONG_HEADING = 80  # letters; a longer heading is a lead that some templates set as <h2>
LONGEST_HEADER = 14  # blocks between title and text; labels in separate elements fill ten
LONGEST_BREADCRUMB = 160  # letters
SHORT_LINE = 60  # letters of an unknown line between labels
SHORTEST_LINE = 30  # letters; whatever is shorter above the text is a category or a button
MENU_ABOVE = 4  # blocks below the title in which a list of links is a toolbar
MENU_LINKS = 0.6  # share of letters; the items of a toolbar have counters beside their links
LONGEST_CRUMB = 40  # letters of a linked section above the title; longer links are headlines
LABELS_BELOW = 3  # blocks in which labels follow an unknown line between labels
MOST_SEGMENTS = 3  # parts of a line beside its date; a menu has more
LINES_ABOVE_TITLE = 3  # lines above the title that are read; farther up, a date is today's, on every page of a portal
_DATE_CLASS = re.compile(r"date|time|ngay|meta|info|publish|gio")
_CLOCK_CLASS = re.compile(r"\b(?:now|today|clock|hom-?nay|current)\b")


class HeaderBlock(Enum):
    """What becomes of a block below the title."""

    TEXT = auto()  # the text begins here
    KEEP = auto()  # a picture or a caption of the text; the header goes on below it
    LEAD = auto()
    MORE_LEAD = auto()  # one more paragraph of the lead
    LABELS = auto()  # what it says about the article is read
    AUTHOR = auto()  # it is a name, and only its place beside the date says that it is the author's
    DROP = auto()


@dataclass
class HeaderPosition(Position):
    """A block below the title. lead: the lead, if it is above; has_kept: whether a picture is above."""

    lead: Block | None
    has_kept: bool

    @property
    def is_line(self) -> bool:
        """Whether it is a line of text that is no caption."""
        return self.block.kind in ("text", "heading") and self.block.role != "caption"

    @property
    def is_short_line_of_copy(self) -> bool:
        """Whether it is a short line between labels and a paragraph of a text without markup: a button or a section."""
        block = self.block
        if not block.is_copied or self.lead is not None or block.kind != "text" or len(self.text) >= SHORTEST_LINE:
            return False
        is_below_labels = any(each.labels for each in self.blocks[: self.index])
        return is_below_labels and self.text[-1].isalnum() and any(each.is_prose for each in self.following[:2])

    @property
    def is_name_beside_date(self) -> bool:
        """Whether it is nothing but a person's name, beside the date, or set off directly below the title."""
        if not self.is_line or len(self.text.split()) < 2 or not is_name(self.text):
            return False
        if self.index == 0 and (self.block.style & {"bold", "italic"} or self.is_above_text):
            return True
        beside = [each.labels for each in (self.before, self.after) if each is not None]
        return any(each.published and not each.author for each in beside if each)

    @property
    def is_above_text(self) -> bool:
        """Whether a paragraph is below it, or nothing but buttons is between them."""
        below = next((block for block in self.following if not block.is_boilerplate), None)
        return below is not None and below.is_prose

    @property
    def is_first_paragraph(self) -> bool:
        """Whether it is a paragraph without anything that marks it as the lead."""
        block = self.block
        return (
            block.is_prose and not block.role and not self.labels and self.lead is None and not self.is_styled_as_lead
        )

    @property
    def is_styled_as_lead(self) -> bool:
        """Whether it is a paragraph in bold or italics, or a long heading, above plain paragraphs."""
        block = self.block
        is_styled = block.style & {"bold", "italic"} or (
            block.kind == "heading" and (len(block.text) > LONG_HEADING or has_sentence(block.text))
        )
        if not is_styled or not SHORTEST_LEAD <= len(block.text) <= LONGEST_LEAD:
            return False
        paragraph = next((b for b in self.following if b.is_prose), None)
        return len(block.text) > LONG_HEADING if paragraph is None else "bold" not in paragraph.style


# Hard conditions, first match wins. The order follows a page from top to bottom: what ends the header comes first.
HEADER_BLOCK = CaseTable[HeaderPosition, HeaderBlock](
    "block below the title",
    otherwise=HeaderBlock.TEXT,
    rules=(
        Case(
            "far below the title",
            HeaderBlock.TEXT,
            lambda b: b.index >= LONGEST_HEADER,
            "In trang\n" * LONGEST_HEADER + "> Ngày đăng: 12/03/2019\n[prose]\n[prose]",
            "In trang\n" * 9 + "> Ngày đăng: 12/03/2019\n[prose]\n[prose]",
        ),
        Case(
            "first paragraph",
            HeaderBlock.TEXT,
            lambda b: b.is_first_paragraph,
            "> Bà con xã Tả Sin đã trồng xong hơn hai trăm ha rừng gỗ;\nNgày đăng: 12/03/2019\n[prose]",
            "> [prose bold]\n[prose]",
        ),
        Case(
            "list or table of labels",
            HeaderBlock.LABELS,
            lambda b: (
                b.block.kind in ("list", "table")
                and b.labels is not None
                and bool(b.labels.published or b.labels.updated or b.labels.author)
            ),
            "> [list=2] Ngày đăng: 12/03/2019 | Tác giả: Lê Dũng\n[prose]\n[prose]",
            "> [list=2] Ngày họp: 12/03/2019 | Chủ trì: Lê Dũng\n[prose]\n[prose]",
        ),
        Case(
            "menu or toolbar",
            HeaderBlock.DROP,
            lambda b: (
                b.block.kind == "list"
                and (
                    b.block.is_boilerplate
                    or (b.block.link_share > MENU_LINKS and b.lead is None and b.index < MENU_ABOVE)
                )
            ),
            "> [list=2 link=1] Báo nói, Bản đọc\n[prose]\n[prose]",
            "> [list=2] Báo nói, Bản đọc\n[prose]\n[prose]",
        ),
        Case(
            "picture or caption",
            HeaderBlock.KEEP,
            lambda b: b.block.kind == "picture" or b.block.role == "caption",
            "> [picture] Quang cảnh\nNgày đăng: 12/03/2019\n[prose]\n[prose]",
            "> [table] Quang cảnh\nNgày đăng: 12/03/2019\n[prose]\n[prose]",
        ),
        Case(
            "table, quotation or list of the text",
            HeaderBlock.TEXT,
            lambda b: b.block.kind not in ("text", "heading"),
            "> [quote role=lead prose]\n[prose]\n[prose]",
            "> [role=lead prose]\n[prose]\n[prose]",
        ),
        Case(
            "boilerplate",
            HeaderBlock.DROP,
            lambda b: b.block.is_boilerplate,
            "> In trang\n[bold prose]\n[prose]",
            "> Trang in đẹp\n[bold prose]\n[prose]",
        ),
        Case(
            "number alone",
            HeaderBlock.DROP,
            lambda b: b.block.kind == "text" and is_number(b.text),
            "> 1.592\n[bold prose]\n[prose]",
            "> 1.592 ha\n[bold prose]\n[prose]",
        ),
        Case(
            "labels",
            HeaderBlock.LABELS,
            lambda b: read_credits(b.block),
            "> Ngày đăng: 12/03/2019\n[prose]\n[prose]",
            "> Ngày đăng ký: 12/03/2019\n[prose]\n[prose]",
        ),
        Case(
            "breadcrumb",
            HeaderBlock.DROP,
            lambda b: len(b.text) < LONGEST_BREADCRUMB and is_breadcrumb(b.text),
            "> Trang chủ › Tin tức › Kinh tế › Nông nghiệp\n[prose]\n[prose]",
            "> Trang chủ mới có ba chuyên mục về nông nghiệp\n[prose]\n[prose]",
        ),
        Case(
            "name beside the date",
            HeaderBlock.AUTHOR,
            lambda b: b.is_name_beside_date,
            "> Lê Dũng\n12/03/2019 08:15\n[prose]\n[prose]",
            "In trang\n> Lê Dũng\n[prose]\n[prose]",
        ),
        Case(
            "tags",
            HeaderBlock.DROP,
            lambda b: b.block.role == "tags" and not has_sentence(b.text),
            "> [role=tags] trồng rừng, giảm nghèo bền vững\n[prose]\n[prose]",
            "> trồng rừng, giảm nghèo bền vững\n[prose]\n[prose]",
        ),
        Case(
            "text below a picture",
            HeaderBlock.TEXT,
            lambda b: b.has_kept,
            "[picture]\n> [role=lead prose]\n[prose]\n[prose]",
            "> [role=lead prose]\n[prose]\n[prose]",
        ),
        Case(
            "lead",
            HeaderBlock.LEAD,
            lambda b: b.lead is None and (b.block.role == "lead" or b.is_styled_as_lead),
            "> [bold prose]\n[prose]\n[prose]",
            "> [prose]\n[prose]\n[prose]",
        ),
        Case(
            "second paragraph of the lead",
            HeaderBlock.MORE_LEAD,
            lambda b: b.lead is not None and b.block.role == "lead" and b.block.is_prose,
            "[role=lead prose]\n> [role=lead prose]\n[prose]\n[prose]",
            "[role=lead prose]\n> [prose]\n[prose]\n[prose]",
        ),
        Case(
            "unknown line between labels",
            HeaderBlock.DROP,
            lambda b: (
                b.block.kind in ("text", "heading")
                and (b.block.kind == "text" or b.block.link_share <= MOST_LINKS)
                and len(b.text) < SHORT_LINE
                and not b.text.endswith((".", "!", "?"))
                and any(each.labels for each in b.following[:LABELS_BELOW])
            ),
            "> Nghe bài này\nNgày đăng: 12/03/2019\n[prose]\n[prose]",
            "> Nghe bài này\n[prose]\n[prose]",
        ),
        Case(
            "short line below the labels of a copied text",
            HeaderBlock.DROP,
            lambda b: b.is_short_line_of_copy,
            "Ngày đăng: 12/03/2019\n> [copied] Một vùng chè\n[prose]\n[prose]",
            "Ngày đăng: 12/03/2019\n> Một vùng chè\n[prose]\n[prose]",
        ),
        Case(
            "text below the lead, or in the marked text",
            HeaderBlock.TEXT,
            lambda b: b.lead is not None or b.block.in_body,
            "> Một mùa chè mới\n[prose]\n[prose]",
            "> [outside] Một mùa chè mới\n[prose]\n[prose]",
        ),
        Case(
            "unknown link or button",
            HeaderBlock.DROP,
            lambda b: b.block.link_share > MOST_LINKS or len(b.text) < SHORTEST_LINE,
            "> [outside] Nông nghiệp\nNgày đăng: 12/03/2019, sửa lại bản tin đã đăng hôm qua\n[prose]\n[prose]",
            "> [outside] Nông nghiệp, nông thôn và nông dân của tỉnh\n[prose]\n[prose]",
        ),
    ),
)


def read_header(blocks: Sequence[Block], found: Metadata) -> tuple[Block | None, list[Block]]:
    """Separate the header of an article from its text.

    Args:
        blocks: everything below the title.
        found: what has been read about the article; completed here.

    Returns:
        The lead, if it is marked as such, and the blocks of the text.
    """
    lead: Block | None = None
    text: list[Block] = []
    for index, block in enumerate(blocks):
        verdict, rule = HEADER_BLOCK.ruling(HeaderPosition(blocks, index, lead, bool(text)))
        _note_byline(verdict, blocks[index - 1], text)
        if verdict is HeaderBlock.TEXT:
            text += blocks[index:]
            break
        if verdict is HeaderBlock.KEEP:
            text.append(block)
        elif verdict is HeaderBlock.LABELS:
            found.fill_from(read_credits(block) or Metadata())
            block.take("labels")
        elif verdict is HeaderBlock.AUTHOR and not found.author:
            found.author = clean_name(block.text)
            block.take("labels")
        elif verdict in (HeaderBlock.DROP, HeaderBlock.AUTHOR):
            _leave_out(block, rule)
        elif verdict is HeaderBlock.LEAD:
            lead = block
        elif verdict is HeaderBlock.MORE_LEAD and lead is not None:
            lead.text, lead.html = f"{lead.text} {block.text}", f"{lead.html} {block.html}"
            block.take("lead")
    if lead is not None and not lead.is_prose and len(lead.text) < SHORTEST_LEAD:
        return None, [lead, *text]
    return lead, text


def _note_byline(verdict: HeaderBlock, before: Block, text: Sequence[Block]) -> None:
    """Note of a picture that the author or the date is directly below it: an avatar, or one without a caption."""
    if verdict in (HeaderBlock.LABELS, HeaderBlock.AUTHOR) and text and text[-1] is before:
        before.is_in_byline = True


def _leave_out(block: Block, rule: str) -> None:
    """Leave a block out; a sentence that is no button is in doubt."""
    block.leave_out(rule)
    if has_sentence(block.text) and not block.is_boilerplate and block.link_share < MOST_LINKS:
        block.place = Place.DOUBT


def first_picture_above(blocks: Sequence[Block]) -> int:
    """Return the index of the first of the pictures directly above the title to which markup gives captions.

    Args:
        blocks: everything above the title.
    """
    index = len(blocks)
    while index and (blocks[index - 1].kind == "picture" or blocks[index - 1].role == "caption"):
        index -= 1
    return index if any(block.role == "caption" for block in blocks[index:]) else len(blocks)


def read_above_title(blocks: Sequence[Block]) -> Metadata:
    """Return what the lines just above the title say; a clock on the page is no date of the article.

    Args:
        blocks: everything above the title.
    """
    blocks = [block for block in blocks if block.kind != "picture" and block.role != "caption"]
    for index in range(len(blocks) - 1, max(-1, len(blocks) - 1 - LINES_ABOVE_TITLE), -1):
        block = blocks[index]
        found = read_credits(block)
        if found and (found.published or found.updated or found.author):
            if _CLOCK_CLASS.search(block.class_names) or block.segments.count(" | ") >= MOST_SEGMENTS:
                return Metadata()
            block.take("labels")
            is_marked = block.role or block.part_roles or block.segments or _DATE_CLASS.search(block.class_names)
            is_below_breadcrumb = any(is_breadcrumb(b.text) for b in blocks[max(0, index - LINES_ABOVE_TITLE) : index])
            found.is_unsure = not is_marked and not is_below_breadcrumb and dates.alone(block.text) is not None
            return found
        if block.kind != "text" or _is_headline_of_other_article(block):
            break
    return Metadata()


def _is_headline_of_other_article(block: Block) -> bool:
    return block.link_share > ONLY_LINKS and len(block.text) > LONGEST_CRUMB and not is_breadcrumb(block.text)


def without_page_header(blocks: list[Block]) -> list[Block]:
    """Return the blocks of a page without a title, from the first that is no boilerplate or breadcrumb."""
    for index, block in enumerate(blocks):
        if block.kind == "picture" or not (block.is_boilerplate or is_breadcrumb(block.text)):
            return blocks[index:]
        block.leave_out("boilerplate above the text")
    return []
