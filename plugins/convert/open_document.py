"""A document of LibreOffice (.odt) to a page: texts in fonts of old are converted, then pandoc reads the file."""

from __future__ import annotations

import io
import zipfile
import zlib

from lxml import etree

from . import document_notes, document_page, legacy_fonts, ooxml, pandoc, word_file
from .blocks import Page, clean_text
from .errors import SourceError
from .legacy_fonts import FontText

CONTENT, STYLES = "content.xml", "styles.xml"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_DC = "{http://purl.org/dc/elements/1.1/}"
DEEPEST_STYLE = 12


def read(raw: bytes) -> tuple[Page, dict[str, bytes]]:
    """Return the page of a file, and its pictures by the names that the page uses. Raises SourceError."""
    members = _members(raw)
    content = ooxml.parse(members[CONTENT])
    roots = [content, *([ooxml.parse(members[STYLES])] if STYLES in members else [])]
    _convert_fonts(content, roots)
    _unwrap_layout(content)
    notes = _take_out(content, roots)
    members[CONTENT] = etree.tostring(content, xml_declaration=True, encoding="UTF-8")
    page = document_page.from_html(pandoc.to_html(_packed(members), "odt", "document"))
    page.notes += notes
    return page, {path: data for path, data in members.items() if path.startswith("Pictures/")}


def _members(raw: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            members = archive.infolist()
            if sum(each.file_size for each in members) > word_file.LARGEST or len(members) > word_file.MOST_MEMBERS:
                raise SourceError("bomb")
            found = {member.filename: archive.read(member) for member in members if not member.is_dir()}
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError, EOFError, zlib.error):
        raise SourceError("document") from None
    if CONTENT not in found:
        raise SourceError("document")
    return found


def _packed(members: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for path, data in members.items():
            archive.writestr(path, data)
    return stream.getvalue()


def _convert_fonts(content: etree._Element, roots: list[etree._Element]) -> None:
    """Convert every text in a font of the time before Unicode."""
    fonts = _Fonts(roots)
    lines = []
    places: list[tuple[etree._Element, str, FontText]] = []
    for paragraph in content.iter(f"{_TEXT}p", f"{_TEXT}h"):
        line = []
        for element, attribute, around, text in _texts(paragraph):
            line.append(FontText(text, fonts.of(around)))
            places.append((element, attribute, line[-1]))
        lines.append(line)
    legacy_fonts.convert(lines)
    for element, attribute, each in places:
        setattr(element, attribute, each.text)


def _unwrap_layout(content: etree._Element) -> None:
    """Replace each table with tables in it, which pandoc would lose, by what its cells hold."""
    for table in list(content.iter(f"{_TABLE}table")):
        if next(table.iterdescendants(f"{_TABLE}table"), None) is None:
            continue
        cells = table.iter(f"{_TABLE}table-cell")
        own = [cell for cell in cells if next(cell.iterancestors(f"{_TABLE}table")) is table]
        for child in [child for cell in own for child in cell]:
            table.addprevious(child)
        table.getparent().remove(table)


def _take_out(content: etree._Element, roots: list[etree._Element]) -> list[str]:
    """Keep the text of boxes, remove what the document hides or somebody has cut, and return the notes about it."""
    notes = []
    for box in list(content.iter(f"{_DRAW}text-box")):
        anchor = next(box.iterancestors(f"{_TEXT}p"), None)
        if anchor is not None and _text_of(box):
            notes.append(document_notes.text_box(_text_of(box)))
            for child in reversed(list(box)):
                anchor.addnext(child)
    comments = [
        document_notes.comment(each.findtext(f"{_DC}creator") or "", " ".join(map(_text_of, each.iter(f"{_TEXT}p"))))
        for each in content.iter(f"{_OFFICE}annotation")
    ]
    cut = [each for deletion in content.iter(f"{_TEXT}deletion") for each in deletion.iter(f"{_TEXT}p")]
    return [
        *document_notes.limited(notes),
        *document_notes.limited(comments),
        *document_notes.hidden(_drop_hidden(content, roots)),
        *document_notes.changes("", " ".join(map(_text_of, cut))),
    ]


def _drop_hidden(content: etree._Element, roots: list[etree._Element]) -> str:
    """Remove the texts whose style hides them, and return them."""
    styles = {
        style.get(f"{_STYLE}name")
        for root in roots
        for style in root.iter(f"{_STYLE}style")
        if any(each.get(f"{_TEXT}display") == "none" for each in style.iter(f"{_STYLE}text-properties"))
    }
    hidden = []
    for each in list(content.iter(f"{_TEXT}span", f"{_TEXT}p", f"{_TEXT}h")):
        if each.get(f"{_TEXT}style-name") in styles:
            hidden.append(_text_of(each))
            for child in list(each):
                each.remove(child)
            each.text = ""
    return " ".join(filter(None, hidden))


def _text_of(element: etree._Element) -> str:
    return clean_text("".join(str(text) for text in element.itertext()))


def _texts(paragraph: etree._Element) -> list[tuple[etree._Element, str, etree._Element, str]]:
    """Return the texts of a paragraph: element, text or tail, the element that sets its font, and the text itself."""
    found = []
    for element in paragraph.iter():
        if isinstance(element.tag, str) and _paragraph_of(element) is paragraph and element.text:
            found.append((element, "text", element, element.text))
        around = element.getparent()
        if element is not paragraph and element.tail and around is not None and _paragraph_of(around) is paragraph:
            found.append((element, "tail", around, element.tail))
    return found


def _paragraph_of(element: etree._Element) -> etree._Element | None:
    if element.tag in (f"{_TEXT}p", f"{_TEXT}h"):
        return element
    return next(element.iterancestors(f"{_TEXT}p", f"{_TEXT}h"), None)


class _Fonts:
    """The fonts of styles, and of the elements that are set in them."""

    def __init__(self, roots: list[etree._Element]) -> None:
        self._styles = {
            (each.get(f"{_STYLE}name"), each.get(f"{_STYLE}family")): each
            for root in reversed(roots)
            for each in root.iter(f"{_STYLE}style")
        }
        self._default = next(
            (font for root in roots for each in root.iter(f"{_STYLE}default-style") if (font := _font_of(each))), ""
        )

    def of(self, element: etree._Element) -> str:
        """Return the name of the font that shows the text in an element."""
        for each in [element, *element.iterancestors()]:
            style = each.get(f"{_TEXT}style-name")
            font = self._of_style(style, "text" if each.tag == f"{_TEXT}span" else "paragraph") if style else ""
            if font:
                return font
        return self._of_style("Standard", "paragraph") or self._default

    def _of_style(self, name: str, family: str) -> str:
        current: str | None = name
        for _ in range(DEEPEST_STYLE):
            style = self._styles.get((current, family))
            if style is None:
                return ""
            font = _font_of(style)
            if font:
                return font
            current = style.get(f"{_STYLE}parent-style-name")
        return ""


def _font_of(style: etree._Element) -> str:
    properties = style.find(f"{_STYLE}text-properties")
    if properties is None:
        return ""
    name = properties.get(f"{_STYLE}font-name") or properties.get(f"{_FO}font-family") or ""
    return str(name).strip("'\" ")
