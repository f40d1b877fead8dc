"""Files with many articles: a WordPress export (WXR), RSS 2.0 and Atom. Read as a stream, entities never resolved."""

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


@dataclass(frozen=True)
class Entry:
    """One article of an export, as it stands there."""

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
    """Every entry of a file. Raises SourceError for what is no such file."""
    with path.open("rb") as stream:
        head = stream.read(4096)
        if re.search(rb"<!ENTITY", head, re.I) or b"<\0!\0E\0N\0T\0I\0T\0Y" in head:
            raise SourceError("entities")
        stream.seek(0)
        yield from _entries(stream)


def _entries(stream: BinaryIO) -> Iterator[Entry]:
    authors: dict[str, str] = {}
    seen = False
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
                seen = True
                yield _entry(node, authors)
                node.clear()
                while node.getprevious() is not None:
                    del node.getparent()[0]
            seen = seen or name in ("channel", "feed", "rss")
    except (etree.XMLSyntaxError, ValueError):
        raise SourceError("xml") from None
    if not seen:
        raise SourceError("xml")


def _entry(node: etree._Element, authors: dict[str, str]) -> Entry:
    kind = _text(node, "post_type") or "post"
    status = _text(node, "status")
    categories = [
        (clean_text("".join(c.itertext())) or c.get("term", ""), c.get("domain", "category"))
        for c in _all(node, "category")
    ]
    html = (
        _text(node, "encoded", "content")
        or _text(node, "content")
        or _text(node, "description")
        or _text(node, "summary")
    )
    summary = _text(node, "encoded", "excerpt") or (
        _text(node, "summary") or _text(node, "description")
        if _text(node, "encoded", "content") or _text(node, "content")
        else ""
    )
    creator = _text(node, "creator")
    author = (
        authors.get(creator, creator) or _text(next(iter(_all(node, "author")), node), "name")
        if _all(node, "author") or creator
        else ""
    )
    link = next(
        (
            each.get("href") or "".join(each.itertext())
            for each in _all(node, "link")
            if (each.get("rel") or "alternate") == "alternate"
        ),
        "",
    )
    published = _text(node, "post_date") or _text(node, "pubDate") or _text(node, "published") or _text(node, "date")
    published = "" if published.startswith("0000") else published
    return Entry(clean_text(_text(node, "title")), html, summary, published, _text(node, "updated"), author, next((c for c, d in categories if d == "category" and c), ""),
                 tuple(c for c, d in categories if d == "post_tag" and c), clean_text(link), kind if status in ("", "publish") or kind != "post" else status)  # fmt: skip


def _all(node: etree._Element, name: str) -> list[etree._Element]:
    return [c for c in node if isinstance(c.tag, str) and etree.QName(c).localname == name]


def _text(node: etree._Element, name: str, space: str = "") -> str:
    for child in _all(node, name):
        if not space or space in (etree.QName(child).namespace or ""):
            if child.get("type") == "xhtml":
                return etree.tostring(child, encoding="unicode", method="html")
            return "".join(child.itertext()).strip()
    return ""


def page_of(entry: Entry) -> Page:
    """The page of an entry: its HTML, and what the export says beside it."""
    if len(entry.html) > LARGEST_ENTRY:
        raise SourceError("large")
    html = re.sub(r"<!--\s*/?wp:.*?-->", "", entry.html, flags=re.S)
    html = re.sub(
        r"\[caption[^\]]*\](.*?<img[^>]*>(?:</a>)?)(.*?)\[/caption\]",
        r"<figure>\1<figcaption>\2</figcaption></figure>",
        html,
        flags=re.S,
    )
    html = re.sub(r"\[/?[a-z_]+(?:\s[^\]]*)?\]", "", html)
    if not re.search(r"<(?:p|div|br|table|ul)\b", html, re.I):
        html = "".join(f"<p>{part}</p>" for part in re.split(r"\n\s*\n", html))
    elif "<p" not in html.lower() and "\n\n" in html:
        html = re.sub(r"\n\s*\n", "<br><br>", html)
    page = saved_page.from_html(
        f"<html><body><h1>{_escaped(entry.title)}</h1><div itemprop='articleBody'>{html}</div></body></html>"
    )
    summary = clean_text(re.sub(r"<[^>]+>", " ", entry.summary))
    page.lead = summary if len(summary) > 40 and not summary.endswith(("…", "...", "[...]", "[…]")) else ""
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


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")
