"""Profiles of the templates of old portals: one small TOML file each.

`detect` lists CSS selectors, any of which identifies the template. The other keys are optional lists of selectors for
the parts of a page: `title`, `lead`, `date`, `author`, `source`, `category`, `tags` and `body`, and what to `drop`.
The rules for any page find whatever a profile does not name.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path

from bs4 import BeautifulSoup, Tag

FOLDER = Path(__file__).resolve().parent


@dataclass(frozen=True)
class Profile:
    """The selectors of one template; name: of its file."""

    name: str
    detect: tuple[str, ...]
    title: tuple[str, ...] = ()
    lead: tuple[str, ...] = ()
    date: tuple[str, ...] = ()
    author: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    category: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    body: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()


@cache
def load_profiles() -> tuple[Profile, ...]:
    """Return all profiles, ordered by the names of their files. Raises ValueError for an unknown key."""
    names = {field.name for field in fields(Profile)} - {"name"}
    found = []
    for path in sorted(FOLDER.glob("*.toml")):
        values = tomllib.loads(path.read_text(encoding="utf-8"))
        unknown = values.keys() - names
        if unknown:
            raise ValueError(f"{path.name}: unknown key {sorted(unknown)[0]}; the keys are {', '.join(sorted(names))}")
        found.append(Profile(path.stem, **{key: tuple(value) for key, value in values.items()}))
    return tuple(found)


class PageSelectors:
    """CSS selectors on one page; one with a word that is nowhere in the page is skipped, because matching is slow.

    Args:
        soup: the page.
        html: its source.
    """

    def __init__(self, soup: BeautifulSoup, html: str) -> None:
        self.soup, self.text = soup, html.lower()

    def select(self, root: Tag, selector: str) -> list[Tag]:
        """Return the elements below `root` that a selector matches."""
        return list(root.select(selector)) if self._can_match(selector) else []

    def select_any(self, root: Tag, selectors: tuple[str, ...]) -> list[Tag]:
        """Return the elements below `root` that any of the selectors matches."""
        possible = [selector for selector in selectors if self._can_match(selector)]
        return list(root.select(", ".join(possible))) if possible else []

    def _can_match(self, selector: str) -> bool:
        return all(word in self.text for word in _words(selector))


@cache
def _words(selector: str) -> tuple[str, ...]:
    """Return the names and values in a selector, in lower case: a page that it matches has each of them."""
    return tuple(
        word.lower()
        for word in re.findall(r"[\w-]{3,}", re.sub(r"\s+i\]", "]", selector))
        if word not in ("class", "first-child")
    )


def detect(selectors: PageSelectors) -> Profile | None:
    """Return the profile of a page, or None."""
    return next((p for p in load_profiles() if selectors.select_any(selectors.soup, p.detect)), None)
