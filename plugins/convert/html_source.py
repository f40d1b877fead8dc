"""The HTML of a saved page before it is read: its limits, and repairs of what makes one text of many or many of one."""

from __future__ import annotations

import re
import warnings
from collections import Counter
from itertools import pairwise

from bs4 import BeautifulSoup, Tag, UnusualUsageWarning

from .article_area import class_names
from .blocks import clean_text
from .errors import SourceError
from .html_elements import elements_of, text_of
from .page_asides import sentences_of
from .wrapped_lines import goes_on

LARGEST = 12_000_000  # letters of HTML in a page; the front pages of large portals have a tenth
DEEPEST = 400  # open elements at a time
MOST_TAGS = 150_000
HALF = 0.5  # share of a page in one quotation
_WITHOUT_END = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
        "p",
        "li",
        "td",
        "tr",
        "th",
        "option",
        "dd",
        "dt",
    ]
)
_TAG = re.compile(r"<(/?)([a-zA-Z][\w:-]*)[^<>]*?(/?)>")
_CODE = re.compile(r"<(script|style|svg)\b[^>]*>", re.I)
_PLACED = re.compile(r"position\s*:\s*absolute", re.I)
_HOLDS_LINES = frozenset({"div", "td", "form", "section", "article"})


def check_size(html: str) -> None:
    """Raise SourceError for more letters, elements or nesting than a page can have."""
    if len(html) > LARGEST:
        raise SourceError("large")
    depth = 0
    for count, found in enumerate(_TAG.finditer(html), start=1):
        if found[2].lower() in _WITHOUT_END or found[3]:
            continue
        depth = max(0, depth - 1) if found[1] else depth + 1
        if depth > DEEPEST or count > MOST_TAGS:
            raise SourceError("nested")
    if html.count("<") > 4 * MOST_TAGS:
        raise SourceError("nested")


def parse(html: str, parser: str = "lxml") -> BeautifulSoup:
    """Return the tree of a page or a part of one, whatever it looks like: the parser warns of XML, addresses and names.

    parser: "lxml", or "html.parser" for what is no page of its own.
    """
    with warnings.catch_warnings(action="ignore", category=UnusualUsageWarning):
        return BeautifulSoup(html, parser)


def without_code(html: str) -> str:
    """Return a page without scripts, styles and drawings, which are most of it, in one pass over the text."""
    parts, at = [], 0
    ends: dict[str, re.Pattern[str]] = {}
    while found := _CODE.search(html, at):
        parts.append(html[at : found.start()])
        name = found[1].lower()
        end = ends.setdefault(name, re.compile(rf"</{name}[^>]{{0,20}}>", re.I)).search(html, found.end())
        if not end:
            return "".join(parts)
        at = end.end()
    return "".join([*parts, html[at:]])


def unwrap_quotes(body: Tag) -> None:
    """Make quotations that hold most of the page ordinary elements: forums and mails put all of a text into one."""
    quotes = [each for each in elements_of(body) if each.name == "blockquote"]
    sentences = sentences_of(body) if quotes else Counter[int]()
    for quote in quotes:
        if sentences[id(quote)] > max(1, HALF * sentences[id(body)]):
            quote.name = "div"


def join_lines(body: Tag) -> None:
    """Join the lines of a PDF, which pdftohtml places one by one, where a sentence goes on in the next."""
    lines = [each for each in elements_of(body) if each.name == "p" and _PLACED.search(str(each.get("style", "")))]
    for line in lines:
        before = line.find_previous_sibling()
        if not isinstance(before, Tag) or before.name != "p" or not _PLACED.search(str(before.get("style", ""))):
            continue
        if goes_on(clean_text(text_of(before)), clean_text(text_of(line))):
            line.insert(0, " ")
            for child in list(line.contents):
                before.append(child)
            line.decompose()


def separate_labels(body: Tag) -> None:
    """Make lines of spans whose words would be glued: on ASP.NET pages a stylesheet sets each in a line of its own."""
    lines: list[Tag] = []
    for box in elements_of(body):
        if box.name not in _HOLDS_LINES or not all(
            isinstance(each, Tag) or not str(each).strip() for each in box.children
        ):
            continue
        for first, second in pairwise(box.children):
            if isinstance(first, Tag) and isinstance(second, Tag) and _are_glued(first, second):
                lines += (first, second)
    for span in lines:
        span.name = "div"


def _are_glued(first: Tag, second: Tag) -> bool:
    """Return whether two elements are spans of different classes whose words nothing separates."""
    if not first.name == second.name == "span":
        return False
    before, after = first.get_text(), second.get_text()
    if not before[-1:].strip() or not (after[:1].isupper() or after[:1].isdigit() or after[:1] == "("):
        return False
    return bool(class_names(first) and class_names(second)) and class_names(first) != class_names(second)
