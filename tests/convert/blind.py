"""A page with everything taken away that a rule could know it by: classes, ids, metadata, the kinds of its wrappers."""

from __future__ import annotations

import random

from bs4 import BeautifulSoup

from .templates import Made

_WRAPPERS = {
    "article": "div",
    "main": "div",
    "section": "div",
    "header": "div",
    "footer": "div",
    "aside": "div",
    "nav": "div",
}


def blinded(made: Made, dice: random.Random) -> Made:
    """The same page, to be read by its words and their places alone."""
    encoding = "utf-16" if made.raw.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8"
    soup = BeautifulSoup(made.raw.decode(encoding), "html.parser")
    for tag in soup.find_all(["meta", "link", "script"]):
        tag.decompose()
    names: dict[str, str] = {}
    for tag in soup.find_all(True):
        tag.name = _WRAPPERS.get(tag.name, tag.name)
        for key in ("id", "itemprop", "itemscope", "itemtype", "role", "datetime"):
            del tag[key]
        if tag.get("class"):
            tag["class"] = [names.setdefault(each, f"x{dice.randrange(10**6)}") for each in tag["class"]]
    for tag in soup.body.find_all("div", recursive=False):
        tag.wrap(soup.new_tag("div"))
    return Made(made.name, str(soup).encode(), made.dated, made.authored, made.sourced)
