"""Gives tables written as HTML, mostly pasted from Word, what Markdown's own tables have.

They get a scrollable region that the keyboard reaches, the line before them as a caption, and scopes for their headers.
Only a body with such a table is parsed again; html.py sanitizes the result once more.
"""

from __future__ import annotations

from gettext import NullTranslations

from bs4 import BeautifulSoup, Tag

from .accessible import CAPTION


def complete_tables(html: str, catalogue: NullTranslations) -> str:
    """Put every outermost table into a scrollable region, labelled with its caption or a word of the catalogue."""
    soup = BeautifulSoup(html, "html.parser")
    pending: list[Tag] = [soup]
    while pending:  # not recursive, because articles may be nested deeply
        for child in pending.pop().find_all(True, recursive=False):
            if child.name == "table":
                _complete_table(soup, child, catalogue)
            elif child.name != "section" or "scroll" not in (child.get("class") or ()):
                pending.append(child)
    return str(soup)


def _complete_table(soup: BeautifulSoup, table: Tag, catalogue: NullTranslations) -> None:
    if not table.find("caption", recursive=False):
        _take_caption(table)
    _set_scopes(table)
    caption = table.find("caption", recursive=False)
    label = " ".join(caption.get_text().split()) if caption else ""
    label = label or catalogue.gettext("Table")
    table.wrap(soup.new_tag("section", attrs={"class": "scroll", "tabindex": "0", "aria-label": label}))


def _set_scopes(table: Tag) -> None:
    """Set the scope of the first row's headers: of columns in a row of headers, else of the row."""
    row = table.find("tr")
    cells = row.find_all(["td", "th"], recursive=False) if row else []
    is_header_row = all(cell.name == "th" or not cell.get_text(strip=True) for cell in cells)  # the corner may be empty
    for cell in cells:
        if cell.name == "th" and not cell.get("scope"):
            cell["scope"] = "col" if is_header_row else "row"


def _take_caption(table: Tag) -> None:
    """Make the paragraph `Bảng: …` just before a table its caption."""
    before = table.previous_sibling
    while isinstance(before, str) and not before.strip():
        before = before.previous_sibling
    if not isinstance(before, Tag) or before.name != "p":
        return
    text = before.get_text().strip()
    match = CAPTION.match(text)
    if not match or match.end() == len(text):
        return
    emphasis = before.find(["strong", "b", "em", "i"], recursive=False)
    if emphasis and emphasis.get_text().strip() == text:  # Word sets the whole caption in bold
        emphasis.unwrap()
    before.name = "caption"
    table.insert(0, before.extract())
