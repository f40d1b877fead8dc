"""Files with many articles: WordPress exports (WXR), RSS 2.0 and Atom, read as a stream without resolving entities."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from lxml import etree

from . import dates, saved_page
from .blocks import Page, clean_text
from .errors import SourceError
from .metadata import Metadata
from .names import clean_name

_ENTRIES = ("item", "entry")
LARGEST_ENTRY = 12_000_000  # letters
SHORTEST_SUMMARY = 40  # letters; a shorter one, or one that breaks off, is no lead
_BLOCK_COMMENT = re.compile(r"<!--\s*/?wp:.*?-->", re.S)
_CAPTION = re.compile(r"\[caption[^\]]*\](.*?<img[^>]*>(?:</a>)?)(.*?)\[/caption\]", re.S)
_SHORTCODE = re.compile(r"\[/?[a-z_]+(?:\s[^\]]*)?\]")


@dataclass(frozen=True)
class Entry:
    """One article of an export, as the export writes it; kind: post, page, or what else WordPress has."""

    title: str
    html: str
    summary: str = ""
    published: str = ""
    updated: str = ""
    author: str = ""
    category: str = ""
    tags: tuple[str, ...] = ()
    address: str = ""
    kind: str = "post"


def entries(path: Path) -> Iterator[Entry]:
    """Yield every entry of a file. Raises SourceError if it is no export, or one that defines entities."""
    with path.open("rb") as stream:
        head = stream.read(4096)
        if re.search(rb"<!ENTITY", head, re.I) or b"<\0!\0E\0N\0T\0I\0T\0Y" in head:
            raise SourceError("entities")
        stream.seek(0)
        yield from _entries(stream)


def _entries(stream: BinaryIO) -> Iterator[Entry]:
    authors: dict[str, str] = {}
    is_export = False
    try:
        for _, node in etree.iterparse(
            stream,
            events=("end",),
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            recover=False,
        ):
            if not isinstance(node.tag, str):
                continue
            name = etree.QName(node).localname
            if name == "author" and "wordpress" in (etree.QName(node).namespace or ""):
                authors[_text(node, "author_login")] = _text(node, "author_display_name")
            if name in _ENTRIES:
                is_export = True
                yield _entry(node, authors)
                node.clear()
                while node.getprevious() is not None:
                    del node.getparent()[0]
            is_export = is_export or name in ("channel", "feed", "rss")
    except (etree.XMLSyntaxError, ValueError):
        raise SourceError("xml") from None
    if not is_export:
        raise SourceError("xml")


def _entry(node: etree._Element, authors: dict[str, str]) -> Entry:
    """Return the article of an <item> or <entry>. authors: names of authors by their login, of a WordPress export."""
    categories = _categories(node)
    return Entry(
        title=clean_text(_text(node, "title")),
        html=_first_text(node, ("encoded", "content"), ("content", ""), ("description", ""), ("summary", "")),
        summary=_summary(node),
        published=_published(node),
        updated=_text(node, "updated"),
        author=_author(node, authors),
        category=next((name for name, domain in categories if domain == "category" and name), ""),
        tags=tuple(name for name, domain in categories if domain == "post_tag" and name),
        address=clean_text(_link(node)),
        kind=_kind(node),
    )


def _kind(node: etree._Element) -> str:
    """Return the kind of a WordPress entry; of a post that is not published its status, such as "draft"."""
    kind = _text(node, "post_type") or "post"
    status = _text(node, "status")
    return status if kind == "post" and status not in ("", "publish") else kind


def _summary(node: etree._Element) -> str:
    """Return the summary of an entry that has its text apart from it."""
    excerpt = _text(node, "encoded", "excerpt")
    if excerpt or not _first_text(node, ("encoded", "content"), ("content", "")):
        return excerpt
    return _first_text(node, ("summary", ""), ("description", ""))


def _published(node: etree._Element) -> str:
    date = _first_text(node, ("post_date", ""), ("pubDate", ""), ("published", ""), ("date", ""))
    return "" if date.startswith("0000") else date  # WordPress writes 0000-00-00 for a post without a date


def _author(node: etree._Element, authors: dict[str, str]) -> str:
    creator = _text(node, "creator")
    name = authors.get(creator, creator)
    if name:
        return name
    author = next(iter(_children(node, "author")), None)
    return "" if author is None else _text(author, "name")


def _categories(node: etree._Element) -> list[tuple[str, str]]:
    """Return the names of categories and tags, each with its domain: category or post_tag."""
    return [
        (clean_text("".join(child.itertext())) or child.get("term", ""), child.get("domain", "category"))
        for child in _children(node, "category")
    ]


def _link(node: etree._Element) -> str:
    links = (link for link in _children(node, "link") if (link.get("rel") or "alternate") == "alternate")
    return next((link.get("href") or "".join(link.itertext()) for link in links), "")


def _children(node: etree._Element, name: str) -> list[etree._Element]:
    return [child for child in node if isinstance(child.tag, str) and etree.QName(child).localname == name]


def _first_text(node: etree._Element, *names: tuple[str, str]) -> str:
    """Return the text of the first child that has one. names: local names, each with a part of its namespace."""
    return next((text for name, space in names if (text := _text(node, name, space))), "")


def _text(node: etree._Element, name: str, space: str = "") -> str:
    """Return the text of the first child of a name, as HTML if it is XHTML. space: a part of its namespace."""
    for child in _children(node, name):
        if not space or space in (etree.QName(child).namespace or ""):
            if child.get("type") == "xhtml":
                return str(etree.tostring(child, encoding="unicode", method="html"))
            return "".join(child.itertext()).strip()
    return ""


def page_of(entry: Entry) -> Page:
    """Return the page of an entry: its HTML, and what the export says about it. Raises SourceError."""
    if len(entry.html) > LARGEST_ENTRY:
        raise SourceError("large")
    html = _without_wordpress(entry.html)
    page = saved_page.from_html(
        f"<html><body><h1>{_escape(entry.title)}</h1><div itemprop='articleBody'>{html}</div></body></html>"
    )
    summary = clean_text(re.sub(r"<[^>]+>", " ", entry.summary))
    page.lead = (
        summary if len(summary) > SHORTEST_SUMMARY and not summary.endswith(("…", "...", "[...]", "[…]")) else ""
    )
    page.metadata = Metadata(
        dates.machine(entry.published),
        dates.machine(entry.updated),
        clean_name(entry.author),
        "",
        clean_text(entry.category),
        [clean_text(tag) for tag in entry.tags],
    )
    page.source_url = entry.address if entry.address.startswith("http") else ""
    return page


def _without_wordpress(html: str) -> str:
    """Return the HTML of WordPress without block comments and shortcodes, with paragraphs and captions as elements."""
    html = _BLOCK_COMMENT.sub("", html)
    html = _CAPTION.sub(r"<figure>\1<figcaption>\2</figcaption></figure>", html)
    html = _SHORTCODE.sub("", html)
    if not re.search(r"<(?:p|div|br|table|ul)\b", html, re.I):
        return "".join(f"<p>{part}</p>" for part in re.split(r"\n\s*\n", html))
    if "<p" not in html.lower() and "\n\n" in html:
        return re.sub(r"\n\s*\n", "<br><br>", html)
    return html


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")
