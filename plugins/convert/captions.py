"""Captions: which line belongs to which picture, and which line of a copied text was a caption."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from .blocks import MOST_LINKS, Block, comparison_key
from .caption_rules import LABEL, LONGEST, NUMBERED, LineBelow, is_caption, is_unsure
from .lost_captions import LONGEST_BARE, is_bare_caption, lost_picture

FEWEST_IN_SERIES = 3  # pictures with a caption in elements that are alike


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
    found = _with_captions_of_series(found)
    if not all(block.is_copied for block in blocks):
        found = [lost_picture(b) if b.role == "caption" and b.kind == "text" else b for b in found]
    else:
        found = [lost_picture(b) if is_bare_caption(found, at) else b for at, b in enumerate(found)]
    return _without_repeated_captions(found)


def _with_captions_of_series(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks of a photo story with the captions that are set as those of its other pictures.

    Each picture is alone with one line in an element, and the elements are alike.
    """
    pairs = [(a, b) for a, b in pairwise(blocks) if a.kind == "picture" and a.element and a.element == b.container]
    boxes = Counter(a.class_names for a in blocks if a.kind == "picture" and a.element and a.caption)
    alike = {name for name, count in boxes.items() if name and count >= FEWEST_IN_SERIES}
    if not alike:
        return list(blocks)
    taken = set[int]()
    for picture in blocks:
        if picture.kind == "picture" and picture.class_names in alike:
            picture.is_unsure = False
    for picture, line in pairs:
        if picture.class_names in alike and not picture.caption and line.kind == "text" and len(line.text) <= LONGEST:
            picture.caption = line.text
            line.take("caption")
            taken.add(id(line))
    return [block for block in blocks if id(block) not in taken]


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
    if line.labels or line.link_share > MOST_LINKS or "bold" in line.style or NUMBERED.match(line.text):
        return False
    if below < len(blocks) and not blocks[below].is_prose:
        return False
    return len(line.style & {"center", "italic"}) == 2 or (
        line.style & {"center", "italic"} != frozenset()
        and (LABEL.search(line.text) is not None or line.text.endswith(":"))
    )


def _take_caption(blocks: Sequence[Block], start: int) -> int:
    """Give the lines of a caption to the picture above them; return the index of the first block below them."""
    picture = blocks[start - 1]
    if picture.is_in_byline and start < len(blocks) and blocks[start].role != "caption":
        return start
    index = start
    while index < len(blocks) and is_caption(LineBelow(blocks, index, picture)):
        line = blocks[index]
        if comparison_key(line.text) != comparison_key(picture.caption):
            picture.caption = f"{picture.caption} {line.text}".strip()
            picture.is_unsure = is_unsure(LineBelow(blocks, index, Block("picture", "", picture=picture.picture)))
            line.take("caption")
        else:
            line.leave_out("repeats a caption")
        index += 1
        if line.role != "caption" or not picture.caption:  # only markup can say that a caption has several lines
            break
    return index


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
