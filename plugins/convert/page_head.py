"""What the head of a page says about its article: Open Graph, Dublin Core, schema.org."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

from bs4 import BeautifulSoup

from plugins.markdown_reader.header_values import slug_of

from . import dates, encodings
from .blocks import clean_text, comparison_key
from .boilerplate import is_site_name
from .metadata import Metadata
from .names import clean_name, is_name

MOST_NODES = 1000  # nodes of JSON-LD that are looked at
SHORTEST_HOST = 5  # letters of a name that the address of its site can have
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

    The fields are title, page (its <title>), published, modified, author, linked_author (of JSON-LD), category, tags,
    description, url and site; the first that names one counts.

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
        "linked_author": _authors(node.get("author")),
        "category": _only(node.get("articleSection")),
    }
    for key, value in values.items():
        if isinstance(value, str) and clean_text(value):
            found.setdefault(key, clean_text(value))


def _only(value: object) -> object:
    """Return the one thing in a list; anything else as it is."""
    return value[0] if isinstance(value, list) and len(value) == 1 else value


def _authors(author: object) -> str:
    """Return the names of the authors that are persons; a text as it is."""
    each = [one.get("name") if isinstance(one, dict) and _is_person(one) else one for one in _as_list(author)]
    names = [clean_text(name) for name in each if isinstance(name, str)]
    return ", ".join(dict.fromkeys(filter(None, names)))


def _as_list(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def _is_person(node: dict[str, Any]) -> bool:
    return "Person" in str(node.get("@type", "Person"))


def metadata_of(head: dict[str, str]) -> Metadata:
    """Return the fields of a head as Metadata; an author that is the site itself is left out."""
    words = [tag.strip() for tag in re.split("[,;]", head.get("tags", "")) if tag.strip()]
    return Metadata(
        published=dates.machine(head.get("published", "")),
        updated=dates.machine(head.get("modified", "")),
        author=next((name for name in map(clean_name, named_authors(head)) if _is_author(name)), ""),
        category=head.get("category", ""),
        tags=words if len(words) <= MOST_TAGS else [],
    )


def named_authors(head: dict[str, str]) -> list[str]:
    """Return what a head names as the author and is not the site itself; JSON-LD, which knows persons, first."""
    names = (head.get(key, "") for key in ("linked_author", "author"))
    parts = [comparison_key(part) for part in re.split(r"[-–—|»]", head.get("page", ""))]
    return [
        name
        for name in names
        if clean_name(name)
        and not _ADDRESS.match(name)
        and not _is_site(name, head)
        and comparison_key(name) not in parts  # the name of the site, behind the title
    ]


def headline_of(head: dict[str, str]) -> str:
    """Return what Open Graph, Dublin Core or JSON-LD calls the article; "" if that is the name of the site."""
    title = head.get("title", "")
    return "" if _is_site(title, head) else title


def _is_site(name: str, head: dict[str, str]) -> bool:
    """Return whether a name is that of the site, as its head or its address has it."""
    key = comparison_key(name)
    host = comparison_key(urlsplit(head.get("url", "")).netloc)
    is_host = len(key) >= SHORTEST_HOST and comparison_key(slug_of(name)) in host
    return is_site_name(name) or key == comparison_key(head.get("site", "")) or is_host


def _is_author(name: str) -> bool:
    if name.isascii() and name.isupper() and len(name.split()) == 1:
        return False  # a login, as programs put it into their files
    return is_name(name)
