"""Captions: which line belongs to which picture, and which line of a copied text was a caption."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .blocks import MOST_LINKS, ONLY_LINKS, Block, Picture, Position, comparison_key
from .names import CAPITAL, is_name
from .rules import Case, CaseTable, Rule, ScoreTable

CAPTION_MARGIN = 1  # points above the threshold below which a caption that is a sentence is told
LONGEST = 320  # letters of a caption below its picture
LONGEST_BARE = 220  # letters of a caption without its picture; longer lines are paragraphs
LONGEST_LABELLED = 200  # letters of a line that says "Ảnh: …" in a text without pictures
SHORT = 140  # letters; most captions are shorter, most paragraphs are not
LONG = 220  # letters
LONGEST_SENTENCE = 130  # letters of a bare caption that ends with a full stop
LONG_PARAGRAPH = 150  # letters; such blocks follow a caption, and not a line of a list
SHORT_LINE = 200  # letters; other captions, headings and lines of lists
SHORTEST_ALT = 9  # letters of an `alt` text that says something; "IMG_0012" has eight
LONG_TABLE_TEXT = 250  # letters of a paragraph that is too long to be a caption even in the table of a picture
TABLE_CELLS = 3  # cells between a picture and its caption in a table of pictures, three to a row
_LABEL = re.compile(
    r"^[-–•*]?\s*(?:ảnh|hình|hình ảnh|ảnh minh họa|ảnh minh hoạ)\s*(?:\d+|minh ho[ạa])?\s*[.:)]"
    r"|\(?ảnh\s*:\s*[^()]{2,40}\)?\.?$|^trong ảnh\b|\(ảnh[^)]*\)\.?$|^ảnh\s+(?:minh ho[ạa]|tư liệu|chụp)",
    re.I,
)
_CAPTION_START = re.compile(
    r"^(?:quang cảnh|toàn cảnh|khung cảnh|một góc|hình ảnh|các (?:đại biểu|đồng chí|em|học sinh|thành viên"
    r"|vận động viên|tiết mục|đơn vị|hộ)|đại biểu|lãnh đạo|đồng chí|đ/c|ông|bà|chủ tịch|phó chủ tịch|phó bí thư"
    r"|bí thư|"
    r"thường trực|giám đốc|phó giám đốc|trưởng|phó trưởng|chánh|đoàn|nhân dân|người dân|bà con|cán bộ|lực lượng"
    r"|chiến sĩ|hội viên|nông dân|ban tổ chức|tổ công tác|thiếu tướng|thượng tá|đại tá|đại diện|tiết mục|hội nghị"
    r"|buổi|lễ|"
    r"mô hình|vườn|cánh đồng|thứ trưởng|bộ trưởng|thủ tướng|công nhân|du khách|học sinh|giáo viên|bác sĩ|các)\b",
    re.I,
)
_CEREMONY = re.compile(
    r"\b(?:phát biểu|chủ trì|kết luận|tặng (?:hoa|quà|bằng|giấy)|trao (?:quà|bằng|giấy|thưởng|quyết định|tặng|cờ"
    r"|kinh phí)|tại (?:buổi|hội nghị|lễ|cuộc|chương trình|phiên|kỳ họp|điểm|hội thảo|hiện trường)|chụp ảnh|lưu niệm"
    r"|cắt băng|tham quan|kiểm tra|dự|thăm|khai mạc|bế mạc|báo cáo|trình bày|"
    r"làm việc|thảo luận|biểu quyết|bấm nút|ký kết|diễn văn|dâng hương|thắp hương|buổi (?:làm việc|kiểm tra|họp|lễ)"
    r"|thu hoạch|chăm sóc|trình diễn|biểu diễn|hướng dẫn|tuyên truyền|ra quân|nhìn từ|điều hành)\b",
    re.I,
)
_NUMBERED = re.compile(
    r"^(?:[IVX]+|\d+(?:\.\d+)*|[a-zđ])[.)/]\s|^(?:điều|chương|mục|phần|bước)\s+(?:\d|[IVX]+\b"
    r"|thứ\b)|^(?:thứ (?:nhất|hai|ba|tư)|(?:một|hai|ba) là)\b|^[-+•*]\s",
    re.I,
)
_SENTENCE_END = re.compile(r"[.!?…:;]$")
_TWO_SENTENCES = re.compile(r"[.!?…]\s+" + CAPITAL)
_SENTENCE_START = re.compile(r"(?:sáng|chiều|ngày|trưa|tối|theo|tại|trong|trước|sau|từ|để|với|qua|nhân dịp|dự)\b", re.I)
_QUOTED_SPEAKER = re.compile(
    r"[“\"][^”\"]{0,200}[”\"]?\s*[,-]?\s*(?:ông|bà|anh|chị|đồng chí)\b.*\b(?:nói|cho biết|chia sẻ)", re.I
)
_REPORTED_SPEECH = re.compile(r"\b(?:cho biết|chia sẻ|nhấn mạnh|khẳng định|đề nghị|yêu cầu|cùng dự|tham dự có)\b")
_PICTURED = re.compile(r"\b(?:phát biểu|kết luận|chủ trì|quang cảnh|toàn cảnh|lưu niệm|tặng|trao)\b", re.I)


# --- a line below a picture ---------------------------------------------------------------------------


@dataclass
class LineBelow(Position):
    """A line below a picture, which may be its caption."""

    picture: Block

    @property
    def is_centered(self) -> bool:
        """Whether it is set in the middle of the column."""
        return "center" in self.block.style

    @property
    def is_italic(self) -> bool:
        """Whether it is set in italics."""
        return "italic" in self.block.style

    @property
    def is_plain_sentence(self) -> bool:
        """Whether it is a sentence that nothing sets off from the text."""
        return self.text.endswith((".", "!", "?")) and not self.block.style & {"center", "italic"}

    @property
    def is_in_table_of_picture(self) -> bool:
        """Whether both are in one small table that is used to place a picture and the words below it."""
        first, second = self.picture.layout_cell, self.block.layout_cell
        if not first or not second or not 0 <= second - first <= TABLE_CELLS:
            return False
        return not (self.block.is_prose and len(self.text) > LONG_TABLE_TEXT)

    @property
    def repeats_alt(self) -> bool:
        """Whether it says what the `alt` text of the picture says."""
        picture = self.picture.picture
        if picture is None or len(picture.alt) < SHORTEST_ALT:
            return False
        return comparison_key(picture.alt) in comparison_key(self.text)

    @property
    def is_anything_else(self) -> bool:
        """Whether it is a heading, a line of labels or the author's name at the end: no caption without a label."""
        is_author = is_name(self.text) and not self.block.style and self.after is None
        return self.block.kind == "heading" or self.labels is not None or is_author


# Hard conditions come first; a line about which none of them decides (None) is scored by CAPTION_POINTS.
CAPTION = CaseTable[LineBelow, bool | None](
    "caption",
    otherwise=None,
    rules=(
        Case(
            "no line of text",
            False,
            lambda line: line.block.kind not in ("text", "heading"),
            "[picture]\n> [quote role=caption] Quang cảnh hội nghị\n[prose]",
            "[picture]\n> [role=caption] Quang cảnh hội nghị\n[prose]",
        ),
        Case(
            "too long",
            False,
            lambda line: len(line.text) > LONGEST,
            "[picture]\n> [center long=330] Quang cảnh hội nghị\n[prose]",
            "[picture]\n> [center] Quang cảnh hội nghị\n[prose]",
        ),
        Case(
            "link",
            False,
            lambda line: line.block.link_share > ONLY_LINKS and line.block.role != "caption",
            "[picture]\n> [center link=1] Quang cảnh hội nghị\n[prose]",
            "[picture]\n> [center link=1 role=caption] Quang cảnh hội nghị\n[prose]",
        ),
        Case(
            "markup names it a caption",
            True,
            lambda line: line.block.role == "caption",
            "[picture]\n> [role=caption] Hội nghị thống nhất một số nội dung sau:\n[prose]",
            "[picture]\n> Hội nghị thống nhất một số nội dung sau:\n[prose]",
        ),
        Case(
            "repeats the caption",
            True,
            lambda line: line.picture.caption and comparison_key(line.text) == comparison_key(line.picture.caption),
            "[picture]\n[role=caption] Quang cảnh hội nghị\n> [heading=3] Quang cảnh hội nghị\n[prose]",
            "[picture]\n[role=caption] Quang cảnh hội nghị\n> [heading=3] Phát biểu khai mạc\n[prose]",
        ),
        Case(
            "the picture has a caption",
            False,
            lambda line: line.picture.caption,
            "[picture]\n[role=caption] Quang cảnh hội nghị\n> Ảnh: Thu Hà\n[prose]",
            "[picture]\n> Ảnh: Thu Hà\n[prose]",
        ),
        Case(
            "heading, labels or author",
            False,
            lambda line: line.is_anything_else and (line.block.kind == "heading" or not _LABEL.search(line.text)),
            "[prose]\n[picture]\n> Lê Dũng",
            "[prose]\n[picture]\n> Lê Dũng\n[prose]",
        ),
        Case(
            "in the table of the picture",
            True,
            lambda line: line.is_in_table_of_picture,
            "[picture cell=1]\n> [cell=2] 1. Hội nghị thống nhất một số nội dung sau:\n[prose]",
            "[picture cell=1]\n> [cell=9] 1. Hội nghị thống nhất một số nội dung sau:\n[prose]",
        ),
        Case(
            "label of a caption",
            True,
            lambda line: _LABEL.search(line.text),
            "[picture]\n> Ảnh 1. Các hộ dân; gồm: Lò Văn Páo, Vàng Mỷ và:\n[prose]",
            "[picture]\n> Ảnh hưởng của bão làm nhiều hộ bị ngập:\n[prose]",
        ),
    ),
)

CAPTION_POINTS = ScoreTable[LineBelow](
    "caption by points",
    threshold=2,
    rules=(
        Rule(
            "centered",
            2,
            lambda line: line.is_centered,
            "[picture]\n> [center] Hai xã đã làm xong đường vào bản.\n[prose]",
            "[picture]\n> Hai xã đã làm xong đường vào bản.\n[prose]",
        ),
        Rule(
            "italic",
            2,
            lambda line: line.is_italic,
            "[picture]\n> [italic] Hai xã đã làm xong đường vào bản.\n[prose]",
            "[picture]\n> Hai xã đã làm xong đường vào bản.\n[prose]",
        ),
        Rule(
            "no full stop",
            1,
            lambda line: _SENTENCE_END.search(line.text) is None,
            "[picture]\n> Đường vào bản đã làm xong\n[prose]",
            "[picture]\n> [center] Đường vào bản đã làm xong.\n[prose]",
        ),
        Rule(
            "begins like a caption",
            1,
            lambda line: _CAPTION_START.match(line.text) is not None,
            "[picture]\n> Đồng chí Lò Văn Páo phát biểu.\n[prose]",
            "[picture]\n> Anh Lò Văn Páo phát biểu.\n[prose]",
        ),
        Rule(
            "names what people are photographed doing",
            1,
            lambda line: _CEREMONY.search(line.text) is not None,
            "[picture]\n> Đồng chí Lò Văn Páo phát biểu.\n[prose]",
            "[picture]\n> Đồng chí Lò Văn Páo.\n[prose]",
        ),
        Rule(
            "short",
            1,
            lambda line: len(line.text) < SHORT,
            "[picture]\n> Đường vào bản đã làm xong\n[prose]",
            "[picture]\n> [center long=150] Đường vào bản đã làm xong\n[prose]",
        ),
        Rule(
            "numbered",
            -3,
            lambda line: _NUMBERED.match(line.text) is not None,
            "[picture]\n> [center] 1. Kết quả đạt được\n[prose]",
            "[picture]\n> [center] Kết quả đạt được\n[prose]",
        ),
        Rule(
            "several sentences",
            -2,
            lambda line: _TWO_SENTENCES.search(line.text) is not None,
            "[picture]\n> Đường vào bản đã làm xong. Xe vào tận nơi\n[prose]",
            "[picture]\n> Đường vào bản đã làm xong, xe vào tận nơi\n[prose]",
        ),
        Rule(
            "announces what follows",
            -2,
            lambda line: line.text.endswith(":"),
            "[picture]\n> [center] Hai xã đã làm xong:\n[prose]",
            "[picture]\n> [center] Hai xã đã làm xong;\n[prose]",
        ),
        Rule(
            "long",
            -1,
            lambda line: len(line.text) > LONG,
            "[picture]\n> [center long=240] hai xã đã làm xong đường;\n[prose]",
            "[picture]\n> [center] hai xã đã làm xong đường;\n[prose]",
        ),
        Rule(
            "repeats the alt text",
            4,
            lambda line: line.repeats_alt,
            "[picture] Hai xã làm xong đường\n> Hai xã làm xong đường. Xe vào tận bản.\n[prose]",
            "[picture] Quang cảnh hội nghị\n> Hai xã làm xong đường. Xe vào tận bản.\n[prose]",
        ),
        Rule(
            "numbered heading in bold",
            -2,
            lambda line: line.block.style == {"bold"} and re.match(r"\d|[IVX]+\.", line.text) is not None,
            "[picture]\n> [bold] 15 hộ dân nhận hỗ trợ\n[prose]",
            "[picture]\n> 15 hộ dân nhận hỗ trợ\n[prose]",
        ),
        Rule(
            "plain sentence",
            -1,
            lambda line: line.is_plain_sentence,
            "[picture]\n> Các hộ dân đã có nước sạch.\n[prose]",
            "[picture]\n> [italic] Các hộ dân đã có nước sạch.\n[prose]",
        ),
        Rule(
            "plain sentence at the end of the page",
            -1,
            lambda line: line.is_plain_sentence and line.after is None,
            "[prose]\n[picture]\n> Các đại biểu tham quan vườn chè.",
            "[prose]\n[picture]\n> Các đại biểu tham quan vườn chè.\n[prose]",
        ),
    ),
)


# --- a caption that has lost its picture --------------------------------------------------------------


# Hard conditions come first, as in CAPTION. A copied text keeps captions as lines between its paragraphs.
BARE_CAPTION = CaseTable[Position, bool | None](
    "caption without a picture",
    otherwise=None,
    rules=(
        Case(
            "no line of text, or too long",
            False,
            lambda line: line.block.kind != "text" or len(line.text) > LONGEST_BARE,
            "[prose]\n> [heading=3] Quang cảnh hội nghị\n[prose]",
            "[prose]\n> Quang cảnh hội nghị\n[prose]",
        ),
        Case(
            "markup names it a caption",
            True,
            lambda line: line.block.role == "caption",
            "[prose]\n> [role=caption] 1. Nội dung:\n[prose]",
            "[prose]\n> 1. Nội dung:\n[prose]",
        ),
        Case(
            "label of a caption",
            True,
            lambda line: len(line.text) < LONGEST_LABELLED and _LABEL.search(line.text),
            "[prose]\n> Ảnh 2: Bà con nhấn mạnh vai trò của nước sạch:\n[prose]",
            "[prose]\n> Ảnh hưởng của bão làm nhiều hộ bị ngập:\n[prose]",
        ),
        Case(
            "item of a list, or announces one",
            False,
            lambda line: _NUMBERED.match(line.text) or line.text.endswith((":", ";", ",")),
            "[prose]\n> - Các đại biểu tham quan vườn chè\n[prose]",
            "[prose]\n> Các đại biểu tham quan vườn chè\n[prose]",
        ),
        Case(
            "several sentences",
            False,
            lambda line: _TWO_SENTENCES.search(line.text),
            "[prose]\n> Các đại biểu phát biểu. Quang cảnh hội nghị\n[prose]",
            "[prose]\n> Các đại biểu phát biểu\n[prose]",
        ),
        Case(
            "link or labels",
            False,
            lambda line: line.block.link_share > MOST_LINKS or line.labels,
            "[prose]\n> [link=1] Các đại biểu tham quan vườn chè\n[prose]",
            "[prose]\n> [link=0.2] Các đại biểu tham quan vườn chè\n[prose]",
        ),
        Case(
            "capitals or a name",
            False,
            lambda line: line.text.isupper() or is_name(line.text),
            "[prose]\n> [italic] TOÀN CẢNH HỘI NGHỊ\n[prose]",
            "[prose]\n> [italic] Toàn cảnh hội nghị\n[prose]",
        ),
        Case(
            "several lines",
            False,
            lambda line: "<br>" in line.block.html,
            "[prose]\n> [lines=3] Các đại biểu tham quan vườn chè\n[prose]",
            "[prose]\n> [lines=1] Các đại biểu tham quan vườn chè\n[prose]",
        ),
        Case(
            "reports what somebody says",
            False,
            lambda line: _QUOTED_SPEAKER.search(line.text) or _REPORTED_SPEECH.search(line.text),
            "[prose]\n> Đồng chí Lò Văn Páo phát biểu, nhấn mạnh hai việc\n[prose]",
            "[prose]\n> Đồng chí Lò Văn Páo phát biểu\n[prose]",
        ),
    ),
)

BARE_CAPTION_POINTS = ScoreTable[Position](
    "caption without a picture by points",
    threshold=2,
    rules=(
        Rule(
            "begins like a caption",
            2,
            lambda line: _CAPTION_START.match(line.text) is not None,
            "[prose]\n> Toàn cảnh trung tâm xã\n[prose]",
            "[prose]\n> Trung tâm xã nhìn từ đồi chè\n[prose]",
        ),
        Rule(
            "names what people are photographed doing",
            2,
            lambda line: _CEREMONY.search(line.text) is not None,
            "[prose]\n> Trung tâm xã nhìn từ đồi chè\n[prose]",
            "[prose]\n> Toàn cảnh trung tâm xã\n[prose]",
        ),
        Rule(
            "full stop",
            -3,
            lambda line: line.text.endswith((".", "!", "?", "…")),
            "[prose]\n> Toàn cảnh trung tâm xã.\n[prose]",
            "[prose]\n> Toàn cảnh trung tâm xã\n[prose]",
        ),
        Rule(
            "between paragraphs or other captions",
            1,
            lambda line: _is_between_text(line),
            "[prose]\n> Đoàn công tác chụp ảnh lưu niệm.\n[prose]",
            "[prose]\n> Toàn cảnh trung tâm xã",
        ),
        Rule(
            "centered or italic",
            1,
            lambda line: bool(line.block.style & {"center", "italic"}),
            "[prose]\n> [italic] Đường vào bản\n[prose]",
            "[prose]\n> [bold] Toàn cảnh trung tâm xã\n[prose]",
        ),
        Rule(
            "begins like a sentence",
            -2,
            lambda line: _SENTENCE_START.match(line.text) is not None,
            "[prose]\n> Tại hội nghị, các đại biểu thảo luận\n[prose]",
            "[prose]\n> Các đại biểu thảo luận tại hội nghị\n[prose]",
        ),
        Rule(
            "long sentence",
            -2,
            lambda line: line.text.endswith((".", "!", "?", "…")) and len(line.text) > LONGEST_SENTENCE,
            "[prose]\n> Các đại biểu dự hội nghị tham quan vườn chè, phát biểu ý kiến về cách chăm sóc, thu hoạch, "
            "chế biến và "
            "trao quà cho các hộ dân trong xã.\n[prose]",
            "[prose]\n> Các đại biểu trao quà.\n[prose]",
        ),
        Rule(
            "sentence about nothing that pictures show",
            -1,
            lambda line: line.text.endswith((".", "!", "?", "…")) and _PICTURED.search(line.text) is None,
            "[prose]\n> Các đại biểu tham quan vườn chè.\n[prose]",
            "[prose]\n> Các đại biểu tặng quà.\n[prose]",
        ),
    ),
)


def _is_between_text(line: Position) -> bool:
    before, after = line.before, line.after
    if before is not None and not before.is_prose and not _is_short_line(before):
        return False
    return after is not None and (len(after.text) > LONG_PARAGRAPH or _is_short_line(after))


def _is_short_line(block: Block) -> bool:
    return block.kind == "text" and len(block.text) < SHORT_LINE


# --- all captions of a text ---------------------------------------------------------------------------


def attach_captions(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks with each caption in the block of its picture.

    A caption whose picture is lost becomes a picture without an address.
    """
    found: list[Block] = []
    index = 0
    while index < len(blocks):
        if blocks[index].kind != "picture":
            found.append(blocks[index])
            index += 1
            continue
        end = index  # pictures side by side share the caption below
        while end < len(blocks) and blocks[end].kind == "picture":
            end += 1
        pictures = blocks[index:end]
        index = _take_captions_of_columns(blocks, pictures, end)
        if index == end:
            index = _take_caption(blocks, end)
        if len(pictures) == 1 and not pictures[0].caption and _is_caption_above(found, blocks, index):
            line = found.pop()
            line.take("caption")
            pictures[0].caption = line.text
        found += pictures
    if any(block.kind == "picture" for block in blocks):
        found = [_lost_picture(b) if b.role == "caption" and b.kind == "text" else b for b in found]
    else:
        found = [_lost_picture(b) if _is_bare_caption(found, at) else b for at, b in enumerate(found)]
    return _without_repeated_captions(found)


def _take_captions_of_columns(blocks: Sequence[Block], pictures: Sequence[Block], start: int) -> int:
    """Give the lines in a row of a table to the pictures above them; return the index of the first block below.

    Args:
        blocks: all blocks.
        pictures: pictures that follow each other.
        start: index of the first block below them.
    """
    columns = {picture.column: picture for picture in pictures if picture.column}
    if len(columns) < 2 or len(columns) < len(pictures):
        return start
    last = pictures[-1].layout_cell
    index = start
    while index < len(blocks):
        line = blocks[index]
        picture = columns.get(line.column)
        is_near = 0 < line.layout_cell - last <= len(columns)
        if line.kind != "text" or picture is None or picture.caption or not is_near or len(line.text) > LONGEST:
            break
        picture.caption = line.text
        line.take("caption")
        index += 1
    return index


def _is_caption_above(found: Sequence[Block], blocks: Sequence[Block], below: int) -> bool:
    """Return whether the last line above a picture is its caption: set off like one, and no heading of what follows.

    Args:
        found: the blocks above the picture.
        blocks: all blocks.
        below: index of the first block below the picture.
    """
    if not found or found[-1].kind != "text" or len(found[-1].text) > LONGEST_BARE:
        return False
    line = found[-1]
    if line.role == "caption":
        return len(found) < 2 or found[-2].kind != "picture"
    if len(found) > 1 and found[-2].kind == "picture" and not found[-2].caption:
        return False
    if line.labels or line.link_share > MOST_LINKS or "bold" in line.style or _NUMBERED.match(line.text):
        return False
    if below < len(blocks) and not blocks[below].is_prose:
        return False
    return len(line.style & {"center", "italic"}) == 2 or (
        line.style & {"center", "italic"} != frozenset()
        and (_LABEL.search(line.text) is not None or line.text.endswith(":"))
    )


def _take_caption(blocks: Sequence[Block], start: int) -> int:
    """Give the lines of a caption to the picture above them; return the index of the first block below them."""
    picture = blocks[start - 1]
    index = start
    while index < len(blocks) and _is_caption(LineBelow(blocks, index, picture)):
        line = blocks[index]
        if comparison_key(line.text) != comparison_key(picture.caption):
            picture.caption = f"{picture.caption} {line.text}".strip()
            picture.is_unsure = _is_unsure(LineBelow(blocks, index, Block("picture", "", picture=picture.picture)))
            line.take("caption")
        else:
            line.leave_out("repeats a caption")
        index += 1
        if line.role != "caption" or not picture.caption:  # only markup can say that a caption has several lines
            break
    return index


def _is_unsure(line: LineBelow) -> bool:
    """Return whether a caption has hardly more points than it needs, and reads like a sentence."""
    is_sentence = line.text.endswith((".", "!", "?"))
    return (
        is_sentence
        and CAPTION.decide(line) is None
        and CAPTION_POINTS.score(line) < CAPTION_POINTS.threshold + CAPTION_MARGIN
    )


def _is_caption(line: LineBelow) -> bool:
    verdict = CAPTION.decide(line)
    return CAPTION_POINTS.accepts(line) if verdict is None else verdict


def _is_bare_caption(blocks: Sequence[Block], index: int) -> bool:
    line = Position(blocks, index)
    verdict = BARE_CAPTION.decide(line)
    return BARE_CAPTION_POINTS.accepts(line) if verdict is None else verdict


def _lost_picture(block: Block) -> Block:
    """Return a picture without an address for a caption that has lost its picture."""
    block.take("caption")
    return Block(
        "picture", "", picture=Picture(""), caption=block.text, in_body=block.in_body, class_names=block.class_names
    )


def _without_repeated_captions(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks without a caption that is there twice in a row."""
    kept: list[Block] = []
    for block in blocks:
        if not kept or not _repeats_caption(block, kept[-1]):
            kept.append(block)
        else:
            block.leave_out("repeats a caption")
    return kept


def _repeats_caption(block: Block, last: Block) -> bool:
    if last.kind != "picture" or not last.caption:
        return False
    if block.kind == "picture":
        is_lost = block.picture is not None and not block.picture.address
        return is_lost and comparison_key(block.caption) == comparison_key(last.caption)
    return block.kind == "text" and comparison_key(block.text) == comparison_key(last.caption)
