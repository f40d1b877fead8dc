"""Python-Markdown extension: the structure that assistive technology needs, added to the tree.

Headings begin at h2 and skip no level; pictures that stand alone become figures with their
caption; tables get a caption, scopes and a scroller; footnotes get their roles
(DPub-ARIA 1.1, https://www.w3.org/TR/dpub-aria-1.1/).
"""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from pelican.utils import slugify

from plugins.i18n import SOURCE_LANG, translations

CAPTION = re.compile(r"(?:Bảng|Table)\s*(?P<number>\d+[a-z]?)?\s*[:.]\s*", re.I)
_ALIGN = re.compile(r"text-align:\s*(right|center)")
_ENDS = {"td", "th"}
_HEADING = re.compile(r"<(?P<close>/)?h(?P<level>[1-6])(?P<rest>[^>]*)>")
_ID = re.compile(r' id="([^"]*)"')


class AccessibleExtension(Extension):
    """Register the tree processor after inline markup and before pretty-printing."""

    def extendMarkdown(self, md: Markdown) -> None:
        md.treeprocessors.register(AccessibleTree(md), "accessible", 15)


class AccessibleTree(Treeprocessor):
    """`md.words` is the catalogue of the words that are added (labels of regions and links)."""

    def run(self, root: Element) -> None:
        gettext = getattr(self.md, "words", translations(SOURCE_LANG)).gettext
        _walk(root, gettext)
        _footnotes(root, gettext)


def heading_id(text: str, separator: str) -> str:
    """An ASCII id; the prefix keeps it apart from the page's own ids."""
    return "muc-" + slugify(text, regex_subs=[(r"[^\w\s-]", ""), (r"[-\s]+", separator)])[:80]


def normalize_headings(html: str) -> str:
    """Sanitised HTML with its headings, Markdown's and raw ones, from h2 on and no level skipped; each id once."""
    level = 1
    ids: set[str] = set()

    def one(tag: re.Match[str]) -> str:
        nonlocal level
        if tag["close"]:
            return f"</h{level}>"
        level = min(max(int(tag["level"]), 2), level + 1)
        return f"<h{level}{tag['rest']}>"

    def once(found: re.Match[str]) -> str:
        known = found[1] in ids
        ids.add(found[1])
        return "" if known else found[0]

    return re.sub(r"<[^>]*>", lambda tag: _ID.sub(once, tag[0]), _HEADING.sub(one, html))


def _walk(parent: Element, gettext) -> None:
    for index, child in reversed(list(enumerate(parent))):
        if child.tag == "p" and _only_pictures(child):
            figures = [_figure(image) for image in child]
            figures[-1].tail = child.tail
            parent[index : index + 1] = figures
        elif child.tag == "table":
            caption = _take_caption(parent, index)
            parent[index - (caption is not None)] = _table(child, caption, gettext)
        else:
            _walk(child, gettext)


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
    """Remove and return the paragraph `Bảng: …` just before a table, as its caption."""
    before = parent[index - 1] if index else None
    if before is None or before.tag != "p":
        return None
    words = "".join(before.itertext()).strip()
    match = CAPTION.match(words)
    if not match or (match.end() == len(words) and not match["number"]):
        return None
    parent.remove(before)
    before.tag = "caption"
    while len(before) == 1 and before[0].tag in ("strong", "em") and "".join(before[0].itertext()).strip() == words:
        before.text, before[:] = before[0].text, list(before[0])  # bold, as Word has it
    if not match["number"]:
        bold = "" if (before.text or "").strip() else "".join(before[0].itertext()).strip()
        if 0 < len(bold) <= match.end():  # **Bảng:** dân số
            before.text = (before[0].tail or "").lstrip(" \n:.")
            before.remove(before[0])
        prefix = CAPTION.match(before.text or "")
        text = before.text[prefix.end() :] if prefix else before.text or ""
        before.text = text[:1].upper() + text[1:]
    before.tail = None
    return before


def _table(table: Element, caption: Element | None, gettext) -> Element:
    for cell in table.iter("th"):
        cell.set("scope", "col")
    for cell in table.iter():
        align = _ALIGN.search(cell.attrib.pop("style", "")) if cell.tag in _ENDS else None
        if align:
            cell.set("class", align[1])
    _row_heads(table)
    region = Element("section", {"class": "scroll", "tabindex": "0"})
    region.tail, table.tail = table.tail, None
    if caption is not None:
        table.insert(0, caption)
        region.set("aria-label", "".join(caption.itertext()))
    else:
        region.set("aria-label", gettext("Table"))
    region.append(table)
    return region


def _row_heads(table: Element) -> None:
    """First cells are row heads where the corner is empty or all of them are written bold."""
    rows = [row for row in table.findall("tbody/tr") if len(row)]
    corner = table.find("thead/tr/th")
    empty_corner = corner is not None and not len(corner) and not (corner.text or "").strip()
    bold = all(len(r[0]) == 1 and r[0][0].tag == "strong" and not (r[0].text or r[0][0].tail) for r in rows)
    if not rows or not (empty_corner or bold):
        return
    for row in rows:
        row[0].tag = "th"
        row[0].set("scope", "row")
        if bold:
            strong = row[0][0]
            row[0].text = strong.text
            row[0][:] = list(strong)
    if empty_corner:
        corner.tag = "td"
        corner.attrib.pop("scope", None)


def _footnotes(root: Element, gettext) -> None:
    notes: dict[str, tuple[int, int]] = {}  # of a note named [^gia]: its place in the list, how many refer to it
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
            number, links = notes.get(name, (name, 1))
            label = gettext("Back to the text of note %s") % number
            if links > 1:  # #fnref:gia, #fnref2:gia, …
                label += ", " + gettext("place %s") % (place.removeprefix("#fnref") or "1")
            element.set("aria-label", label)
