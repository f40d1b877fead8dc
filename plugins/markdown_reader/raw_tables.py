"""Tables written as HTML, mostly pasted from Word: they get what Markdown's own tables have.

A scroller that the keyboard reaches, the line before as caption, scopes of the heads. Only a body
with such a table is read again; what comes out is sanitised once more by html.py.
"""

from __future__ import annotations

from gettext import NullTranslations

from bs4 import BeautifulSoup, Tag

from .accessible import CAPTION


def complete_tables(html: str, words: NullTranslations) -> str:
    """The HTML with every outermost table in a scroller, labelled with words of a catalogue."""
    soup = BeautifulSoup(html, "html.parser")
    waiting: list[Tag] = [soup]
    while waiting:  # no recursion: an article may nest as deep as it likes
        for child in waiting.pop().find_all(True, recursive=False):
            if child.name == "table":
                _complete(soup, child, words)
            elif child.name != "section" or "scroll" not in child.get("class", ()):
                waiting.append(child)
    return str(soup)


def _complete(soup: BeautifulSoup, table: Tag, catalogue: NullTranslations) -> None:
    if not table.find("caption", recursive=False):
        _take_caption(table)
    caption = table.find("caption", recursive=False)
    words = " ".join(caption.get_text().split()) if caption else ""
    row = table.find("tr")
    cells = row.find_all(["td", "th"], recursive=False) if row else []
    heads = [cell for cell in cells if cell.name == "th"]
    # a first row of heads only (its corner may be empty) names columns; a head before cells names its row
    scope = "col" if all(cell.name == "th" or not cell.get_text(strip=True) for cell in cells) else "row"
    for head in heads:
        if not head.get("scope"):
            head["scope"] = scope
    label = words or catalogue.gettext("Table")
    table.wrap(soup.new_tag("section", attrs={"class": "scroll", "tabindex": "0", "aria-label": label}))


def _take_caption(table: Tag) -> None:
    """The paragraph `Bảng: …` just before a table becomes its caption."""
    before = table.previous_sibling
    while isinstance(before, str) and not before.strip():
        before = before.previous_sibling
    if not isinstance(before, Tag) or before.name != "p":
        return
    match = CAPTION.match(before.get_text().strip())
    if not match or match.end() == len(before.get_text().strip()):
        return
    whole = before.find(["strong", "b", "em", "i"], recursive=False)
    if whole and whole.get_text().strip() == before.get_text().strip():
        whole.unwrap()  # bold, as Word has it
    before.name = "caption"
    table.insert(0, before.extract())
