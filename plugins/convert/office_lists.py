"""Lists in the HTML of word processors, which are paragraphs with a mark, or one list for each item, as real lists.

Word writes `<p style="mso-list:l0 level2 lfo1"><span style="mso-list:Ignore">o</span>…`, Word on the web a `<ul>` of
its own for each item, with `data-aria-level`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import takewhile
from typing import NamedTuple

from bs4 import BeautifulSoup, Tag
from bs4.element import Comment

_LEVEL = re.compile(r"mso-list\s*:\s*\w+\s+level(\d+)", re.I)
_IGNORED = re.compile(r"mso-list\s*:\s*ignore", re.I)
_SYMBOLS = re.compile(r"\b(?:symbol|wingdings|webdings)", re.I)
_NUMBER = re.compile(r"(\d+)[.)]?")


class _Item(NamedTuple):
    """An item of a list as it is written: its element, its level from 1, and its number; None for a bullet."""

    element: Tag
    level: int
    number: int | None


def write_lists(soup: BeautifulSoup) -> None:
    """Turn the lists of a document into `<ul>` and `<ol>`. Items with letters as labels stay paragraphs with them."""
    _name_marks(soup)
    _close_gaps(soup)
    _write(soup, _paragraphs_of_word, "p")
    _write(soup, _items_of_word_on_the_web, "div")


def _name_marks(soup: BeautifulSoup) -> None:
    """Give marks that stand only between conditional comments, as WPS writes them, the style that Word gives them."""
    for comment in soup.find_all(string=lambda text: isinstance(text, Comment) and "supportLists" in text):
        mark = list(takewhile(lambda each: not isinstance(each, Comment), comment.next_siblings))
        if not mark or any(isinstance(each, Tag) and each.find(style=_IGNORED) for each in mark):
            continue
        box = soup.new_tag("span", style="mso-list:Ignore")
        comment.insert_after(box)
        for each in mark:
            box.append(each.extract())
        box.append(" ")  # where it stays, as a label


def _close_gaps(soup: BeautifulSoup) -> None:
    """Let no list begin with a list: Google Docs writes one around the other for an item that begins further in."""
    for inner in soup.select("ul > ul, ul > ol, ol > ul, ol > ol"):
        before = inner.find_previous_sibling("li")
        if before is None:
            inner.unwrap()


def _write(soup: BeautifulSoup, items_of: Callable[[Tag], _Item | None], name: str) -> None:
    seen: set[int] = set()
    for first in soup.find_all(name):
        if id(first) in seen or first.decomposed or items_of(first) is None:
            continue
        run = list(_run(first, items_of))
        seen.update(id(item.element) for item in run)
        _replace(soup, run)


def _run(first: Tag, items_of: Callable[[Tag], _Item | None]) -> Iterator[_Item]:
    """Yield an item and those that follow it without anything between them."""
    element: object = first
    while isinstance(element, Tag) and (item := items_of(element)):
        yield item
        element = element.find_next_sibling(lambda _: True)


def _paragraphs_of_word(tag: Tag) -> _Item | None:
    level = _LEVEL.search(str(tag.get("style", ""))) if tag.name == "p" else None
    mark = tag.find(style=_IGNORED) if level else None
    if not level or not isinstance(mark, Tag):
        return None
    label = mark.get_text(strip=True)
    number = _NUMBER.fullmatch(label)
    is_bullet = label == "o" or (len(label) == 1 and _is_of_symbols(mark, tag))  # "o" is one of Courier New
    if not number and not is_bullet and any(letter.isalnum() for letter in label):
        return None
    return _Item(tag, int(level[1]), int(number[1]) if number else None)


def _is_of_symbols(mark: Tag, paragraph: Tag) -> bool:
    """Whether the mark of a paragraph is in a font of symbols, in which letters are arrows, ticks and boxes."""
    around = takewhile(lambda parent: parent is not paragraph, mark.parents)
    fonts = (f"{each.get('style', '')} {each.get('face', '')}" for each in (mark, *around, *mark("font")))
    return any(map(_SYMBOLS.search, fonts))


def _items_of_word_on_the_web(tag: Tag) -> _Item | None:
    if "ListContainerWrapper" not in (tag.get("class") or []):
        return None
    found = tag.find("li")
    holder = found.parent if isinstance(found, Tag) else None
    if not isinstance(found, Tag) or not isinstance(holder, Tag):
        return None
    level, start = str(found.get("data-aria-level", "1")), str(holder.get("start", "1"))
    number = int(start) if start.isdigit() else 1
    return _Item(tag, int(level) if level.isdigit() else 1, number if holder.name == "ol" else None)


def _replace(soup: BeautifulSoup, items: list[_Item]) -> None:
    """Put a list in the place of its items."""
    place = soup.new_tag("div")
    items[0].element.insert_before(place)
    open_lists: list[tuple[int, Tag]] = []  # the level of each, and its element
    for item in items:
        while open_lists and open_lists[-1][0] > item.level:
            open_lists.pop()
        kind = "ul" if item.number is None else "ol"
        if open_lists and open_lists[-1][0] == item.level and open_lists[-1][1].name != kind:
            open_lists.pop()
        if not open_lists or open_lists[-1][0] < item.level:
            above = open_lists[-1][1].find_all("li", recursive=False)[-1:] if open_lists else []
            new = soup.new_tag(kind)
            if item.number not in (None, 1):
                new["start"] = str(item.number)
            (above[0] if above else place).append(new)
            open_lists.append((item.level, new))
        open_lists[-1][1].append(_list_item(soup, item.element))
    place.unwrap()


def _list_item(soup: BeautifulSoup, element: Tag) -> Tag:
    """Return the `<li>` of an item, without its mark."""
    mark = element.find(style=_IGNORED)
    if isinstance(mark, Tag):
        mark.decompose()
    item = element.find("li")
    if not isinstance(item, Tag):
        item = soup.new_tag("li")
        for child in list(element.contents):
            item.append(child.extract())
    element.extract()
    return item
