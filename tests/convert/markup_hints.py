"""Pages without any hint in their markup: no classes, ids or metadata, and only <div> around their elements."""

from __future__ import annotations

import random

from bs4 import BeautifulSoup

from .templates import SavedPage

_WRAPPERS = {
    "article": "div",
    "main": "div",
    "section": "div",
    "header": "div",
    "footer": "div",
    "aside": "div",
    "nav": "div",
}


def strip_hints(page: SavedPage, rng: random.Random) -> SavedPage:
    """Return the same page without hints, so that only its words and their order explain it."""
    encoding = "utf-16" if page.raw.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8"
    soup = BeautifulSoup(page.raw.decode(encoding), "html.parser")
    for tag in soup.find_all(["meta", "link", "script"]):
        tag.decompose()
    names: dict[str, str] = {}
    for tag in soup.find_all(True):
        tag.name = _WRAPPERS.get(tag.name, tag.name)
        for key in ("id", "itemprop", "itemscope", "itemtype", "role", "datetime"):
            del tag[key]
        if tag.get("class"):
            tag["class"] = [names.setdefault(each, f"x{rng.randrange(10**6)}") for each in tag["class"]]
    for tag in soup.body.find_all("div", recursive=False):
        tag.wrap(soup.new_tag("div"))
    return SavedPage(page.name, str(soup).encode(), page.has_date, page.has_author, page.has_source)
