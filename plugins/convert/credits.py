"""Credits around a title that markup explains: the author, the source and the date, also without a label."""

from __future__ import annotations

import re
from collections.abc import Callable

from . import dates, labels, names
from .blocks import Block
from .boilerplate import is_boilerplate
from .metadata import Metadata

LONGEST_CREDIT = 200  # letters of a line that holds several credits
LONGEST_BY_ROLE = {"author": 90, "source": 120, "date": 120, "category": 60}  # letters; a longer text is a sentence
MOST_NAME_WORDS = 8  # words of an author that need not all be capitalised: "Trung tâm Văn hóa xã Tả Sin"
LONGEST_DATED_LINE = 160  # letters
_BY = re.compile(r"^(?:by|bởi|posted by)\s+", re.I)
_ACCORDING_TO = re.compile(r"^(?:theo|nguồn)\s*:?\s+", re.I)


def read_credits(block: Block) -> Metadata | None:
    """Return what a block says about the article by its labels, its role or a date in it; or None."""
    return block.labels or read_role(block) or read_segments(block) or read_dated_line(block)


def read_role(block: Block) -> Metadata | None:
    """Return what a short line means that only its markup explains: `<span class="author">Lê Dũng</span>`."""
    text = block.text.strip(" |•-–()")
    if block.role:
        reader = _ROLE_READERS.get(block.role)
        return reader(text) if reader and len(text) < LONGEST_BY_ROLE[block.role] else None
    if not block.part_roles or len(text) >= LONGEST_CREDIT or block.is_prose:
        return None
    found = Metadata()
    for role, text in block.part_roles.items():
        part = read_role(Block("text", text, role=role)) or labels.read_labels(text)
        if part:
            found.fill_from(part)
    return found if found != Metadata() else None


def _author(text: str) -> Metadata:
    text = _BY.sub("", text)
    if is_only_label(text):
        return Metadata()
    is_author = names.is_name(text) or _is_office(text)
    return Metadata(author=names.clean_name(text) if is_author else "")


def is_only_label(text: str) -> bool:
    """Return whether a text is a label without its value, and no office that signs."""
    return labels.is_label(text) and not names.is_office(text)  # PV is a label, and the office that signs


def _is_office(text: str) -> bool:
    """Return whether a text that markup calls an author is an office: half of its words are capitalised."""
    words = text.split()
    if len(words) > MOST_NAME_WORDS or re.search(r"[.!?]$|[\d:]", text) or is_boilerplate(text):
        return False
    return not labels.is_label(text) and 2 * sum(word[:1].isupper() for word in words) >= len(words)


def _source(text: str) -> Metadata:
    return Metadata(source=_ACCORDING_TO.sub("", text))


def _date(text: str) -> Metadata:
    return Metadata(published=dates.first(text))


def _category(text: str) -> Metadata:
    return Metadata(category=text)


_ROLE_READERS: dict[str, Callable[[str], Metadata]] = {
    "author": _author,
    "source": _source,
    "date": _date,
    "category": _category,
}


def read_segments(block: Block) -> Metadata | None:
    """Return author and date of a line of elements of which one is a label: `Feb 6 | Written by | Lê Dũng`."""
    if block.is_prose or len(block.text) > LONGEST_DATED_LINE or not block.segments:
        return None
    segments = block.segments.split(" | ")
    found = Metadata()
    for first, second in zip(segments, [*segments[1:], ""], strict=True):
        part = labels.read_labels(first) or (labels.read_labels(f"{first} {second}") if second else None)
        if part:
            found.fill_from(Metadata(published=part.published, author=part.author))
    return found if found.author else None


def read_dated_line(block: Block) -> Metadata | None:
    """Return the date among other short things around a title: `Kinh tế | Chủ Nhật, 04/12/2022`; or None."""
    if block.is_prose or len(block.text) > LONGEST_DATED_LINE or not block.segments:
        return None
    published = next((date for date in map(dates.alone, block.segments.split(" | ")) if date), None)
    return Metadata(published=published) if published else None
