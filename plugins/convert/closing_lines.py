"""The last lines of an article: the author, the source and the date below its text, also without a label."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from . import names
from .blocks import ONLY_LINKS, Block, Place, Position, comparison_key
from .credits import is_only_label
from .metadata import Metadata
from .rules import Case, CaseTable
from .surroundings import has_sentence

LONGEST_NAME = 60  # letters of a signature
LONGEST_OFFICE = 120  # letters of the office above a signature, "TM. ỦY BAN NHÂN DÂN TỈNH …"
LONGEST_LISTED_NAME = 40  # letters of a name in a list of names
MOST_LINK_WORDS = 4  # of a link at the end that leads to a section of the portal
LONGEST_BUTTON = 50  # letters of an unknown button below the author
MOST_CREDITS = 8  # lines at the end of an article: author, photographer, source, date, buttons
_SIGNED_OFFICIALLY = re.compile(r"\(?\s*(?:đã ký|ký tên|ký thay|tm\.|kt\.|tl\.|nơi nhận)", re.I)
_ITEM = re.compile(r"[-–+•*(]|\w{1,3}[.)]\s|ảnh\b", re.I)
_PORTAL_PAGE = re.compile(r'<a href="(?!\w+:)[^"]*?(?:\.(?:html?|aspx?|php|jsp)\b[^"]*|/[^".]*)">')
_WEB_ADDRESS = re.compile(r"https?://\S+|www\.\S+", re.I)
_FOOTNOTE = re.compile(r"(?:\[\d{1,3}\]|\(\d{1,3}\)|\*+)\s*\S")
_PUBLISHED_LABEL = re.compile(r"\D*(?:đăng|cập|ngày đăng)", re.I)


def is_footnote(text: str) -> bool:
    """Return whether a line begins like a footnote: `[1] …`, `(1) …`, `* …`."""
    return _FOOTNOTE.match(text) is not None


def _is_signed(text: str) -> bool:
    """Return whether a text is a name, perhaps with the office of the person behind it."""
    return names.is_name(text) or bool(names.split_agency(text)[1])


def _is_text(block: Block) -> bool:
    return block.is_prose or has_sentence(block.text) or block.kind in ("list", "table", "quote")


def _is_list_of_names(line: Position) -> bool:
    before = line.before
    return (
        before is not None
        and before.kind == "text"
        and len(before.text) < LONGEST_LISTED_NAME
        and names.is_name(before.text)
        and not before.style & line.block.style
    )


# Hard conditions: a signature is the name of the author, not of an official who signed a document, nor a caption.
NOT_A_SIGNATURE = CaseTable[Position, bool](
    "not a signature",
    otherwise=False,
    rules=(
        Case(
            "no name",
            True,
            lambda line: not _is_signed(line.text) or len(line.text) > LONGEST_NAME or is_only_label(line.text),
            "[prose]\n> Xã Tả Sin đã trồng xong",
            "[prose]\n> Lê Dũng",
        ),
        Case(
            "below a picture",
            True,
            lambda line: line.before is not None and line.before.kind == "picture",
            "[prose]\n[picture]\n> Lê Dũng",
            "[prose]\n[picture]\n[prose]\n> Lê Dũng",
        ),
        Case(
            "below an office in capitals",
            True,
            lambda line: (
                line.before is not None
                and line.before.kind == "text"
                and line.before.text.isupper()
                and len(line.before.text) < LONGEST_OFFICE
            ),
            "[prose]\nPHÓ GIÁM ĐỐC\n> Nguyễn Văn Bình",
            "[prose]\nPhó giám đốc sở\n> Nguyễn Văn Bình",
        ),
        Case(
            "below an official signature",
            True,
            lambda line: (
                line.before is not None and line.before.kind == "text" and _SIGNED_OFFICIALLY.match(line.before.text)
            ),
            "[prose]\n(Đã ký)\n> Nguyễn Văn Bình",
            "[prose]\n(Hết)\n> Nguyễn Văn Bình",
        ),
        Case(
            "in a list of names",
            True,
            _is_list_of_names,
            "[prose]\nLò Văn Páo\n> Vàng Seo Dìn",
            "[prose]\nLò Văn Páo trồng chè\n> Vàng Seo Dìn",
        ),
        Case(
            "no text above",
            True,
            lambda line: not any(map(_is_text, line.blocks[: line.index])),
            "Giải đấu đã kết thúc\n> Lê Dũng",
            "[prose]\n> Lê Dũng",
        ),
    ),
)


def is_signature(blocks: Sequence[Block], index: int) -> bool:
    """Return whether a line is nothing but the name of the author below the text."""
    return not NOT_A_SIGNATURE.decide(Position(blocks, index))


class LastLine(Enum):
    """What becomes of the last line of an article."""

    TEXT = auto()  # it belongs to the text: the credits are all read
    PICTURE = auto()  # it stays, and the lines above are read
    LABELS = auto()  # its labels are read
    SIGNATURE = auto()  # its name is the author's
    DROP = auto()
    DOUBT = auto()  # it may be a button of the old page


@dataclass
class ClosingLine(Position):
    """The last line of what is left of an article, when the credits below it have been read.

    found: what has been read so far; had_author: whether the author was known before; count: lines read below it;
    is_last: whether nothing is below it on the page.
    """

    found: Metadata
    had_author: bool
    count: int
    is_last: bool

    @property
    def is_short_line_of_copy(self) -> bool:
        """Whether it is a line below a text without markup that is neither a sentence nor a part of a list."""
        if _WEB_ADDRESS.fullmatch(self.text) and self.after is None and not self.block.link_share:
            return True
        if not self.block.is_copied or self.text[-1] in '.!?;…”"' or self.text.isupper():
            return False
        if len(self.text) >= LONGEST_BUTTON or self.block.is_prose or self.block.role or _ITEM.match(self.text):
            return False
        return any(map(_is_text, self.blocks[: self.index]))

    @property
    def is_link_of_portal(self) -> bool:
        """Whether it is nothing but a link of a few words with a relative address, and no document."""
        is_link = self.block.link_share > ONLY_LINKS and len(self.text.split()) <= MOST_LINK_WORDS
        return is_link and _PORTAL_PAGE.search(self.block.html) is not None

    @property
    def is_below_credits(self) -> bool:
        """Whether the line above it names the author or the source."""
        above = self.before.labels if self.before is not None else None
        return above is not None and bool(above.author or above.source)


# Hard conditions, first match wins: each line at the end is read, dropped, or the end of the text.
CLOSING_LINE = CaseTable[ClosingLine, LastLine](
    "line at the end",
    otherwise=LastLine.TEXT,
    rules=(
        Case(
            "picture below the text",
            LastLine.PICTURE,
            lambda line: line.block.kind == "picture" and any(b.is_prose for b in line.blocks[: line.index]),
            "[prose]\n[prose]\nTác giả: Lê Dũng\n> [picture] Chè",
            "[table] Tả Sin 12 ha\n> [picture] Chè",
        ),
        Case(
            "footnote",
            LastLine.PICTURE,
            lambda line: is_footnote(line.text) and any(b.is_prose for b in line.blocks[: line.index]),
            "[prose]\n[prose]\nTác giả: Lê Dũng\n> (1) Số liệu chi tiết xem ở trang của Sở",
            "[prose]\n[prose]\nTác giả: Lê Dũng\n> Số liệu chi tiết xem ở trang của Sở Tài chính tỉnh.",
        ),
        Case(
            "no line of text",
            LastLine.TEXT,
            lambda line: (
                line.block.kind != "text" and not (line.block.kind == "heading" and len(line.text) < LONGEST_NAME)
            ),
            "[prose]\n[prose]\n> [list] Tác giả: Lê Dũng",
            "[prose]\n[prose]\n> [heading=3] Tác giả: Lê Dũng",
        ),
        Case(
            "caption",
            LastLine.TEXT,
            lambda line: line.block.role == "caption",
            "[prose]\n[prose]\n> [role=caption] Ảnh: Lê Dũng",
            "[prose]\n[prose]\n> Ảnh: Lê Dũng",
        ),
        Case(
            "labels",
            LastLine.LABELS,
            lambda line: line.labels is not None,
            "[prose]\n[prose]\n> Tác giả: Lê Dũng",
            "[prose]\n[prose]\n> Tác giả trẻ",
        ),
        Case(
            "short link to another page of the portal",
            LastLine.DROP,
            lambda line: line.is_link_of_portal,
            "[prose]\n[prose]\n> [link=1 page] Về trang thơ",
            "[prose]\n[prose]\n> [link=1 document] Mẫu đơn",
        ),
        Case(
            "signature",
            LastLine.SIGNATURE,
            lambda line: not line.found.author and not line.had_author and is_signature(line.blocks, line.index),
            "[prose]\n[prose]\n> Lê Dũng",
            "[prose]\n[prose]\n(Đã ký)\n> Lê Dũng",
        ),
        Case(
            "author again",
            LastLine.DROP,
            lambda line: (
                line.found.author and comparison_key(names.clean_name(line.text)) == comparison_key(line.found.author)
            ),
            "[prose]\n[prose]\n> Lê Dũng\nTác giả: Lê Dũng",
            "[prose]\n[prose]\n> Thu Hà\nTác giả: Lê Dũng",
        ),
        Case(
            "unknown button below the credits",
            LastLine.DROP,
            lambda line: (
                len(line.text) < LONGEST_BUTTON and not line.block.is_prose and line.count < 2 and line.is_below_credits
            ),
            "[prose]\n[prose]\nTác giả: Lê Dũng\n> Thả tim ngay",
            "[prose]\n[prose]\n> Thả tim ngay",
        ),
        Case(
            "short line below a copied text",
            LastLine.DOUBT,
            lambda line: line.is_short_line_of_copy,
            "[prose]\n[prose]\n> [copied] Trở lại chủ đề",
            "[prose]\n[prose]\n> Trở lại chủ đề",
        ),
    ),
)


def take_credits(blocks: list[Block], found: Metadata) -> list[Block]:
    """Take the author, the source and the date from the end of an article.

    Args:
        blocks: the blocks of the article.
        found: what has been read about it so far; completed here.

    Returns:
        The blocks without these lines.
    """
    end, count = len(blocks), 0
    pictures: list[Block] = []
    had_author = bool(found.author)
    while end and count < MOST_CREDITS:
        line = ClosingLine(blocks[:end], end - 1, found, had_author, count, end == len(blocks))
        verdict = CLOSING_LINE.decide(line)
        if verdict is LastLine.TEXT:
            break
        end -= 1
        if verdict is LastLine.PICTURE:
            pictures.insert(0, line.block)
            continue
        count += 1
        if verdict is LastLine.DROP:
            line.block.leave_out("line below the credits")
        elif verdict is LastLine.DOUBT:
            line.block.place, line.block.reason = Place.DOUBT, "short line below a copied text"
        else:
            line.block.take("credits")
        if verdict is LastLine.LABELS and line.labels is not None:
            found.fill_from(_without_event_date(line, line.labels))
        elif verdict is LastLine.SIGNATURE:
            found.author = names.clean_name(line.text)
    return blocks[:end] + pictures


def _without_event_date(line: ClosingLine, credit: Metadata) -> Metadata:
    """Return the credit without a date that may be that of an event: one without a label or an author beside it."""
    is_published = credit.author or credit.source or _PUBLISHED_LABEL.match(line.text)
    if credit.published and not is_published and not (line.found.published is None and line.is_last):
        credit.published = None
    return credit
