"""An article as the file that an editor gets: YAML front matter, then Markdown."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from bs4 import BeautifulSoup
from bs4.element import NavigableString
from html_to_markdown import ConversionOptions, convert

from plugins.i18n import translate

from . import html_source
from .article import Article
from .blocks import Block
from .dates import PageDate
from .names import split_names

NO_CATEGORY = "Chưa phân loại"  # a name in the language of the content, not of the interface
LONGEST_SUBHEADING = 110  # letters
SHORT_LINE = 60  # letters; a shorter line below a bold one is not yet the text
SHORTEST_ALT = 9  # letters of an `alt` text that says something; "IMG_0012" has eight
_FILE_NAME = re.compile(r"\.(?:jpe?g|png|gif|webp)$|^(?:img|dsc|image)[\s_-]?\d*", re.I)
_LIST_ITEM = re.compile(r"\d|[-+•]")
_OPTIONS = ConversionOptions(
    bullets="-",
    list_indent_width=4,
    autolinks=False,
    extract_metadata=False,
    sub_symbol="<sub>",
    sup_symbol="<sup>",
    br_in_tables=True,
    compact_tables=True,
)
# Signs of Markdown pass html-to-markdown as letters of the private use area, and are escaped afterwards.
_SIGNS = {
    "*": "\\*",
    "_": "\\_",
    "[": "\\[",
    "]": "\\]",
    "`": "\\`",
    "\\": "&#92;",
    "<": "&lt;",
    ">": "&gt;",
    "&": "&amp;",
    "{": "&#123;",
    "~": "&#126;",
    "^": "&#94;",
    "=": "&#61;",
}
_PRIVATE = {chr(0xE100 + n): escaped for n, escaped in enumerate(_SIGNS.values())}
_TO_PRIVATE = dict(zip(_SIGNS, _PRIVATE, strict=True))
_NOT_IN_MARKDOWN = re.compile(r"(?:col|row)span=|<[uo]l\b|<table\b.*<table\b", re.S)
_BREAK = "\ue1ff"
_NEEDED = re.compile(
    r"\*|_(?![^\W_])|(?<![^\W_])_|\[|\](?=[(\[:])|`|\\|<|>|&(?=#?\w+;)|\{|~{2,}|\^|(?<![^=\s])=+(?![^=\s])"
)
_FROM_PRIVATE = re.compile("[" + "".join(_PRIVATE) + _BREAK + "]")


def body(article: Article, paths: Mapping[str, str]) -> str:
    """Return the Markdown of an article's text.

    Args:
        article: the article.
        paths: the paths of the pictures and documents that were copied, by their addresses on the old page.
    """
    parts = (_block(article.body, index, paths) for index in range(len(article.body)))
    return "\n\n".join(part for part in parts if part.strip())


def _block(blocks: list[Block], index: int, paths: Mapping[str, str]) -> str:
    block = blocks[index]
    if block.kind == "picture":
        return _picture(block, paths)
    if block.kind == "heading":
        return _heading(max(2, min(6, block.level)), block.html, paths)
    if block.kind == "code":
        return fenced(html_source.parse(block.html, "html.parser").get_text())
    if block.kind == "quote":
        return _html(f"<blockquote>{block.html}</blockquote>", paths)
    if block.kind == "table" and _NOT_IN_MARKDOWN.search(block.html):
        return _html_table(block.html, paths)
    if block.kind != "text":
        return _html(block.html, paths)
    if _is_subheading(blocks, index):
        return _heading(3, re.sub("</?(?:strong|em)>", "", block.html), paths)
    return _inline(block.html, paths)


def _heading(level: int, html: str, paths: Mapping[str, str]) -> str:
    text = re.sub(r"(?<!\\)#(?=#*\s*$)", r"\\#", _inline(html, paths))  # signs at the end would be taken for its mark
    return f"{'#' * level} {text}"


def fenced(text: str) -> str:
    """Return the Markdown of code, between fences that are longer than any in it."""
    fence = "~" * max(3, 1 + max((len(run) for run in re.findall("~+", text)), default=0))
    return f"{fence}\n{text}\n{fence}"


def _is_subheading(blocks: list[Block], index: int) -> bool:
    """Return whether a block is a short line in bold above a paragraph: what portals have instead of headings."""
    block = blocks[index]
    if index + 1 == len(blocks) or block.kind != "text" or block.link_share or len(block.text) > LONGEST_SUBHEADING:
        return False
    if "bold" not in block.style or "right" in block.style or re.search(r"[.:;,!?…]$", block.text):
        return False
    below = blocks[index + 1]
    if below.kind not in ("text", "list", "table") or "bold" in below.style:
        return False
    return below.kind != "text" or len(below.text) > SHORT_LINE or _LIST_ITEM.match(below.text) is not None


def _picture(block: Block, paths: Mapping[str, str]) -> str:
    path = paths.get(block.picture.address) if block.picture and block.picture.address else None
    if path is None:
        return f"*{_escape(block.caption)}*" if block.caption else ""
    description = _useful_alt(block) or block.caption or translate("Picture without a description")
    caption = block.caption.replace("\\", "&#92;").replace('"', "&quot;")
    return f"![{_escape(description)}]({path}" + (f' "{caption}")' if caption else ")")


def has_description(block: Block) -> bool:
    """Return whether the page says what a picture shows, apart from its caption."""
    return _useful_alt(block) not in ("", block.caption)


def _useful_alt(block: Block) -> str:
    """Return the `alt` text of a picture, or "" if it is the name of a file."""
    if block.picture is None:
        return ""
    alt, name = block.picture.alt, block.picture.address.rsplit("/", 1)[-1]
    return "" if len(alt) < SHORTEST_ALT or alt == name or _FILE_NAME.search(alt) else alt


def _html_table(html: str, paths: Mapping[str, str]) -> str:
    """Return a table as HTML: Markdown has no form for merged cells, and for lists and tables in cells."""
    soup = BeautifulSoup(html, "html.parser")
    _set_addresses(soup, paths)
    return str(soup).replace("<tr>", "\n<tr>").replace("</table>", "\n</table>").replace("\n\n", "\n").strip()


def _inline(html: str, paths: Mapping[str, str]) -> str:
    return _html(f"<p>{html}</p>", paths)


def _html(html: str, paths: Mapping[str, str]) -> str:
    """Return the Markdown of safe HTML, which the portal's reader shows letter for letter."""
    text = _plain_text(html)
    if text is not None:
        return text
    soup = BeautifulSoup(html, "html.parser")
    _set_addresses(soup, paths)
    return of_html(soup)


def of_html(soup: BeautifulSoup) -> str:
    """Return the Markdown of safe HTML, whose tree is changed; the portal's reader shows it letter for letter."""
    for line_break in soup.find_all("br"):
        line_break.replace_with(_BREAK)
    for string in soup.find_all(string=True):
        string.replace_with(NavigableString(_NEEDED.sub(_to_private, str(string))))
    text = (convert(str(soup), _OPTIONS).content or "").strip("\n")
    text = _FROM_PRIVATE.sub(lambda found: "<br>" if found[0] == _BREAK else _PRIVATE[found[0]], text)
    return re.sub(r"(?m)^(\s*)(?:: )", r"\1&#58; ", text)  # Markdown would make a definition list of it


def _set_addresses(soup: BeautifulSoup, paths: Mapping[str, str]) -> None:
    """Let links lead to the files that were copied; those to other pages of the old portal become plain text."""
    for link in soup.find_all("a"):
        address = str(link.get("href", ""))
        target = paths.get(address, address)
        if re.match(r"https?:|mailto:|tel:|\.\./", target):
            link["href"] = re.sub(r"\s", "%20", target)
        else:
            link.unwrap()  # an address within the old portal, which leads nowhere here


def _plain_text(html: str) -> str | None:
    """Return the text of HTML that is one paragraph and needs no conversion, else None."""
    text = html.removeprefix("<p>").removesuffix("</p>")
    if "<" in text or "&" in text or _NEEDED.search(text) or not re.match(r"[^\W\d]", text):
        return None
    return text


def _to_private(found: re.Match[str]) -> str:
    return "".join(_TO_PRIVATE.get(letter, letter) for letter in found[0])


def _escape(text: str) -> str:
    return (
        _NEEDED.sub(lambda found: "".join(_SIGNS.get(c, c) for c in found[0]), text)
        .replace("]", "\\]")
        .replace("\\\\]", "\\]")
    )


def front_matter(article: Article, slug: str, name: str, category: str, review: list[str]) -> str:
    """Return the header of an article: only what is known, every text in quotation marks.

    Args:
        article: the article.
        slug: its slug.
        name: the file that it was converted from.
        category: the category of an article that has none.
        review: what an editor must check.
    """
    date = article.date or (PageDate(article.estimated_date, False) if article.estimated_date else None)
    lines = [
        f"title: {quoted(article.title)}",
        *_value("date", str(date or "")),
        *_value("modified", str(article.modified or "")),
        f"category: {quoted(article.category or category or NO_CATEGORY)}",
        *list_lines("tags", article.tags),
        *list_lines("authors", split_names(article.author) if article.author else []),
        *_value("summary", article.lead and quoted(article.lead)),
        f"slug: {slug}",
        f"lang: {article.lang}",
        f"status: {'published' if date and not article.is_draft else 'draft'}",
        *_value("source", article.source and quoted(article.source)),
        *_value("source_url", article.source_url and quoted(article.source_url)),
        f"converted_from: {quoted(name)}",
        *list_lines("review", review),
    ]
    return "---\n" + "\n".join(lines) + "\n---\n\n"


def with_note(text: str, note: str) -> str:
    """Return an article with one more note for review."""
    header, body = text.split("\n---\n", 1)
    if "\nreview:\n" not in header:
        header += "\nreview:"
    return f"{header}\n  - {quoted(note)}\n---\n{body}"


def as_draft(text: str) -> str:
    """Return an article as a draft."""
    return text.replace("\nstatus: published", "\nstatus: draft", 1)


def _value(key: str, value: str) -> list[str]:
    return [f"{key}: {value}"] if value else []


def list_lines(key: str, values: list[str]) -> list[str]:
    """Return the lines of a header with a list of texts; none for an empty one."""
    return [f"{key}:", *(f"  - {quoted(value)}" for value in values)] if values else []


def quoted(value: str) -> str:
    """Return a text as a header has it, in quotation marks."""
    return json.dumps(value, ensure_ascii=False)  # a JSON string is a YAML one
