"""The body of an article: which blocks below its header are its text, and where it ends."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto

from .article_end import end_of_article
from .blocks import MOST_LINKS, Block, Place, Position
from .boilerplate import READ_MORE, is_number
from .closing_lines import is_footnote, is_signature, take_credits
from .credits import LONGEST_CREDIT, read_role
from .metadata import Metadata
from .names import clean_name, is_name
from .other_articles import MOSTLY_LINK, OTHER_ARTICLES, heads_links, is_announced_link, is_boxed_teaser
from .rules import Case, CaseTable
from .sections import SECTION_ROLE
from .surroundings import BELOW, NOT_MARKED, has_sentence

LINKS = "links to other articles"
LONGEST_MARKED_CREDIT = 120  # letters of an author, a source or a date that its markup names
HEADLINE_WORDS = 4
LONG_ALT = 16  # letters of an `alt` text that describes a picture; icons have shorter ones
LINES_TO_SIGNATURE = 3  # lines between the last paragraph and the author
OWN_CLASSES = 60  # letters of Block.class_names that are of the element itself
SOME_LINKS = 0.3  # share of letters of a paragraph outside the marked text that may belong to it
_DATE_LABEL = re.compile(
    r"\W*(?:ngày đăng|đăng (?:ngày|lúc|tải|vào)|được đăng|cập nhật|xuất bản|ngày cập nhật|published|posted|updated)",
    re.I,
)
_OTHER_CLASS = re.compile(
    r"(?:^|[-_ ])(?:related?(?:-?(?:news|posts?|articles?))?|tin-?(?:khac|lien-?quan)|lien-?quan"
    r"|other-?news|read-?more)(?:$|[-_ ])"
)
_NOT_LINES = ("list", "table", "quote")
_TAG_LABEL = re.compile(r"^\W*(?:tags?|từ khóa|từ khoá)\s*:?", re.I)


class BodyBlock(Enum):
    """What becomes of a block above the end of the article."""

    TEXT = auto()
    LABELS = auto()  # it is no text; what it says about the article is read
    TAGS = auto()  # as LABELS, and without a label it is a list of tags
    DROP = auto()


@dataclass
class BodyPosition(Position):
    """A block above the end of the article. end: index of the end; last: the last block that was taken for text."""

    end: int
    last: Block | None

    @property
    def next_in_body(self) -> Block | None:
        """The block below, if the article has not ended there."""
        return self.blocks[self.index + 1] if self.index + 1 < self.end else None

    @property
    def is_picture_of_article(self) -> bool:
        """Whether a picture is in the marked text, or captioned and above it."""
        if self.block.in_body or not any(b.in_body for b in self.blocks):
            return True
        has_caption = self.next_in_body is not None and self.next_in_body.role == "caption"
        if not has_caption and len(self.text) < LONG_ALT:
            return False
        return not any(b.in_body for b in self.blocks[: self.index])

    @property
    def announces_links(self) -> bool:
        """Whether it is a line such as "Xem thêm" above a link."""
        below = self.next_in_body
        if self.block.kind != "text" or below is None or below.link_share <= MOST_LINKS:
            return False
        return READ_MORE.fullmatch(self.text) is not None

    @property
    def is_dated(self) -> bool:
        """Whether it begins with the label of a date and has one."""
        if self.block.kind != "text" or not _DATE_LABEL.match(self.text) or self.labels is None:
            return False
        return bool(self.labels.published or self.labels.updated)

    @property
    def is_marked_credit(self) -> bool:
        """Whether its markup names it as author, source or date, and it reads like one."""
        if self.block.role not in ("author", "source", "date") or len(self.text) >= LONGEST_MARKED_CREDIT:
            return False
        return bool(self.labels or read_role(self.block))


# Hard conditions, first match wins.
BODY_BLOCK = CaseTable[BodyPosition, BodyBlock](
    "block of the body",
    otherwise=BodyBlock.TEXT,
    rules=(
        Case(
            "picture of the article",
            BodyBlock.TEXT,
            lambda b: b.block.kind == "picture" and b.is_picture_of_article,
            "> [picture outside] Bà con thu hoạch chè\n[prose]\n[prose]",
            "[prose]\n> [picture outside] Bà con thu hoạch chè\n[prose]",
        ),
        Case(
            "picture elsewhere on the page",
            BodyBlock.DROP,
            lambda b: b.block.kind == "picture",
            "[prose]\n> [picture outside] Nguồn: TTXVN\n[prose]",
            "[prose]\n> [picture] Nguồn: TTXVN\n[prose]",
        ),
        Case(
            "boilerplate",
            BodyBlock.DROP,
            lambda b: b.block.is_boilerplate and b.block.kind in ("text", "heading", "list"),
            "[prose]\n> Chia sẻ\n[prose]",
            "[prose]\n> [code] Chia sẻ\n[prose]",
        ),
        Case(
            "number beside labels",
            BodyBlock.DROP,
            lambda b: b.before is not None and b.before.reason == "labels" and is_number(b.text),
            "[prose]\nNgày đăng: 12/03/2019\n> 1.592\n[prose]",
            "[prose]\n> 1.592\n[prose]",
        ),
        Case(
            "class of other news",
            BodyBlock.DROP,
            lambda b: (
                b.block.kind in ("text", "heading", "list") and _OTHER_CLASS.search(b.block.class_names[:OWN_CLASSES])
            ),
            "[prose]\n> [class=related] Bàn giao nhà tình nghĩa\n[prose]",
            "[prose]\n> [class=title] Bàn giao nhà tình nghĩa\n[prose]",
        ),
        Case(
            "teaser in a box of its own",
            BodyBlock.DROP,
            lambda b: is_boxed_teaser(b),
            "[prose box=1]\n[link=1 box=2] Bàn giao nhà tình nghĩa\n> [prose box=2]\n[prose box=1]",
            "[prose box=1]\n[link=1 box=2] Bàn giao nhà tình nghĩa\n> [prose box=1]\n[prose box=1]",
        ),
        Case(
            "announcement of links",
            BodyBlock.DROP,
            lambda b: b.announces_links,
            "> Tin liên quan:\n[link=1] Bàn giao nhà tình nghĩa\n[prose]\n[prose]",
            "> Liên quan chặt chẽ:\n[link=1] Bàn giao nhà tình nghĩa\n[prose]\n[prose]",
        ),
        Case(
            "announcement with its link",
            BodyBlock.DROP,
            is_announced_link,
            "[prose]\n> [link=0.7] Xem thêm: Bàn giao nhà tình nghĩa\n[prose]",
            "[prose]\n> [link=0.7] Xem thêm ở Bàn giao nhà tình nghĩa\n[prose]",
        ),
        Case(
            LINKS,
            BodyBlock.DROP,
            lambda b: b.block.link_share > MOSTLY_LINK and OTHER_ARTICLES.decide(b),
            "[prose]\n> [link=1] Bàn giao nhà\n[link=1] Khai mạc giải\n[prose]",
            "[prose]\n> [link=0.6] Bàn giao nhà\n[link=1] Khai mạc giải\n[prose]",
        ),
        Case(
            "date with a label",
            BodyBlock.LABELS,
            lambda b: b.is_dated,
            "[prose]\n> Ngày đăng: 12/03/2019\n[prose]",
            "[prose]\n> Ngày đăng ký: 12/03/2019\n[prose]",
        ),
        Case(
            "caption of a picture",
            BodyBlock.TEXT,
            lambda b: b.block.role == "caption" and b.last is not None and b.last.kind == "picture",
            "[picture outside] Quang cảnh hội nghị\n> [role=caption outside] Lê Dũng\n[prose]\n[prose]",
            "[prose]\n> [role=caption outside] Lê Dũng\n[prose]\n[prose]",
        ),
        Case(
            NOT_MARKED,
            BodyBlock.LABELS,
            lambda b: not b.block.in_body and (not b.block.is_prose or b.block.link_share > SOME_LINKS),
            "[prose]\n> [outside] Giấy phép số 00/GP-TTĐT\n[prose]",
            "[prose]\n> [outside prose]\n[prose]",
        ),
        Case(
            "tags",
            BodyBlock.TAGS,
            lambda b: b.block.role == "tags" and b.block.kind in ("text", "list") and not has_sentence(b.text),
            "[prose]\n> [role=tags] chè, rừng\n[prose]",
            "[prose]\n> [role=tags quote] chè, rừng\n[prose]",
        ),
        Case(
            "section below the text by its markup",
            BodyBlock.DROP,
            lambda b: b.block.role == SECTION_ROLE and not any(has_sentence(each.text) for each in b.following),
            "[prose]\n[prose]\n> [role=section] Kinh tế",
            "[prose]\n> [role=section] Kinh tế\n[prose]",
        ),
        Case(
            "author, source or date by its markup",
            BodyBlock.LABELS,
            lambda b: b.is_marked_credit,
            "[prose]\n> [role=author] Lê Dũng\n[prose]\n[prose]",
            "[prose]\n> [role=author prose]\n[prose]\n[prose]",
        ),
    ),
)


def find_body(blocks: list[Block], found: Metadata) -> list[Block]:
    """Return the blocks of the article, and read what the others say about it.

    Args:
        blocks: everything below the header.
        found: what has been read about the article; completed here.

    Returns:
        The blocks of the text.
    """
    end = end_of_article(blocks)
    kept: list[Block] = []
    for index, block in enumerate(blocks[:end]):
        if block.place is not None:
            continue  # a list of other news between two paragraphs
        verdict, rule = BODY_BLOCK.ruling(BodyPosition(blocks, index, end, kept[-1] if kept else None))
        if verdict is BodyBlock.TEXT:
            kept.append(block)
        elif verdict is BodyBlock.DROP:
            block.leave_out(rule)
            if _may_be_prose(BodyPosition(blocks, index, end, None)):
                block.place = Place.DOUBT
            if rule == LINKS and kept and kept[-1] is blocks[index - 1] and heads_links(Position(blocks, index - 1)):
                kept.pop().leave_out(LINKS)
        else:
            _read_credit(block, verdict, rule, found)
    for block in blocks[end:]:
        block.leave_out(BELOW)
    _read_below(blocks[end:], found)
    return _without_last_lines(take_credits(_without_headlines(kept), found))


def _without_last_lines(blocks: list[Block]) -> list[Block]:
    """Return the blocks without headings that have nothing below them, and without a last line apart from the text."""
    kept = list(blocks)
    while len(kept) > 1 and kept[-1].kind == "heading" and kept[-2].kind != "picture":
        kept.pop().leave_out("heading with nothing below")
    is_below_text = len(kept) > 1 and kept[-1].kind == "text" and kept[-2].kind != "picture"
    if is_below_text and heads_links(Position(kept, len(kept) - 1)):
        last = kept.pop()
        last.leave_out(BELOW)
        last.place, last.reason = Place.DOUBT, "apart from the text"
    return kept


def _may_be_prose(line: BodyPosition) -> bool:
    """Whether only one hint, its class or its box, says that a paragraph that is left out is of another article."""
    block = line.block
    if block.is_boilerplate or block.link_share >= SOME_LINKS or not has_sentence(block.text):
        return False
    return (_OTHER_CLASS.search(block.class_names) is not None) != is_boxed_teaser(line)


def _read_credit(block: Block, verdict: BodyBlock, rule: str, found: Metadata) -> None:
    """Read what a block that is no text says about the article into `found`."""
    credit = block.labels or read_role(block)
    if credit is None and verdict is BodyBlock.TAGS:
        credit = Metadata(tags=_split_tags(block.text))
    if credit is None and rule == NOT_MARKED and not found.author and _is_set_off_name(block):
        credit = Metadata(author=clean_name(block.text))
    if credit is None:
        block.leave_out(rule)
    else:
        found.fill_from(credit)
        block.take("labels")


def _is_set_off_name(block: Block) -> bool:
    """Whether a line below the marked text is a name that is set like a signature."""
    return block.kind == "text" and bool(block.style & {"right", "bold", "italic"}) and is_name(block.text)


def _split_tags(text: str) -> list[str]:
    return [tag.strip() for tag in re.split(r"[,;#]", _TAG_LABEL.sub("", text)) if tag.strip()]


def _read_below(blocks: list[Block], found: Metadata) -> None:
    """Read the author, the source and the tags below the end, up to the next paragraph."""
    for block in blocks:
        labels = block.labels if len(block.text) < LONGEST_CREDIT and block.link_share < MOST_LINKS else None
        if labels:
            found.fill_from(Metadata(author=labels.author, source=labels.source, tags=labels.tags))
        if block.is_prose:
            break


def _without_headlines(blocks: list[Block]) -> list[Block]:
    """Return the blocks without the headlines of other articles that follow the author and that nothing announces."""
    texts = (i for i, b in enumerate(blocks) if b.is_prose or has_sentence(b.text) or b.kind in _NOT_LINES)
    last = max(texts, default=-1)
    for index in range(last + 1, min(last + 1 + LINES_TO_SIGNATURE, len(blocks))):
        if not _names_author(blocks, index):
            continue
        below = blocks[index + 1 :]
        lines = [block for block in below if _may_be_headline(block)]
        if not lines or not all(len(b.text.split()) >= HEADLINE_WORDS and not is_name(b.text) for b in lines):
            return blocks
        for line in lines:
            line.leave_out(BELOW)
        return [*blocks[: index + 1], *(block for block in below if block not in lines)]
    return blocks


def _names_author(blocks: list[Block], index: int) -> bool:
    block = blocks[index]
    if block.kind != "text":
        return False
    return bool(block.labels.author) if block.labels else is_signature(blocks, index)


def _may_be_headline(block: Block) -> bool:
    return (
        block.kind in ("text", "heading")
        and not block.labels
        and not block.is_boilerplate
        and block.role != "caption"
        and not has_sentence(block.text)
        and not is_footnote(block.text)
    )
