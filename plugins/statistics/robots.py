"""Tells robots by their user agent, with the list of https://github.com/monperrus/crawler-user-agents (on PyPI)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

_DEVICE = re.compile(r"\b(iOS|iPhone|iPad|watchOS|Android|Windows|Macintosh|Linux)\b", re.IGNORECASE)
_MACHINE = re.compile(r"bot|crawl|spider|fetch|sync|parser|scan|archive|monitor|headless|compatible;", re.IGNORECASE)
MAX_LENGTH = 512  # characters that are searched; robots give their name early


def is_robot(agent: str) -> bool:
    """Return whether a user agent is a robot's. An empty one counts as a robot."""
    return not agent or _robot_pattern().search(agent[:MAX_LENGTH]) is not None


def is_player(agent: str) -> bool:
    """Return whether a user agent names the device that it plays on, as podcast apps do, and no machine's work.

    Lists of robots have some of these apps, because they also fetch feeds.
    """
    return bool(_DEVICE.search(agent[:MAX_LENGTH])) and not _MACHINE.search(agent[:MAX_LENGTH])


@cache
def _robot_pattern() -> re.Pattern[str]:
    from crawleruseragents import CRAWLER_USER_AGENTS_DATA  # a megabyte of JSON, needed by `stats` only

    return combine_patterns(entry["pattern"] for entry in CRAWLER_USER_AGENTS_DATA)


def combine_patterns(patterns: Iterable[str]) -> re.Pattern[str]:
    """Compile one regular expression that matches where any of the given ones does.

    Patterns with the same first letter share a branch. `re` tries every branch at every position, so it can skip most
    of them after one letter.
    """
    by_letter: dict[str, list[str]] = {}
    others = []
    for pattern in patterns:
        if "|" not in pattern and re.match(r"[A-Za-z0-9](?![?*+{])", pattern):
            by_letter.setdefault(pattern[0], []).append(pattern[1:])
        else:
            others.append(f"(?:{pattern})")
    return re.compile("|".join([f"{letter}(?:{'|'.join(rests)})" for letter, rests in by_letter.items()] + others))
