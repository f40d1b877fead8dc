"""Where an article ends, and which lists of other news stand within it."""

from __future__ import annotations

from collections.abc import Sequence

from .blocks import MOST_LINKS, Block, Position
from .boilerplate import OTHER_NEWS, is_counter, is_imprint
from .names import is_name
from .other_articles import DOCUMENT
from .rules import Case, CaseTable
from .surroundings import BELOW, has_sentence, headline_of_teaser

LONGEST_HEADING = 90  # letters of the heading of a list of other news
SUBSTANTIAL = 60  # letters of a block that counts as text: before it nothing can end the article
HEADLINE_WORDS = 4  # of a linked headline
FEW_LINKS = 0.2  # share of letters of a paragraph that shows that the article goes on


def _heads_other_news(line: Position) -> bool:
    """Whether it heads a list of other news, and not a link or two between paragraphs."""
    if line.block.kind not in ("text", "heading", "list") or len(line.text) >= LONGEST_HEADING:
        return False
    return OTHER_NEWS.match(line.text) is not None


def _heads_links(line: Position) -> bool:
    """Whether it is a heading, and all that is below it are linked headlines and what stands beside such."""
    block = line.block
    is_heading = block.kind == "heading" or (block.kind == "text" and "bold" in block.style)
    if (
        not is_heading
        or block.labels
        or len(line.text) >= LONGEST_HEADING
        or line.text.endswith((".", ":", "!"))
        or is_name(line.text)
    ):
        return False
    if not line.following:
        return block.kind == "heading"
    links = [each for each in line.following if each.link_share > MOST_LINKS]
    if not any(len(each.text.split()) >= HEADLINE_WORDS for each in links):
        return False
    return not any(DOCUMENT.search(each.html) for each in line.following) and all(
        each.link_share > MOST_LINKS or each.kind == "picture" or each.is_boilerplate or each.labels
        for each in line.following
    )


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
            "heading with nothing but links below",
            True,
            _heads_links,
            "[prose]\n[prose]\n> [bold] Góc nhắn tin\n[link=1] Gửi lời nhắn tới ban chấp hành",
            "[prose]\n[prose]\n> [bold] Mẫu đơn\n[link=1 document] Mẫu đơn xin gia nhập hội",
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


def end_of_article(blocks: Sequence[Block]) -> int:
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
        has_text = has_text or (block.kind != "picture" and (len(block.text) > SUBSTANTIAL or has_sentence(block.text)))
        index += 1
    return len(blocks) - _imprints(blocks)


def _leave_out_list(blocks: Sequence[Block]) -> None:
    """Leave out a heading of other news and the links below it; a heading directly above the text stays."""
    for block in blocks if len(blocks) > 1 else ():
        if not DOCUMENT.search(block.html):
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
