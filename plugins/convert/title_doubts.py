"""What speaks against the title that was chosen for an article, for an editor to look at."""

from __future__ import annotations

from collections.abc import Sequence

from plugins.i18n import translate

from .blocks import Block, comparison_key
from .titles import Ranked

TITLE_MARGIN = 20  # points by which the best title must be ahead of another; right ones are by 45 and more
SHORTEST = 8  # letters of a title of the metadata that can be compared


def rival_title(ranking: Sequence[Ranked], blocks: Sequence[Block], margin: float) -> str:
    """Return the text of the next best title if it says something else and is within a margin of points, else ""."""
    best = comparison_key(blocks[ranking[0].index].text)
    for each in ranking[1:]:
        key = comparison_key(blocks[each.index].text)
        if key not in best and best not in key:
            return blocks[each.index].text if ranking[0].score - each.score < margin else ""
    return ""


def notes_on_rival(words: str) -> list[str]:
    """Return a note for review about another line that may be the title. words: the line, "" for none."""
    return [translate("Title: another line of the page may be it: {words}", words=words)] if words else []


def notes_on_metadata(title: str, named: str) -> list[str]:
    """Return a note for review if metadata calls the article otherwise. named: how, "" for not at all."""
    key, other = comparison_key(title), comparison_key(named)
    if not key or len(other) < SHORTEST or key in other or other in key or _begin_alike(key, other):
        return []
    return [translate("Title: the page's metadata has another title: {words}", words=named)]


def _begin_alike(title: str, other: str) -> bool:
    """Return whether one of two titles is the beginning of the other, but for its last words or letters."""
    length = min(len(title), len(other)) // 2
    return length >= SHORTEST and title[:length] == other[:length]
