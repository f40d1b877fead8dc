"""Which user agents are robots (list: https://github.com/monperrus/crawler-user-agents, from PyPI)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

LOOKED_AT = 512  # characters; robots name themselves at once


def is_robot(agent: str) -> bool:
    """Whether a user agent is a robot's; so is one without a name."""
    return not agent or _pattern().search(agent[:LOOKED_AT]) is not None


@cache
def _pattern() -> re.Pattern[str]:
    from crawleruseragents import CRAWLER_USER_AGENTS_DATA  # a megabyte of JSON, and only `stats` needs it

    return together(entry["pattern"] for entry in CRAWLER_USER_AGENTS_DATA)


def together(patterns: Iterable[str]) -> re.Pattern[str]:
    """One pattern for many, sorted by first letter: `re` tries each branch at each place, and most begin otherwise."""
    by_letter: dict[str, list[str]] = {}
    others = []
    for pattern in patterns:
        if "|" not in pattern and re.match(r"[A-Za-z0-9](?![?*+{])", pattern):
            by_letter.setdefault(pattern[0], []).append(pattern[1:])
        else:
            others.append(f"(?:{pattern})")
    return re.compile("|".join([f"{letter}(?:{'|'.join(rests)})" for letter, rests in by_letter.items()] + others))
