"""The title where no markup shows it: copied text, pages of <div> only. It is a line above the first paragraph."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .blocks import Block, Position, comparison_key
from .boilerplate import MENU, breadcrumb_steps, is_breadcrumb, is_site_name
from .names import is_full_name
from .rules import Case, CaseTable, Rule, ScoreTable
from .surroundings import has_sentence
from .title_candidates import TITLE_LINKS, has_byline_below
from .titles import Ranked

SHORTEST_HEADLINE = 12  # letters of a title that no markup shows
LONGEST_HEADLINE = 350  # letters
LONGEST_SENTENCE = 140  # letters of a headline that ends like a sentence
LONGEST_HEADER = 200  # blocks above the first paragraph, menus and counters among them
REPEATED_WITHIN = 40  # blocks of text in which a title may be repeated, as in a caption of the first picture
MENU_ITEMS = 3  # so many items of menus in a line make it one
HEADLINE_MARGIN = 1.0  # the same for lines that no markup shows; right ones are by 1.9 and more
_LIST_ITEM = re.compile(r"[-•*+◦▪‣]\s")


@dataclass
class HeaderLine(Position):
    """A line above the first paragraph, which may be the title.

    header: the blocks above the first paragraph; breadcrumb: its steps, if there is one; keys: comparison keys of the
    header and the beginning of the text.
    """

    header: Sequence[Block]
    breadcrumb: Sequence[str]
    keys: Sequence[str]

    @property
    def has_byline_below(self) -> bool:
        """See the function."""
        return has_byline_below(self.blocks, self.index)

    @property
    def is_page_title(self) -> bool:
        """Whether it is another line with the site's name behind it, as the tab of a browser shows it."""
        return any(_has_site_name_behind(self.text, each.text) for each in self.header if each is not self.block)


# Hard conditions, as in NOT_A_TITLE.
NOT_A_HEADLINE = CaseTable[HeaderLine, bool](
    "not a headline",
    otherwise=False,
    rules=(
        Case(
            "table, list or picture",
            True,
            lambda c: c.block.kind not in ("text", "heading"),
            "> [list] Giải bóng chuyền hơi người cao tuổi\n[prose]",
            "> Giải bóng chuyền hơi người cao tuổi\n[prose]",
        ),
        Case(
            "too short or too long",
            True,
            lambda c: not SHORTEST_HEADLINE <= len(c.text) <= LONGEST_HEADLINE,
            "> Giải đấu\n[prose]\nGiải đấu",
            "> Giải bóng chuyền\n[prose]",
        ),
        Case(
            "caption",
            True,
            lambda c: c.block.role == "caption",
            "> [role=caption] Quang cảnh giải bóng chuyền\n[prose]",
            "> Quang cảnh giải bóng chuyền\n[prose]",
        ),
        Case(
            "item of a list",
            True,
            lambda c: _LIST_ITEM.match(c.text),
            "> - Giải bóng chuyền hơi người cao tuổi\n[prose]",
            "> -Giải bóng chuyền hơi người cao tuổi\n[prose]",
        ),
        Case(
            "boilerplate",
            True,
            lambda c: c.block.is_boilerplate,
            "> Chia sẻ bài viết lên facebook\n[prose]",
            "> Chia sẻ khó khăn với bà con vùng lũ\n[prose]",
        ),
        Case(
            "labels",
            True,
            lambda c: c.block.labels,
            "> Ngày đăng: 12/03/2019 | Tác giả: Lê Dũng\n[prose]",
            "> Ngày đăng ký cuối cùng: hết tháng này\n[prose]",
        ),
        Case(
            "breadcrumb",
            True,
            lambda c: is_breadcrumb(c.text),
            "> Thể thao › Bóng chuyền hơi\n[prose]",
            "> Thể thao, bóng chuyền hơi\n[prose]",
        ),
        Case(
            "link",
            True,
            lambda c: c.block.link_share > TITLE_LINKS,
            "> [link=1] Giải bóng chuyền hơi người cao tuổi\n[prose]",
            "> [link=0.5] Giải bóng chuyền hơi người cao tuổi\n[prose]",
        ),
        Case(
            "title with the name of the site behind it",
            True,
            lambda c: c.is_page_title,
            "> Giải bóng chuyền hơi người cao tuổi - Cổng thông tin điện tử tỉnh Vân Sơn\n"
            "Giải bóng chuyền hơi người cao tuổi\n[prose]",
            "> Giải bóng chuyền hơi người cao tuổi - niềm vui tuổi già\nGiải bóng chuyền hơi người cao tuổi\n[prose]",
        ),
    ),
)
HEADLINE_POINTS = ScoreTable[HeaderLine](
    "headline",
    threshold=0.3,
    rules=(
        Rule(
            "by-line below",
            2,
            lambda c: c.has_byline_below,
            "> Khai mạc giải bóng chuyền\nLê Dũng - 12/03/2019\nBà con các xã vùng cao thi đua lao động "
            "sản xuất\n[prose]",
            "> Khai mạc giải bóng chuyền\nBà con các xã vùng cao thi đua lao động sản xuất\n[prose]",
        ),
        Rule(
            "heading",
            3,
            lambda c: c.block.level > 0,
            "Lớp học trong bản Nà Lặc vào những buổi tối mùa đông\n> [heading=2] Thư viện trên núi\n[prose]",
            "Lớp học trong bản Nà Lặc vào những buổi tối mùa đông\n> Thư viện trên núi\n[prose]",
        ),
        Rule(
            "length",  # headlines are the longest lines above a text; one point for 40 letters, three at most
            1,
            lambda c: min(len(c.text), 120) / 40,
            "> Hội nghị sơ kết phong trào thi đua khối các cơ quan\nHoạt động của tỉnh\n[prose]",
        ),
        Rule(
            "repeated on the page",
            1.5,
            lambda c: c.keys.count(comparison_key(c.text)) > 1,
            "> Khai mạc giải bóng chuyền\nBà con các xã vùng cao thi đua lao động sản xuất\n[prose]\nKhai mạc giải "
            "bóng chuyền",
            "> Khai mạc giải bóng chuyền\n[prose]",
        ),
        Rule(
            "name of the site",
            -3,
            lambda c: is_site_name(c.text),
            "> Cổng thông tin điện tử tỉnh Vân Sơn\nKhai mạc giải bóng chuyền\n[prose]",
            "> Cổng thông tin điện tử tỉnh Vân Sơn được nâng cấp\nKhai mạc giải bóng chuyền\n[prose]",
        ),
        Rule(
            "name of a person",
            -3,
            lambda c: is_full_name(c.text),
            "> Khổng Thị Minh Nguyệt\nCụ bà giữ cây đa\n[prose]",
            "> Khổng Thị Minh giữ cây đa\nCụ bà Minh\n[prose]",
        ),
        Rule(
            "last step of the breadcrumb",
            4,
            lambda c: bool(c.breadcrumb) and comparison_key(c.breadcrumb[-1]) == comparison_key(c.text),
            "Trang chủ › Tin tức › Khai mạc giải bóng chuyền\n> Khai mạc giải bóng chuyền\n"
            "Hội nghị sơ kết phong trào thi đua khối các cơ quan\n[prose]",
            "Trang chủ › Tin tức › Thể thao\n> Khai mạc giải bóng chuyền\n[prose]",
        ),
        Rule(
            "menu",
            -5,
            lambda c: len(MENU.findall(c.text)) >= MENU_ITEMS and not c.text.endswith((".", "!", "?")),
            "> Giới thiệu Tin tức Văn bản Hỏi đáp của toàn tỉnh\nKhai mạc giải bóng chuyền\n[prose]",
            "> Văn bản mới của tỉnh\nKhai mạc giải bóng chuyền\n[prose]",
        ),
    ),
)


def find_headline(blocks: Sequence[Block]) -> int | None:
    """Return the index of the block that reads like a title, where no markup says so, or None; see rank_headlines."""
    ranking = rank_headlines(blocks)
    return ranking[0].index if ranking else None


def rank_headlines(blocks: Sequence[Block]) -> list[Ranked]:
    """Return the blocks that read like a title, where no markup says so, best first.

    The best is the longest line above the first paragraph that is no label, button, menu or name of an authority; or
    that paragraph itself, if it is one sentence with a by-line below, or with nothing above it.
    """
    end = next((index for index, block in enumerate(blocks) if _begins_text(block)), len(blocks))
    end = min(end, LONGEST_HEADER)
    header = blocks[: end + 1] if end < len(blocks) and _may_be_headline(blocks, end) else blocks[:end]
    breadcrumb = next((breadcrumb_steps(b.text) for b in blocks[: end + 1] if is_breadcrumb(b.text)), [])
    keys = [comparison_key(block.text) for block in blocks[: end + REPEATED_WITHIN]]
    lines = [HeaderLine(blocks, index, header, breadcrumb, keys) for index in range(len(header))]
    scores = [Ranked(line.index, HEADLINE_POINTS.score(line)) for line in lines if not NOT_A_HEADLINE.decide(line)]
    above = [each for each in scores if each.index < end]
    if len(header) > end and not lines[end].has_byline_below and (above or lines[end].text.endswith(".")):
        scores = above  # the first paragraph is the title only if nothing else can be
    good = [each for each in scores if each.score >= HEADLINE_POINTS.threshold]
    return sorted(good, key=lambda each: (-each.score, -each.index))  # of equals what is nearest to the text


def _may_be_headline(blocks: Sequence[Block], index: int) -> bool:
    """Return whether the first paragraph is one sentence, as headlines are, and the text goes on below."""
    block = blocks[index]
    if block.kind != "text" or len(block.text) > LONGEST_SENTENCE or block.text.endswith((":", ";")):
        return False
    if re.search(r"[.!?…]\s+\S", block.text) or block.role == "lead":
        return False
    return sum(each.is_prose for each in blocks[index + 1 :]) > 1


def _begins_text(block: Block) -> bool:
    if block.is_boilerplate or block.labels or is_breadcrumb(block.text):
        return False
    return block.is_prose or (block.kind == "text" and not block.link_share and has_sentence(block.text))


def _has_site_name_behind(text: str, title: str) -> bool:
    """Return whether a text is a title with the name of the site behind it."""
    return (
        len(title) >= SHORTEST_HEADLINE
        and len(text) > len(title)
        and text.startswith(title)
        and is_site_name(text[len(title) :].strip(" -–—|:»"))
    )
