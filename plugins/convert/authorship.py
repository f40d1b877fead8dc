"""Who wrote an article: what its lines, its markup and its metadata say, held against each other.

One hint that nothing else on the page confirms is not enough: the name is written, and told in `review`. Names that two
independent places agree on need no form of a name and no label; where they differ, the better grounded one wins.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import cached_property

from plugins.i18n import translate

from . import dates, labels
from .blocks import Block, Page, Place, comparison_key
from .boilerplate import is_boilerplate, is_site_name
from .bylines import begins_with_label
from .folder_votes import Vote, place_of
from .names import CAPITAL, clean_name, is_full_name, is_name, is_office
from .rules import Case, CaseTable

LONGEST_LINE = 200  # letters of a line that can confirm a name
LONGEST_NAME = 60  # letters of a name that two places agree on
MOST_WORDS = 7  # of such a name
_HAS_MORE = re.compile(r"[\d|]")  # a date, a counter, another field
_BETWEEN_PARTS = re.compile(r"\s*(?:\d[\d:/.-]*|[|•·¦;,()/\[\]])\s*|\s+[-–—]+\s+")
_BEHIND_BY = re.compile(rf"\b(?:[Bb]y|[Bb]ởi)\s+((?:{CAPITAL}\w*\s+){{1,4}}{CAPITAL}\w*)")
NEAR = 12  # blocks above and below the article in which a line can confirm a name


class Ground(Enum):
    """What the author of an article rests on."""

    NOBODY = auto()  # the page names nobody
    LABEL = auto()  # a label beside the name
    AGREED = auto()  # two independent places
    FORM = auto()  # the place or the markup of a line, which has the form of a name and is nothing else on the page
    MARKUP = auto()  # only the markup of one line
    PLACE = auto()  # only the place of a line
    METADATA = auto()  # only the metadata, and the page does not show the name


SURE = frozenset({Ground.NOBODY, Ground.LABEL, Ground.AGREED, Ground.FORM})


@dataclass
class Authorship:
    """What a page says about the author of its article.

    read: what its lines or else its metadata say; named: what its metadata names, whatever it may be; marked: the
    names that markup gives to authors, without those of comments; blocks: all blocks.
    """

    read: str
    named: Sequence[str]
    marked: Sequence[str]
    blocks: Sequence[Block]

    @property
    def text(self) -> str:
        """The name that a decision is recognised by."""
        return self.read or self.agreed

    @cached_property
    def line(self) -> Block | None:
        """The line from which the author was read."""
        key = comparison_key(self.read)
        lines = (block for block in self.blocks if block.reason in ("labels", "credits") and _is_within(key, block))
        return next(lines, None)

    @property
    def is_labelled(self) -> bool:
        """Whether a label of an author stands beside the name, and nothing else was read with it."""
        if self.line is None or _HAS_MORE.search(self.read):
            return False
        return any(labels.names_author(text) for text in (self.line.text, self.line.segments) if text)

    @cached_property
    def agreed(self) -> str:
        """The name on which two places agree: metadata, markup, and the lines in and around the article."""
        return next((clean_name(name) for name in self.named if may_be_name(name) and self._is_confirmed(name)), "")

    def _is_confirmed(self, name: str) -> bool:
        """Whether markup has the name too, or what was read, or a short line in the article or near it."""
        key = comparison_key(name)
        if any(comparison_key(marked) == key for marked in self.marked) or (self.line and _is_within(key, self.line)):
            return True
        return is_name(name) and any(_is_within(key, block) for block in near_article(self.blocks))

    @property
    def is_more_than_agreed(self) -> bool:
        """Whether what was read has other words around the name on which two places agree: a place, a profession."""
        return bool(self.agreed) and comparison_key(self.agreed) in comparison_key(self.read)

    @property
    def is_marked(self) -> bool:
        """Whether markup calls the name that was read an author."""
        key = comparison_key(self.read)
        return any(comparison_key(name) == key for name in self.marked) or (
            self.line is not None and (self.line.role == "author" or "author" in self.line.part_roles)
        )

    @property
    def place(self) -> str:
        """The markup around the name, to be compared with that of other pages; "" for a text that is elsewhere too."""
        if self.line is None:
            return "metadata" if self.read else ""
        if self.is_elsewhere:
            return ""
        return f"{self.line.reason} {place_of(self.line) or self.line.kind}"

    @cached_property
    def is_elsewhere(self) -> bool:
        """Whether other lines of the page have what was read: a section stands in the menu too, a place in the text."""
        others = [block.text for block in self.blocks if block.reason not in ("labels", "credits")]
        return any(self.read in text or self.read.lower() in text for text in others)

    @property
    def has_form_of_name(self) -> bool:
        """Whether what was read is an office that signs, or names of persons that the page has nowhere else."""
        if is_office(self.read):
            return True
        if not is_full_name(self.read):
            return False
        return not self.is_elsewhere


def near_article(blocks: Sequence[Block]) -> Sequence[Block]:
    """Return the blocks of an article with those above and below it."""
    places = [index for index, block in enumerate(blocks) if block.place is Place.ARTICLE]
    return blocks[max(0, places[0] - NEAR) : places[-1] + NEAR] if places else ()


def is_byline(block: Block) -> bool:
    """Return whether a line says when an article was published or by whom, even if not all of it could be read."""
    if block.reason in ("labels", "credits"):
        return True
    if block.kind not in ("text", "heading") or len(block.text) >= LONGEST_LINE:
        return False
    return begins_with_label(block.text) or (not block.is_prose and dates.first(block.text) is not None)


def names_beside_labels(block: Block) -> list[str]:
    """Return what in a line beside a date has the form of a person's full name: `12/03/2019 87 Vàng A Dế`."""
    parts = _BETWEEN_PARTS.split(block.segments or block.text)
    names = (part for part in parts if len(part.split()) > 1 and is_full_name(part))
    behind = (name for part in parts for name in _BEHIND_BY.findall(part) if is_full_name(name))
    return [name for name in (*names, *behind) if not is_boilerplate(name) and not dates.is_weekday(name)]


def _is_within(key: str, block: Block) -> bool:
    return len(block.text) < LONGEST_LINE and not block.is_prose and key in comparison_key(block.text)


def may_be_name(text: str) -> bool:
    """Whether a text has the length of a name, also of a pen name or an office that has not the form of one."""
    text = clean_name(text)
    is_short = 1 < len(text) <= LONGEST_NAME and len(text.split()) <= MOST_WORDS
    return is_short and not re.search(r"https?:|[@|]", text) and not is_boilerplate(text) and not is_site_name(text)


# Hard conditions, first match wins: the best ground first.
GROUND = CaseTable[Authorship, Ground](
    "author",
    otherwise=Ground.NOBODY,
    rules=(
        Case(
            "label beside the name",
            Ground.LABEL,
            lambda a: a.read and a.is_labelled and not a.is_more_than_agreed,
            "[role=title] Rừng mới\nTác giả: Dũng\n[prose]\n[prose]",
            "[role=title] Rừng mới\nDũng | 01/03/2021\n[prose]\n[prose]",
        ),
        Case(
            "two places agree",
            Ground.AGREED,
            lambda a: a.agreed,
            "@author Dũng\n[role=title] Rừng mới\n[role=author] Dũng\n[prose]\n[prose]",
            "@author Hà\n[role=title] Rừng mới\n[role=author] Dũng\n[prose]\n[prose]",
        ),
        Case(
            "form of a name",
            Ground.FORM,
            lambda a: a.read and a.has_form_of_name and (a.line or a.is_marked),
            "[role=title] Rừng mới\nLê Dũng | 01/03/2021\n[prose]\n[prose]",
            "[role=title] Rừng mới\nLê Dũng | 01/03/2021\n[prose]\n[prose] Lê Dũng là chủ rừng.",
        ),
        Case(
            "markup of one line",
            Ground.MARKUP,
            lambda a: a.read and a.is_marked,
            "[role=title] Rừng mới\n[role=author] Dũng\n[prose]\n[prose]",
            "[role=title] Rừng mới\nDũng | 01/03/2021\n[prose]\n[prose]",
        ),
        Case(
            "place of one line",
            Ground.PLACE,
            lambda a: a.read and a.line,
            "[role=title] Rừng mới\nDũng | 01/03/2021\n[prose]\n[prose]",
            "@author Lê Dũng\n[role=title] Rừng mới\n[prose]\n[prose]",
        ),
        Case(
            "metadata",
            Ground.METADATA,
            lambda a: a.read,
            "@author Lê Dũng\n[role=title] Rừng mới\n[prose]\n[prose]",
            "[role=title] Rừng mới\n[prose]\n[prose]",
        ),
    ),
)


def settle(found: str, page: Page) -> tuple[str, Vote]:
    """Return the author of an article, "" for none, and what it rests on.

    Args:
        found: what the lines of the page, or else its metadata, say.
        page: the page; the places of its blocks are decided.
    """
    if not found:
        marked = {comparison_key(name): name for name in page.marked_authors if len(name.split()) > 1 and is_name(name)}
        found = clean_name(*marked.values()) if len(marked) == 1 else ""
    authorship = Authorship(found, page.named_authors, page.marked_authors, page.all_blocks)
    ground = GROUND.decide(authorship)
    author = authorship.agreed if ground is Ground.AGREED else found
    is_sure, note = ground in SURE, _note(author, ground) if author else ""
    return author, Vote(authorship.place, author, is_sure, ground is Ground.FORM, note)


def _note(name: str, ground: Ground) -> str:
    """Return the note for review about an author that only one hint names, "" for others."""
    if ground in SURE:
        return ""
    if ground is Ground.MARKUP:
        return translate("Author: only the code of the page says that {name} is the author.", name=name)
    if ground is Ground.METADATA:
        return translate("Author: only the page's metadata names {name}; the page does not show it.", name=name)
    return translate("Author: only its place on the page says that {name} is the author.", name=name)
