"""Finds files that say the same: copies that Explorer, Finder, a sync program or an editor has left in the content.

A copy has any name, and often another slug, date or status. So what the files say is compared, by two fields of their
rows. Of a text only a sketch is kept: the smallest hashes of its clauses (a bottom-k sketch, A. Broder, On the
resemblance and containment of documents, 1997). Texts that differ in a word differ in one clause, and have all but one
of these hashes in common.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING
from zlib import crc32

if TYPE_CHECKING:
    from .stories import Story

SKETCH_SIZE = 8  # hashes
MIN_AT_ONE_TIME = 3  # clauses of a text that two articles of one time do not share by chance
MIN_NEARLY_SAME = 3  # clauses that nearly the same texts must share
_CLAUSE_END = re.compile(r"[.,;:!?…]+\s|\n")
_NO_LETTER = re.compile(r"(?:<[^>]*>|[^\w<]|[\d_])*\Z")  # outside of tags


def title_digest(title: str) -> str:
    """Return a digest of a title, the same for any case and spaces (32 bits, in hexadecimal)."""
    return f"{crc32(' '.join(title.casefold().split()).encode()):08x}"


def text_sketch(html: str) -> str:
    """Return a digest of a text, and the smallest hashes of its clauses, joined by spaces; "" without letters.

    Args:
        html: The text with its links and pictures, so that articles which only link to different documents differ.
    """
    clauses = (clause.strip() for clause in _CLAUSE_END.split(html) if not _NO_LETTER.match(clause))
    smallest = sorted({crc32(clause.encode()) for clause in clauses})[:SKETCH_SIZE]
    return " ".join(f"{number:08x}" for number in (crc32(html.encode()), *smallest)) if smallest else ""


def find_copies(stories: Sequence[Story]) -> Iterator[tuple[Story, Story]]:
    """Yield each story that says the same as another one, with that one.

    Two files say the same if two of these three are the same: the title, the time, the text; or if a text of some
    length is. With the same title, a text that differs in one clause counts as the same.
    """
    titles = Counter(story.row.title_digest for story in stories)
    texts = Counter(story.row.text_sketch for story in stories)
    del texts[""]
    similar = [s for s in stories if titles[s.row.title_digest] > 1 or texts[s.row.text_sketch] > 1]
    first: dict[tuple[str, ...], Story] = {}
    # a copy mostly has the longer name: articles/2026/bai (1).md, articles/2026 - Copy/bai.md
    for story in sorted(similar, key=lambda story: (len(story.path), story.path)):
        keys = list(_keys(story))
        original = next((first[key] for key in keys if key in first), None)
        if original:
            yield story, original
        for key in keys:
            first.setdefault(key, original or story)


def _keys(story: Story) -> Iterator[tuple[str, ...]]:
    """Yield texts of which a story shares at least one with each of its copies."""
    row = story.row
    title, text, time = row.title_digest, row.text_sketch, row.published_at
    clauses = text.split(" ")[1:]
    yield "title and time", row.lang, row.kind, title, time
    if clauses:
        yield "title and text", title, *clauses
    if len(clauses) > MIN_NEARLY_SAME:
        for left_out in clauses:
            yield "title and text", title, *(clause for clause in clauses if clause != left_out)
    if len(clauses) >= MIN_AT_ONE_TIME and story.published_at:
        yield "time and text", row.lang, time, text
    if len(clauses) == SKETCH_SIZE:
        yield "text", text
