"""What the head of a page says about its article: Open Graph, Dublin Core, schema.org."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from bs4 import BeautifulSoup

from . import dates, encodings
from .blocks import clean_text, comparison_key
from .boilerplate import is_site_name
from .metadata import Metadata
from .names import clean_name, is_name

MOST_NODES = 1000  # nodes of JSON-LD that are looked at
MOST_TAGS = 15  # more keywords are those of the portal, not of the article
_ADDRESS = re.compile(r"https?://[^\s<>\"]+")
_FIELDS = {
    "article:author": "author",
    "article:modified_time": "modified",
    "article:published_time": "published",
    "article:section": "category",
    "author": "author",
    "datepublished": "published",
    "dc.creator": "author",
    "dc.date.created": "published",
    "dc.date.issued": "published",
    "dc.title": "title",
    "description": "description",
    "keywords": "tags",
    "news_keywords": "tags",
    "og:description": "description",
    "og:site_name": "site",
    "og:title": "title",
    "og:url": "url",
    "pubdate": "published",
}


def read(soup: BeautifulSoup, linked_data: list[str]) -> dict[str, str]:
    """Return what the head of a page says, by field.

    The fields are title, page (its <title>), published, modified, author, category, tags, description, url and site;
    the first that names one counts.

    Args:
        soup: the page.
        linked_data: the texts of its JSON-LD.
    """
    found: dict[str, str] = {}
    for meta in soup.find_all("meta"):
        name = str(meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower()
        value = clean_text(encodings.unicode_text(str(meta.get("content", "")))[0])
        if name in _FIELDS and value:
            found.setdefault(_FIELDS[name], value)
    if soup.title:
        found["page"] = clean_text(soup.title.get_text(" "))
    canonical = soup.find("link", rel="canonical")
    if canonical:
        found.setdefault("url", str(canonical.get("href", "")))
    if not _ADDRESS.fullmatch(found.get("url", "")):
        found.pop("url", None)  # relative, or with a piece of the page in it
    for text in linked_data:
        with suppress(ValueError, RecursionError):
            for node in _nodes(json.loads(text)):
                _read_node(node, found)
    return found


def _nodes(data: object) -> Iterator[dict[str, Any]]:
    """Yield all nodes of JSON-LD, outer ones first."""
    waiting: list[object] = [data]
    for _ in range(MOST_NODES):
        if not waiting:
            return
        node = waiting.pop()
        if isinstance(node, list):
            waiting += node
        elif isinstance(node, dict):
            yield node
            waiting += [node[key] for key in ("@graph", "mainEntity") if key in node]


def _read_node(node: dict[str, Any], found: dict[str, str]) -> None:
    """Read a node of JSON-LD if it is an article: https://schema.org/Article."""
    if "Article" not in str(node.get("@type")) and "BlogPosting" not in str(node.get("@type")):
        return
    values = {
        "title": node.get("headline"),
        "published": node.get("datePublished"),
        "modified": node.get("dateModified"),
        "author": _first_author(node.get("author")),
        "category": node.get("articleSection"),
    }
    for key, value in values.items():
        if isinstance(value, str) and clean_text(value):
            found.setdefault(key, clean_text(value))


def _first_author(author: object) -> object:
    """Return the name of the first author, unless it is an organisation."""
    if isinstance(author, list) and author:
        author = author[0]
    if isinstance(author, dict) and author.get("@type", "Person") == "Person":
        return author.get("name")
    return author


def metadata_of(head: dict[str, str]) -> Metadata:
    """Return the fields of a head as Metadata; an author that is the site itself is left out."""
    words = [tag.strip() for tag in re.split("[,;]", head.get("tags", "")) if tag.strip()]
    author = clean_name(head.get("author", ""))
    return Metadata(
        published=dates.machine(head.get("published", "")),
        updated=dates.machine(head.get("modified", "")),
        author=author if _is_author(author, head.get("site", "")) else "",
        category=head.get("category", ""),
        tags=words if len(words) <= MOST_TAGS else [],
    )


def _is_author(name: str, site: str) -> bool:
    if name.isascii() and name.isupper() and len(name.split()) == 1:
        return False  # a login, as programs put it into their files
    if not is_name(name) or is_site_name(name) or name.startswith("http"):
        return False
    return comparison_key(name) != comparison_key(site)
