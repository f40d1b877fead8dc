"""Python-Markdown extension: the items of a list keep the numbers that are typed.

Python-Markdown counts items on from the first one, whatever stands before the others. In a decree of which one clause
is left out, `1.`, `2.`, `4.` would become 1, 2, 3. Only where all items have the same number, as programmers write it,
they are counted.
"""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.extensions.sane_lists import SaneOListProcessor
from markdown.treeprocessors import Treeprocessor

_NUMBER = re.compile(r" {0,3}(\d+)\. ")  # of an item that is not nested, as typed_lists.py leaves it


def register(md: Markdown) -> None:
    """Register the processors in place of the one of sane_lists."""
    lists: list[Element] = []
    md.parser.blockprocessors.register(_NumberedLists(md.parser, lists), "olist", 40)
    md.treeprocessors.register(_ListNumbers(md, lists), "list_numbers", 30)


class _NumberedLists(SaneOListProcessor):
    """Notes the number of each item as its attribute `value`. lists: takes the lists."""

    def __init__(self, parser: BlockParser, lists: list[Element]) -> None:
        super().__init__(parser)
        self.lists = lists

    def run(self, parent: Element, blocks: list[str]) -> None:
        numbers = [match[1] for line in blocks[0].split("\n") if (match := _NUMBER.match(line))]
        sibling = self.lastChild(parent)
        is_open = sibling is not None and sibling.tag == "ol"
        known = len(sibling) if is_open and sibling is not None else 0
        super().run(parent, blocks)
        numbered = parent if parent.tag in ("ol", "ul") and not is_open else self.lastChild(parent)
        if numbered is None or numbered.tag != "ol":
            return
        if not is_open:
            self.lists.append(numbered)
        for item, number in zip(numbered[known:], numbers, strict=False):
            item.set("value", str(int(number)))


class _ListNumbers(Treeprocessor):
    """Leaves the attribute `value` where an item does not have the number that follows the one before."""

    def __init__(self, md: Markdown, lists: list[Element]) -> None:
        super().__init__(md)
        self.lists = lists

    def run(self, root: Element) -> None:
        for numbered in self.lists:
            numbers = [int(item.attrib.pop("value", 0)) for item in numbered]
            expected = numbers[0]
            for item, number in zip(numbered, numbers, strict=True):
                if number != expected and len(set(numbers)) > 1:
                    item.set("value", str(number))
                expected = number + 1
        self.lists.clear()
