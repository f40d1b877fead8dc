"""The pages of a folder confirm each other: what one of them has at the place where the others have it is right.

Each page says of its title, section, lead, date and author where it found them, and how sure that is. A value that a
single hint names is not told if it stands where other pages of the same folder surely have theirs, or where names recur
as those of sections do; a page that has a value elsewhere than all the others, or alone has none, is told.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypedDict

from plugins.i18n import translate

from .blocks import Block

FIELDS = ("title", "section", "lead", "date", "author")
FEWEST_SURE = 5  # pages that surely have a value at a place, so that it confirms others
FEWEST_PAGES = 10  # pages of a folder, so that one without a value is told
NEARLY_ALL = 0.9  # share of them that have one, or have it at one place
FEWEST_ELSEWHERE = 20  # pages that have it at one place, so that another place is odd also if there are many places
LONGEST_PLACE = 60  # letters of the classes of a block and the elements around it; farther out pages differ
MOST_ODD = 2  # pages that have it at an odd place


class LoggedVote(TypedDict):
    """What of a vote is kept for later runs; see Vote."""

    place: str
    name: str
    is_sure: bool
    told: str


@dataclass(frozen=True)
class Vote:
    """Where a page has its author, or another of the FIELDS.

    place: the markup around the value, see place_of, "" for nowhere; name: the value, or a beginning of it; is_sure:
    whether more than one hint names it, or, where there is none, whether that is told already; is_by_form: whether
    nothing but its form or place says so; note: what is told unless other pages confirm the place; told: what was told,
    once they are known.
    """

    place: str = ""
    name: str = ""
    is_sure: bool = False
    is_by_form: bool = False
    note: str = ""
    told: str = ""

    def note_of_logged(self, logged: LoggedVote | None) -> str:
        """Return the note for review of a page that is converted again without the others: as it was, if it can be."""
        return logged["told"] if logged and logged["name"] == self.name else self.note

    def logged(self) -> LoggedVote:
        """Return it as the log of a folder has it."""
        return {"place": self.place, "name": self.name, "is_sure": self.is_sure, "told": self.told}


Votes = Mapping[str, Vote]  # by field


def place_of(block: Block) -> str:
    """Return the markup of a block and around it, to be compared with that of other pages; numbers differ on each.

    Without a class or an id it is "": a first heading is at the same place on pages that have nothing else in common.
    """
    if not block.class_names.strip():
        return ""
    style = " ".join(sorted(block.style & {"bold", "italic"}))
    return re.sub(r"\d+", "", f"{block.kind}{'h' * block.level} {style} {block.class_names[:LONGEST_PLACE]}")


def notes(field: str, votes: Sequence[tuple[str, Vote | None]]) -> list[str]:
    """Return for each page the note for review that a field of it needs, "" for none.

    Args:
        field: one of FIELDS.
        votes: for each page the name of its folder, and its vote; None for what is no article.
    """
    voters = [(folder, vote) for folder, vote in votes if vote]
    pages = Counter(folder for folder, _ in voters)
    named = Counter(folder for folder, vote in voters if vote.name)
    sure = Counter((folder, vote.place) for folder, vote in voters if vote.name and vote.is_sure and vote.place)
    most = {folder: max((n for (other, _), n in sure.items() if other == folder), default=0) for folder in pages}
    recurring = _recurring(voters) if field == "section" else frozenset()
    found = []
    for folder, vote in votes:
        if vote is None:
            found.append("")
        elif not vote.name:
            are_nearly_all = pages[folder] >= FEWEST_PAGES and named[folder] >= NEARLY_ALL * pages[folder]
            found.append(_note_on_none(field) if are_nearly_all and not vote.is_sure else "")
        elif not vote.is_sure:
            is_confirmed = sure[folder, vote.place] >= FEWEST_SURE or (folder, vote.place, vote.name) in recurring
            found.append("" if vote.place and is_confirmed else vote.note)
        else:
            is_one_template = pages[folder] >= FEWEST_PAGES and most[folder] >= NEARLY_ALL * pages[folder]
            has_others = is_one_template or most[folder] >= FEWEST_ELSEWHERE
            is_odd = vote.is_by_form and has_others and vote.place and sure[folder, vote.place] <= MOST_ODD
            found.append(_note_on_place(field, vote.name) if is_odd else "")
    return found


def _recurring(votes: Sequence[tuple[str, Vote]]) -> frozenset[tuple[str, str, str]]:
    """Return the folders, places and names of which the place has several names, and the name stands on several pages.

    So it is with sections; what is the old portal's is alike on all pages, and what is one article's is on one.
    """
    counts = Counter((folder, vote.place, vote.name) for folder, vote in votes if vote.name and vote.place)
    several = [each for each, count in counts.items() if count > 1]
    places = Counter((folder, place) for folder, place, _ in several)
    return frozenset(each for each in several if places[each[:2]] > 1)


def _note_on_place(field: str, name: str) -> str:
    return {
        "title": translate("Title: it stands elsewhere than the titles of the other pages."),
        "section": translate("Section: {name} stands elsewhere than the sections of the other pages.", name=name),
        "lead": translate("Lead: it stands elsewhere than the leads of the other pages."),
        "date": translate("Date: it stands elsewhere than the dates of the other pages."),
        "author": translate("Author: {name} stands elsewhere than the authors of the other pages.", name=name),
    }[field]


def _note_on_none(field: str) -> str:
    return {
        "title": "",  # that is told of each page
        "section": translate("Section: nearly all pages beside this one name a section, this one does not."),
        "lead": translate("Lead: nearly all pages beside this one have a lead, this one does not."),
        "date": "",
        "author": translate("Author: nearly all pages beside this one name an author, this one does not."),
    }[field]
