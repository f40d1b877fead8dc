"""Python-Markdown extension that adds the structure that assistive technology needs.

Headings begin at h2 and skip no level; pictures that stand alone become figures with their captions; tables get a
caption, scopes and a scrollable region; footnotes get their roles (DPub-ARIA 1.1, https://www.w3.org/TR/dpub-aria-1.1/).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from pelican.utils import slugify

CAPTION = re.compile(r"(?:Bảng|Table)\s*(?P<number>\d+[a-z]?)?\s*[:.]\s*", re.I)
ID_PREFIX = "muc-"  # of the ids in an article's text
_ALIGN = re.compile(r"text-align:\s*(right|center)")
_CELLS = {"td", "th"}
_HEADING = re.compile(r"<(?P<close>/)?h(?P<level>[1-6])(?P<rest>[^>]*)>")
_ID = re.compile(r' id="([^"]*)"')

Gettext = Callable[[str], str]


class AccessibleExtension(Extension):
    """Registers the tree processor after inline markup and before pretty-printing.

    `gettext` translates the labels of regions and links. Set it before each conversion; by default they are English.
    """

    def __init__(self) -> None:
        super().__init__()
        self.gettext: Gettext = str

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  # the name of Markdown's hook
        md.treeprocessors.register(_AccessibleTree(md, self), "accessible", 15)


class AlignmentExtension(Extension):
    """Says by classes alone how the cells of tables are aligned; all else stays as it is typed."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  # the name of Markdown's hook
        md.treeprocessors.register(_AlignmentTree(md), "alignment", 15)


class _AlignmentTree(Treeprocessor):
    def run(self, root: Element) -> None:
        for table in root.iter("table"):
            _align_by_class(table)


class _AccessibleTree(Treeprocessor):
    def __init__(self, md: Markdown, extension: AccessibleExtension) -> None:
        super().__init__(md)
        self.extension = extension

    def run(self, root: Element) -> None:
        _complete_blocks(root, self.extension.gettext)
        _complete_footnotes(root, self.extension.gettext)


def heading_id(text: str, separator: str) -> str:
    """An ASCII id for a heading; its prefix keeps it apart from the page's own ids."""
    slug: str = slugify(text, regex_subs=[(r"[^\w\s-]", ""), (r"[-\s]+", separator)])
    return ID_PREFIX + slug[:80]


def normalize_headings(html: str) -> str:
    """Let the headings of sanitized HTML begin at h2 and skip no level, and let every id occur once."""
    level = 1
    ids: set[str] = set()

    def renumber(tag: re.Match[str]) -> str:
        nonlocal level
        if tag["close"]:
            return f"</h{level}>"
        level = min(max(int(tag["level"]), 2), level + 1)
        return f"<h{level}{tag['rest']}>"

    def drop_duplicate(attribute: re.Match[str]) -> str:
        is_duplicate = attribute[1] in ids
        ids.add(attribute[1])
        return "" if is_duplicate else attribute[0]

    if "<h" in html:
        html = _HEADING.sub(renumber, html)
    all_ids = _ID.findall(html)
    if len(all_ids) > len(set(all_ids)):
        html = re.sub(r"<[^>]*>", lambda tag: _ID.sub(drop_duplicate, tag[0]), html)
    return html


def _complete_blocks(parent: Element, gettext: Gettext) -> None:
    """Replace the paragraphs that hold pictures only, and the tables, at any depth."""
    for index, child in reversed(list(enumerate(parent))):
        if child.tag == "p" and _only_pictures(child):
            figures = [_figure(image) for image in child]
            figures[-1].tail = child.tail
            parent[index : index + 1] = figures
        elif child.tag == "table":
            caption = _take_caption(parent, index)
            parent[index - (caption is not None)] = _table_region(child, caption, gettext)
        else:
            _complete_blocks(child, gettext)


def _only_pictures(paragraph: Element) -> bool:
    return (
        len(paragraph) > 0
        and not (paragraph.text or "").strip()
        and all(child.tag == "img" and not (child.tail or "").strip() for child in paragraph)
    )


def _figure(image: Element) -> Element:
    figure = Element("figure")
    caption = image.attrib.pop("title", "")
    image.tail = None
    figure.append(image)
    if caption:
        SubElement(figure, "figcaption").text = caption
    return figure


def _take_caption(parent: Element, index: int) -> Element | None:
    """Remove the paragraph `Bảng: …` just before a table and return it as the table's caption."""
    paragraph = parent[index - 1] if index else None
    if paragraph is None or paragraph.tag != "p":
        return None
    text = "".join(paragraph.itertext()).strip()
    match = CAPTION.match(text)
    if not match or (match.end() == len(text) and not match["number"]):
        return None
    parent.remove(paragraph)
    paragraph.tag = "caption"
    while _is_emphasis_only(paragraph, text):  # Word sets the whole caption in bold
        paragraph.text, paragraph[:] = paragraph[0].text, list(paragraph[0])
    if not match["number"]:
        _strip_label(paragraph, match.end())
    paragraph.tail = None
    return paragraph


def _is_emphasis_only(caption: Element, text: str) -> bool:
    return len(caption) == 1 and caption[0].tag in ("strong", "em") and "".join(caption[0].itertext()).strip() == text


def _strip_label(caption: Element, length: int) -> None:
    """Remove `Bảng:` and begin with a capital letter. length: of the label, in letters of the caption's text."""
    bold = "" if (caption.text or "").strip() else "".join(caption[0].itertext()).strip()
    if 0 < len(bold) <= length:  # **Bảng:** dân số
        caption.text = (caption[0].tail or "").lstrip(" \n:.")
        caption.remove(caption[0])
    text = caption.text or ""
    label = CAPTION.match(text)
    rest = text[label.end() :] if label else text
    caption.text = rest[:1].upper() + rest[1:]


def _table_region(table: Element, caption: Element | None, gettext: Gettext) -> Element:
    """A scrollable region around a table, which gets its caption, scopes and classes for alignment."""
    for cell in table.iter("th"):
        cell.set("scope", "col")
    _align_by_class(table)
    _mark_row_headers(table)
    region = Element("section", {"class": "scroll", "tabindex": "0"})
    region.tail, table.tail = table.tail, None
    if caption is not None:
        table.insert(0, caption)
        region.set("aria-label", "".join(caption.itertext()))
    else:
        region.set("aria-label", gettext("Table"))
    region.append(table)
    return region


def _align_by_class(table: Element) -> None:
    for cell in table.iter():
        align = _ALIGN.search(cell.attrib.pop("style", "")) if cell.tag in _CELLS else None
        if align:
            cell.set("class", align[1])


def _mark_row_headers(table: Element) -> None:
    """Make the first cells row headers where the corner is empty or all of them are bold."""
    rows = [row for row in table.findall("tbody/tr") if len(row)]
    bold = all(_is_bold(row[0]) for row in rows)
    corner = table.find("thead/tr/th")
    if corner is not None and (len(corner) or (corner.text or "").strip()):
        corner = None
    if not rows or (corner is None and not bold):
        return
    for row in rows:
        row[0].tag = "th"
        row[0].set("scope", "row")
        if bold:
            strong = row[0][0]
            row[0].text = strong.text
            row[0][:] = list(strong)
    if corner is not None:
        corner.tag = "td"
        corner.attrib.pop("scope", None)


def _is_bold(cell: Element) -> bool:
    return len(cell) == 1 and cell[0].tag == "strong" and not (cell.text or cell[0].tail)


def _complete_footnotes(root: Element, gettext: Gettext) -> None:
    notes: dict[str, tuple[int, int]] = {}  # by the id of a note: its number, and how many references it has
    for element in root.iter():
        kind = element.get("class", "")
        if kind == "footnote" and element.tag == "div":
            element.tag = "section"
            element.set("role", "doc-endnotes")
            element.set("aria-label", gettext("Notes"))
            for number, note in enumerate(element.findall("ol/li"), start=1):
                links = sum(link.get("class") == "footnote-backref" for link in note.iter("a"))
                notes[note.get("id", "").partition(":")[2]] = number, links
        elif kind == "footnote-ref":
            element.set("role", "doc-noteref")
            element.set("aria-label", gettext("Note") + " " + "".join(element.itertext()))
        elif kind == "footnote-backref":
            element.attrib.pop("title", None)
            element.set("role", "doc-backlink")
            place, _, name = element.get("href", "").partition(":")
            label_number: int | str
            label_number, links = notes.get(name, (name, 1))
            label = gettext("Back to the text of note %s") % label_number
            if links > 1:  # #fnref:gia, #fnref2:gia, …
                label += ", " + gettext("place %s") % (place.removeprefix("#fnref") or "1")
            element.set("aria-label", label)
