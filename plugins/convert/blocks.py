"""An old page as a sequence of blocks: what every kind of source is read into before any rule looks at it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property
from typing import TYPE_CHECKING

from . import boilerplate
from .labels import is_label, read_labels
from .metadata import Metadata

if TYPE_CHECKING:
    from .administrative import Document
    from .sections import NamedSection

_SENTENCE_END = re.compile(r"[.!?…:;][\"”’)\]]*(?:\s*[)\]])?$|\./\.$")

_INVISIBLE = re.compile(
    "[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff\ue000-\uf8ff\ufffe\uffff]"
)


SHORTEST_PARAGRAPH = 55  # letters of a paragraph that ends like a sentence; captions with a full stop are shorter
LONG_TEXT = 180  # letters; whatever is longer is a paragraph, even without a full stop
MOST_LINKS = 0.5  # share of the letters of a text; where links are more, the text is only there for them
ONLY_LINKS = 0.9  # share of the letters; the rest is a number, a date or an arrow


class Place(Enum):
    """Where words of a source end: every one in exactly one place, see account.py."""

    ARTICLE = "article"
    CHROME = "chrome"  # words of the old portal, not of the article
    DOUBT = "doubt"  # an editor must decide


@dataclass
class Picture:
    """A picture as the page names it: its address and its `alt` text. An empty address: the picture is lost.

    is_floating: whether the text flows around it.
    """

    address: str
    alt: str = ""
    is_floating: bool = False


@dataclass
class Block:
    """One paragraph, heading, list, table, quotation or picture.

    Args:
        kind: text, heading, list, table, quote, code or picture.
        text: plain text in NFC, spaces collapsed; of a picture its `alt` text.
        html: the same as safe HTML; inline HTML for text and headings.
        style: of bold, italic, center and right what holds for all of the text.
        class_names: classes and ids of its element, then of the elements around it.
        link_share: share of its letters that are links, 0 to 1.
        role: what the markup says it is: title, lead, date, author, source, category, tags, section, caption or "".
        level: of a heading, 1 to 6; 0 for everything else.
        in_body: whether it is in the element that the page marks as the article's text.
        layout_cell: number of the cell, counted over the page, in a table used for layout; 0 outside of such tables.
        picture: the picture of a block of kind picture.
        caption: the caption of such a block, once it is known.
        segments: the texts of its elements with " | " between them, or "" if there is only one.
        part_roles: roles of parts of its text, {"date": "24/10/2025"}.
        column: number of the cell in its row, from 1 on, in a table used for layout; 0 outside of such tables.
        is_unsure: whether its caption may be a sentence of the text.
        is_in_byline: whether it is a picture with the author or the date directly below it, and not with a caption.
        element: id() of its element.
        container: id() of the element around its own, 0 if there is none.
        is_copied: whether it is a line of a text without markup.
        place: where its words end; None: not yet decided.
        reason: name of the rule that decided it.
        letters: see letters_of; of the text as it was read.
    """

    kind: str
    text: str
    html: str = ""
    style: frozenset[str] = frozenset()
    class_names: str = ""
    link_share: float = 0.0
    role: str = ""
    level: int = 0
    in_body: bool = True
    layout_cell: int = 0
    picture: Picture | None = None
    caption: str = ""
    segments: str = ""
    part_roles: dict[str, str] = field(default_factory=dict)
    column: int = field(default=0, repr=False, compare=False)
    is_unsure: bool = field(default=False, repr=False, compare=False)
    is_in_byline: bool = field(default=False, repr=False, compare=False)
    element: int = field(default=0, repr=False, compare=False)
    container: int = field(default=0, repr=False, compare=False)
    is_copied: bool = field(default=False, repr=False, compare=False)
    place: Place | None = field(default=None, repr=False, compare=False)
    reason: str = field(default="", repr=False, compare=False)
    letters: int = field(default=0, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        self.letters = 0 if self.kind == "picture" else letters_of(self.text)

    def take(self, reason: str) -> None:
        """Enter its words as words of the article. reason: what they are there."""
        self.place, self.reason = Place.ARTICLE, reason

    def leave_out(self, rule: str) -> None:
        """Enter its words as chrome."""
        self.place, self.reason = Place.CHROME, rule

    @property
    def labels(self) -> Metadata | None:
        """What it says as a line of labels, or None."""
        found = read_labels(self.text) or (read_labels(self.segments) if self.segments else None)
        if found is None and self.segments.count(" | ") == 1:
            label, _, value = self.segments.partition(" | ")
            found = read_labels(f"{label}: {value}") if is_label(label) else None
        return found

    @property
    def is_boilerplate(self) -> bool:
        """Whether it holds only buttons, counters and the like."""
        if boilerplate.is_boilerplate(self.text):
            return True
        return bool(self.segments) and boilerplate.is_boilerplate(self.segments)

    @property
    def is_prose(self) -> bool:
        """Whether it reads like a paragraph of an article."""
        if self.kind != "text" or self.link_share >= MOST_LINKS:
            return False
        ends = len(self.text) >= SHORTEST_PARAGRAPH and bool(_SENTENCE_END.search(self.text))
        return ends or len(self.text) >= LONG_TEXT


@dataclass
class Position:
    """A block among the blocks around it: what most rules are about."""

    blocks: Sequence[Block]
    index: int

    @cached_property
    def block(self) -> Block:
        """The block itself."""
        return self.blocks[self.index]

    @property
    def text(self) -> str:
        """The text of the block."""
        return self.block.text

    @property
    def before(self) -> Block | None:
        """The block above."""
        return self.blocks[self.index - 1] if self.index else None

    @property
    def after(self) -> Block | None:
        """The block below."""
        return self.blocks[self.index + 1] if self.index + 1 < len(self.blocks) else None

    @cached_property
    def following(self) -> Sequence[Block]:
        """All blocks below."""
        return self.blocks[self.index + 1 :]

    @cached_property
    def labels(self) -> Metadata | None:
        """What the block says as a line of labels; see Block.labels."""
        return self.block.labels


@dataclass(frozen=True)
class LeftOut:
    """Words of a source that became no block.

    reason: name of the rule; letters: see letters_of; text: the words, if they are prose that somebody should see;
    index: the number of blocks above them.
    """

    reason: str
    letters: int
    place: Place = Place.CHROME
    text: str = ""
    index: int = 0


@dataclass(frozen=True)
class Embedded:
    """A video, map, document or the like within a page. address: of it; index: the number of blocks above it."""

    address: str
    index: int


@dataclass
class Page:
    """A source as blocks, and what the rules cannot see in them.

    Args:
        blocks: what may belong to the article, in order.
        metadata: what the head of the page, or the export, says.
        title_hint: the title according to the metadata, for a page without a heading.
        title_hints: all that metadata calls the article.
        rival_title: another line that may be the title, "" for none.
        lead: the lead, if an export has it apart from the text.
        description: what the metadata calls its summary.
        source_url: the address on the old portal.
        lang: language of the article.
        counter_year: the year that the page's counter of visits names.
        counter_text: how the counter names it.
        encoding: name of the encoding of the source.
        notes: what an editor must look at, for the article's `review`.
        is_listing: set if the page turns out to be a list of headlines.
        letters: of the whole source, see letters_of; by default those of its blocks.
        left_out: words that were no blocks.
        all_blocks: all blocks of the source; by default those of `blocks`.
        embedded: what it shows from other files and places.
        asks_password: whether it has a field for one.
        is_only_script: whether its text is in a script, which only a browser can show.
        is_public: whether everybody may read it; what only some could read on the old portal becomes a draft.
        is_restricted: whether a part of it was hidden from some readers.
        footnotes: notes by number; see footnotes.py for how the text refers to them.
        document: what its form says, if it is a document of an authority.
        named_authors: what the metadata of a page names as the author, whatever it may be.
        marked_authors: names that the markup of a page gives to authors.
        sections: what a breadcrumb and the markup of a page name as the section.
        site_names: what may be the name of the site: the metadata's, and what stands beside the title of the window.
    """

    blocks: list[Block]
    metadata: Metadata = field(default_factory=Metadata)
    title_hint: str = ""
    title_hints: Sequence[str] = ()
    rival_title: str = ""
    lead: str = ""
    description: str = ""
    source_url: str = ""
    lang: str = "vi"
    counter_year: int | None = None
    counter_text: str = ""
    encoding: str = ""
    notes: list[str] = field(default_factory=list)
    is_listing: bool = False
    letters: int = 0
    left_out: list[LeftOut] = field(default_factory=list)
    all_blocks: Sequence[Block] = ()
    embedded: Sequence[Embedded] = ()
    asks_password: bool = False
    is_only_script: bool = False

    is_public: bool = True
    is_restricted: bool = False
    footnotes: dict[int, list[Block]] = field(default_factory=dict)
    document: Document | None = None
    named_authors: Sequence[str] = ()
    marked_authors: Sequence[str] = ()
    sections: Sequence[NamedSection] = ()
    site_names: Sequence[str] = ()

    def __post_init__(self) -> None:
        self.all_blocks = self.all_blocks or list(self.blocks)
        self.letters = self.letters or sum(block.letters for block in self.all_blocks)


def letters_of(text: str) -> int:
    """Return how many letters, digits and signs of a text can be seen: what an account counts."""
    return sum(map(len, _INVISIBLE.sub("", text).split()))


def clean_text(text: str) -> str:
    """Return a text as one line, without invisible letters and those that no text file may hold."""
    return " ".join(_INVISIBLE.sub("", text).split())


def comparison_key(text: str) -> str:
    """The letters and digits of a text in lower case, so that spacing and punctuation do not matter in comparisons."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFC", text).casefold())
