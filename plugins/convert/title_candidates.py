"""A block that may be the title of an article, as the rules of titles.py see it."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass
from functools import cached_property

from .blocks import Block, Position, comparison_key
from .surroundings import has_sentence

TITLE_CLASS = re.compile(
    r"(?:^|[-_ ])(?:title|tit|tieu-?de|headline|heading|ten-?bai)(?:[-_ ]?(?:news|detail|article|post|bai-?viet|tin"
    r"|chi-?tiet|page))?(?:$|[-_ ])",
    re.I,
)
HOME_LINK = re.compile(
    r'<a href="(?:https?://[^/"?#]+)?/?(?:(?:index|default|trang-?chu|home)(?:\.\w{2,5})?)?/?"', re.I
)
SHORT_TITLE = 22  # letters; shorter headings are mostly sections such as "Tin hoạt động"
LONGEST_PARAGRAPH_TITLE = 250  # letters of a title that is set as a paragraph
OWN_CLASSES = 80  # letters of Block.class_names that are of the element itself and its nearest parents
LEAST_PART = 0.4  # share of a hint that is the title; the rest is the name of the site
LEAST_START = 20  # letters by which a shortened hint agrees with the title
SHORTENED = 40  # letters of a shortened hint that are compared
LEAST_HINT = 8  # letters of a hint that can be compared; "Tin tức" is shorter
PROSE_AHEAD = 5  # blocks between a title and its first paragraph: date, buttons, picture, lead
PROSE_BEHIND = 12  # blocks before a heading in the middle of an article
LONGEST_PAGE_HEAD = 30  # blocks between the name of a site and the headline: menus, a search
TITLE_LINKS = 0.8  # share of letters; a title may hold a link to the page itself, but then it is one


def has_byline_below(blocks: Sequence[Block], index: int) -> bool:
    """Return whether the line below a block says when the article was published, or who wrote it."""
    block = blocks[index]
    if index + 1 == len(blocks) or block.kind not in ("text", "heading") or block.is_boilerplate or block.labels:
        return False
    labels = blocks[index + 1].labels
    return labels is not None and bool(labels.published or labels.author)


@dataclass
class TitleCandidate(Position):
    """A block that may be the title.

    hints: what metadata calls the article, sites: what it calls the site, both as comparison keys; prose: letters of
    prose in each block of the page.
    """

    hints: Sequence[str]
    sites: Container[str]
    prose: Sequence[int]

    @cached_property
    def key(self) -> str:
        """The text as it is compared."""
        return comparison_key(self.text)

    @cached_property
    def hint_match(self) -> str:
        """How the text agrees with the best hint: equal, part, start or "" (not at all)."""
        key = self.key
        if key in self.hints:
            return "equal"
        if len(key) < LEAST_HINT:
            return ""
        if any(key in hint and len(key) > LEAST_PART * len(hint) for hint in self.hints):
            return "part"
        if any(self._begins_as(hint) for hint in self.hints):
            return "start"
        return ""

    def _begins_as(self, hint: str) -> bool:
        """Whether a hint is the beginning of the text, as a page shortens its title in <title>."""
        return (
            len(hint) > LEAST_START
            and hint.startswith(self.key[:LEAST_START])
            and self.key.startswith(hint[:SHORTENED])
        )

    @cached_property
    def is_announced(self) -> bool:
        """Whether the markup or the metadata names this text as the title."""
        return self.block.role == "title" or any(self.key in hint or hint in self.key for hint in self.hints)

    @property
    def prose_above(self) -> int:
        """Letters of prose in the same element not far above: a headline stands above the text."""
        above = range(max(0, self.index - PROSE_BEHIND), self.index)
        return sum(self.prose[at] for at in above if self.blocks[at].container == self.block.container)

    @property
    def is_section(self) -> bool:
        """Whether it is a short heading with another, which is no paragraph, between it and the text."""
        if self.block.level == 1 or len(self.text) >= SHORT_TITLE:
            return False
        for at, block in enumerate(self.following[:PROSE_AHEAD]):
            if has_sentence(block.text):
                return False
            is_heading = block.level or TITLE_CLASS.search(block.class_names[:OWN_CLASSES])
            if len(block.text) > SHORT_TITLE and (is_heading or has_byline_below(self.blocks, self.index + 1 + at)):
                return True
        return False

    @property
    def is_above_dated_heading(self) -> bool:
        """Whether another heading of its level or a higher one, with a by-line below, stands before the first text."""
        for at, block in enumerate(self.following[:LONGEST_PAGE_HEAD], start=self.index + 1):
            if self.prose[at]:
                return False
            is_as_high = 0 < block.level <= (self.block.level or 6) and block.text != self.text
            if is_as_high and has_byline_below(self.blocks, at):
                return True
        return False

    @property
    def is_bold_text(self) -> bool:
        """Whether it is a paragraph in bold, which old templates use as a heading."""
        return not self.block.level and "bold" in self.block.style

    @property
    def own_classes(self) -> str:
        """Classes and ids of the element itself and its nearest parents."""
        return self.block.class_names[:OWN_CLASSES]

    @property
    def is_link(self) -> bool:
        """Whether it is a link, as the headlines of other articles are."""
        return self.block.link_share > TITLE_LINKS

    @property
    def is_paragraph(self) -> bool:
        """Whether it reads like a paragraph."""
        block = self.block
        ends = block.is_prose and block.text.endswith((".", ":", ";"))
        return block.kind == "text" and (len(block.text) > LONGEST_PARAGRAPH_TITLE or ends)
