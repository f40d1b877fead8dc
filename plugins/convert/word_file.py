"""A Word file (.docx) to a page: its XML is prepared, pandoc converts it to HTML, its pictures come from the file.

Before pandoc reads the file, texts in fonts of the time before Unicode are converted run by run (`legacy_fonts.py`),
labels of lists are written out (`word_numbering.py`), and text boxes and the like are seen to (`word_content.py`).
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib

from lxml import etree

from . import document_page, legacy_fonts, ooxml, pandoc, word_content
from .blocks import Page
from .errors import SourceError
from .legacy_fonts import FontText
from .ooxml import Styles, name
from .word_numbering import Numbering

LARGEST = 200_000_000  # bytes, unpacked
MOST_MEMBERS = 5000  # files in a Word file
DOCUMENT = "word/document.xml"
_TEXTS = (DOCUMENT, "word/footnotes.xml", "word/endnotes.xml", "word/comments.xml")
_STYLES = "word/styles.xml"
_HEADERS = re.compile(r"word/(?:header|footer)\d*\.xml")


def read(raw: bytes) -> tuple[Page, dict[str, bytes]]:
    """Return the page of a file, and its pictures by the names that the page uses. Raises SourceError."""
    members = _members(raw)
    parts = {
        path: ooxml.parse(members[path]) for path in members if path in (*_TEXTS, _STYLES) or _HEADERS.fullmatch(path)
    }
    notes = _prepare(parts, members)
    for path in (*_TEXTS, _STYLES):
        if path in parts:
            members[path] = etree.tostring(parts[path], xml_declaration=True, encoding="UTF-8", standalone=True)
    page = document_page.from_html(pandoc.to_html(_packed(members), "docx", "word"))
    page.notes += notes
    media = {path.removeprefix("word/"): data for path, data in members.items() if path.startswith("word/media/")}
    return page, media


def _members(raw: bytes) -> dict[str, bytes]:
    """Return the files in a Word file by path. Raises SourceError for what is no Word file, or too large."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            members = archive.infolist()
            if sum(member.file_size for member in members) > LARGEST or len(members) > MOST_MEMBERS:
                raise SourceError("bomb")
            found = {member.filename: archive.read(member) for member in members}
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError, EOFError, zlib.error):
        raise SourceError("word") from None
    if DOCUMENT not in found:
        raise SourceError("word")
    return found


def _packed(members: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:  # not compressed: it is read once
        for path, data in members.items():
            archive.writestr(path, data)
    return stream.getvalue()


def _prepare(parts: dict[str, etree._Element], members: dict[str, bytes]) -> list[str]:
    """Bring the texts of a file into the form that pandoc reads right; return what is to be told."""
    styles = Styles(parts.get(_STYLES), _theme(members))
    document = parts[DOCUMENT]
    Numbering(_root(members, "word/numbering.xml"), styles).write(word_content.paragraphs(document))
    _convert_fonts(parts, styles)
    notes = [note for path in _TEXTS[:3] if path in parts for note in word_content.take_out(parts[path], styles)]
    notes += word_content.comments(parts.get(_TEXTS[3]))
    return notes + word_content.headers(root for path, root in sorted(parts.items()) if _HEADERS.fullmatch(path))


def _root(members: dict[str, bytes], path: str) -> etree._Element | None:
    return ooxml.parse(members[path]) if path in members else None


def _theme(members: dict[str, bytes]) -> etree._Element | None:
    path = next((each for each in sorted(members) if re.fullmatch(r"word/theme/theme\d*\.xml", each)), "")
    return _root(members, path)


def _convert_fonts(parts: dict[str, etree._Element], styles: Styles) -> None:
    """Convert every text in a font of the time before Unicode."""
    elements: list[tuple[etree._Element, FontText]] = []
    lines: list[list[FontText]] = []
    for root in parts.values():
        for paragraph in word_content.paragraphs(root):
            texts = [(each, FontText(_text(each), _font(each, paragraph, styles))) for each in _texts(paragraph)]
            elements += texts
            lines.append([text for _, text in texts])
    legacy_fonts.convert(lines)
    for element, text in elements:
        if legacy_fonts.is_legacy(text.font):
            element.tag = name("w:delText" if element.tag == name("w:delText") else "w:t")
            element.text = text.text
            element.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _texts(paragraph: etree._Element) -> list[etree._Element]:
    """Return the texts and single letters of a paragraph, without those in its text boxes, which are paragraphs too."""
    found = paragraph.iter(name("w:t"), name("w:delText"), name("w:sym"))
    return [each for each in found if next(each.iterancestors(name("w:p"))) is paragraph]


def _text(element: etree._Element) -> str:
    if element.tag != name("w:sym"):
        return element.text or ""
    code = str(element.get(name("w:char"), ""))
    return chr(int(code, 16)) if re.fullmatch(r"[0-9A-Fa-f]{4}", code) else ""


def _font(element: etree._Element, paragraph: etree._Element, styles: Styles) -> str:
    if element.tag == name("w:sym"):
        return str(element.get(name("w:font"), ""))
    run = next(element.iterancestors(name("w:r")), None)
    return "" if run is None else styles.font(run, paragraph)
