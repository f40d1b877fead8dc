"""The pages of a folder confirm each other: where most of them have their author, the others have it too.

Each page says where it found its author, and how sure that is. A name that a single hint names is not told if it stands
where other pages of the same folder surely have theirs; a page that has its author elsewhere than all the others, or
alone has none, is told.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypedDict

from plugins.i18n import translate

FEWEST_SURE = 5  # pages that surely have their author at a place, so that it confirms others
FEWEST_PAGES = 10  # pages of a folder, so that one without an author is told
NEARLY_ALL = 0.9  # share of them that name one
FEWEST_ELSEWHERE = 20  # pages that have their author at one place, so that another place is odd
MOST_ODD = 2  # pages that have it at an odd place


class LoggedVote(TypedDict):
    """What of a vote is kept for later runs; see Vote."""

    place: str
    name: str
    is_sure: bool
    told: str


@dataclass(frozen=True)
class Vote:
    """Where a page has its author.

    place: the markup around the name, "" for nowhere; name: the author; is_sure: whether more than one hint names it,
    or, where there is none, whether that is told already; is_by_form: whether only its form says so;
    note: what is told unless other pages confirm the place; told: what was told, once they are known.
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


def notes(votes: Sequence[tuple[str, Vote | None]]) -> list[str]:
    """Return for each page the note for review that its author needs, "" for none.

    Args:
        votes: for each page the name of its folder, and its vote; None for what is no article.
    """
    sure = Counter((folder, vote.place) for folder, vote in votes if vote and vote.name and vote.is_sure)
    pages = Counter(folder for folder, vote in votes if vote)
    named = Counter(folder for folder, vote in votes if vote and vote.name)
    most = {folder: max((n for (other, _), n in sure.items() if other == folder), default=0) for folder in pages}
    found = []
    for folder, vote in votes:
        if vote is None:
            found.append("")
        elif vote.name:
            found.append(_note_on_place(vote, sure[folder, vote.place], most[folder]))
        else:
            are_nearly_all = pages[folder] >= FEWEST_PAGES and named[folder] >= NEARLY_ALL * pages[folder]
            found.append(_note_on_none() if are_nearly_all and not vote.is_sure else "")
    return found


def _note_on_place(vote: Vote, here: int, most: int) -> str:
    if not vote.is_sure:
        return "" if vote.place and here >= FEWEST_SURE else vote.note
    if vote.is_by_form and here <= MOST_ODD and most >= FEWEST_ELSEWHERE:
        return translate("Author: {name} stands elsewhere than the authors of the other pages.", name=vote.name)
    return ""


def _note_on_none() -> str:
    return translate("Author: nearly all pages beside this one name an author, this one does not.")
