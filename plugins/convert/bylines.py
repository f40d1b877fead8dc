"""Lines that name an author beside a date: `Lê Dũng | 01/03/2021 08:15`, `bởi Lê Dũng vào 1/3/2021`."""

from __future__ import annotations

import re
from collections.abc import Callable

from . import dates
from .boilerplate import is_boilerplate
from .metadata import Metadata
from .names import clean_name, is_name

Reader = Callable[[str], Metadata | None]

MOST_PIECES = 3  # of a by-line beside its date: a section and two authors
LONGEST_SETTING = 6  # words beside the date of a post: who may read it
LONGEST_CAPITAL_NAME = 3  # words; more capitals are a heading
_BY = re.compile(
    r"^\W*(?:(?:(?:được|đã)\s+)*(?:viết|gửi|đăng|tạo)\s+bởi|(?:written |posted |published |submitted )?by|bởi|tác giả"
    r"|người viết)\s*:?\s+(?=\S)",
    re.I,
)
_BEFORE_DATE = re.compile(  # Vietnamese words in small letters: Đăng is a name too
    r"[\s,»|–—-]*\b(?:(?i:on|at|published|posted)|lúc|ngày|vào|(?:đã |được )*(?:đăng|gửi|viết|tạo))[\s:,]*$"
)
_WORK_BEHIND = re.compile(r"\s+(?:thực hiện|ghi|lược ghi|tổng hợp|biên soạn|thực hiện và ghi)\.?$")
_STRONG_SEPARATOR = re.compile(r"[|•·¦@»]|\s/\s")
_SEPARATOR = re.compile(r"\s*[|•·¦@»]\s*|\s+/\s+|\s+[-–—]\s+|\s{3,}")
_DOT = re.compile(r"\s[•·]\s")
_BETWEEN = " -–—,()»|"


def begins_with_label(text: str) -> bool:
    """Return whether a line begins with words such as `bởi` and `viết bởi`, or has them behind a date."""
    return any(_BY.match(part) for part in (text, *_SEPARATOR.split(text)))


def author_behind_label(text: str, read: Reader) -> Metadata | None:
    """Return the author behind `bởi` or `by`, perhaps with a date; or None.

    Args:
        text: the line: `By Lê Dũng on 1/3/2021`, `bởi Lê Dũng — đã đăng 1/3/2021, lần sửa cuối 2/3/2021`.
        read: reads what is behind the date as a line of labels.
    """
    by = _BY.match(text)
    if not by:
        return None
    before, date, behind = dates.split(text[by.end() :]) or (text[by.end() :], None, "")
    behind = behind.strip(_BETWEEN)
    if not before.strip(_BETWEEN):
        before, behind = behind, ""
    while shorter := _BEFORE_DATE.search(before):
        before = before[: shorter.start()]
    name = before.strip(_BETWEEN)
    if not is_name(name):
        return None
    found = Metadata(published=date, author=clean_name(name))
    if behind and not is_boilerplate(behind):
        more = read(behind)
        if more is None:
            return None
        found.fill_from(more)
    return found


def name_before_work(text: str) -> Metadata | None:
    """Return the names of a line that says behind them what they did: `Lê Dũng thực hiện`; or None."""
    name = _WORK_BEHIND.sub("", text)
    return Metadata(author=clean_name(name)) if name != text and len(name.split()) > 1 and is_name(name) else None


def names_beside_date(text: str) -> Metadata | None:
    """Return the names and the date of a line that has nothing else; or None.

    `Lê Dũng | 01/03/2021 08:15`, `LÊ DŨNG - THU HÀ 01/03/2021 08:15`, `Lê Dũng / Thứ Hai, 1 tháng 3 năm 2021`.
    """
    found = dates.at_edge(text, anywhere=_STRONG_SEPARATOR.search(text) is not None)
    if found is None:
        return None
    date, rest = found
    pieces = [piece.strip(" -–—,()") for piece in _SEPARATOR.split(rest)]
    pieces = [piece for piece in pieces if re.search(r"\w", piece) and not is_boilerplate(piece)]
    pieces = [piece for piece in pieces if not dates.is_short_weekday(piece)]
    if not pieces or len(pieces) > MOST_PIECES:
        return None
    pieces = [_BY.sub("", piece) for piece in pieces]
    names = [piece for piece in pieces if is_name(piece)]
    if any(not piece.isupper() for piece in names):
        names = [piece for piece in names if not piece.isupper()]  # a section in capitals stands before the name
    elif names and (not date.has_time or any(len(piece.split()) > LONGEST_CAPITAL_NAME for piece in names)):
        return None  # a heading or a place in capitals
    if not names and _DOT.search(text) and all(len(piece.split()) <= LONGEST_SETTING for piece in pieces):
        return Metadata(published=date)  # 2 tháng 3, 2025 · Đã chia sẻ với Công khai
    if not names or (len(names) < len(pieces) and not _STRONG_SEPARATOR.search(text) and not pieces[0].isupper()):
        return None
    start, end = text.find(names[0]), text.find(names[-1]) + len(names[-1])
    return Metadata(published=date, author=clean_name(text[start:end] if len(names) > 1 else names[0]))


def date_beside_buttons(text: str) -> Metadata | None:
    """Return the date of a line with nothing else but buttons: `28/12/2022 15:36 In trang Gửi email`; or None."""
    found = dates.at_edge(text)
    if found is None:
        return None
    date, rest = found
    rest = rest.strip(_BETWEEN + ":")
    return Metadata(published=date) if rest and is_boilerplate(rest) else None
