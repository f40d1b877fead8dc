"""The body of an article: which blocks below its header are its text, and where it ends."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from .blocks import MOST_LINKS, Block, Position
from .boilerplate import OTHER_NEWS, READ_MORE, is_counter, is_imprint
from .credits import LONGEST_CREDIT, is_footnote, is_signature, read_role, take_credits
from .metadata import Metadata
from .names import is_name
from .rules import Case, CaseTable
from .surroundings import BELOW, NOT_MARKED, has_sentence, headline_of_teaser

LONGEST_HEADING = 90  # letters of the heading of a list of other news
SUBSTANTIAL = 60  # letters of a block that counts as text: before it nothing can end the article
LONGEST_MARKED_CREDIT = 120  # letters of an author, a source or a date that its markup names
SHORTEST_HEADLINE = 25  # letters of a linked headline at the end; shorter links are documents and buttons
HEADLINE_WORDS = 4
LONG_ALT = 16  # letters of an `alt` text that describes a picture; icons have shorter ones
LINES_TO_SIGNATURE = 3  # lines between the last paragraph and the author
NEAR = 200  # blocks around one in which the paragraphs of its article are
OWN_CLASSES = 60  # letters of Block.class_names that are of the element itself
MOSTLY_LINK = 0.85  # share of letters of a headline of another article
FEW_LINKS = 0.2  # share of letters of a paragraph that shows that the article goes on
SOME_LINKS = 0.3  # share of letters of a paragraph outside the marked text that may belong to it
_DATE_LABEL = re.compile(
    r"\W*(?:ngày đăng|đăng (?:ngày|lúc|tải|vào)|được đăng|cập nhật|xuất bản|ngày cập nhật|published|posted|updated)",
    re.I,
)
_OTHER_CLASS = re.compile(
    r"(?:^|[-_ ])(?:related?(?:-?(?:news|posts?|articles?))?|tin-?(?:khac|lien-?quan)|lien-?quan"
    r"|other-?news|read-?more)(?:$|[-_ ])"
)
_DOCUMENT = re.compile(r"\.(?:pdf|docx?|xlsx?|zip|rar|pptx?|csv)\b", re.I)
_ARROW = re.compile(r"(?:>>|»|>|xem thêm|đọc thêm|\[)", re.I)
_TAG_LABEL = re.compile(r"^\W*(?:tags?|từ khóa|từ khoá)\s*:?", re.I)


# --- where the article ends ---------------------------------------------------------------------------


def _heads_other_news(line: Position) -> bool:
    """Whether it heads a list of other news, and not a link or two between paragraphs."""
    if line.block.kind not in ("text", "heading", "list") or len(line.text) >= LONGEST_HEADING:
        return False
    return OTHER_NEWS.match(line.text) is not None


# Hard conditions: the first block to which one of them applies is below the article.
END_OF_ARTICLE = CaseTable[Position, bool](
    "end of the article",
    otherwise=False,
    rules=(
        Case(
            "heading of a list of other news",
            True,
            _heads_other_news,
            "[prose]\n[prose]\n> Các tin khác\n[link=1] Bàn giao nhà tình nghĩa",
            "[prose]\n[prose]\n> Các tin khác nhau về mùa màng\n[link=1] Bàn giao nhà tình nghĩa",
        ),
        Case(
            "counter of visits or ratings",
            True,
            lambda line: is_counter(line.text) and not any(b.is_prose and b.in_body for b in line.following),
            "[prose]\n[prose]\n> Hôm nay : 20.473\nLiên kết hữu ích",
            "[prose]\n[prose]\n> Lượt xem: 50\n[prose]",
        ),
    ),
)


def _end_of_article(blocks: Sequence[Block]) -> int:
    """Return the index of the first block below the article; lists of other news above it are left out."""
    has_text, index = False, 0
    while index < len(blocks):
        block = blocks[index]
        if has_text and END_OF_ARTICLE.decide(Position(blocks, index)):
            following = _continuation(blocks, index)
            if following is None:
                return index
            _leave_out_list(blocks[index:following])
            index = following
            continue
        has_text = has_text or (block.kind != "picture" and len(block.text) > SUBSTANTIAL)
        index += 1
    return len(blocks) - _imprints(blocks)


def _leave_out_list(blocks: Sequence[Block]) -> None:
    """Leave out a heading of other news and the links below it; a heading directly above the text stays."""
    for block in blocks if len(blocks) > 1 else ():
        if not _DOCUMENT.search(block.html):
            block.leave_out(BELOW if has_sentence(block.text) else "list of other news")


def _continuation(blocks: Sequence[Block], heading: int) -> int | None:
    """Return where the article goes on below the heading of a list of other news; None if it has ended there.

    It goes on with a paragraph that is in one element with those above the heading, and is no teaser in the list.
    """
    containers = {block.container for block in blocks[:heading] if block.is_prose}
    for index in range(heading + 1, len(blocks)):
        block = blocks[index]
        if not block.is_prose or not block.in_body or block.link_share >= FEW_LINKS or is_imprint(block.text):
            continue
        headline = headline_of_teaser(blocks, index)
        if block.container in containers and (headline is None or headline.container != block.container):
            while index - 1 > heading and _introduces(blocks[index - 1], block):
                index -= 1
            return index
    return None


def _introduces(block: Block, below: Block) -> bool:
    """Whether a block between a list of other news and a paragraph belongs to the paragraph."""
    is_heading = block.kind == "heading" or (block.kind == "text" and bool(block.style & {"bold"}))
    return (
        block.container == below.container
        and not block.link_share
        and not OTHER_NEWS.match(block.text)
        and (is_heading or block.kind in ("picture", "list", "table", "quote"))
    )


def _imprints(blocks: Sequence[Block]) -> int:
    """Return how many blocks at the end say only who makes the portal."""
    count = 0
    for block in reversed(blocks):
        if not (is_imprint(block.text) or block.is_boilerplate):
            break
        count += 1
    while count and not is_imprint(blocks[-count].text):
        count -= 1
    return count


# --- links to other articles --------------------------------------------------------------------------


def _is_link_line(block: Block | None) -> bool:
    return block is not None and block.link_share > MOSTLY_LINK and block.kind in ("text", "heading")


def is_in_own_box(line: Position) -> bool:
    """Whether no other paragraph near it is in the same element, but two or more are together in another."""
    near = line.blocks[max(0, line.index - NEAR) : line.index + NEAR]
    containers = Counter(b.container for b in near if b is not line.block and b.is_prose)
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
            lambda line: _DOCUMENT.search(line.block.html),
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
            lambda line: len(line.text) > SHORTEST_HEADLINE and is_in_own_box(line),
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


# --- every block of the body --------------------------------------------------------------------------


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
            "links to other articles",
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
            lambda b: b.block.role == "tags" and b.block.kind in ("text", "list"),
            "[prose]\n> [role=tags] chè, rừng\n[prose]",
            "[prose]\n> [role=tags quote] chè, rừng\n[prose]",
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


def find_body(blocks: list[Block], found: Metadata) -> tuple[list[Block], bool]:
    """Return the blocks of the article, and read what the others say about it.

    Args:
        blocks: everything below the header.
        found: what has been read about the article; completed here.

    Returns:
        The blocks of the text, and whether the author was a bare name without a label.
    """
    end = _end_of_article(blocks)
    kept: list[Block] = []
    for index, block in enumerate(blocks[:end]):
        if block.place is not None:
            continue  # a list of other news between two paragraphs
        verdict, rule = BODY_BLOCK.ruling(BodyPosition(blocks, index, end, kept[-1] if kept else None))
        if verdict is BodyBlock.TEXT:
            kept.append(block)
        elif verdict is BodyBlock.DROP:
            block.leave_out(rule)
        else:
            _read_credit(block, verdict, rule, found)
    for block in blocks[end:]:
        block.leave_out(BELOW)
    _read_below(blocks[end:], found)
    return take_credits(_without_headlines(kept), found)


def _read_credit(block: Block, verdict: BodyBlock, rule: str, found: Metadata) -> None:
    """Read what a block that is no text says about the article into `found`."""
    credit = block.labels or read_role(block)
    if credit is None and verdict is BodyBlock.TAGS:
        credit = Metadata(tags=_split_tags(block.text))
    if credit is None:
        block.leave_out(rule)
    else:
        found.fill_from(credit)
        block.take("labels")


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
    texts = (i for i, b in enumerate(blocks) if b.is_prose or b.kind in ("list", "table", "quote"))
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
