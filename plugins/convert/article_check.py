"""Whether a page is an article at all, and not a menu, a list of headlines or an empty page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from .blocks import MOST_LINKS, Block
from .boilerplate import is_imprint
from .rules import Case, CaseTable
from .surroundings import has_sentence

LEAST_TEXT = 80  # letters of an article, captions and links apart
LEAST_TITLED_TEXT = 40  # letters below a title: "Thông báo" with one sentence is an article
LITTLE_TEXT = 150  # letters; the shortest articles of the labelled pages have 183
FEWEST_HEADLINES = 3  # headlines, dates or short lines that make a list
HEADLINE_LINKS = 0.8  # share of letters; a date may be beside the headline
SHORTEST_HEADLINE = 21  # letters of a linked headline; shorter links are buttons
LONGEST_ERROR = 900  # letters of the text with which a server refuses a page
BEGINNING = 300  # letters in which it says so
_ERROR = re.compile(
    r"\b(?:404|403|500|502|503)\b.{0,40}(?:error|not found|forbidden|không tìm thấy|lỗi"
    r"|unavailable|bad gateway|truy cập)"
    r"|(?:error|lỗi)\s*:?\s*(?:404|403|500|502|503)\b|\b(?:page|file) (?:was )?not found|access (?:is )?denied"
    r"|(?:runtime|server|internal) error|database (?:connection|error)"
    r"|\b(?:warning|fatal error|notice): .{0,160}\bon line \d|service unavailable|under maintenance"
    r"|đang (?:được )?bảo trì"
    r"|không tìm thấy (?:trang|nội dung|bài viết|đường dẫn|dữ liệu)|(?:trang|bài viết|nội "
    r"dung|đường dẫn|liên kết)[^.]{0,60} không (?:còn )?tồn tại"
    r"|(?:cần|phải|vui lòng|hãy) đăng nhập|không có quyền (?:truy cập|xem)|please (?:log|sign) in",
    re.I,
)
_DOCUMENT = re.compile(r"\.(?:pdf|docx?|xlsx?|zip)\b", re.I)


@dataclass
class PageText:
    """What was found on a page.

    body: the blocks of the body; lead: its text; title: what the page calls itself; has_title: whether that is a
    headline on the page; is_dated: whether it says when it was published; asks_password: whether it asks for one.
    """

    body: Sequence[Block]
    lead: str
    has_title: bool
    title: str = ""
    is_dated: bool = False
    asks_password: bool = False

    @property
    def text(self) -> str:
        """The beginning of the body, to recognise the page by."""
        return self.lead or next((block.text for block in self.body), "")

    @property
    def beginning(self) -> str:
        """The title and the first words, in which a server says what went wrong."""
        return " ".join([self.title, self.lead, *(block.text for block in self.body[:2])])[:BEGINNING]

    @cached_property
    def length(self) -> float:
        """Letters of text outside links."""
        return sum(len(b.text) * (1 - b.link_share) for b in self.body if b.kind != "picture") + len(self.lead)

    @cached_property
    def paragraphs(self) -> int:
        """Number of paragraphs, tables, quotations and lists of text."""
        return sum(
            b.is_prose
            or b.kind in ("table", "quote")
            or (b.kind == "list" and b.link_share < MOST_LINKS)
            or _is_verse(b)
            for b in self.body
        )

    @cached_property
    def headlines(self) -> int:
        """Number of headlines that are links; each item of a list counts."""
        return sum(
            max(1, b.html.count("<li>"))
            for b in self.body
            if b.link_share > HEADLINE_LINKS
            and b.kind in ("heading", "text", "list")
            and len(b.text) >= SHORTEST_HEADLINE
        ) + sum(max(0, b.html.count("<tr>") - 1) for b in self.body if b.kind == "table" and b.link_share > MOST_LINKS)

    @cached_property
    def teasers(self) -> int:
        """Number of paragraphs below a heading that is a link, perhaps with a date between."""
        above = (
            next((b for b in reversed(self.body[:at]) if b.kind != "picture" and not b.labels), None)
            for at, block in enumerate(self.body)
            if _is_paragraph(block)
        )
        return sum(b is not None and b.kind == "heading" and b.link_share > HEADLINE_LINKS for b in above)

    @property
    def is_little(self) -> bool:
        """Whether it is so little text, without a date, that it may be what a portal says in place of an article."""
        return not self.is_dated and self.length < LITTLE_TEXT

    @cached_property
    def has_documents(self) -> bool:
        """Whether it links to documents."""
        return any(_DOCUMENT.search(block.html) for block in self.body)

    @cached_property
    def dates(self) -> int:
        """Number of lines with a date."""
        return sum(bool((labels := block.labels) and labels.published) for block in self.body)

    @cached_property
    def short_lines(self) -> int:
        """Number of lines that are neither paragraphs nor captions."""
        return sum(b.kind == "text" and not b.is_prose and not b.caption for b in self.body)

    @property
    def has_text(self) -> bool:
        """Whether there is a paragraph or a lead."""
        return bool(self.paragraphs or self.lead)


def _is_paragraph(block: Block) -> bool:
    return block.is_prose or (block.kind == "text" and has_sentence(block.text))


def _is_verse(block: Block) -> bool:
    return block.kind == "text" and "<br>" in block.html and not block.link_share and not is_imprint(block.text)


# Hard conditions: a page to which one of them applies is a list of headlines.
LISTING = CaseTable[PageText, bool](
    "list of headlines",
    otherwise=False,
    rules=(
        Case(
            "more headlines than paragraphs",
            True,
            lambda page: (
                page.headlines >= max(FEWEST_HEADLINES, page.paragraphs + bool(page.lead)) and not page.has_documents
            ),
            "@title Tin trong tỉnh\n[heading=3 link=1] Bàn giao nhà tình nghĩa\n"
            "[heading=3 link=1] Khai mạc giải bóng chuyền\n[heading=3 link=1] Trồng rừng ở xã Tả Sin\n[prose]\n[prose]",
            "@title Tin trong tỉnh\n[prose]\n[prose]",
        ),
        Case(
            "every paragraph below a linked headline",
            True,
            lambda page: (
                page.teasers >= 2 and page.teasers == sum(map(_is_paragraph, page.body)) and not page.has_documents
            ),
            "@title Thủy lợi\n[heading=2 link=1] Nạo vét kênh\n01/03/2021\n[prose]\n[heading=2 link=1] Đập rò\n[prose]",
            "@title Thủy lợi\n[heading=2] Nạo vét kênh\n01/03/2021\n[prose]\n[heading=2 link=1] Đập rò\n[prose]",
        ),
        Case(
            "every entry has a date",
            True,
            lambda page: page.dates >= FEWEST_HEADLINES and page.dates * 4 >= len(page.body),
            "@title Tin trong tỉnh\n[prose]\n01/03/2021\n[prose]\n02/03/2021\n[prose]\n03/03/2021\n[prose]",
            "@title Tin trong tỉnh\n[prose]\n[prose]\n[prose]",
        ),
    ),
)

# Hard conditions, first match wins.
ARTICLE = CaseTable[PageText, bool](
    "article",
    otherwise=False,
    rules=(
        Case(
            "error of a server",
            False,
            lambda page: page.length < LONGEST_ERROR and not page.is_dated and _ERROR.search(page.beginning),
            "@title 404 - Không tìm thấy trang\n[prose]",
            "@title Không tìm thấy đường về bản\n[prose]",
        ),
        Case(
            "asks for a password",
            False,
            lambda page: page.length < LONGEST_ERROR and not page.is_dated and page.asks_password,
            "@title Trang nội bộ\n@password\n[prose]",
            "@title Trang nội bộ\n[prose]",
        ),
        Case(
            "neither title nor paragraphs",
            False,
            lambda page: not page.has_title and not page.paragraphs,
            "@lead Giải bóng chuyền hơi người cao tuổi thành công tốt đẹp, để lại nhiều ấn tượng trong lòng bà con.",
            "@title Giải bóng chuyền hơi\n[prose]",
        ),
        Case(
            "only short lines",
            False,
            lambda page: not page.has_text and page.short_lines >= FEWEST_HEADLINES,
            "@title Văn bản mới\n[document] Kế hoạch trồng rừng\nQuyết định khen thưởng\nLịch làm việc của tuần",
            "@title Văn bản mới\n[document] Kế hoạch trồng rừng",
        ),
        Case(
            "enough text",
            True,
            lambda page: page.length >= LEAST_TEXT and page.has_text,
            "[prose]\n[prose]",
            "@title Thông báo\n[quote] Nghỉ làm việc ngày mai do mất điện cả ngày",
        ),
        Case(
            "documents below a title",
            True,
            lambda page: page.has_documents and page.has_title,
            "@title Văn bản mới\n[document] Kế hoạch trồng rừng",
            "[document prose] Kế hoạch trồng rừng",
        ),
        Case(
            "a sentence below a title",
            True,
            lambda page: page.length >= LEAST_TITLED_TEXT and page.has_title and page.has_text,
            "@title Thông báo\n[quote] Nghỉ làm việc ngày mai do mất điện cả ngày",
            "@title Thông báo\n[quote] Mất điện cả ngày",
        ),
    ),
)
