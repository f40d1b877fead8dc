"""Lines of labels around an article: `Ngày đăng: 01/03/2021 | Tác giả: Lê Dũng | Lượt xem: 50`."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from . import bylines, dates
from .boilerplate import is_boilerplate
from .metadata import Metadata
from .names import CAPITAL, clean_name, is_full_name, is_name

_LABELS = {
    "date": (
        r"(?:(?:tin|bài)(?: viết)?\s+)?(?:đã\s+)?(?:được\s+)?(?:đăng|gửi|tạo|viết|đưa)(?: tin| bài| lên)?"
        r"\s+(?:ngày|lúc|vào lúc|vào ngày|vào)|(?:ngày|thời gian|thời điểm|giờ)\s+(?:đăng(?: tin| bài| "
        r"tải)?|xuất bản|phát hành|đưa tin|gửi|tạo"
        r"|viết)|xuất bản(?:\s+(?:ngày|lúc))?|đăng lúc"
        r"|(?:đã )?đăng|được (?:đăng|viết|tạo|xuất bản)(?: (?:lúc|ngày|vào))?|published(?: on)?|posted(?: on)?|ngày"
    ),
    "modified": (
        r"(?:ngày|lần|thời gian)?\s*(?:cập nhật|sửa|chỉnh sửa)(?:\s+(?:lần cuối|cuối|mới nhất|ngày|lúc"
        r"|vào lúc|vào|gần nhất|bài))*|updated?(?: on)?|last modified"
    ),
    "author": (
        r"tác giả(?: bài viết| ảnh| và ảnh)?|người viết|bài viết của|bài(?:\s*(?:,|và|&|-|–|/|\+)\s*ảnh)?"
        r"|tin(?:\s*(?:,|và|&|-|–|/|\+)\s*(?:ảnh|bài))*|tin bài|viết bởi|thực hiện|phóng viên|pv|nhóm pv"
        r"|(?:ảnh|video|clip|hình)\s*(?:,|và|&|-|–|/|\+)\s*(?:tin|bài|lời)|lời\s*(?:,|và|&|-|–)\s*ảnh"
        r"|author|by|bởi|bút danh|theo tác giả"
    ),
    "poster": (
        r"người đăng|người gửi|biên tập(?: viên)?|người (?:biên tập|nhập|duyệt|kiểm duyệt|cập nhật"
        r"|tổng hợp|phê duyệt)|cập nhật bởi|admin|quản trị|email tác giả"
        r"|chịu trách nhiệm(?: nội dung)?"
    ),
    "publisher": r"(?:(?:được|đã) )*(?:đăng|gửi|viết) bởi|(?:posted|submitted) by",
    "source": r"nguồn(?: tin| bài| bài viết| dẫn| gốc)?|theo nguồn|nguồn tin từ|trích nguồn|source|via",
    "category": r"(?:được )?đăng trong|posted in|chuyên mục|danh mục|thể loại|lĩnh vực|chủ đề|category|topic",
    "tags": r"từ khóa|từ khoá|tags?|thẻ|keywords?|nhãn",
    "counter": (
        r"(?:số )?lượt (?:xem|đọc|truy cập|tải)|lần xem|đã xem|số lần (?:xem|đọc)|views?|hits|xem|đọc"
        r"|bình luận|comments?|mã tin|mã bài|id"
    ),
}
_LABEL = re.compile(
    r"(?<!\w)(?:" + "|".join(f"(?P<{name}>{pattern})" for name, pattern in _LABELS.items()) + r")\s*[:：]\s*", re.I
)
_BARE_LABEL = re.compile(
    r"^\W*(?P<label>(?:(?:tin|bài)(?: viết)? )?(?:đã )?(?:được )?(?:đăng|gửi|xuất bản)(?: tin| bài"
    r"| tải)?(?: ngày| lúc| vào)*"
    r"|ngày đăng|(?:lần |ngày |giờ )?(?:cập nhật|(?:chỉnh )?sửa(?: đổi)?)(?: lần)?"
    r"(?: cuối| mới nhất)?(?: lúc| ngày| vào)*|(?:published|posted"
    r"|(?:last )?updated|last modified)(?: on| at)?)\s+",
    re.I,
)
_SEPARATOR = re.compile(r"\s*[|•·¦]\s*|\s{2,}|\s+[-–—]\s+|\s*;\s*")
_ACCORDING_TO = re.compile(
    r"^[(\[]?\s*(?i:theo)\s+(?P<name>(?:báo|đài|tạp chí|cổng|trang|bản tin)?\s*"
    + CAPITAL
    + r"[^.!?]{1,60}?)\s*[)\]]?\.?$"
)
_DOMAIN = re.compile(r"^[(\[]\s*(?:theo\s+|nguồn:?\s*)?(?P<name>(?:[\w-]+\.)+[a-z]{2,}(?:/\S*)?)\s*[)\]]$", re.I)
_SOURCE_ADDRESS = re.compile(r"^(?:theo\s+)?nguồn\s+(?P<name>[^:]{2,60}):\s*https?://\S+$", re.I)
_SECTION_BEHIND_NAME = re.compile(r"\s+(?:trong|in)\s+(?:chuyên mục|mục)?\s*(?=[^\W\d_])")
_IN_SECTION = re.compile(r"(?<=\d)\s+trong\s+(?:chuyên mục|danh mục|mục)\s+(?=[^\W\d_])", re.I)
_BAR = re.compile(r"\s*[|•·¦]\s*")
_NAMES_AUTHOR = re.compile(r"(?:tác giả|người viết|author|viết bởi)[^:]{0,16}:\s*$", re.I)
_BEHIND_DATE = re.compile(r"\s+[-–—]\s+(?=[^\d\W])|\s*\((?=[^\d)]*\d+ lượt)|\s+(?:by|bởi|viết bởi)\s+", re.I)
_COUNTERS_BEHIND_TIME = re.compile(r"(?<=:\d\d)(?:\s+#?[\d.,]{1,7}){1,3}$")  # visits and comments shown as icons
_BEFORE_DATE = re.compile(r"(?:[\s,]+(?:lúc|ngày|vào|on|at))+[\s:,]*$")
LONGEST_LINE = 300  # letters; no portal fills more with labels
LONGEST_UNLABELLED = 200  # letters of a line that has a date but no label
LONGEST_VALUE = {"tags": 200}  # letters; LONGEST_FIELD for all others
LONGEST_FIELD = 90  # letters of one value: an author, a source, a category
MOST_SOURCE_WORDS = 9  # of "Theo …"; a longer line is a sentence
MOST_AUTHOR_WORDS = 14  # of several authors with their titles
FEW_AUTHOR_WORDS = 5  # so few words are a name even if some are not capitalised


class _Label(NamedTuple):
    """A label in a line. kind: a key of _LABELS; start, end: its place in the line, in letters."""

    kind: str
    start: int
    end: int


def read_labels(text: str) -> Metadata | None:
    """Return what a line of labels says, or None if the line is anything else."""
    found = _read_labels(text)
    return replace(found, tags=list(found.tags)) if found else None


@lru_cache(maxsize=4096)  # many rules ask about one line
def _read_labels(text: str) -> Metadata | None:
    text = text.strip(" \t|•·-–—*")
    if not text or len(text) > LONGEST_LINE:
        return None
    for read in (_domain, _according_to, _date_alone, _labelled_line):
        found = read(text)
        if found is not None:
            return found
    return (
        bylines.author_behind_label(text, _read_labels)
        or bylines.name_before_work(text)
        or bylines.date_beside_buttons(text)
    )


def is_label(text: str) -> bool:
    """Return whether a text is a label without its value: `Tác giả`, `Nguồn:`."""
    return _LABEL.fullmatch(f"{text.strip(' :')}:") is not None


def names_author(text: str) -> bool:
    """Return whether a line has a label of an author: `Tác giả: Lê Dũng`, `Ngày 1/3/2021, bởi Lê Dũng`."""
    return any(label.kind == "author" for label in _labels_in(text)) or bylines.begins_with_label(text)


def has_label(text: str) -> bool:
    """Return whether a line has any label: what stands behind it may be the day of something else."""
    return bool(_labels_in(text))


def names_date(text: str) -> bool:
    """Return whether a line has a label of the day of publication: `Ngày đăng: 01/03/2021`."""
    return any(label.kind == "date" for label in _labels_in(text))


def _domain(text: str) -> Metadata | None:
    """Read a domain in brackets: `(laichau.gov.vn)`; or the source with its address: `Nguồn Báo Vân Sơn: https://…`."""
    found = _DOMAIN.match(text) or _SOURCE_ADDRESS.match(text)
    return Metadata(source=found["name"].strip()) if found else None


def _according_to(text: str) -> Metadata | None:
    """Read the name of a source: `(Theo Báo Vân Sơn)`."""
    found = _ACCORDING_TO.match(text)
    return Metadata(source=found["name"].strip()) if found and len(text.split()) <= MOST_SOURCE_WORDS else None


def _date_alone(text: str) -> Metadata | None:
    """Read a date, also in brackets: `Thứ Hai, 01/03/2021 | 08:15`."""
    inner = _without_brackets(text)
    found = dates.alone(inner) or dates.alone(_COUNTERS_BEHIND_TIME.sub("", inner))
    return Metadata(published=found) if found else None


def _without_brackets(text: str) -> str:
    return text[1:-1].strip() if text[0] in "([" and text[-1] in ")]" else text


def _labelled_line(text: str) -> Metadata | None:
    """Read labels with their values, with nothing but dates and boilerplate between them."""
    line = _without_brackets(text)
    labels = _labels_in(line)
    found = Metadata()
    if not labels:
        if len(line) < LONGEST_UNLABELLED and _read_unlabelled(line, found) and (found.published or found.updated):
            return found
        return bylines.names_beside_date(line)
    head = line[: labels[0].start]
    if not _read_unlabelled(head, found):
        head = head.strip(" |•·¦/-–—")
        byline = (
            bylines.names_beside_date(head)
            or bylines.date_beside_buttons(head)
            or bylines.author_behind_label(head, _read_labels)
        )
        if byline is None:
            return None
        found.fill_from(byline)
    ends = [label.start for label in labels[1:]] + [len(line)]
    for label, end in sorted(zip(labels, ends, strict=True), key=lambda pair: pair[0].kind == "publisher"):
        names_author = bool(_NAMES_AUTHOR.search(line[: label.end]))
        value = line[label.end : end].strip(" \t|•·-–—;,")
        if not _read_value(label.kind, value, found, names_author):
            return None
    return found


def _labels_in(line: str) -> list[_Label]:
    """Return all labels of a line, in order; a label of a date at its beginning needs no colon."""
    labels = [_Label(match.lastgroup or "", match.start(), match.end()) for match in _LABEL.finditer(line)]
    bare = _BARE_LABEL.match(line)
    if bare and not (labels and labels[0].start == 0):
        labels.insert(0, _Label(_kind_of_date(bare["label"]), 0, bare.end()))
    return labels


def _kind_of_date(label: str) -> str:
    return "modified" if re.search("cập nhật|sửa|updated|modified", label, re.I) else "date"


def _read_unlabelled(text: str, found: Metadata) -> bool:
    """Read a piece without a label: a date goes into `found`. False if it is neither a date nor boilerplate."""
    text = text.strip(" \t|•·-–—;,()[]#/")
    if not text or is_boilerplate(text) or re.fullmatch(r"[\d.,]{1,9}", text):
        return True
    date = dates.alone(text)
    if date:
        found.published = found.published or date
        return True
    bare = _BARE_LABEL.match(text)
    if bare and (date := dates.alone(text[bare.end() :])):
        return _read_date(_kind_of_date(bare["label"]), text[bare.end() :], found)
    pieces = [piece for piece in _SEPARATOR.split(text) if piece]
    return len(pieces) > 1 and all(_read_unlabelled(piece, found) for piece in pieces)


def _read_value(kind: str, value: str, found: Metadata, names_author: bool) -> bool:
    """Read the value of one label into `found`. False if it is no such value, so that the line is no line of labels.

    Args:
        kind: a key of _LABELS.
        value: the text behind the label, up to the next one.
        found: what has been read of the line so far; completed here.
        names_author: whether the label can only mean an author. "Tin:" and "Bài:" also begin sentences.
    """
    if kind in ("date", "modified"):
        return _read_date(kind, value, found)
    head, *others = _BAR.split(value)
    if not all(_read_unlabelled(piece, found) for piece in others):
        return False
    if kind == "counter":
        return bool(re.fullmatch(r"[\d.,\s()]*(?:lượt|lần)?(?:\s*xem)?", head, re.I)) or _read_unlabelled(head, found)
    if len(head) > LONGEST_VALUE.get(kind, LONGEST_FIELD):
        return False
    return _READERS[kind](head, found, names_author)


def _read_date(kind: str, value: str, found: Metadata) -> bool:
    """Read a date, and what is behind it: `01/03/2021 | 50 lượt`, `01/03/2021 - Lê Dũng`, `01/03/2021 bởi Lê Dũng`."""
    value, *named = _IN_SECTION.split(value, maxsplit=1)
    found.category = found.category or "".join(named)
    pieces = [value, *(piece for piece in _BAR.split(value) if piece != value)]
    date = next((date for date in map(dates.alone, pieces) if date), None)
    if date is None:
        first, *rest = _BEHIND_DATE.split(value, maxsplit=1)
        date = dates.alone(first)
        if date is None:
            return not value
        if rest and not _read_unlabelled(rest[0], found):
            name, *section = _SECTION_BEHIND_NAME.split(rest[0], maxsplit=1)
            if is_name(name):
                found.author = found.author or clean_name(name)
                found.category = found.category or "".join(section)
    if kind == "date":
        found.published = found.published or date
    else:
        found.updated = found.updated or date
    return True


def _read_author(value: str, found: Metadata, names_author: bool) -> bool:
    """Read an author, perhaps with a source: `Lê Dũng; ảnh: Thu Hà`, `Lê Dũng - theo TTXVN`."""
    author, *source = re.split(r"\s*[;,–-]\s*(?=(?:theo|nguồn)\s)", value, maxsplit=1, flags=re.I)
    if source:
        found.source = found.source or re.sub(r"^(?:theo|nguồn)\s+", "", source[0], flags=re.I)
    author = re.split(r"\s*[;,–-]\s*ảnh\s*:", author, flags=re.I)[0]
    name, date, behind = dates.split(author) or (author, None, "")
    if date and is_name(name.strip(" -–—|,")) and not re.search(r"\w", behind):
        found.published = found.published or date
        author = name.strip(" -–—|,")
    if _is_sentence(author, names_author):
        return False
    found.author = found.author or clean_name(author)
    return True


def _is_sentence(author: str, names_author: bool) -> bool:
    """Return whether what follows `Tin:` is a sentence and no name."""
    words = len(author.split())
    if re.search(r"[.!?…]\s+\S", author) or words > MOST_AUTHOR_WORDS:
        return True
    return words > FEW_AUTHOR_WORDS and not is_name(author) and (author.endswith((".", "!", "?")) or not names_author)


def _read_source(value: str, found: Metadata, names_author: bool) -> bool:
    found.source = found.source or value.strip(" .()[]")
    return True


def _read_category(value: str, found: Metadata, names_author: bool) -> bool:
    found.category = found.category or value.strip(" .")
    return True


def _read_tags(value: str, found: Metadata, names_author: bool) -> bool:
    found.tags = found.tags or [tag.strip(" .#") for tag in re.split(r"[,;#]", value) if tag.strip(" .#")]
    return True


def _read_publisher(value: str, found: Metadata, names_author: bool) -> bool:
    """Read who put an article up, and when: a person with a full name is its author, unless another label names one."""
    name, date, _ = dates.split(value) or (value, None, "")
    name = _BEFORE_DATE.sub("", name).strip(" -–—|,(")
    found.published = found.published or date
    if is_full_name(name):
        found.author = found.author or clean_name(name)
    return True


def _ignore_value(value: str, found: Metadata, names_author: bool) -> bool:
    """Accept any value: who typed a page in or approved it is not its author."""
    return True


_READERS: dict[str, Callable[[str, Metadata, bool], bool]] = {
    "author": _read_author,
    "poster": _ignore_value,
    "publisher": _read_publisher,
    "source": _read_source,
    "category": _read_category,
    "tags": _read_tags,
}
