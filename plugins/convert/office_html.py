"""A web page that a word processor has written: Word's "filtered HTML", Google Docs' and LibreOffice's web pages.

Such a page is a document, not a page of a portal: it has no menus, its looks are in classes that mean nothing, and its
fonts tell the encoding of its texts. So looks are written to the elements themselves, and `document_page.py` reads it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from urllib.parse import parse_qs, urlsplit

import tinycss2
from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PageElement, PreformattedString

from . import document_notes, document_page, encodings, html_source, legacy_fonts, saved_page
from .blocks import Page, clean_text
from .legacy_fonts import FontText
from .office_lists import write_lists

HEAD = 6000  # letters in which a program names itself
MOST_RULES = 5000
_WRITER = re.compile(
    r"<meta[^>]+(?:microsoft word|microsoft exchange|word\.document|libreoffice|openoffice|star\s?office)"
    r"|<body[^>]+\bdoc-content\b|themes\.googleusercontent\.com/fonts|\bol\.lst-kix_",
    re.I,
)
_SELECTOR = re.compile(r"([a-zA-Z][\w]*)?(?:\.([\w-]+))?")
_KEPT = ("font-family", "font-weight", "font-style", "text-align", "text-decoration", "display", "visibility")
_FONT_FAMILY = re.compile(r"font-family\s*:\s*[\"']?([^;,\"']+)", re.I)
_NOT_BOLD = re.compile(r"(?:^|;)\s*font-weight\s*:\s*(?:normal|400)", re.I)
_COMMENT = re.compile(r"#(?:cmnt|_msocom_)\d+$")
_CUT_ON_THE_WEB = re.compile(r"^Track\w*Delet")
_HIDDEN = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|mso-hide\s*:\s*all)", re.I)
_FIELD_BEGIN = re.compile(r"mso-element\s*:\s*field-begin", re.I)
_FIELD_SEPARATOR = re.compile(r"mso-element\s*:\s*field-separator", re.I)
_TITLES = frozenset({"title", "MsoTitle"})  # classes of the title in Google Docs and Word
_BLOCKS = ("p", "li", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6", "div")


def read(raw: bytes) -> Page:
    """Return the page of an HTML file, whoever has written it. Raises SourceError, as saved_page.read."""
    html, _ = encodings.decode(raw)
    if not _WRITER.search(html[:HEAD]):
        return saved_page.read(raw)
    html_source.check_size(html)
    html, notes = prepared(html)
    page = document_page.from_html(html)
    page.notes += notes
    return page


def prepared(html: str) -> tuple[str, list[str]]:
    """Return the page of a word processor with the looks of its classes in its elements, and its texts in Unicode.

    Also returned: notes about what is no part of the text: comments in the margin, tracked changes, hidden text.
    """
    soup = html_source.parse(html.replace("\0", ""))
    notes = _take_comments(soup) + _take_revisions(soup)
    _apply_styles(soup)
    notes += _take_hidden(soup)
    _take_field_codes(soup)
    for box in soup.find_all("img", attrs={"aria-roledescription": "checkbox"}):  # before an item of Google Docs
        box.decompose()
    _convert_fonts(soup)
    for link in soup.find_all("a", href=re.compile(r"^https?://www\.google\.com/url\?")):
        link["href"] = parse_qs(urlsplit(str(link["href"])).query).get("q", [link["href"]])[0]
    for bold in soup.find_all("b", style=_NOT_BOLD):  # around all that Google Docs gives to the clipboard
        bold.unwrap()
    for heading in soup.find_all("p", role="heading"):  # Word on the web
        level = str(heading.get("aria-level", ""))
        heading.name = f"h{level}" if level in "123456" and level else "h2"
    write_lists(soup)
    for mark in soup.find_all(style=re.compile(r"mso-list\s*:\s*ignore", re.I)):
        if not any(letter.isdigit() for letter in mark.get_text()) and len(mark.get_text(strip=True)) == 1:
            mark.string = "- "  # a bullet, which is a letter in a font of symbols
    for tag in soup.find_all("p", class_=list(_TITLES)):
        tag.name = "h1"
    return str(soup), notes


def _take_comments(soup: BeautifulSoup) -> list[str]:
    """Remove the comments of Google Docs and Word with the marks that refer to them, and return the notes."""
    notes = []
    for mark in soup.find_all("a", href=_COMMENT):
        name = str(mark["href"])[1:]
        target = soup.find(id=name) or soup.find(True, attrs={"name": name})
        around = target if isinstance(target, Tag) and target.name in _BLOCKS else None
        box = around or (target.find_parent(["div", "p"]) if isinstance(target, Tag) else None)
        if isinstance(box, Tag) and not any(parent is box for parent in mark.parents):
            for link in box.find_all("a", href=True):
                link.decompose()
            notes.append(document_notes.comment("", clean_text(box.get_text(" "))))
            box.decompose()
        if not mark.decomposed:
            mark.decompose()
    return document_notes.limited(notes)


def _take_revisions(soup: BeautifulSoup) -> list[str]:
    """Remove what somebody has cut with changes tracked, which the document shows struck out, and return the notes."""
    # Word says when; elsewhere what is struck out shall be read so
    added = [clean_text(tag.get_text()) for tag in soup.find_all("ins", datetime=True)]
    cut = [*soup.find_all("del", datetime=True), *soup.find_all(class_=_CUT_ON_THE_WEB)]
    texts = [clean_text(tag.get_text()) for tag in cut if not tag.find_parent(class_=_CUT_ON_THE_WEB)]
    for tag in cut:
        if not tag.decomposed:
            tag.decompose()
    return document_notes.changes("; ".join(filter(None, added)), "; ".join(filter(None, texts)))


def _take_hidden(soup: BeautifulSoup) -> list[str]:
    """Remove what the document does not show, as hidden rows of Excel, and return the note."""
    texts = []
    for tag in soup.find_all(style=_HIDDEN):
        if not tag.decomposed and not tag.find_parent(style=_HIDDEN):
            texts.append(clean_text(tag.get_text(" ")))
            tag.decompose()
    return document_notes.hidden("; ".join(filter(None, texts)))


def _take_field_codes(soup: BeautifulSoup) -> None:
    """Remove what a field says to the program (`SEQ Hình`), so that what it says to readers stays (`1`)."""
    for begin in soup.find_all(style=_FIELD_BEGIN):
        between: list[PageElement] = []
        for sibling in begin.next_siblings:
            if isinstance(sibling, Tag) and _FIELD_SEPARATOR.search(str(sibling)):
                for each in between:
                    each.extract()
                break
            between.append(sibling)


def _apply_styles(soup: BeautifulSoup) -> None:
    """Write what style sheets say about elements into their `style`."""
    rules = _rules(soup)
    if not rules:
        return
    for tag in soup.find_all(True):
        classes: list[str] = list(tag.get("class") or [])
        names = [(tag.name, ""), *(("", each) for each in classes), *((tag.name, each) for each in classes)]
        looks = [rules[name] for name in names if name in rules]
        if looks:
            tag["style"] = ";".join([*looks, str(tag.get("style", ""))])


def _rules(soup: BeautifulSoup) -> dict[tuple[str, str], str]:
    """Return declarations by element and class, "" for any."""
    found: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    css = "\n".join(style.get_text() for style in soup.find_all("style")).replace("<!--", "").replace("-->", "")
    sheet = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
    for rule in [each for each in sheet if each.type == "qualified-rule"][:MOST_RULES]:
        declarations = tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
        looks = [
            f"{each.lower_name}:{tinycss2.serialize(each.value).strip()}"
            for each in declarations
            if each.type == "declaration" and each.lower_name in _KEPT
        ]
        for selector in tinycss2.serialize(rule.prelude).split(",") if looks else ():
            simple = _SELECTOR.fullmatch(selector.strip())
            if simple and simple[0]:
                found[(simple[1] or "").lower(), simple[2] or ""] += looks
    return {name: ";".join(looks) for name, looks in found.items()}


def _convert_fonts(soup: BeautifulSoup) -> None:
    """Convert every text in a font of the time before Unicode."""
    lines: defaultdict[int, list[FontText]] = defaultdict(list)
    places: list[tuple[NavigableString, FontText]] = []
    for string in soup.find_all(string=True):
        if isinstance(string, PreformattedString) or not string.strip():
            continue
        text = FontText(str(string), _font(string))
        lines[id(string.find_parent(_BLOCKS))].append(text)
        places.append((string, text))
    legacy_fonts.convert(lines.values())
    for string, text in places:
        if text.text != str(string):
            string.replace_with(NavigableString(text.text))


def _font(string: NavigableString) -> str:
    """Return the name of the font that shows a text, or ""."""
    for tag in string.parents:
        if not isinstance(tag, Tag):
            continue
        named = _FONT_FAMILY.findall(str(tag.get("style", "")))
        font = named[-1] if named else str(tag.get("face", "")).split(",")[0]
        if font.strip():
            return font.strip()
    return ""
