"""The section of an article: all places that name one, weighed against each other in one table.

A section that rests on one weak hint, or has a rival that is hardly worse grounded, is written and told in `review`.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import cached_property

from plugins.i18n import translate

from . import dates, labels
from .blocks import MOST_LINKS, Block, Page, comparison_key
from .boilerplate import OTHER_NEWS, is_boilerplate, is_breadcrumb, is_site_name
from .names import is_full_name
from .rules import Rule, ScoreTable
from .surroundings import has_sentence
from .title_candidates import HOME_LINK

LONGEST = 60  # letters of the name of a section
LONGEST_LINE = 40  # letters of a line that only its place makes one
MOST_WORDS = 7  # of such a line
LINES_ABOVE = 3  # blocks above the title in which a section stands; buttons, dates and pictures do not count
MOST_PARTS = 3  # of a line above the title; a menu has more
LINES_BELOW = 6  # blocks between title and text
LONGEST_BYLINE = 160  # letters of a line with a date and a section
SECTION_ROLE = "section"  # of a block below the title that is nothing but the name of one
SURE = 5  # points from which a section needs no note
MARGIN = 2  # points by which it must be ahead of another
_PARTS = re.compile(r"\s*[|•·¦»]\s*|\s/\s|\s+[-–—]\s+|\s{3,}")
_LABEL = re.compile(r"^\W*(?:thuộc )?(?:chuyên mục|danh mục|chủ đề|thể loại|lĩnh vực|category|posted in)\s*:?\s*", re.I)
_OF_ANY_PORTAL = re.compile(
    r"(?:tin tức|tin bài|tin|sự kiện|tin tức\s*(?:[-–&,]|và)\s*sự kiện|bài viết|news|nội dung|thông tin)", re.I
)


class Source(Enum):
    """Where a page names the section."""

    BREADCRUMB = auto()  # the last step of a breadcrumb
    STEP = auto()  # an earlier one
    LABEL = auto()  # a label beside it
    METADATA = auto()
    MARKED_NEAR = auto()  # an element between what is just above the title and the text, which its markup calls so
    MARKED = auto()  # such an element elsewhere
    LINE = auto()  # a short line directly above the title
    DATE_LINE = auto()  # a part of the line that has the date
    LINK = auto()  # such a line or part is a link


@dataclass(frozen=True)
class NamedSection:
    """A name in one place of the page."""

    name: str
    source: Source


@dataclass
class Candidate:
    """A name that may be that of the section. sources: all places that have it; marked: how many names markup has."""

    name: str
    sources: frozenset[Source]
    marked: int

    @property
    def text(self) -> str:
        """The name that a decision is recognised by."""
        return self.name

    @cached_property
    def is_only_one_marked(self) -> bool:
        """Whether markup calls this name a section, and no other."""
        return self.marked == 1 and Source.MARKED in self.sources and Source.MARKED_NEAR not in self.sources


SECTION_POINTS = ScoreTable[Candidate](
    "section",
    threshold=3,
    rules=(
        Rule(
            "last step of the breadcrumb",
            6,
            lambda c: Source.BREADCRUMB in c.sources,
            "@section breadcrumb Kinh tế\n[role=title] Rừng mới ở xã Tả Sin\n[prose]\n[prose]",
            "@section step Kinh tế\n[role=title] Rừng mới ở xã Tả Sin\n[prose]\n[prose]",
        ),
        Rule(
            "earlier step of the breadcrumb",
            3,
            lambda c: Source.STEP in c.sources,
            "@section step Kinh tế\n[role=title] Rừng mới ở xã Tả Sin\n[prose]\n[prose]",
            "@section breadcrumb Kinh tế\n[role=title] Rừng mới ở xã Tả Sin\n[prose]\n[prose]",
        ),
        Rule(
            "label",
            6,
            lambda c: Source.LABEL in c.sources,
            "[role=title] Rừng mới ở xã Tả Sin\nChuyên mục: Kinh tế\n[prose]\n[prose]",
            "@section step Kinh tế\n[role=title] Rừng mới ở xã Tả Sin\n[prose]\n[prose]",
        ),
        Rule(
            "metadata",
            5,
            lambda c: Source.METADATA in c.sources,
            "@section metadata Kinh tế\n[role=title] Rừng mới ở xã Tả Sin\n[prose]\n[prose]",
            "@section step Kinh tế\n[role=title] Rừng mới ở xã Tả Sin\n[prose]\n[prose]",
        ),
        Rule(
            "markup near the title",
            6,
            lambda c: Source.MARKED_NEAR in c.sources,
            "@section marked_near Kinh tế\n[role=title] Rừng mới ở xã Tả Sin\n[prose]\n[prose]",
            "@section marked Kinh tế\n[role=title] Rừng mới ở xã Tả Sin\n[prose]\n[prose]",
        ),
        Rule(
            "only name that markup has",
            5,
            lambda c: c.is_only_one_marked,
            "@section marked Kinh tế\n[role=title] Rừng mới ở xã Tả Sin\n[prose]\n[prose]",
            "@section marked Kinh tế\n@section marked Xã hội\n[role=title] Rừng mới ở xã Tả Sin\n[prose]\n[prose]",
        ),
        Rule(
            "line above the title",
            3,
            lambda c: Source.LINE in c.sources,
            "Kinh tế rừng\n[role=title] Rừng mới ở xã Tả Sin\n[prose]\n[prose]",
            "@section step Kinh tế\n[role=title] Rừng mới ở xã Tả Sin\n[prose]\n[prose]",
        ),
        Rule(
            "beside the date",
            3,
            lambda c: Source.DATE_LINE in c.sources,
            "[role=title] Rừng mới ở xã Tả Sin\n12/03/2019 | Kinh tế rừng\n[prose]\n[prose]",
            "Kinh tế rừng\n[role=title] Rừng mới ở xã Tả Sin\n12/03/2019\n[prose]\n[prose]",
        ),
        Rule(
            "link",
            2,
            lambda c: Source.LINK in c.sources,
            "[link=1] Kinh tế rừng\n[role=title] Rừng mới ở xã Tả Sin\n[prose]\n[prose]",
            "Kinh tế rừng\n[role=title] Rừng mới ở xã Tả Sin\n[prose]\n[prose]",
        ),
        Rule(
            "section of any portal",
            -3,
            lambda c: _OF_ANY_PORTAL.fullmatch(c.name) is not None,
            "@section breadcrumb Tin tức\nKinh tế rừng\n[role=title] Rừng mới ở xã Tả Sin\n[prose]\n[prose]",
            "@section breadcrumb Tin kinh tế\n[role=title] Rừng mới ở xã Tả Sin\n[prose]\n[prose]",
        ),
    ),
)


def settle(labelled: str, author: str, page: Page) -> tuple[str, list[str]]:
    """Return the section of an article, "" for none, and notes for review about it.

    Args:
        labelled: what a line of labels, or the profile of the page, says.
        author: of the article, who is no section.
        page: the page; the places of its blocks are decided.
    """
    found = [*page.sections]
    if labelled:
        found.append(NamedSection(labelled, Source.LABEL))
    if page.metadata.category:
        found.append(NamedSection(page.metadata.category, Source.METADATA))
    found += _near_title(page.all_blocks, {comparison_key(name) for name in page.site_names})
    title = next((block.text for block in page.all_blocks if block.role == "title"), page.title_hint)
    candidates = _candidates(found, {comparison_key(title), comparison_key(author), ""})
    ranking = sorted(((SECTION_POINTS.score(each), each) for each in candidates), key=lambda pair: -pair[0])
    if not ranking or ranking[0][0] < SECTION_POINTS.threshold:
        return "", []
    points, best = ranking[0]
    rivals = [each for score, each in ranking[1:] if score > points - MARGIN and not _is_within(each, best)]
    if rivals:
        return best.name, [
            translate("Section: {name} was taken, but it may also be {other}.", name=best.name, other=rivals[0].name)
        ]
    if points < SURE and best.sources & {Source.LINE, Source.DATE_LINE}:
        return best.name, [translate("Section: only its place on the page says that it is {name}.", name=best.name)]
    return best.name, []


def _candidates(found: Sequence[NamedSection], others: Container[str]) -> list[Candidate]:
    """Return each name once, with all its places, in the order of the page. others: keys of what is no section."""
    names: dict[str, str] = {}
    sources: dict[str, set[Source]] = {}
    for each in found:
        key = comparison_key(each.name)
        if key in others or len(each.name) > LONGEST or is_site_name_only(each.name):
            continue
        names.setdefault(key, each.name)
        sources.setdefault(key, set()).add(each.source)
    marked = sum(bool(each & {Source.MARKED, Source.MARKED_NEAR}) for each in sources.values())
    return [Candidate(names[key], frozenset(sources[key]), marked) for key in names]


def is_site_name_only(text: str) -> bool:
    """Return whether a text names a portal and no section: `Cổng thông tin điện tử`, but not `Tin tức`."""
    return is_site_name(text) and _OF_ANY_PORTAL.match(text) is None


def _is_within(candidate: Candidate, best: Candidate) -> bool:
    """Return whether one of two names is a part of the other, as `Kinh tế` of `Kinh tế rừng`."""
    one, other = comparison_key(candidate.name), comparison_key(best.name)
    return one in other or other in one


# --- lines near the title -----------------------------------------------------------------------------


def _near_title(blocks: Sequence[Block], sites: Container[str]) -> list[NamedSection]:
    """Return what a line directly above the title, or a part of a line with the date, may name.

    Args:
        blocks: all blocks of the page.
        sites: comparison keys of what can be the name of the site.
    """
    title = next((index for index, block in enumerate(blocks) if block.role == "title"), None)
    if title is None:
        return []
    above = _lines_above(blocks, title)
    found = []
    for block in reversed(above):
        if block.labels or is_breadcrumb(block.text):
            found += _parts_of(block)
            continue
        found += _line_above(block, sites)
        break
    for block in blocks[title + 1 : title + 1 + LINES_BELOW]:
        if block.is_prose or has_sentence(block.text):
            break
        found += _parts_of(block)
    return found


def lines_near_title(blocks: Sequence[Block]) -> list[Block]:
    """Return the lines around the title that may name the section, those nearest above it first."""
    title = next((index for index, block in enumerate(blocks) if block.role == "title"), None)
    if title is None:
        return []
    return [*reversed(_lines_above(blocks, title)), *blocks[title + 1 : title + 1 + LINES_BELOW]]


def _lines_above(blocks: Sequence[Block], title: int) -> list[Block]:
    return [block for block in blocks[max(0, title - 2 * LINES_ABOVE) : title] if _counts(block)][-LINES_ABOVE:]


def _line_above(block: Block, sites: Container[str]) -> list[NamedSection]:
    """Return what a line above the title may name: all of it, or the last of a few parts."""
    if block.kind not in ("text", "heading") or HOME_LINK.search(block.html):
        return []
    parts = block.segments.split(" | ") if block.segments else [block.text]
    if len(parts) > MOST_PARTS or not all(_may_be_section(part) for part in parts if _PARTS.sub("", part)):
        return []
    name = parts[-1].strip()
    if comparison_key(name) in sites:
        return []
    return _named(name, Source.LINE, block) if len(parts) == 1 else [NamedSection(name, Source.LINE)]


def _counts(block: Block) -> bool:
    return block.kind != "picture" and bool(block.text) and not block.is_boilerplate


def _parts_of(block: Block) -> list[NamedSection]:
    """Return the parts of a line with a date that name neither a person nor anything else that labels name."""
    if len(block.text) > LONGEST_BYLINE or is_breadcrumb(block.text):
        return []
    parts = block.segments.split(" | ") if block.segments else _PARTS.split(block.text)
    parts = [part for whole in parts for part in _PARTS.split(whole) if part]
    if len(parts) < 2 or not any(dates.alone(part) for part in parts):
        return []
    names = [part for part in parts if _may_be_section(part)]
    return _named(names[0], Source.DATE_LINE, block) if len(names) == 1 else []


def _named(name: str, source: Source, block: Block) -> list[NamedSection]:
    is_link = block.link_share > MOST_LINKS or f">{name}</a>" in block.html
    return [NamedSection(name, source), *([NamedSection(name, Source.LINK)] if is_link else [])]


def _may_be_section(text: str) -> bool:
    """Return whether a short text is no sentence, date, button, label or name of a person, an office or the portal."""
    if not 2 < len(text) <= LONGEST_LINE or len(text.split()) > MOST_WORDS or not text[-1].isalnum():
        return False
    if any(letter.isdigit() for letter in text) or re.search(r"[:;!?“”\"@]|\w\.\w", text):
        return False
    if is_boilerplate(text) or labels.is_label(text) or labels.read_labels(text) or OTHER_NEWS.match(text):
        return False
    return not is_full_name(text) and not text.isupper() and not is_site_name_only(text)


# --- what markup names --------------------------------------------------------------------------------


def of_breadcrumb(steps: Sequence[str]) -> list[NamedSection]:
    """Return the steps of a breadcrumb, without the title, as sections. steps: from the most general on."""
    if not steps:
        return []
    return [*(NamedSection(step, Source.STEP) for step in steps[:-1]), NamedSection(steps[-1], Source.BREADCRUMB)]


def of_markup(names: Iterable[str], is_near: bool) -> list[NamedSection]:
    """Return the names that markup calls sections. is_near: whether they stand near the title."""
    source = Source.MARKED_NEAR if is_near else Source.MARKED
    found = (_LABEL.sub("", name).strip(" :|•·-–—") for name in names)
    return [
        NamedSection(name, source)
        for name in found
        if 1 < len(name) <= LONGEST and not is_boilerplate(name) and not OTHER_NEWS.match(name)
    ]
