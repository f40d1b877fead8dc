"""A caption that has lost its picture: a copied text keeps captions as lines between its paragraphs."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .blocks import MOST_LINKS, Block, Picture, Position
from .caption_rules import CAPTION_START, CEREMONY, LABEL, NUMBERED, TWO_SENTENCES
from .names import is_name
from .rules import Case, CaseTable, Rule, ScoreTable
from .surroundings import has_sentence

LONGEST_BARE = 220  # letters of a caption without its picture; longer lines are paragraphs
LONGEST_LABELLED = 200  # letters of a line that says "Ảnh: …" in a text without pictures
LONGEST_SENTENCE = 130  # letters of a bare caption that ends with a full stop
LONG_PARAGRAPH = 150  # letters; such blocks follow a caption, and not a line of a list
SHORT_LINE = 200  # letters; other captions, headings and lines of lists
MARGIN = 2  # points below the threshold from which on a line is told
_SENTENCE_START = re.compile(r"(?:sáng|chiều|ngày|trưa|tối|theo|tại|trong|trước|sau|từ|để|với|qua|nhân dịp|dự)\b", re.I)
_QUOTED_SPEAKER = re.compile(
    r"[“\"][^”\"]{0,200}[”\"]?\s*[,-]?\s*(?:ông|bà|anh|chị|đồng chí)\b.*\b(?:nói|cho biết|chia sẻ)", re.I
)
_REPORTED_SPEECH = re.compile(r"\b(?:cho biết|chia sẻ|nhấn mạnh|khẳng định|đề nghị|yêu cầu|cùng dự|tham dự có)\b")
_PICTURED = re.compile(r"\b(?:phát biểu|kết luận|chủ trì|quang cảnh|toàn cảnh|lưu niệm|tặng|trao)\b", re.I)
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
            lambda line: len(line.text) < LONGEST_LABELLED and LABEL.search(line.text),
            "[prose]\n> Ảnh 2: Bà con nhấn mạnh vai trò của nước sạch:\n[prose]",
            "[prose]\n> Ảnh hưởng của bão làm nhiều hộ bị ngập:\n[prose]",
        ),
        Case(
            "item of a list, or announces one",
            False,
            lambda line: NUMBERED.match(line.text) or line.text.endswith((":", ";", ",")),
            "[prose]\n> - Các đại biểu tham quan vườn chè\n[prose]",
            "[prose]\n> Các đại biểu tham quan vườn chè\n[prose]",
        ),
        Case(
            "several sentences",
            False,
            lambda line: TWO_SENTENCES.search(line.text),
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
            lambda line: CAPTION_START.match(line.text) is not None,
            "[prose]\n> Toàn cảnh trung tâm xã\n[prose]",
            "[prose]\n> Trung tâm xã nhìn từ đồi chè\n[prose]",
        ),
        Rule(
            "names what people are photographed doing",
            2,
            lambda line: CEREMONY.search(line.text) is not None,
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


def is_bare_caption(blocks: Sequence[Block], index: int) -> bool:
    """Return whether a line of a text was the caption of a picture that is lost."""
    line = Position(blocks, index)
    verdict = BARE_CAPTION.decide(line)
    return BARE_CAPTION_POINTS.accepts(line) if verdict is None else verdict


def may_be_caption(blocks: Sequence[Block], index: int) -> bool:
    """Return whether a line between two paragraphs of a copied text may be a caption as well as a subheading."""
    line = Position(blocks, index)
    before, after = line.before, line.after
    if not line.block.is_copied or BARE_CAPTION.decide(line) is not None or not line.text[-1].isalnum():
        return False
    is_between = before is not None and after is not None and has_sentence(before.text) and has_sentence(after.text)
    return is_between and BARE_CAPTION_POINTS.score(line) >= BARE_CAPTION_POINTS.threshold - MARGIN


def lost_picture(block: Block) -> Block:
    """Return a picture without an address for a caption that has lost its picture."""
    block.take("caption")
    return Block(
        "picture", "", picture=Picture(""), caption=block.text, in_body=block.in_body, class_names=block.class_names
    )
