"""Links to other articles among the blocks of an article, and the teasers below them."""

from __future__ import annotations

import re
from collections import Counter

from .blocks import MOST_LINKS, Block, Position
from .boilerplate import READ_MORE
from .rules import Case, CaseTable
from .surroundings import has_sentence, headline_of_teaser

SHORTEST_HEADLINE = 25  # letters of a linked headline at the end; shorter links are documents and buttons
HEADLINE_WORDS = 5  # of a linked headline in a box of its own
LONGEST_HEADING = 60  # letters of a heading of links
NEAR = 200  # blocks around one in which the paragraphs of its article are
MOSTLY_LINK = 0.85  # share of letters of a headline of another article
DOCUMENT = re.compile(r"\.(?:pdf|docx?|xlsx?|zip|rar|pptx?|csv)\b", re.I)
_ARROW = re.compile(r"(?:>>|»|>|xem thêm|đọc thêm|\[)", re.I)


def _is_link_line(block: Block | None) -> bool:
    return block is not None and block.link_share > MOSTLY_LINK and block.kind in ("text", "heading")


def _reads_like_headline(text: str) -> bool:
    return len(text) > SHORTEST_HEADLINE or len(text.split()) >= HEADLINE_WORDS


def is_announced_link(line: Position) -> bool:
    """Whether it is a label such as "Xem thêm" and a link behind it that leads to no document."""
    label = READ_MORE.match(line.text)
    is_label = label is not None and label[0].rstrip().endswith((":", "…"))
    return is_label and line.block.link_share > MOST_LINKS and not DOCUMENT.search(line.block.html)


def heads_links(line: Position) -> bool:
    """Whether a short line stands directly above a link to another article, apart from the text."""
    if line.block.kind not in ("text", "heading") or len(line.text) > LONGEST_HEADING or has_sentence(line.text):
        return False
    return line.block.role != "caption" and is_in_own_box(line)


def is_in_own_box(line: Position) -> bool:
    """Whether no other paragraph near it is in the same element, but two or more are together in another."""
    near = line.blocks[max(0, line.index - NEAR) : line.index + NEAR]
    paragraphs = (b for b in near if b.is_prose or (b.kind == "text" and has_sentence(b.text)))
    containers = Counter(b.container for b in paragraphs if b is not line.block)
    return line.block.container not in containers and any(count > 1 for count in containers.values())


def is_boxed_teaser(line: Position) -> bool:
    """Whether it is the only paragraph in an element, below the linked headline of another article."""
    if not has_sentence(line.text) or not line.block.container:
        return False
    headline = headline_of_teaser(line.blocks, line.index)
    return headline is not None and headline.link_share > MOSTLY_LINK and is_in_own_box(line)


# Hard conditions about a block of links, first match wins: does it lead to other articles?
OTHER_ARTICLES = CaseTable[Position, bool](
    "links to other articles",
    otherwise=False,
    rules=(
        Case(
            "documents",
            False,
            lambda line: DOCUMENT.search(line.block.html),
            "[prose]\n> [list=2 link=1 document] Kế hoạch, Phụ lục\n[prose]",
            "[prose]\n> [list=2 link=1] Kế hoạch, Phụ lục\n[prose]",
        ),
        Case(
            "list of links",
            True,
            lambda line: line.block.kind == "list" and line.block.html.count("<li>") >= 2,
            "[prose]\n> [list=2 link=1] Bàn giao nhà, Khai mạc giải\n[prose]",
            "[prose]\n> [list=1 link=1] Bàn giao nhà, Khai mạc giải\n[prose]",
        ),
        Case(
            "table, quotation or a single item",
            False,
            lambda line: line.block.kind not in ("text", "heading"),
            "[prose]\n> [list=1 link=1] Bàn giao nhà tình nghĩa cho gia đình chính sách",
            "[prose]\n> [link=1] Bàn giao nhà tình nghĩa cho gia đình chính sách",
        ),
        Case(
            "announced",
            True,
            lambda line: line.before is not None and READ_MORE.fullmatch(line.before.text),
            "Xem thêm:\n> [link=1] Bàn giao nhà tình nghĩa\n[prose]\n[prose]",
            "Mời xem:\n> [link=1] Bàn giao nhà tình nghĩa\n[prose]\n[prose]",
        ),
        Case(
            "one of several",
            True,
            lambda line: _is_link_line(line.before) or _is_link_line(line.after),
            "[prose]\n> [link=1] Bàn giao nhà\n[link=1] Khai mạc giải\n[prose]",
            "[prose]\n> [link=1] Bàn giao nhà\n[prose]\n[link=1] Khai mạc giải\n[prose]",
        ),
        Case(
            "arrow or bracket",
            True,
            lambda line: _ARROW.match(line.text),
            "[prose]\n> [link=1] >> Bàn giao nhà\n[prose]",
            "[prose]\n> [link=1] Bàn giao nhà\n[prose]",
        ),
        Case(
            "in a box of its own",
            True,
            lambda line: _reads_like_headline(line.text) and is_in_own_box(line),
            "[prose box=1]\n> [link=1 box=2] Bàn giao nhà tình nghĩa cho gia đình chính sách\n[prose "
            "box=1]\n[prose box=1]",
            "[prose box=1]\n> [link=1 box=1] Bàn giao nhà tình nghĩa cho gia đình chính sách\n[prose "
            "box=1]\n[prose box=1]",
        ),
        Case(
            "headline below the text",
            True,
            lambda line: len(line.text) > SHORTEST_HEADLINE and not any(b.is_prose for b in line.following),
            "[prose]\n[prose]\n> [link=1] Bàn giao nhà tình nghĩa cho gia đình chính sách",
            "[prose]\n[prose]\n> [link=1] Toàn văn báo cáo",
        ),
    ),
)
