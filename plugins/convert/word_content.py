"""What a Word file holds beside its text: text boxes, comments, tracked changes, hidden text, charts.

pandoc leaves all of these out, or worse: hidden text would be shown, and what stands around a text box is lost with it.
So the text of boxes becomes paragraphs, hidden text goes, and everything that does not come along is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from lxml import etree

from plugins.i18n import translate

from . import document_notes
from .blocks import clean_text
from .ooxml import Styles, find, is_on, name, value

LEAST_RAISED = 4  # half points
MOST_COLUMNS = 63  # of a table in Word
_OBJECTS = ("w:object", "w:altChunk", "c:chart", "dgm:relIds")


def take_out(root: etree._Element, styles: Styles) -> list[str]:
    """Prepare the text of a document, and return the notes about it.

    Args:
        root: the root of a part with paragraphs; changed in place.
        styles: the styles of the document.
    """
    _complete_grids(root)
    _mark_raised(root)
    return [*_free_text_boxes(root), *_drop_hidden(root, styles), *_changes(root), *_objects(root)]


def comments(root: etree._Element | None) -> list[str]:
    """Return a note for each comment in the margin. root: of comments.xml."""
    found = [] if root is None else root.findall(name("w:comment"))
    texts = ((str(each.get(name("w:author"), "")), text_of(each)) for each in found)
    return document_notes.limited(document_notes.comment(author, text) for author, text in texts if text)


def headers(roots: Iterable[etree._Element]) -> list[str]:
    """Return a note for each text that stands at the top or bottom of every sheet, page numbers aside."""
    texts = dict.fromkeys(text_of(root) for root in roots)
    with_words = (text for text in texts if any(letter.isalpha() for letter in text))
    return document_notes.limited(map(document_notes.sheet_line, with_words))


def paragraphs(root: etree._Element) -> Iterator[etree._Element]:
    """Yield all paragraphs, in order."""
    yield from root.iter(name("w:p"))


def text_of(root: etree._Element) -> str:
    """Return the text below an element, with spaces between paragraphs."""
    lines = ("".join(each.text or "" for each in paragraph.iter(name("w:t"))) for paragraph in paragraphs(root))
    return clean_text(" ".join(lines))


def _free_text_boxes(root: etree._Element) -> list[str]:
    """Put the paragraphs of text boxes behind the paragraph that each is fixed to."""
    for choice in list(root.iter(name("mc:AlternateContent"))):
        _keep_one(choice)
    told = []
    for box in list(root.iter(name("w:txbxContent"))):
        anchor = _outermost_paragraph(box)
        text = text_of(box)
        if anchor is None or anchor.getparent() is None:
            continue
        for child in reversed(list(box)):
            anchor.addnext(child)
        if text:
            told.append(text)
    for emptied in list(root.iter(name("w:txbxContent"))):
        shape = next((each for each in emptied.iterancestors() if each.tag == name("w:r")), None)
        if shape is not None and shape.getparent() is not None and find_picture(shape) is None:
            shape.getparent().remove(shape)
    return document_notes.limited(map(document_notes.text_box, told))


def find_picture(element: etree._Element) -> etree._Element | None:
    """Return the first picture below an element."""
    return next(element.iter(name("a:blip")), None)


def _keep_one(choice: etree._Element) -> None:
    """Leave one of the forms in which Word writes the same drawing: the one that has its text or its picture."""
    forms = list(choice)
    kept = next(
        (form for form in forms if text_of(form) or find_picture(form) is not None), forms[0] if forms else None
    )
    for form in forms:
        if form is not kept:
            choice.remove(form)


def _outermost_paragraph(element: etree._Element) -> etree._Element | None:
    """Return the paragraph around an element that is in no text box itself."""
    found = None
    for each in element.iterancestors():
        if each.tag == name("w:p"):
            found = each
        elif each.tag == name("w:txbxContent"):
            found = None
    return found


def _complete_grids(root: etree._Element) -> None:
    """Give every table as many columns as its rows have cells: pandoc leaves out what is beyond the grid."""
    for table in root.iter(name("w:tbl")):
        grid = find(table, "w:tblGrid")
        if grid is None:
            grid = etree.Element(name("w:tblGrid"))
            settings = find(table, "w:tblPr")
            table.insert(0 if settings is None else list(table).index(settings) + 1, grid)
        width = max((_width(row) for row in table.findall(name("w:tr"))), default=0)
        for _ in range(min(width, MOST_COLUMNS) - len(grid)):
            etree.SubElement(grid, name("w:gridCol")).set(name("w:w"), "1000")


def _width(row: etree._Element) -> int:
    """Return how many columns a row takes."""
    skipped = (value(row, f"w:trPr/{path}") for path in ("w:gridBefore", "w:gridAfter"))
    spans = (value(cell, "w:tcPr/w:gridSpan") for cell in row.findall(name("w:tc")))
    return sum(int(each) for each in skipped if each.isdigit()) + sum(
        int(each) if each.isdigit() else 1 for each in spans
    )


def _mark_raised(root: etree._Element) -> None:
    """Let letters that are raised or lowered by a distance be superscripts and subscripts: m² is not m2."""
    for position in list(root.iter(name("w:position"))):
        distance = value(position)
        properties = position.getparent()
        is_far = re.fullmatch(r"-?\d+", distance) is not None and abs(int(distance)) >= LEAST_RAISED
        if is_far and properties is not None and find(properties, "w:vertAlign") is None:
            mark = etree.SubElement(properties, name("w:vertAlign"))
            mark.set(name("w:val"), "subscript" if distance.startswith("-") else "superscript")


def _drop_hidden(root: etree._Element, styles: Styles) -> list[str]:
    """Remove text that the document hides."""
    hidden = []
    for run in list(root.iter(name("w:r"))):
        sets = [run, *styles.chain(value(run, "w:rPr/w:rStyle"))]
        if any(is_on(each, "w:rPr/w:vanish") for each in sets):
            hidden.append("".join(each.text or "" for each in run.iter(name("w:t"))))
            run.getparent().remove(run)
    return document_notes.hidden(clean_text("".join(hidden)))


def _changes(root: etree._Element) -> list[str]:
    """Return a note about changes that nobody has accepted yet: the article has what was added, not what was cut."""
    added = clean_text(" ".join(_texts(root, "w:ins", "w:t")))
    cut = clean_text(" ".join(_texts(root, "w:del", "w:delText")))
    return document_notes.changes(added, cut)


def _texts(root: etree._Element, around: str, of: str) -> Iterator[str]:
    for each in root.iter(name(around)):
        yield "".join(text.text or "" for text in each.iter(name(of)))


def _objects(root: etree._Element) -> list[str]:
    """Return a note about charts, drawings of SmartArt and embedded files, which have no text here."""
    count = sum(1 for short in _OBJECTS for _ in root.iter(name(short)))
    if not count:
        return []
    return [
        translate(
            "The Word file has {count} charts, diagrams or embedded files that are not in the article; save them as "
            "pictures and put them in.",
            count=count,
        )
    ]
