"""A structure element of a PDF as a node of a tree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import pydyf


class Content(NamedTuple):
    """A piece of a page's stream. page: its reference."""

    page: bytes
    mcid: int


@dataclass(eq=False)
class Node:
    """A structure element. html: the element it comes from; name: that element's name, with its pseudo-element."""

    element: pydyf.Dictionary
    tag: str
    html: Any = None
    name: str = ""
    kids: list[Node | Content | bytes] = field(default_factory=list)  # bytes: the reference of a link's annotation

    def nodes(self) -> list[Node]:
        return [kid for kid in self.kids if isinstance(kid, Node)]

    def walk(self) -> Iterator[Node]:
        yield self
        for kid in self.nodes():
            yield from kid.walk()

    def get(self, attribute: str) -> str:
        """An attribute of its HTML element, "" where it has none."""
        attributes = getattr(self.html, "attrib", None)
        return attributes.get(attribute) or "" if attributes is not None else ""


def merge(node: Node) -> None:
    """One structure element for one of HTML, where it was laid out on several lines or pages."""
    kids: list[Node | Content | bytes] = []
    for kid in node.kids:
        last = kids[-1] if kids else None
        if (
            isinstance(kid, Node)
            and isinstance(last, Node)
            and kid.html is not None
            and (kid.html, kid.name, kid.tag) == (last.html, last.name, last.tag)
            and kid.tag != "Figure"
        ):
            last.kids += kid.kids
        else:
            kids.append(kid)
    node.kids = kids
    for kid in node.nodes():
        merge(kid)
