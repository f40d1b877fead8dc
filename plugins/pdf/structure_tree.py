"""The structure tree of a PDF, made that of the article (ISO 32000-1, 14.7 and 14.8; ISO 14289-1).

WeasyPrint tags what it has laid out: a list over two pages is two lists, a repeated table head stands twice, a
caption is not in its figure, running heads look like text. Here its tree is read, brought to one element for
each element of the article, and written back.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pydyf

from . import table_structure
from .structure_nodes import Content, Node, merge
from .weasyprint_patches.structure import origin

_INLINE = {"Span", "NonStruct"}
_GROUPING = {"Document", "Part", "Art", "Sect", "Div"}  # hold blocks, no text of their own


def finish(document: Any, pdf: pydyf.PDF) -> None:
    """WeasyPrint's `finisher`: put the structure tree of a finished document right."""
    Tree(document, pdf).finish()


class Tree:
    """The structure tree of one PDF."""

    def __init__(self, document: Any, pdf: pydyf.PDF) -> None:
        self.document, self.pdf = document, pdf
        self.was = {o.number: o for o in pdf.objects if isinstance(o, dict) and o.get("Type") == "/StructElem"}
        top = next(element for element in self.was.values() if element["S"] == "/Document")
        self.root = self._read(top)

    def finish(self) -> None:
        merge(self.root)
        for node in list(self.root.walk()):
            if node.tag == "Table":
                table_structure.drop_repeated_heads(node)
                table_structure.set_heads(node)
            self._figure(node)
            self._list(node)
        self._dissolve(self.root)
        for node in list(self.root.walk()):
            self._notes(node)
        heights = {
            bytes(r): page.height * 0.75 for r, page in zip(self.pdf.page_references, self.document.pages, strict=True)
        }
        for node in self.root.walk():
            _attributes(node, heights)
        self._write()

    # --- reading ---

    def _read(self, element: pydyf.Dictionary) -> Node:
        html, name = origin(element.number)
        node = Node(element, element["S"][1:], html, name)
        for kid in element["K"]:
            if isinstance(kid, int):
                node.kids.append(Content(bytes(element["Pg"]), kid))
            else:
                inner = self.was.get(_number(kid))
                node.kids.append(self._read(inner) if inner is not None else bytes(kid))
        return node

    def _new(self, tag: str, like: Node, kids: list) -> Node:
        element = pydyf.Dictionary({"Type": "/StructElem", "S": f"/{tag}", "K": pydyf.Array()})
        self.pdf.add_object(element)
        return Node(element, tag, like.html, like.name, kids)

    # --- putting right ---

    def _figure(self, node: Node) -> None:
        """The caption of a picture stands in its figure."""
        if node.tag != "NonStruct" or node.name != "figure":
            return
        inside = [kid for kid in node.walk() if kid.tag in ("Figure", "Caption")]
        pictures, captions = ([kid for kid in inside if kid.tag == tag] for tag in ("Figure", "Caption"))
        if len(pictures) == 1:
            pictures[0].kids += captions
            node.kids = [pictures[0]]
        elif captions:
            for caption in captions:
                caption.tag = "P"

    def _list(self, node: Node) -> None:
        """A list holds items, an item its label and one body, and a list within a list stands in that body."""
        if node.tag != "L":
            return
        items: list[Node] = []
        for kid in node.nodes():
            if node.name == "dl" and items and kid.tag == "LI" and kid.kids and kid.kids[0].name == "dd":
                items[-1].kids += kid.kids  # a description belongs to the term before it
            elif kid.tag == "L" and items:
                items[-1].kids.append(kid)
            else:
                items.append(kid if kid.tag == "LI" else self._new("LI", kid, [kid]))
        for item in items:
            for kid in item.nodes():
                if kid.name == "dt":
                    kid.tag = "Lbl"
            labels = [kid for kid in item.nodes() if kid.tag == "Lbl"]
            rest = [kid for kid in item.kids if kid not in labels]
            bodies = [kid for kid in rest if isinstance(kid, Node) and kid.tag == "LBody"]
            if rest and len(bodies) == 1 and len(rest) == 1:
                body = bodies[0]
            else:
                several = len(bodies) > 1 and node.name == "dl"  # each of its descriptions is a paragraph
                parts = [
                    [self._new("P", kid, kid.kids)] if several else kid.kids if kid in bodies else [kid] for kid in rest
                ]
                body = self._new("LBody", item, [inner for part in parts for inner in part])
            item.kids = [*labels, body] if rest else labels
        node.kids = list(items)

    def _dissolve(self, node: Node) -> None:
        """Take out what says nothing; text of its own in a group of blocks becomes a paragraph."""
        kids: list[Node | Content | bytes] = []
        for kid in node.kids:
            if isinstance(kid, Node):
                self._dissolve(kid)
                if kid.tag in _INLINE and (kid.get("lang") or (kid.name == "abbr" and kid.get("title"))):
                    kid.tag = "Span"
                elif kid.tag in _INLINE or (kid.tag == node.tag and kid.html is node.html and kid.html is not None):
                    kids += kid.kids
                    continue
                elif not kid.kids and kid.tag not in ("TD", "TH", "Figure"):
                    continue
            kids.append(kid)
        if node.tag in _GROUPING:
            kids = self._paragraphs(node, kids)
        node.kids = kids

    def _paragraphs(self, node: Node, kids: list) -> list:
        grouped: list[Node | Content | bytes] = []
        run: list[Node | Content | bytes] = []
        for kid in [*kids, None]:
            if kid is not None and (not isinstance(kid, Node) or kid.tag in ("Span", "Link")):
                run.append(kid)
                continue
            if run:
                paragraph = self._new("P", Node(node.element, ""), run)
                grouped.append(paragraph)
                run = []
            if kid is not None:
                grouped.append(kid)
        return grouped

    def _notes(self, node: Node) -> None:
        """ISO 14289-1, 7.9: what a note says is a Note with an ID of its own, what leads there a Reference."""
        if node.tag == "LBody" and node.get("id").startswith("fn"):
            note = self._new("Note", node, node.kids)
            note.element["ID"] = pydyf.String(node.get("id"))
            node.kids = [note]
        for place, kid in enumerate(node.kids):
            if (
                isinstance(kid, Node)
                and kid.tag == "Link"
                and kid.get("role") == "doc-noteref"
                and node.tag != "Reference"
            ):
                node.kids[place] = self._new("Reference", node, [kid])

    # --- writing ---

    def _write(self) -> None:
        """Elements, and for each piece of content the element it belongs to; what belongs to none is an artifact."""
        owners: dict[Content, bytes] = {}
        annotations: dict[int, bytes] = {}
        pages: dict[int, bytes] = {}
        for node in reversed(list(self.root.walk())):  # from the leaves up, so that each knows its first page
            self._place(node, pages)
        for node in self.root.walk():
            element = node.element
            element["S"], element["K"] = f"/{node.tag}", pydyf.Array()
            page = pages.get(element.number)
            if page and node is not self.root:
                element["Pg"] = page
            for kid in node.kids:
                if isinstance(kid, Node):
                    kid.element["P"] = element.reference
                    element["K"].append(kid.element.reference)
                elif isinstance(kid, Content):
                    owners[kid] = element.reference
                    elsewhere = {"Type": "/MCR", "Pg": kid.page, "MCID": kid.mcid}
                    element["K"].append(kid.mcid if kid.page == page else pydyf.Dictionary(elsewhere))
                else:
                    element["K"].append(kid)
                    annotations[_number(self.pdf.objects[_number(kid)]["Obj"])] = element.reference
        kept = {node.element.number for node in self.root.walk()}
        for number, element in self.was.items():
            if number not in kept:
                element.clear()
        self._parent_tree(owners, annotations)

    def _place(self, node: Node, pages: dict[int, bytes]) -> None:
        for kid in node.kids:
            if isinstance(kid, Content):
                pages[node.element.number] = kid.page
                return
            if isinstance(kid, Node) and kid.element.number in pages:
                pages[node.element.number] = pages[kid.element.number]
                return

    def _parent_tree(self, owners: dict[Content, bytes], annotations: dict[int, bytes]) -> None:
        objects = self.pdf.objects
        numbers = objects[_number(objects[_number(self.pdf.catalog["StructTreeRoot"])]["ParentTree"])]["Nums"]
        pages = {bytes(o.reference): o for o in objects if isinstance(o, dict) and o.get("Type") == "/Page"}
        for index, page in enumerate(map(bytes, self.pdf.page_references)):
            listed = numbers[2 * index + 1]
            listed[:] = [owners.get(Content(page, mcid), "null") for mcid in range(len(listed))]
            stream = objects[_number(pages[page]["Contents"])].stream
            for place, operand in enumerate(stream):  # pydyf keeps '/Span', <</MCID n>>, 'BDC' one after the other
                if isinstance(operand, dict) and "MCID" in operand and Content(page, operand["MCID"]) not in owners:
                    del operand["MCID"]
                    operand["Type"], stream[place - 1] = "/Pagination", b"/Artifact"
        for place, annotation in self._links():
            numbers[2 * place + 1] = annotations[annotation]

    def _links(self) -> Iterator[tuple[int, int]]:
        for annotation in self.pdf.objects:
            if isinstance(annotation, dict) and annotation.get("Subtype") == "/Link" and "StructParent" in annotation:
                yield annotation["StructParent"], annotation.number


def _number(reference: Any) -> int:
    return int(reference.split()[0])


def _attributes(node: Node, heights: dict[bytes, float]) -> None:
    element = node.element
    if node.get("lang") and node.tag not in ("Document", "Lbl"):
        element["Lang"] = pydyf.String(node.get("lang"))
    if node.tag == "Span" and node.name == "abbr":
        element["E"] = pydyf.String(node.get("title"))
    elif node.tag == "L":
        numbering = "/Decimal" if node.name == "ol" else "/Disc" if node.name == "ul" else "/None"
        element["A"] = pydyf.Dictionary({"O": "/List", "ListNumbering": numbering})
    elif node.tag == "Figure" and "A" in element:
        left, top, right, bottom = element["A"]["BBox"]
        height = heights[bytes(element["Pg"])]
        box = (left * 0.75, height - bottom * 0.75, right * 0.75, height - top * 0.75)
        element["A"]["BBox"] = pydyf.Array([round(value, 2) for value in box])
        element["A"]["Placement"] = "/Block"
