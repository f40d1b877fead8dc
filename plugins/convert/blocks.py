"""An old page as a row of blocks: what every kind of source becomes before any rule looks at it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from .phrases import Metadata, is_boilerplate, read_labels

_SENTENCE_END = re.compile(r"[.!?…:;][\"”’)\]]*(?:\s*[)\]])?$|\./\.$")

_UNSEEN = re.compile(
    "[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff\ue000-\uf8ff\ufffe\uffff]"
)


@dataclass
class Picture:
    """A picture as the page names it: its address, what its `alt` says. address "": it is known to be lost."""

    address: str
    alt: str = ""


@dataclass
class Block:
    """One paragraph, heading, list, table, quotation or picture.

    kind: text, heading, list, table, quote, code or picture. text: plain, spaces collapsed, NFC.
    html: the same as safe HTML (inline for text and heading). style: bold, italic, center, right: all of it is so.
    names: classes and ids of it and of what it stands in. linked: which share of its letters is links, 0 to 1.
    role: what the markup itself says it is (title, lead, date, author, source, category, tags, caption).
    """

    kind: str
    text: str
    html: str = ""
    style: frozenset[str] = frozenset()
    class_names: str = ""
    link_share: float = 0.0
    role: str = ""
    level: int = 0
    in_body: bool = True  # in the element that the page marks as the article's text
    layout_cell: int = 0  # which cell of a table used for layout, 0: none
    picture: Picture | None = None
    caption: str = ""
    parts: str = ""  # the texts of its elements, with | between them
    part_roles: dict[str, str] = field(default_factory=dict)  # roles of parts of its text: date -> 24/10/2025

    @property
    def labels(self) -> Metadata | None:
        """What it says as a line of labels; None where it is none."""
        return read_labels(self.text) or (read_labels(self.parts) if self.parts else None)

    @property
    def is_boilerplate(self) -> bool:
        """Whether it holds only buttons, counters and the like."""
        return is_boilerplate(self.text) or (bool(self.parts) and is_boilerplate(self.parts))

    @property
    def is_prose(self) -> bool:
        """Whether it reads like a paragraph of an article."""
        return (
            self.kind == "text"
            and self.link_share < 0.5
            and (len(self.text) >= 180 or (len(self.text) >= 55 and bool(_SENTENCE_END.search(self.text))))
        )


@dataclass
class Page:
    """A source as blocks. said: what its metadata says. origin: its address on the old portal. year: named on the page."""

    blocks: list[Block]
    metadata: Metadata = field(default_factory=Metadata)
    title: str = ""
    title_hint: str = ""  # of <title>, where no heading says it
    lead: str = ""
    source_url: str = ""
    lang: str = "vi"
    counter_year: int | None = None
    counter_text: str = ""
    encoding: str = ""
    notes: list[str] = field(default_factory=list)
    is_listing: bool = False


def clean_text(text: str) -> str:
    """One line: spaces collapsed; letters that nobody sees, or that no file of text may hold, gone."""
    return " ".join(_UNSEEN.sub("", text).split())


def comparison_key(text: str) -> str:
    """The letters and digits of a text in lower case, so that spacing and punctuation do not matter in comparisons."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFC", text).casefold())
