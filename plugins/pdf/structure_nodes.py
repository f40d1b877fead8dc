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
    """Merge elements that come from one HTML element, laid out on several lines or pages. Works on the whole tree.

    They are neighbours, but for the cells of a row that is divided: all of them are there again.
    """
    kids: list[Kid] = []
    for kid in node.kids:
        earlier = kids if node.tag == "TR" else kids[-1:]
        whole = next((each for each in earlier if isinstance(each, Node) and _is_part(kid, each)), None)
        if whole is not None and isinstance(kid, Node):
            whole.kids += kid.kids
        else:
            kids.append(kid)
    node.kids = kids
    for child in node.nodes():
        merge_fragments(child)


def _is_part(kid: Kid, node: Node) -> bool:
    """Whether a kid comes from the same HTML element as a node."""
    if not isinstance(kid, Node) or kid.html is None or kid.tag == "Figure":
        return False
    return (kid.html, kid.name, kid.tag) == (node.html, node.name, node.tag)
