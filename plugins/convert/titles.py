"""The title of an article: which block of a page it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .article_area import prose_length
from .blocks import Block, comparison_key
from .boilerplate import (
    OTHER_NEWS,
    is_boilerplate,
    is_site_name,
    names_place,
)
from .labels import is_label
from .rules import Case, CaseTable, Rule, ScoreTable
from .surroundings import has_sentence
from .title_candidates import HOME_LINK, PROSE_AHEAD, SHORT_TITLE, TITLE_CLASS, TitleCandidate, has_byline_below

_ASIDE_CLASS = re.compile(
    r"(?:^|[-_ ])(?:breadcrumb|related|sidebar|side|other|footer|menu|lien-?quan|logo|brand|site-?name|site-?title)"
)
_SITE_PART = re.compile(r"\s+(?:[-–—|»›:]|::)\s+|\s*\|\s*|\s*::\s*|\s*»\s*")
SHORTEST_TITLE = 8  # letters
LONGEST_TITLE = 400  # letters; announcements have titles of three lines
LONG_PROSE = 500  # letters of prose; before a title there is at most a teaser
SHORTEST_PART = 4  # letters of a title that is a part of <title>: "Thư ngỏ"
SITE_PART = 12  # letters; a part of <title> that is shorter is a section or the name of the site


def title_hints(page_title: str) -> list[str]:
    """Return what in a page's <title> can be the headline, best first: all of it, or it without the site's name."""
    parts = [part.strip() for part in _SITE_PART.split(page_title) if part.strip()]
    good = [part for part in parts if not is_site_name(part) and len(part) >= SITE_PART]
    if not good and len(parts) > 1 and not is_site_name(parts[0]) and len(parts[0]) >= SHORTEST_PART:
        good = parts[:1]
    whole = [page_title] if not is_site_name(page_title) else []
    return list(dict.fromkeys([*whole, *sorted(good, key=len, reverse=True)]))


def title_parts(page_title: str) -> list[str]:
    """Return the parts of a page's <title>: the headline, and often the section and the name of the site."""
    return [part.strip() for part in re.split(r"\s*:\s+", page_title)] + _SITE_PART.split(page_title)


_NUMBERED = re.compile(r"(?:\d+|[IVX]+)[.)]\s")


# Hard conditions: whatever applies cannot be the title, however many points it would get.
NOT_A_TITLE = CaseTable[TitleCandidate, bool](
    "not a title",
    otherwise=False,
    rules=(
        Case(
            "table, list or picture",
            True,
            lambda c: c.block.kind not in ("heading", "text"),
            "> [list role=title] Hội nghị sơ kết công tác trồng rừng\n[prose]",
            "> [role=title] Hội nghị sơ kết công tác trồng rừng\n[prose]",
        ),
        Case(
            "too short or too long",
            True,
            lambda c: not SHORTEST_TITLE <= len(c.text) <= LONGEST_TITLE and c.hint_match != "equal",
            "> [heading=1] Bài báo\n[prose]",
            "> [heading=1] Một bài báo về mùa màng\n[prose]",
        ),
        Case(
            "boilerplate",
            True,
            lambda c: is_boilerplate(c.text),
            "> [heading=1] Chia sẻ bài viết lên facebook\n[prose]",
            "> [heading=1] Chia sẻ khó khăn với bà con vùng lũ\n[prose]",
        ),
        Case(
            "author or date",
            True,
            lambda c: c.block.labels is not None and c.hint_match != "equal",
            "> [heading=2] Tác giả: Lê Dũng\n[prose]",
            "@hint Tác giả: Lê Dũng\n> [heading=2] Tác giả: Lê Dũng\n[prose]",
        ),
        Case(
            "label without its value",
            True,
            lambda c: is_label(c.text) and c.hint_match != "equal",
            "> [heading=3] Người viết\n[prose]",
            "> [heading=3] Người viết sử xã\n[prose]",
        ),
        Case(
            "heading of a list of other news",
            True,
            lambda c: OTHER_NEWS.match(c.text),
            "> [heading=1] Các tin khác\n[prose]",
            "> [heading=1] Các tin khác nhau về mùa màng ở xã Tả Sin\n[prose]",
        ),
    ),
)

# Points were tuned by hand on the labelled pages of tests/convert. What matters is their order: the word of the markup
# or of the metadata outweighs the level of a heading, a level outweighs a class, and a site's name never wins.
TITLE_POINTS = ScoreTable[TitleCandidate](
    "title",
    threshold=13,
    rules=(
        Rule(
            "heading of level 1", 30, lambda c: c.block.level == 1, "> [heading=1] Giải bóng chuyền hơi người cao tuổi"
        ),
        Rule(
            "heading of level 2", 20, lambda c: c.block.level == 2, "> [heading=2] Giải bóng chuyền hơi người cao tuổi"
        ),
        Rule(
            "heading of level 3", 14, lambda c: c.block.level == 3, "> [heading=3] Giải bóng chuyền hơi người cao tuổi"
        ),
        Rule(
            "heading of a lower level",
            8,
            lambda c: c.block.level > 3,
            "> [heading=4] Giải bóng chuyền hơi người cao tuổi\n[prose]",
            "> [bold] Giải bóng chuyền hơi người cao tuổi\n[prose]",
        ),
        Rule(
            "paragraph in bold",
            5,
            lambda c: c.is_bold_text,
            "> [bold] Giải bóng chuyền hơi người cao tuổi\n[prose]",
            "> [heading=2 bold] Giải bóng chuyền hơi người cao tuổi\n[prose]",
        ),
        Rule(
            "prose follows",
            8,
            lambda c: any(c.prose[c.index + 1 : c.index + 1 + PROSE_AHEAD]),
            "> [bold] Giải bóng chuyền hơi người cao tuổi\nQuang cảnh\n[prose]",
            "> [heading=1] Giải bóng chuyền hơi người cao tuổi\nKhai mạc",
        ),
        Rule(
            "by-line below",
            8,
            lambda c: has_byline_below(c.blocks, c.index) and not has_sentence(c.text),
            "Chè Tả Sin được mùa năm thứ ba liên tiếp\n> Khai mạc giải bóng chuyền hơi\nLê Dũng - 12/03/2019\n[prose]",
            "> [bold] Khai mạc giải bóng chuyền hơi\n[prose]",
        ),
        Rule(
            "short",
            -8,
            lambda c: len(c.text) < SHORT_TITLE,
            "> [heading=3] Tin hoạt động",
            "> [heading=3] Tin hoạt động của Hội Nông dân",
        ),
        Rule(
            "markup names it the title",
            40,
            lambda c: c.block.role == "title",
            "> [role=title] Giải bóng chuyền hơi người cao tuổi",
            "> [heading=1 role=lead] Giải bóng chuyền hơi người cao tuổi",
        ),
        Rule(
            "class of a title",
            12,
            lambda c: c.block.role != "title" and TITLE_CLASS.search(c.own_classes) is not None,
            "> [class=tieu-de] Giải bóng chuyền hơi người cao tuổi\n[prose]",
            "> [heading=1 class=tin] Giải bóng chuyền hơi người cao tuổi\n[prose]",
        ),
        Rule(
            "metadata has the same title",
            40,
            lambda c: c.hint_match == "equal",
            "@hint Giải bóng chuyền hơi người cao tuổi\n> Giải bóng chuyền hơi người cao tuổi",
            "@hint Giải bóng chuyền hơi người cao tuổi\n> [heading=1] Giải bóng chuyền hơi",
        ),
        Rule(
            "metadata has a longer title",
            25,
            lambda c: c.hint_match == "part",
            "@hint Vân Sơn: Giải bóng chuyền hơi người cao tuổi\n> Giải bóng chuyền hơi người cao tuổi",
            "@hint Hội nghị sơ kết công tác trồng rừng\n> [heading=1] Giải bóng chuyền hơi người cao tuổi",
        ),
        Rule(
            "metadata has the beginning of the title",
            20,
            lambda c: c.hint_match == "start",
            "@hint Giải bóng chuyền hơi người cao…\n> Giải bóng chuyền hơi người cao tuổi",
            "@hint Giải bóng chuyền\n> [heading=1] Giải bóng chuyền hơi người cao tuổi",
        ),
        Rule(
            "link in a heading of level 1",
            -15,  # less than for others: on some portals the title links to its own page
            lambda c: c.is_link and c.block.level == 1,
            "> [heading=1 link=1] Tin hoạt động",
            "> [heading=1] Tin hoạt động",
        ),
        Rule(
            "link",
            -25,
            lambda c: c.is_link and c.block.level != 1,
            "> [heading=2 link=1] Giải bóng chuyền hơi người cao tuổi\n[prose]",
            "> [heading=2 link=0.5] Giải bóng chuyền hơi người cao tuổi\n[prose]",
        ),
        Rule(
            "name of the site",
            -40,
            lambda c: is_site_name(c.text) and names_place(c.text),
            "> [heading=1] Cổng thông tin điện tử tỉnh Vân Sơn\n[prose]",
            "> [heading=1] Cổng thông tin điện tử tỉnh Vân Sơn nâng cấp giao diện\n[prose]",
        ),
        Rule(
            "name of an authority without a place",
            -20,
            lambda c: is_site_name(c.text) and not names_place(c.text),
            "> [heading=1] Sở Giáo dục và Đào tạo",
            "> [heading=1] Sở Giáo dục và Đào tạo tỉnh Vân Sơn",
        ),
        Rule(
            "name of the site in its metadata",
            -80,
            lambda c: c.key in c.sites,
            "@site Mường Lò Xanh\n> [heading=1 role=title] Mường Lò Xanh\n[prose]",
            "@site Mường Lò Xanh\n> [heading=1 role=title] Mường Lò Xanh đón hai triệu khách\n[prose]",
        ),
        Rule(
            "link to the home page",
            -60,
            lambda c: c.is_link and HOME_LINK.search(c.block.html) is not None,
            "> [heading=1 role=title link=1 home] Mường Lò Xanh\n[prose]",
            "> [heading=1 role=title link=1 page] Mường Lò Xanh\n[prose]",
        ),
        Rule(
            "section above another heading",
            -60,
            lambda c: c.is_section,
            "@hint Tin hoạt động\n> [heading=2] Tin hoạt động\n[class=tieu-de] Giải bóng chuyền hơi người "
            "cao tuổi\n[prose]",
            "@hint Tủ sách đầu bản\n> [heading=2] Tủ sách đầu bản\n12/03/2019\n[prose]",
        ),
        Rule(
            "another heading with a by-line between it and the text",
            -60,
            lambda c: c.is_above_dated_heading,
            "@hint Hội Nông dân xã Cổ Linh\n> [heading=1] Hội Nông dân xã Cổ Linh\nQuỹ hỗ trợ\n"
            "[heading=1] Nuôi ốc nhồi trong ao sen ở Nà Mèo\n"
            "Lê Dũng | 12/03/2019\n[prose]",
            "> [heading=1] Nuôi ốc nhồi trong ao sen ở Nà Mèo\nLê Dũng | 12/03/2019\n[prose]\n"
            "[heading=1] Quỹ hỗ trợ nông dân",
        ),
        Rule(
            "reads like a paragraph",
            -20,
            lambda c: c.is_paragraph,
            "> [class=title bold] Sáng 12/5, các vận động viên đã có mặt từ sớm để khởi động cho ngày thi "
            "đấu.\n[prose]",
            "> [heading=2] Sáng 12/5, các vận động viên đã có mặt từ sớm để khởi động cho ngày thi đấu.\n[prose]",
        ),
        Rule(
            "class of a menu, a logo or other news",
            -30,
            lambda c: _ASIDE_CLASS.search(c.own_classes) is not None,
            "> [heading=1 class=logo] Vân Sơn, miền đất của chè\n",
            "> [heading=1 class=tin] Vân Sơn, miền đất của chè\n",
        ),
        Rule(
            "numbered heading within an article",
            -20,
            lambda c: not c.is_announced and _NUMBERED.match(c.text) is not None,
            "> [heading=2] 1. Kết quả đạt được sáu tháng đầu năm\n[prose]",
            "@hint 7. Kết quả đạt được sáu tháng đầu năm\n> [heading=2] 7. Kết quả đạt được sáu tháng đầu năm\n[prose]",
        ),
        Rule(
            "in the middle of an article",
            -15,
            lambda c: (
                not c.is_announced and c.block.level != 1 and c.prose_above > (0 if c.block.container else LONG_PROSE)
            ),
            "[prose long=600]\n> [heading=2] Kết quả đạt được sáu tháng đầu năm",
            "[prose]\n> [heading=2] Kết quả đạt được sáu tháng đầu năm",
        ),
    ),
)


def find_title(blocks: Sequence[Block], hints: Iterable[str], sites: Iterable[str] = ()) -> int | None:
    """Return the index of the block that is the article's title, or None; see rank_titles."""
    ranking = rank_titles(blocks, hints, sites)
    return ranking[0].index if ranking else None


@dataclass(frozen=True)
class Ranked:
    """A block that may be the title. index: of the block; score: its points."""

    index: int
    score: float


def rank_titles(blocks: Sequence[Block], hints: Iterable[str], sites: Iterable[str] = ()) -> list[Ranked]:
    """Return the blocks that can be the article's title by their markup, best first.

    Args:
        blocks: all blocks of the page.
        hints: what metadata calls the article, see title_hints.
        sites: what metadata calls the site.
    """
    names = frozenset(map(comparison_key, sites))
    keys = [key for key in map(comparison_key, hints) if len(key) >= SHORTEST_PART and key not in names]
    prose = [prose_length(block) for block in blocks]
    candidates = (TitleCandidate(blocks, index, keys, names, prose) for index in range(len(blocks)))
    scores = [Ranked(each.index, TITLE_POINTS.score(each)) for each in candidates if not NOT_A_TITLE.decide(each)]
    good = [each for each in scores if each.score >= TITLE_POINTS.threshold]
    return sorted(good, key=lambda each: -each.score)  # the first of equals first
