"""An article as the file that an editor gets: YAML front matter, then Markdown that the portal's own reader shows letter for letter."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from bs4 import BeautifulSoup, NavigableString
from html_to_markdown import ConversionOptions, convert

from plugins.i18n import say

from .article import Article
from .blocks import Block
from .dates import PageDate
from .names import split_names

NO_CATEGORY = "Chưa phân loại"  # a name in the content's language, not of the interface
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
# signs that Markdown would read go through html-to-markdown as letters nobody uses, and come out escaped
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
_BREAK = "\ue1ff"
_NEEDED = re.compile(
    r"\*|_(?!\w)|(?<!\w)_|\[|\](?=[(\[:])|`|\\|<|>|&(?=#?\w+;)|\{(?=[:.#\s])|~{3,}|\^|(?<![^=\s])=+(?![^=\s])"
)
_FROM_PRIVATE = re.compile("[" + "".join(_PRIVATE) + _BREAK + "]")


def body(article: Article, media: Mapping[str, str]) -> str:
    """The Markdown of an article's text. media: address on the old page -> path to write, for what has been copied."""
    parts: list[str] = []
    blocks = article.body
    for number, block in enumerate(blocks):
        if block.kind == "picture":
            parts.append(_picture(block, media))
        elif block.kind == "heading":
            parts.append(f"{'#' * max(2, min(6, block.level))} {_inline(block.html, media)}")
        elif _is_subheading(blocks, number):
            parts.append(f"### {_inline(re.sub('</?(?:strong|em)>', '', block.html), media)}")
        elif block.kind == "code":
            fence = "~" * max(3, 1 + max((len(run) for run in re.findall("~+", block.html)), default=0))
            parts.append(f"{fence}\n{BeautifulSoup(block.html, 'html.parser').get_text()}\n{fence}")
        elif block.kind == "text":
            parts.append(_inline(block.html, media))
        else:
            parts.append(_html(block.html, media))
    return "\n\n".join(part for part in parts if part.strip())


def _is_subheading(blocks: list[Block], number: int) -> bool:
    """A short line in bold before a paragraph: what portals have instead of headings."""
    block = blocks[number]
    follows = blocks[number + 1] if number + 1 < len(blocks) else None
    return (
        block.kind == "text"
        and "bold" in block.style
        and len(block.text) <= 110
        and not block.link_share
        and "right" not in block.style
        and not re.search(r"[.:;,!?…]$", block.text)
        and follows is not None
        and follows.kind in ("text", "list", "table")
        and "bold" not in follows.style
        and (follows.kind != "text" or len(follows.text) > 60 or re.match(r"\d|[-+•]", follows.text) is not None)
    )


def _picture(block: Block, media: Mapping[str, str]) -> str:
    path = media.get(block.picture.address) if block.picture and block.picture.address else None
    if path is None:
        return f"*{_escaped(block.caption)}*" if block.caption else ""
    caption = block.caption.replace("\\", "&#92;").replace('"', "&quot;")
    return f"![{_escaped(description(block))}]({path}" + (f' "{caption}")' if caption else ")")


def description(block: Block) -> str:
    """What a picture shows, as far as the page says it."""
    alt = block.picture.alt if block.picture else ""
    name = block.picture.address.rsplit("/", 1)[-1] if block.picture else ""
    if (
        len(alt) > 8
        and alt != name
        and not re.search(r"\.(?:jpe?g|png|gif|webp)$|^(?:img|dsc|image)[\s_-]?\d*", alt, re.I)
    ):
        return alt
    return block.caption or say("Picture without a description")


def _inline(html: str, media: Mapping[str, str]) -> str:
    return _html(f"<p>{html}</p>", media)


def _html(html: str, media: Mapping[str, str]) -> str:
    if (
        "<" not in html.replace("<p>", "").replace("</p>", "")
        and not _NEEDED.search(html)
        and "&" not in html
        and not re.match(r"<p>\W|<p>\d|<p>:", html)
    ):
        return html[3:-4]
    soup = BeautifulSoup(html, "html.parser")
    for link in soup.find_all("a"):
        target = media.get(str(link.get("href", "")), str(link.get("href", "")))
        if not re.match(r"https?:|mailto:|tel:|\.\./", target):
            link.unwrap()  # an address of the old portal's own, which leads nowhere here
        else:
            link["href"] = re.sub(r"\s", "%20", target)
    for line in soup.find_all("br"):
        line.replace_with(_BREAK)
    for string in soup.find_all(string=True):
        string.replace_with(
            NavigableString(_NEEDED.sub(lambda found: "".join(_TO_PRIVATE.get(c, c) for c in found[0]), str(string)))
        )
    text = convert(str(soup), _OPTIONS).content.strip("\n")
    text = _FROM_PRIVATE.sub(lambda found: "<br>" if found[0] == _BREAK else _PRIVATE[found[0]], text)
    text = re.sub(r"(?m)^(\s*)(?:: )", r"\1&#58; ", text)
    return text


def _escaped(text: str) -> str:
    return (
        _NEEDED.sub(lambda found: "".join(_SIGNS.get(c, c) for c in found[0]), text)
        .replace("]", "\\]")
        .replace("\\\\]", "\\]")
    )


def front_matter(article: Article, slug: str, label: str, category: str, review: list[str]) -> str:
    """The header: only what is known, every text in quotation marks."""
    date = article.date or (PageDate(article.estimated_date, False) if article.estimated_date else None)
    lines = [f"title: {_text(article.title)}"]
    if date:
        lines.append(f"date: {date}")
    if article.modified:
        lines.append(f"modified: {article.modified}")
    lines.append(f"category: {_text(article.category or category or NO_CATEGORY)}")
    lines += _list("tags", article.tags)
    lines += _list("authors", split_names(article.author) if article.author else [])
    if article.lead:
        lines.append(f"summary: {_text(article.lead)}")
    lines += [f"slug: {slug}", f"lang: {article.lang}", f"status: {'published' if date else 'draft'}"]
    if article.source:
        lines.append(f"source: {_text(article.source)}")
    if article.source_url:
        lines.append(f"source_url: {_text(article.source_url)}")
    lines.append(f"converted_from: {_text(label)}")
    lines += _list("review", review)
    return "---\n" + "\n".join(lines) + "\n---\n\n"


def _list(key: str, values: list[str]) -> list[str]:
    return [f"{key}:", *(f"  - {_text(value)}" for value in values)] if values else []


def _text(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)  # a JSON string is a YAML one
