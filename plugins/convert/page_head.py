"""What the head of a page says of its article: Open Graph, Dublin Core, schema.org."""

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


def read(soup: BeautifulSoup, linked_data: list[str]) -> dict[str, str]:
    """What metadata says: title, page (its <title>), lead, published, modified, author, category, tags, url, site."""
    found: dict[str, str] = {}
    names = {
        "og:title": "title", "article:published_time": "published", "article:modified_time": "modified", "article:author": "author",
        "article:section": "category", "og:url": "url", "og:site_name": "site", "keywords": "tags", "news_keywords": "tags",
        "dc.date.issued": "published", "dc.date.created": "published", "pubdate": "published", "dc.title": "title", "dc.creator": "author",
        "author": "author", "og:description": "description", "description": "description", "datepublished": "published",
    }  # fmt: skip
    for meta in soup.find_all("meta"):
        key = str(meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower()
        value = clean_text(encodings.unicode_text(str(meta.get("content", "")))[0])
        if key in names and value:
            found.setdefault(names[key], value)
    if soup.title:
        found["page"] = clean_text(soup.title.get_text(" "))
    canonical = soup.find("link", rel="canonical")
    if canonical and str(canonical.get("href", "")).startswith("http"):
        found.setdefault("url", str(canonical["href"]))
    for text in linked_data:
        with suppress(ValueError, RecursionError):
            for node in _nodes(json.loads(text)):
                _linked_data(node, found)
    return found


def _nodes(data: Any) -> Iterator[dict]:
    waiting = [data]
    for _ in range(1000):
        if not waiting:
            return
        node = waiting.pop()
        if isinstance(node, list):
            waiting += node
        elif isinstance(node, dict):
            yield node
            waiting += [node[key] for key in ("@graph", "mainEntity") if key in node]


def _linked_data(node: dict, found: dict[str, str]) -> None:
    if "Article" not in str(node.get("@type")) and "BlogPosting" not in str(node.get("@type")):
        return
    author = node.get("author")
    author = author[0] if isinstance(author, list) and author else author
    author = author.get("name") if isinstance(author, dict) and author.get("@type", "Person") == "Person" else author
    values = {"title": node.get("headline"), "published": node.get("datePublished"), "modified": node.get("dateModified"),
              "author": author, "category": node.get("articleSection")}  # fmt: skip
    for key, value in values.items():
        if isinstance(value, str) and clean_text(value):
            found.setdefault(key, clean_text(value))


def metadata_of(head: dict[str, str]) -> Metadata:
    published = dates.machine(head.get("published", ""))
    author = clean_name(head.get("author", ""))
    if author and (
        not is_name(author)
        or comparison_key(author) == comparison_key(head.get("site", ""))
        or is_site_name(author)
        or author.startswith("http")
    ):
        author = ""
    words = [tag.strip() for tag in re.split("[,;]", head.get("tags", "")) if tag.strip()]
    return Metadata(
        published,
        dates.machine(head.get("modified", "")),
        author,
        "",
        head.get("category", ""),
        words if len(words) <= 15 else [],
    )
