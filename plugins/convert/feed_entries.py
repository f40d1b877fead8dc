"""Exports in XML: WordPress (WXR), Blogger, RSS 2.0 and Atom, read as a stream without resolving entities."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from lxml import etree

from .access import Access, access_of
from .blocks import clean_text
from .errors import SourceError
from .export_entry import Entry

_ENTRIES = ("item", "entry")
# Types of posts that WordPress registers itself, but post and page: create_initial_post_types() in its post.php
_OF_WORDPRESS = frozenset(
    {
        "attachment",
        "revision",
        "nav_menu_item",
        "custom_css",
        "customize_changeset",
        "oembed_cache",
        "user_request",
        "wp_block",
        "wp_template",
        "wp_template_part",
        "wp_global_styles",
        "wp_navigation",
        "wp_font_family",
        "wp_font_face",
    }
)
_OF_BLOGGER = frozenset({"comment", "template", "settings"})
_BLOGGER_KIND = "http://schemas.google.com/blogger/2008/kind#"


def entries(stream: BinaryIO) -> Iterator[Entry]:
    """Yield every entry of a file. Raises SourceError if it is no export, or one that defines entities."""
    head = stream.read(4096)
    if re.search(rb"<!ENTITY", head, re.I) or b"<\0!\0E\0N\0T\0I\0T\0Y" in head:
        raise SourceError("entities")
    stream.seek(0)
    try:
        yield from _entries(stream)
    except (etree.XMLSyntaxError, ValueError):
        raise SourceError("xml") from None


def _entries(stream: BinaryIO) -> Iterator[Entry]:
    authors: dict[str, str] = {}
    is_export = False
    for _, node in etree.iterparse(
        stream, events=("end",), resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False
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
    if not is_export:
        raise SourceError("xml")


def _entry(node: etree._Element, authors: dict[str, str]) -> Entry:
    """Return the article of an <item> or <entry>. authors: names of authors by their login, of a WordPress export."""
    category, tags = _subjects(node)
    kind = _kind(node)
    return Entry(
        title=clean_text(_text(node, "title")),
        html=_first_text(node, ("encoded", "content"), ("content", ""), ("description", ""), ("summary", "")),
        summary=_summary(node),
        published=_published(node),
        updated=_text(node, "updated"),
        author=_author(node, authors),
        category=category,
        tags=tags,
        address=clean_text(_link(node)),
        id=_first_text(node, ("post_id", ""), ("id", ""), ("guid", "")),
        kind=kind,
        is_technical=kind in _OF_WORDPRESS or kind in _OF_BLOGGER,
        access=_access(node),
    )


def _kind(node: etree._Element) -> str:
    """Return the kind of an entry: WordPress and Blogger say it, an entry of a feed is a post."""
    said = _text(node, "post_type") or _text(node, "type", "blogger").lower()
    terms = (child.get("term", "") for child in _children(node, "category"))
    return said or next((term.removeprefix(_BLOGGER_KIND) for term in terms if term.startswith(_BLOGGER_KIND)), "post")


def _access(node: etree._Element) -> Access:
    """Return who may read an entry; one of WordPress or Blogger without a status is not known to be public."""
    status = _text(node, "status", "wordpress") or _text(node, "status", "blogger")
    control = next(iter(_children(node, "control")), None)  # app:control of Atom, which Blogger's older exports have
    if not status and control is not None and _text(control, "draft").lower() != "no":
        status = "draft"
    if not status and (_children(node, "post_type") or _text(node, "type", "blogger")):
        status = "?"
    fields = {_text(meta, "meta_key"): _text(meta, "meta_value") for meta in _children(node, "postmeta")}
    return access_of(status, has_password=bool(_text(node, "post_password")), fields=fields)


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


def _subjects(node: etree._Element) -> tuple[str, tuple[str, ...]]:
    """Return category and tags. Where an export has only labels, the first is the category, as on the portal."""
    found: dict[str, list[str]] = {"category": [], "post_tag": []}
    for child in _children(node, "category"):
        name = clean_text("".join(child.itertext())) or child.get("term", "")
        domain = child.get("domain", "category")
        if name and domain in found and not name.startswith(_BLOGGER_KIND):
            found[domain].append(name)
    labels = found["category"]
    has_labels_only = not any(child.get("domain") for child in _children(node, "category"))
    return (labels[0] if labels else ""), (*found["post_tag"], *(labels[1:] if has_labels_only else ()))


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
