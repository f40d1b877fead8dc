"""Gives the items of lists the numbers that browsers give them: WeasyPrint counts 1, 2, 3, whatever the HTML says.

A list may begin elsewhere (`start`), count down (`reversed`) and count with letters or Roman numerals (`type`); an item
may have a number of its own (`value`).
"""

from __future__ import annotations

import re

_TAG = re.compile(r"<(/?)(ol|ul|li)\b([^>]*)>")
_COUNTED_OTHERWISE = re.compile(r"<(?:ol|li)\b[^>]* (?:start|reversed|type|value)=")
_STYLES = {"1": "decimal", "a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman"}


def number_items(html: str) -> str:
    """Put into the style of each list and item how it is counted. html: well formed, as `sanitize` leaves it."""
    if not _COUNTED_OTHERWISE.search(html):
        return html
    tags = list(_TAG.finditer(html))
    item_counts: dict[int, int] = {}  # of each list that is open or ended, by the place of its tag
    list_of: dict[int, re.Match[str]] = {}  # of each item, by the place of its tag
    open_lists: list[re.Match[str]] = []
    for tag in tags:
        if tag[2] != "li":
            if tag[1]:
                open_lists.pop()
            else:
                open_lists.append(tag)
                item_counts[tag.start()] = 0
        elif not tag[1] and open_lists:
            list_of[tag.start()] = open_lists[-1]
            item_counts[open_lists[-1].start()] += 1

    def with_style(tag: re.Match[str]) -> str:
        if tag[1] or tag[2] == "ul":
            return tag[0]
        if tag[2] == "ol":
            style = _list_style(tag[3], item_counts[tag.start()])
        else:
            of = list_of.get(tag.start())
            style = _item_style(tag[3], is_reversed=bool(of and _is_reversed(of[3])))
        return f'<{tag[2]}{tag[3]} style="{style}">' if style else tag[0]

    return _TAG.sub(with_style, html)


def _list_style(attributes: str, count: int) -> str:
    start = _attribute(attributes, "start")
    is_reversed = _is_reversed(attributes)
    first = int(start) if start else count if is_reversed else 1
    before_first = first + 1 if is_reversed else first - 1
    return "; ".join([*([f"counter-reset: list-item {before_first}"] if before_first else []), *_kind(attributes)])


def _item_style(attributes: str, *, is_reversed: bool) -> str:
    value = _attribute(attributes, "value")
    counter = ["counter-increment: list-item -1"] if is_reversed else []
    if value:
        counter = [f"counter-set: list-item {int(value)}", "counter-increment: list-item 0"]
    return "; ".join([*counter, *_kind(attributes)])


def _kind(attributes: str) -> list[str]:
    style = _STYLES.get(_attribute(attributes, "type"))
    return [f"list-style-type: {style}"] if style else []


def _is_reversed(attributes: str) -> bool:
    return " reversed=" in attributes


def _attribute(attributes: str, name: str) -> str:
    """The value of an attribute; "" where there is none, or one that is no number or kind."""
    found = re.search(rf' {name}="(-?[0-9]+|[aAiI])"', attributes)
    return found[1] if found else ""
