"""Repairs the structure tree of a PDF (ISO 32000-1, 14.7 and 14.8; ISO 14289-1), so that it is the article's.

WeasyPrint tags what it has laid out: a list over two pages becomes two lists, a repeated table header occurs twice, a
caption is outside its figure, running headers look like text. Here its tree is read, reduced to one element for each
element of the article, and written back.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import pydyf

from . import table_structure
from .structure_nodes import Kid, MarkedContent, Node, merge_fragments
from .weasyprint_patches.element_origins import html_origin

if TYPE_CHECKING:
    from weasyprint import Document

_INLINE = {"Span", "NonStruct"}
_GROUPING = {"Document", "Part", "Art", "Sect", "Div"}  # hold blocks, no text of their own
_PT_PER_PX = 0.75


def repair_structure(document: Document, pdf: pydyf.PDF) -> None:
    """Repair the structure tree of a finished document. To be called as WeasyPrint's `finisher`."""
    StructureTree(document, pdf).repair()


class StructureTree:
    """The structure tree of one PDF."""

    def __init__(self, document: Document, pdf: pydyf.PDF) -> None:
        self.document, self.pdf = document, pdf
        self.elements: dict[int, pydyf.Dictionary] = {
            item.number: item for item in self._dictionaries() if item.get("Type") == "/StructElem"
        }
        top = next(element for element in self.elements.values() if element["S"] == "/Document")
        self.root = self._read(top)

    def repair(self) -> None:
        """Repair the tree and write it back into the PDF."""
        merge_fragments(self.root)
        for node in list(self.root.walk()):
            if node.tag == "Table":
                table_structure.drop_repeated_headers(node)
                table_structure.assign_header_cells(node)
            _move_link_annotations(node)
            self._move_captions(node)
            self._repair_list(node)
        self._flatten(self.root)
        for node in list(self.root.walk()):
            self._tag_notes(node)
        page_heights = {
            bytes(reference): page.height * _PT_PER_PX
            for reference, page in zip(self.pdf.page_references, self.document.pages, strict=True)
        }
        for node in self.root.walk():
            _set_attributes(node, page_heights)
        self._write()

    def _dictionaries(self) -> Iterator[pydyf.Dictionary]:
        return (item for item in self.pdf.objects if isinstance(item, pydyf.Dictionary))

    # --- reading ---

    def _read(self, element: pydyf.Dictionary) -> Node:
        html, name = html_origin(element.number)
        node = Node(element, element["S"][1:], html, name)
        for kid in element["K"]:
            if isinstance(kid, int):
                node.kids.append(MarkedContent(bytes(element["Pg"]), kid))
            else:
                child = self.elements.get(_object_number(kid))
                node.kids.append(self._read(child) if child is not None else bytes(kid))
        return node

    def _new_node(self, tag: str, origin: Node, kids: list[Kid]) -> Node:
        element = pydyf.Dictionary({"Type": "/StructElem", "S": f"/{tag}", "K": pydyf.Array()})
        self.pdf.add_object(element)
        return Node(element, tag, origin.html, origin.name, kids)

    # --- repairing ---

    def _move_captions(self, node: Node) -> None:
        """Move the caption of a picture into its figure."""
        if node.tag != "NonStruct" or node.name != "figure":
            return
        pictures = [descendant for descendant in node.walk() if descendant.tag == "Figure"]
        captions = [descendant for descendant in node.walk() if descendant.tag == "Caption"]
        if len(pictures) == 1:
            pictures[0].kids += captions
            node.kids = [pictures[0]]
        else:
            for caption in captions:
                caption.tag = "P"

    def _repair_list(self, node: Node) -> None:
        """Let a list contain only items, and each item its label and one body; a nested list is part of that body."""
        if node.tag != "L":
            return
        is_description_list = node.name == "dl"
        items: list[Node] = []
        for kid in node.nodes():
            if is_description_list and items and _is_description(kid):
                items[-1].kids += kid.kids  # belongs to the term before it
            elif kid.tag == "L" and items:
                items[-1].kids.append(kid)
            else:
                items.append(kid if kid.tag == "LI" else self._new_node("LI", kid, [kid]))
        for item in items:
            self._repair_list_item(item, is_description_list)
        node.kids = list(items)

    def _repair_list_item(self, item: Node, is_description: bool) -> None:
        for kid in item.nodes():
            if kid.name == "dt":
                kid.tag = "Lbl"
        labels: list[Kid] = [kid for kid in item.nodes() if kid.tag == "Lbl"]
        content = [kid for kid in item.kids if kid not in labels]
        item.kids = [*labels, self._list_body(item, content, is_description)] if content else labels

    def _list_body(self, item: Node, content: Sequence[Kid], is_description: bool) -> Node:
        bodies = [kid for kid in content if isinstance(kid, Node) and kid.tag == "LBody"]
        if bodies and len(content) == 1:
            return bodies[0]
        has_several_descriptions = is_description and len(bodies) > 1
        kids: list[Kid] = []
        for kid in content:
            if has_several_descriptions and isinstance(kid, Node):
                kids.append(self._new_node("P", kid, kid.kids))  # each description is a paragraph
            elif isinstance(kid, Node) and kid.tag == "LBody":
                kids += kid.kids
            else:
                kids.append(kid)
        return self._new_node("LBody", item, kids)

    def _flatten(self, node: Node) -> None:
        """Remove elements without meaning; turn loose text in a group of blocks into paragraphs."""
        kids: list[Kid] = []
        for kid in node.kids:
            if isinstance(kid, Node):
                self._flatten(kid)
                is_same_element = kid.tag == node.tag and kid.html is node.html and kid.html is not None
                if kid.tag in _INLINE and _is_meaningful_inline(kid):
                    kid.tag = "Span"
                elif kid.tag in _INLINE or is_same_element:
                    kids += kid.kids
                    continue
                elif not kid.kids and kid.tag not in ("TD", "TH", "Figure"):
                    continue
            kids.append(kid)
        node.kids = self._wrap_text(node, kids) if node.tag in _GROUPING else kids

    def _wrap_text(self, node: Node, kids: Sequence[Kid]) -> list[Kid]:
        """Wrap each run of text among blocks into a paragraph."""
        blocks: list[Kid] = []
        run: list[Kid] = []

        def end_run() -> None:
            if run:
                blocks.append(self._new_node("P", Node(node.element, ""), run[:]))
                run.clear()

        for kid in kids:
            if isinstance(kid, Node) and kid.tag not in ("Span", "Link"):
                end_run()
                blocks.append(kid)
            else:
                run.append(kid)
        end_run()
        return blocks

    def _tag_notes(self, node: Node) -> None:
        """Tag a footnote as Note with an ID of its own, and the link to it as Reference (ISO 14289-1, 7.9)."""
        if node.tag == "LBody" and node.html_attribute("id").startswith("fn"):
            note = self._new_node("Note", node, node.kids)
            note.element["ID"] = pydyf.String(node.html_attribute("id"))
            node.kids = [note]
        for index, kid in enumerate(node.kids):
            if isinstance(kid, Node) and _is_note_link(kid) and node.tag != "Reference":
                node.kids[index] = self._new_node("Reference", node, [kid])

    # --- writing ---

    def _write(self) -> None:
        """Write the elements and the parent tree; content that belongs to no element becomes an artifact."""
        owners: dict[MarkedContent, bytes] = {}
        annotation_owners: dict[int, bytes] = {}
        first_pages: dict[int, bytes] = {}
        for node in reversed(list(self.root.walk())):  # from the leaves up, so that each knows its first page
            _set_first_page(node, first_pages)
        for node in self.root.walk():
            element = node.element
            element["S"], element["K"] = f"/{node.tag}", pydyf.Array()
            page = first_pages.get(element.number)
            if page and node is not self.root:
                element["Pg"] = page
            for kid in node.kids:
                if isinstance(kid, Node):
                    kid.element["P"] = element.reference
                    element["K"].append(kid.element.reference)
                elif isinstance(kid, MarkedContent):
                    owners[kid] = element.reference
                    on_other_page = {"Type": "/MCR", "Pg": kid.page, "MCID": kid.mcid}
                    element["K"].append(kid.mcid if kid.page == page else pydyf.Dictionary(on_other_page))
                else:
                    element["K"].append(kid)
                    annotation = self.pdf.objects[_object_number(kid)]["Obj"]
                    annotation_owners[_object_number(annotation)] = element.reference
        used = {node.element.number for node in self.root.walk()}
        for number, element in self.elements.items():
            if number not in used:
                element.clear()
        self._write_parent_tree(owners, annotation_owners)

    def _write_parent_tree(self, owners: dict[MarkedContent, bytes], annotation_owners: dict[int, bytes]) -> None:
        """Write which element each piece of content and each link annotation belongs to (ISO 32000-1, 14.7.4.4)."""
        objects = self.pdf.objects
        root = objects[_object_number(self.pdf.catalog["StructTreeRoot"])]
        numbers = objects[_object_number(root["ParentTree"])]["Nums"]
        pages = {bytes(item.reference): item for item in self._dictionaries() if item.get("Type") == "/Page"}
        for index, page in enumerate(map(bytes, self.pdf.page_references)):
            parents = numbers[2 * index + 1]
            parents[:] = [owners.get(MarkedContent(page, mcid), "null") for mcid in range(len(parents))]
            stream = objects[_object_number(pages[page]["Contents"])].stream
            for position, operand in enumerate(stream):  # pydyf keeps '/Span', <</MCID n>>, 'BDC' one after the other
                mcid = operand.get("MCID") if isinstance(operand, dict) else None
                if mcid is not None and MarkedContent(page, mcid) not in owners:
                    del operand["MCID"]
                    operand["Type"], stream[position - 1] = "/Pagination", b"/Artifact"
        for item in self._dictionaries():
            if item.get("Subtype") == "/Link" and "StructParent" in item:
                numbers[2 * item["StructParent"] + 1] = annotation_owners[item.number]


def _move_link_annotations(node: Node) -> None:
    """Move the annotation of a picture that is a link out of its figure into the link (ISO 14289-1, 7.18.5)."""
    if node.tag != "Link":
        return
    for figure in [descendant for descendant in node.walk() if descendant.tag == "Figure"]:
        node.kids += [kid for kid in figure.kids if isinstance(kid, bytes)]
        figure.kids = [kid for kid in figure.kids if not isinstance(kid, bytes)]


def _object_number(reference: bytes | str) -> int:
    return int(reference.split()[0])


def _is_description(item: Node) -> bool:
    return item.tag == "LI" and bool(item.kids) and getattr(item.kids[0], "name", "") == "dd"


def _is_meaningful_inline(node: Node) -> bool:
    """Whether an inline element tells a screen reader something: a language, or what an abbreviation stands for."""
    return bool(node.html_attribute("lang") or (node.name == "abbr" and node.html_attribute("title")))


def _is_note_link(node: Node) -> bool:
    return node.tag == "Link" and node.html_attribute("role") == "doc-noteref"


def _set_first_page(node: Node, first_pages: dict[int, bytes]) -> None:
    """Add the page of a node's first content to `first_pages`, by object number."""
    for kid in node.kids:
        if isinstance(kid, MarkedContent):
            first_pages[node.element.number] = kid.page
            return
        if isinstance(kid, Node) and kid.element.number in first_pages:
            first_pages[node.element.number] = first_pages[kid.element.number]
            return


def _set_attributes(node: Node, page_heights: dict[bytes, float]) -> None:
    element = node.element
    if node.html_attribute("lang") and node.tag not in ("Document", "Lbl"):
        element["Lang"] = pydyf.String(node.html_attribute("lang"))
    if node.tag == "Span" and node.name == "abbr":
        element["E"] = pydyf.String(node.html_attribute("title"))
    elif node.tag == "L":
        numbering = "/Decimal" if node.name == "ol" else "/Disc" if node.name == "ul" else "/None"
        element["A"] = pydyf.Dictionary({"O": "/List", "ListNumbering": numbering})
    elif node.tag == "Figure" and "A" in element:
        left, top, right, bottom = (value * _PT_PER_PX for value in element["A"]["BBox"])
        height = page_heights[bytes(element["Pg"])]
        box = (left, height - bottom, right, height - top)
        element["A"]["BBox"] = pydyf.Array([round(value, 2) for value in box])
        element["A"]["Placement"] = "/Block"
