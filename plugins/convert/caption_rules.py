"""Which line below a picture is its caption."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .blocks import ONLY_LINKS, Block, Position, comparison_key
from .names import CAPITAL, is_name
from .rules import Case, CaseTable, Rule, ScoreTable

CAPTION_MARGIN = 1  # points above the threshold below which a caption that is a sentence is told
LONGEST = 320  # letters of a caption below its picture
SHORT = 140  # letters; most captions are shorter, most paragraphs are not
LONG = 220  # letters
SHORTEST_ALT = 9  # letters of an `alt` text that says something; "IMG_0012" has eight
LONG_TABLE_TEXT = 250  # letters of a paragraph that is too long to be a caption even in the table of a picture
TABLE_CELLS = 3  # cells between a picture and its caption in a table of pictures, three to a row
_SENTENCE_END = re.compile(r"[.!?…:;]$")
LABEL = re.compile(
    r"^[-–•*]?\s*(?:ảnh|hình|hình ảnh|ảnh minh họa|ảnh minh hoạ)\s*(?:\d+|minh ho[ạa])?\s*[.:)]"
    r"|\(?ảnh\s*:\s*[^()]{2,40}\)?\.?$|^trong ảnh\b|\(ảnh[^)]*\)\.?$|^ảnh\s+(?:minh ho[ạa]|tư liệu|chụp)",
    re.I,
)
CAPTION_START = re.compile(
    r"^(?:quang cảnh|toàn cảnh|khung cảnh|một góc|hình ảnh|các (?:đại biểu|đồng chí|em|học sinh|thành viên"
    r"|vận động viên|tiết mục|đơn vị|hộ)|đại biểu|lãnh đạo|đồng chí|đ/c|ông|bà|chủ tịch|phó chủ tịch|phó bí thư"
    r"|bí thư|"
    r"thường trực|giám đốc|phó giám đốc|trưởng|phó trưởng|chánh|đoàn|nhân dân|người dân|bà con|cán bộ|lực lượng"
    r"|chiến sĩ|hội viên|nông dân|ban tổ chức|tổ công tác|thiếu tướng|thượng tá|đại tá|đại diện|tiết mục|hội nghị"
    r"|buổi|lễ|"
    r"mô hình|vườn|cánh đồng|thứ trưởng|bộ trưởng|thủ tướng|công nhân|du khách|học sinh|giáo viên|bác sĩ|các)\b",
    re.I,
)
CEREMONY = re.compile(
    r"\b(?:phát biểu|chủ trì|kết luận|tặng (?:hoa|quà|bằng|giấy)|trao (?:quà|bằng|giấy|thưởng|quyết định|tặng|cờ"
    r"|kinh phí)|tại (?:buổi|hội nghị|lễ|cuộc|chương trình|phiên|kỳ họp|điểm|hội thảo|hiện trường)|chụp ảnh|lưu niệm"
    r"|cắt băng|tham quan|kiểm tra|dự|thăm|khai mạc|bế mạc|báo cáo|trình bày|"
    r"làm việc|thảo luận|biểu quyết|bấm nút|ký kết|diễn văn|dâng hương|thắp hương|buổi (?:làm việc|kiểm tra|họp|lễ)"
    r"|thu hoạch|chăm sóc|trình diễn|biểu diễn|hướng dẫn|tuyên truyền|ra quân|nhìn từ|điều hành)\b",
    re.I,
)
NUMBERED = re.compile(
    r"^(?:[IVX]+|\d+(?:\.\d+)*|[a-zđ])[.)/]\s|^(?:điều|chương|mục|phần|bước)\s+(?:\d|[IVX]+\b"
    r"|thứ\b)|^(?:thứ (?:nhất|hai|ba|tư)|(?:một|hai|ba) là)\b|^[-+•*]\s",
    re.I,
)
TWO_SENTENCES = re.compile(r"[.!?…]\s+" + CAPITAL)


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
    def is_subheading(self) -> bool:
        """Whether it is in bold and nothing else, and text that is not in bold follows."""
        after = self.after
        is_text = after is not None and after.kind == "text" and "bold" not in after.style
        return self.block.style == {"bold"} and is_text and not self.repeats_alt

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
    def flows_around_picture(self) -> bool:
        """Whether it is in one paragraph with a picture at its side."""
        picture = self.picture.picture
        return picture is not None and picture.is_floating and self.block.container == self.picture.container != 0

    @property
    def is_alone_with_picture(self) -> bool:
        """Whether nothing else is in the element that holds the picture and it."""
        container = self.block.container
        if not container or container not in (self.picture.container, self.picture.element):
            return False
        return sum(each.container == container and each.kind != "picture" for each in self.blocks) == 1

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
            "text that flows around the picture",
            False,
            lambda line: line.flows_around_picture,
            "[picture float box=1]\n> [box=1 bold] Quang cảnh hội nghị\n[prose]",
            "[picture float box=1]\n> [box=2 bold] Quang cảnh hội nghị\n[prose]",
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
            lambda line: line.is_anything_else and (line.block.kind == "heading" or not LABEL.search(line.text)),
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
            lambda line: LABEL.search(line.text),
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
            "alone with the picture in an element",
            2,
            lambda line: line.is_alone_with_picture,
            "[picture box=1]\n> [box=1] Hai xã đã làm xong đường vào bản.\n[prose]",
            "[picture box=1]\n> [box=1] Hai xã đã làm xong đường vào bản.\n[prose box=1]",
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
            lambda line: CAPTION_START.match(line.text) is not None,
            "[picture]\n> Đồng chí Lò Văn Páo phát biểu.\n[prose]",
            "[picture]\n> Anh Lò Văn Páo phát biểu.\n[prose]",
        ),
        Rule(
            "names what people are photographed doing",
            1,
            lambda line: CEREMONY.search(line.text) is not None,
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
            lambda line: NUMBERED.match(line.text) is not None,
            "[picture]\n> [center] 1. Kết quả đạt được\n[prose]",
            "[picture]\n> [center] Kết quả đạt được\n[prose]",
        ),
        Rule(
            "several sentences",
            -2,
            lambda line: TWO_SENTENCES.search(line.text) is not None,
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
            "subheading: in bold above a paragraph",
            -3,
            lambda line: line.is_subheading,
            "[picture]\n> [bold] Ủ rơm với men\n[prose]",
            "[picture]\n> [bold italic] Ủ rơm với men\n[prose]",
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


def is_unsure(line: LineBelow) -> bool:
    """Return whether a caption has hardly more points than it needs."""
    return CAPTION.decide(line) is None and CAPTION_POINTS.score(line) < CAPTION_POINTS.threshold + CAPTION_MARGIN


def is_caption(line: LineBelow) -> bool:
    """Return whether a line is the caption of the picture above it."""
    verdict = CAPTION.decide(line)
    return CAPTION_POINTS.accepts(line) if verdict is None else verdict
