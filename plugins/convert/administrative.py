"""Documents of authorities: the national header, number, place and date, kind and subject, recipients, signature.

Their form is laid down in decree 30/2020/NĐ-CP, annex I, and older rules are much like it. Kind and subject make the
title, the issuing authority is the source, and the date is that of the document. Everything else is text: such a
document has no menus and buttons that would have to be told from it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from bs4 import BeautifulSoup, Tag

from plugins.i18n import translate

from . import dates, html_source
from .article import Article
from .blocks import Block, Page, clean_text, comparison_key
from .dates import PageDate

_MOTTO = re.compile(
    r"c[ộô]ng\s+h\w{2}\s+xã\s+hội\s+chủ\s+nghĩa\s+việt\s+nam|độc\s*lập\s*[-–—.*]+\s*tự\s*do\s*[-–—.*]+\s*hạnh\s*phúc"
    r"|đảng\s+cộng\s+sản\s+việt\s+nam",
    re.I,
)
_NUMBER = re.compile(r"(?:^|(?<=\s))số\s*[:.]?\s*[\d.…_]*\s*(?:[-–]\s*)?/?[\w./…-]*[-–/][\w.-]*", re.I)
_PLACE_AND_DATE = re.compile(
    r"(?P<place>[^\W\d][^,;:\d]{1,50}),\s*(?P<date>ngày\s*[\d.…_\s]*\s*tháng\s*[\d.…_\s]*\s*năm\s*(?:\d{4}|[\d.…_]*))\s*$",
    re.I,
)
_ABOUT = re.compile(r"(?:v/v|v\.v|về việc)\s*[:.]?\s+", re.I)
_RULE = re.compile(r"[\W_]*")
_RECIPIENTS = re.compile(r"nơi\s+nhận\s*:?", re.I)
_FIRST_WORDS = re.compile(r"(?:căn\s+cứ|thực\s+hiện|theo|xét|điều\s+\d|ngày|hôm\s+nay|chúng\s+tôi)\b", re.I)
_ADDRESSED = re.compile(r"kính\s+gửi\b", re.I)
_DECIDES = re.compile(
    r"(?:chủ\s+tịch|giám\s+đốc|bộ\s+trưởng|chánh|hiệu\s+trưởng|trưởng|ủy\s+ban|uỷ\s+ban|hội\s+đồng)\b", re.I
)
# The kinds of documents: decree 30/2020/NĐ-CP, article 7, and those of laws (law 80/2015/QH13, article 4).
_KIND = re.compile(
    r"(nghị quyết|quyết định|chỉ thị|quy chế|quy định|thông cáo|thông báo|hướng dẫn|chương trình|kế hoạch|phương án"
    r"|đề án|dự án|báo cáo|biên bản|tờ trình|hợp đồng|công văn|công điện|bản ghi nhớ|bản (?:thỏa|thoả) thuận"
    r"|giấy (?:ủy|uỷ) quyền|giấy mời|giấy giới thiệu|giấy nghỉ phép|phiếu gửi|phiếu chuyển|phiếu báo|thư công|luật"
    r"|bộ luật|pháp lệnh|lệnh|nghị định|thông tư liên tịch|thông tư|kết luận|lịch công tác)\b",
    re.I,
)
MOST_HEAD_LINES = 24
LONGEST_PLAIN_LINE = 110  # letters of a line of the subject that nothing but its place tells
LONGEST_HEAD_LINE = 160  # letters
MOST_SUBJECT_LINES = 6
COLUMN = "office-column-"  # class of a column of the tables in which header and signature stand


@dataclass
class Document:
    """What the form of a document says.

    title: its kind and subject; issuer: the authority; date: of the document; body: all else, in order.
    """

    title: str
    issuer: str
    date: PageDate | None
    body: list[Block] = field(default_factory=list)


@dataclass(frozen=True)
class _Line:
    """A line of the header: a block, or a part of one between two line breaks."""

    text: str
    block: Block
    is_bold: bool

    @property
    def is_capital(self) -> bool:
        return self.text.isupper()


def separate_columns(root: Tag) -> None:
    """Replace the tables in which header and signature stand by their columns, one below the other."""
    for table in root.find_all("table"):
        text = clean_text(table.get_text(" "))
        if not (_MOTTO.search(text) or _RECIPIENTS.search(text)) or table.find("table"):
            continue
        rows = [row.find_all(["td", "th"], recursive=False) for row in table.find_all("tr")]
        width = max(map(len, rows), default=0)
        maker = BeautifulSoup("", "lxml")
        for column in range(width):
            box = maker.new_tag("div", attrs={"class": f"{COLUMN}{column}"})
            for cell in (row[column] for row in rows if column < len(row)):
                cell.name = "div"
                box.append(cell)
            table.insert_before(box)
        table.decompose()


def read(blocks: Sequence[Block]) -> Document | None:
    """Return what the form of a document says; None if it is none of an authority."""
    lines = _head_lines(blocks)
    number = next((index for index, line in enumerate(lines) if _NUMBER.match(line.text)), None)
    has_motto = any(_MOTTO.search(line.text) for line in lines)
    if not has_motto and (number is None or not any(line.is_capital for line in lines[:number])):
        return None
    title, used, head = _title(lines)
    if not title:
        return None
    date = next((found for line in lines if (found := _date(line.text)) is not None), None)
    body = _body(blocks, used)
    return Document(title, _issuer(lines[:head]), date, body)


def article_of(page: Page) -> Article | None:
    """Return the article of a page that is a document of an authority, else None."""
    document = page.document
    if document is None:
        return None
    article = Article(
        document.title,
        "",
        document.date or page.metadata.published,
        "",
        document.issuer,
        page.metadata.category,
        document.body,  # no line in it is taken for the caption of a picture that is lost
        lang=page.lang,
        is_draft=not page.is_public,
    )
    if article.date is None:
        article.review.append(
            translate("Date: the document does not say its day. Add a line date: … and make status published.")
        )
    return article


# --- the header ---------------------------------------------------------------------------------------


def _head_lines(blocks: Sequence[Block]) -> list[_Line]:
    """Return the lines of the first blocks, up to the first that cannot be of a header."""
    lines: list[_Line] = []
    for block in blocks:
        if block.kind == "picture":  # an emblem
            continue
        if block.kind not in ("text", "heading") or len(lines) >= MOST_HEAD_LINES:
            break
        parts = [(clean_text(html_source.parse(part).get_text()), part) for part in block.html.split("<br>")]
        lines += [
            _Line(piece, block, block.kind == "heading" or "bold" in block.style or part.startswith("<strong>"))
            for text, part in parts
            if text
            for piece in _pieces(text)
        ]
        if len(block.text) > LONGEST_HEAD_LINE and not any(_MOTTO.search(line.text) for line in lines[-1:]):
            break
    return lines


def _pieces(text: str) -> list[str]:
    """Return the parts of a line in which authority and motto, or number and date, stand side by side."""
    for pattern in (_MOTTO, _NUMBER):
        found = pattern.search(text)
        if found and len(text) < LONGEST_HEAD_LINE and (pattern is _MOTTO or found.start() == 0):
            around = (text[: found.start()], found[0], text[found.end() :])
            return [piece.strip() for piece in around if piece.strip()]
    return [text]


def _is_of_form(text: str) -> bool:
    """Return whether a line is a part of the header that is never the title."""
    return bool(_MOTTO.search(text) or _RULE.fullmatch(text) or _NUMBER.match(text) or _PLACE_AND_DATE.match(text))


def may_be_title(text: str) -> bool:
    """Return whether a line of a document can be its title: it is none that the form of documents lays down."""
    return not (_is_of_form(text) or _ADDRESSED.match(text) or _RECIPIENTS.match(text))


def _title(lines: Sequence[_Line]) -> tuple[str, set[int], int]:
    """Return the title, the blocks that it is made of by id(), and the index of the line at which the header ends."""
    about: list[_Line] = []
    seen_form = False
    for index, line in enumerate(lines):
        if any(line is each for each in about):
            continue
        if _is_of_form(line.text):
            seen_form = True
        elif _ABOUT.match(line.text) and not about:
            about = [line, *_continuation(lines[index + 1 :])]
        elif seen_form and _KIND.match(line.text) and (line.is_capital or line.is_bold):
            used = [line, *_subject(lines[index + 1 :], lines[:index])]
            return _joined(used), _whole_blocks(used, lines), index
        elif seen_form and not line.is_capital:
            break
    else:
        index = len(lines)
    if about:
        return _joined(about), set(), index
    return "", set(), index


def _continuation(lines: Iterable[_Line]) -> list[_Line]:
    """Return the lines that go on with a subject beside the number: they begin with a small letter."""
    found = []
    for line in lines:
        if not line.text[:1].islower() or _is_of_form(line.text):
            break
        found.append(line)
    return found


def _subject(lines: Sequence[_Line], above: Sequence[_Line]) -> list[_Line]:
    """Return the lines below the kind of a document that say what it is about."""
    authorities = {comparison_key(line.text) for line in above}
    # A text without any looks, as that of a PDF, has its subject in the short lines below the kind.
    has_looks = any(line.is_bold or line.block.style for line in [*above, *lines])
    found: list[_Line] = []
    for line in lines[:MOST_SUBJECT_LINES]:
        is_plain = not has_looks and len(line.text) < LONGEST_PLAIN_LINE and line.text[-1] not in ".:;,"
        ends = (
            _is_of_form(line.text)
            or _ADDRESSED.match(line.text)
            or (_FIRST_WORDS.match(line.text) and not (line.is_bold or "center" in line.block.style))
            or comparison_key(line.text) in authorities
            or (line.is_capital and (_DECIDES.match(line.text) or (found and not found[0].is_capital)))
            or not (
                line.is_bold or line.is_capital or "center" in line.block.style or _ABOUT.match(line.text) or is_plain
            )
        )
        if ends:
            break
        found.append(line)
    return found


def _joined(lines: Sequence[_Line]) -> str:
    """Return kind and subject as one title: in small letters where the form sets them in capitals."""
    words = [_sentence_case(line.text) if index == 0 else line.text for index, line in enumerate(lines)]
    if _ABOUT.match(words[0]):
        words[0] = _ABOUT.sub("Về việc ", words[0], count=1)
    elif len(words) > 1 and _ABOUT.match(words[1]):
        words[1] = _ABOUT.sub("về việc ", words[1], count=1)
    return clean_text(" ".join(words)).strip(" :-–")


def _sentence_case(text: str) -> str:
    """Return a kind of document in small letters, but its first: QUYẾT ĐỊNH is a name of a form, not a headline."""
    kind = _KIND.fullmatch(text.rstrip(" :"))
    return text.capitalize() if kind and text.isupper() else text


def _whole_blocks(used: Sequence[_Line], lines: Sequence[_Line]) -> set[int]:
    """Return by id() the blocks of which every line is in the title."""
    ids = {id(line.block) for line in used}
    return ids - {id(line.block) for line in lines if not any(line is each for each in used)}


def _issuer(lines: Sequence[_Line]) -> str:
    """Return the authority of a document: in the form its name is bold, and that of the one above it is not."""
    names = [line for line in lines if line.is_capital and not _is_of_form(line.text) and not _ABOUT.match(line.text)]
    bold = [line for line in names if line.is_bold]
    return " ".join(line.text for line in bold or names)


def _date(text: str) -> PageDate | None:
    found = _PLACE_AND_DATE.search(text)
    return dates.first(found["date"]) if found else None


# --- the text -----------------------------------------------------------------------------------------


def _body(blocks: Sequence[Block], used: set[int]) -> list[Block]:
    """Return everything but the title; lines of one column of header or signature become one paragraph."""
    body: list[Block] = []
    for block in blocks:
        if id(block) in used or (block.kind == "text" and _RULE.fullmatch(block.text)):
            continue
        before = body[-1] if body else None
        if before is not None and _is_column_line(block) and _column(before) == _column(block):
            before.text, before.html = f"{before.text} {block.text}", f"{before.html}<br>{block.html}"
            before.style &= block.style
        else:
            body.append(replace(block))
    return body


def _is_column_line(block: Block) -> bool:
    return block.kind == "text" and _column(block) != ""


def _column(block: Block) -> str:
    found = re.search(COLUMN + r"\d+", block.class_names) if block.kind == "text" else None
    return found[0] if found else ""
