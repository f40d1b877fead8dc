"""The lines above a mail that say who sent it, when, and about what: `From: … Sent: … To: … Subject: …`."""

from __future__ import annotations

import re
from html import escape, unescape

from bs4 import Tag

from .blocks import Block, clean_text

WITHIN = 12  # blocks at the beginning of a page
REASON = "header of a mail"
FEWEST = 3  # lines, one of them the subject
_FIELD = re.compile(
    r"(?:from|sent|date|to|cc|subject|từ|người gửi|đã gửi|ngày(?: gửi)?|gửi lúc|tới|đến|người nhận|chủ đề|tiêu đề)\s*:",
    re.I,
)
_SUBJECT = re.compile(r"(?:subject|chủ đề|tiêu đề)\s*:\s*(?:(?:re|fwd?|tr)\s*:\s*)*", re.I)


def mark_subject(blocks: list[Block], elements: list[Tag]) -> None:
    """Make the subject of a mail the title, and every other line of its header a block of its own.

    Args:
        blocks: all blocks of the page, completed here.
        elements: the element of each block.
    """
    lines = [(index, line) for index, block in enumerate(blocks[:WITHIN]) for line in _lines(block)]
    fields = [(index, line) for index, line in lines if _FIELD.match(line)]
    if len(fields) < FEWEST or not any(_SUBJECT.match(line) for _, line in fields):
        return
    for index in sorted({index for index, _ in fields}, reverse=True):
        parts = [part for line in _lines(blocks[index]) for part in _parts(line, blocks[index])]
        if sum(part.letters for part in parts) == blocks[index].letters:
            for part in parts:
                if not part.role:
                    part.leave_out(REASON)
            blocks[index : index + 1] = parts
            elements[index : index + 1] = [elements[index]] * len(parts)


def _lines(block: Block) -> list[str]:
    if block.kind != "text":
        return []
    parts = [clean_text(unescape(re.sub(r"<[^>]+>", "", part))) for part in block.html.split("<br>")]
    return [part for part in parts if part]


def _parts(line: str, block: Block) -> list[Block]:
    """Return a line as a block; the subject as the title below its label."""
    subject = _SUBJECT.match(line)
    found = [_block(line, block)] if subject is None else [_block(line[: subject.end()].strip(), block)]
    if subject is not None and line[subject.end() :]:
        title = _block(line[subject.end() :], block)
        title.kind, title.level, title.role = "heading", 1, "title"
        found.append(title)
    return found


def _block(text: str, around: Block) -> Block:
    block = Block("text", text, escape(text, quote=False), class_names=around.class_names)
    block.container = around.container
    return block
