"""Forms that show an article as a table: a label in one cell, its value in the next."""

from __future__ import annotations

import re

from bs4 import Tag

from .blocks import Block
from .labels import LONGEST_FIELD, is_label

_PARTS = {
    "title": re.compile(r"(?:tiêu đề|tên bài(?: viết)?|tựa đề|title)", re.I),
    "lead": re.compile(r"(?:tóm tắt|trích yếu|mô tả|sapo|giới thiệu|summary)", re.I),
    "body": re.compile(r"(?:nội dung(?: bài(?: viết)?| tin)?|body|content)", re.I),
}
LABEL = "label of a form"


def join(blocks: list[Block], elements: list[Tag]) -> None:
    """Join each label with the value in the cell beside it, and give the title and the lead of a form their roles.

    Args:
        blocks: all blocks of a page; changed here.
        elements: the element of each block; changed here.
    """
    for index in range(len(blocks) - 2, -1, -1):
        if not _are_label_and_value(blocks, index):
            continue
        label, value = blocks[index], blocks[index + 1]
        words = label.text.strip(" :")
        part = next((part for part, pattern in _PARTS.items() if pattern.fullmatch(words)), "")
        if part:
            value.role = part if part != "body" else value.role
            label.leave_out(LABEL)
        elif is_label(words) and _is_alone_in_cell(blocks, index + 1) and len(value.text) <= LONGEST_FIELD:
            label.text, label.html = f"{words}: {value.text}", f"{label.html}: {value.html}"
            label.kind, label.level, label.letters = "text", 0, label.letters + value.letters
            del blocks[index + 1], elements[index + 1]


def _are_label_and_value(blocks: list[Block], index: int) -> bool:
    """Return whether a block is all of the first cell of a row, and the next one is in the second."""
    first, second = blocks[index], blocks[index + 1]
    are_side_by_side = first.column == 1 and second.column == 2 and second.layout_cell == first.layout_cell + 1
    is_line = first.kind in ("text", "heading") and second.kind in ("text", "heading")
    return are_side_by_side and is_line and (index == 0 or blocks[index - 1].layout_cell != first.layout_cell)


def _is_alone_in_cell(blocks: list[Block], index: int) -> bool:
    return index + 1 == len(blocks) or blocks[index + 1].layout_cell != blocks[index].layout_cell
