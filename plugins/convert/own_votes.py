"""Where a page has its title, section, lead and date, and whether anything else on it says the same.

What nothing else says is told where other pages of the folder have theirs elsewhere: see folder_votes.py.
"""

from __future__ import annotations

from collections.abc import Sequence

from . import dates, labels
from .blocks import Block, Page, comparison_key
from .dates import PageDate
from .folder_votes import Vote, place_of

DESCRIBED = 50  # letters of a description that must agree with the lead
NAMED = 60  # letters of a title or lead by which a later run knows it again


def title(page: Page, note: str) -> Vote:
    """Return the vote for the title. note: what is told of it unless other pages confirm its place."""
    block = next((each for each in page.all_blocks if each.role == "title"), None)
    if block is None:
        return Vote(is_sure=True)
    key = comparison_key(block.text)
    is_confirmed = any(key in comparison_key(hint) for hint in page.title_hints)
    return Vote(place_of(block), block.text[:NAMED], not note, not is_confirmed, note)


def lead(text: str, page: Page, note: str) -> Vote:
    """Return the vote for the lead. text: of the lead; note: as for the title."""
    block = next((each for each in page.all_blocks if text and each.text == text), None)
    if block is None:
        return Vote(is_sure=True)
    is_described = comparison_key(text).startswith(comparison_key(page.description)[:DESCRIBED] or "-")
    return Vote(place_of(block), text[:NAMED], not note, not (block.role or is_described), note)


def date(published: PageDate | None, page: Page) -> Vote:
    """Return the vote for the date of publication."""
    lines = (block for block in page.all_blocks if block.reason in ("labels", "credits"))
    block = next((each for each in lines if published and _has_date(each, published)), None)
    if published is None or block is None:
        return Vote(is_sure=True)
    other = page.metadata.published
    is_confirmed = labels.names_date(block.text) or (other is not None and other.value.date() == published.value.date())
    return Vote(place_of(block), str(published), True, not is_confirmed)


def _has_date(block: Block, date: PageDate) -> bool:
    return any(each.value.date() == date.value.date() for each in dates.every(block.text))


def section(name: str, lines: Sequence[Block], notes: Sequence[str]) -> Vote:
    """Return the vote for the section.

    Args:
        name: of the section.
        lines: the blocks near the title that may name it.
        notes: what is told of it unless other pages confirm it.
    """
    block = next((each for each in lines if name and name in each.text), None)
    return Vote(place_of(block) if block else "", name, bool(name) and not notes, note="".join(notes))
