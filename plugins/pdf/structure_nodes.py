"""The structure elements of a PDF (ISO 32000-1, 14.7.2) as nodes of a tree that can be edited."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import pydyf

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element


class MarkedContent(NamedTuple):
    """A piece of a page's content stream.

    Attributes:
        page: The reference of the page.
        mcid: The identifier of the piece on that page.
    """

    page: bytes
    mcid: int


@dataclass(eq=False)
class Node:
    """A structure element.

    Attributes:
        element: Its dictionary in the PDF.
        tag: Its structure type, such as "LI", without the slash.
        html: The HTML element that it was laid out from, if any.
        name: The name of that HTML element, with its pseudo-element.
        kids: What it contains, in order.
    """

    element: pydyf.Dictionary
    tag: str
    html: Element | None = None
    name: str = ""
    kids: list[Kid] = field(default_factory=list)

    def nodes(self) -> list[Node]:
        """The structure elements among its kids."""
        return [kid for kid in self.kids if isinstance(kid, Node)]

    def walk(self) -> Iterator[Node]:
        """Yield the node and all its descendants, depth first."""
        yield self
        for kid in self.nodes():
            yield from kid.walk()

    def html_attribute(self, name: str) -> str:
        """An attribute of the HTML element, "" where there is none."""
        return "" if self.html is None else self.html.get(name, "")


Kid: TypeAlias = Node | MarkedContent | bytes  # bytes: the reference of a link annotation


def merge_fragments(node: Node) -> None:
    """Merge neighbours that come from one HTML element, laid out on several lines or pages. Works on the whole tree."""
    kids: list[Kid] = []
    for kid in node.kids:
        last = kids[-1] if kids else None
        if isinstance(kid, Node) and isinstance(last, Node) and _same_origin(kid, last):
            last.kids += kid.kids
        else:
            kids.append(kid)
    node.kids = kids
    for child in node.nodes():
        merge_fragments(child)


def _same_origin(node: Node, other: Node) -> bool:
    same = (node.html, node.name, node.tag) == (other.html, other.name, other.tag)
    return same and node.html is not None and node.tag != "Figure"
