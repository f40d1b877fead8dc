"""What is known of the templates of old portals: one small TOML file each, read by `chosen`.

`detect` lists CSS selectors, any of which tells the template; the other keys name, as selectors, where a page of it
has its `title`, `lead`, `date`, `author`, `source`, `category`, `tags` and `body`, and what to `drop`. All are
optional: what a profile does not say the rules for any page find.
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
    """Selectors of one template."""

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
def known() -> tuple[Profile, ...]:
    """All profiles, in order of their files' names."""
    names = {field.name for field in fields(Profile)} - {"name"}
    found = []
    for path in sorted(FOLDER.glob("*.toml")):
        values = tomllib.loads(path.read_text(encoding="utf-8"))
        unknown = values.keys() - names
        if unknown:
            raise ValueError(f"{path.name}: unknown key {sorted(unknown)[0]}; the keys are {', '.join(sorted(names))}")
        found.append(Profile(path.stem, **{key: tuple(value) for key, value in values.items()}))
    return tuple(found)


class Sight:
    """What a page has at a glance, so that a selector that cannot match is not looked for."""

    def __init__(self, soup: BeautifulSoup, html: str) -> None:
        self.soup, self.text = soup, html.lower()

    def select(self, root: Tag, selector: str) -> list[Tag]:
        """As `root.select`."""
        return list(root.select(selector)) if all(word in self.text for word in _words(selector)) else []

    def select_any(self, root: Tag, selectors: tuple[str, ...]) -> list[Tag]:
        """Every element that any of the selectors matches."""
        possible = [selector for selector in selectors if all(word in self.text for word in _words(selector))]
        return list(root.select(", ".join(possible))) if possible else []


@cache
def _words(selector: str) -> tuple[str, ...]:
    """The names and values in a selector, small: each of them stands somewhere in a page that it matches."""
    return tuple(
        word.lower()
        for word in re.findall(r"[\w-]{3,}", re.sub(r"\s+i\]", "]", selector))
        if word not in ("class", "first-child")
    )


def chosen(sight: Sight) -> Profile | None:
    """The profile of a page, or None."""
    return next((p for p in known() if sight.select_any(sight.soup, p.detect)), None)
