"""The export of Ghost: a JSON dump of its tables, of which posts, tags and authors are read.

https://ghost.org/help/exports/: {"db": [{"data": {"posts": […], "tags": […], "posts_tags": […], …}}]}
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from html import escape
from typing import Any, BinaryIO

from .access import access_of
from .blocks import clean_text
from .errors import SourceError
from .export_entry import Entry

LARGEST = 200_000_000  # bytes: the file is parsed as a whole
_ADDRESS_OF_PORTAL = "__GHOST_URL__"  # stands for the address of the portal in the HTML of posts

Row = dict[str, Any]


def entries(stream: BinaryIO) -> Iterator[Entry]:
    """Yield every post and page of an export. Raises SourceError if it is none."""
    raw = stream.read(LARGEST + 1)
    if len(raw) > LARGEST:
        raise SourceError("large")
    try:
        dump = json.loads(raw)
    except (ValueError, RecursionError):
        raise SourceError("json") from None
    tables = _tables(dump)
    tags = _names_of_posts(tables, "posts_tags", "tag_id", "tags")
    authors = _names_of_posts(tables, "posts_authors", "author_id", "users")
    for post in _rows(tables, "posts"):
        key = str(post.get("id"))
        yield _entry(post, tags[key], authors[key])


def _tables(dump: object) -> Row:
    databases = dump.get("db") if isinstance(dump, dict) else None
    outer = databases[0] if isinstance(databases, list) and databases else dump
    tables = outer.get("data") if isinstance(outer, dict) else None
    if not isinstance(tables, dict) or not isinstance(tables.get("posts"), list):
        raise SourceError("json")
    return tables


def _rows(tables: Row, name: str) -> list[Row]:
    rows = tables.get(name)
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def _names_of_posts(tables: Row, links: str, column: str, target: str) -> defaultdict[str, list[str]]:
    """Return the names that a table of links gives to posts, by the post's id, in order."""
    names = {str(row.get("id")): _text(row, "name") for row in _rows(tables, target)}
    found: defaultdict[str, list[str]] = defaultdict(list)
    for link in sorted(_rows(tables, links), key=lambda row: str(row.get("sort_order") or 0).zfill(9)):
        name = names.get(str(link.get(column)), "")
        if name and not name.startswith("#"):  # Ghost's internal tags
            found[str(link.get("post_id"))].append(name)
    return found


def _entry(post: Row, tags: list[str], authors: list[str]) -> Entry:
    return Entry(
        title=clean_text(_text(post, "title")),
        html=_html(post),
        summary=_text(post, "custom_excerpt"),
        published=_text(post, "published_at"),
        updated=_text(post, "updated_at"),
        author=", ".join(authors),
        category=tags[0] if tags else "",
        tags=tuple(tags[1:]),
        address=_text(post, "canonical_url"),
        id=_text(post, "uuid") or str(post.get("id")),
        kind="page" if post.get("type") == "page" or post.get("page") in (1, True) else "post",
        access=access_of(_text(post, "status") or "?", visibility=_text(post, "visibility"), fields={}),
    )


def _html(post: Row) -> str:
    """Return the text of a post; one that has only the editor's own format has it as plain text too."""
    html = _text(post, "html").replace(_ADDRESS_OF_PORTAL, "")
    if html:
        picture = _text(post, "feature_image").replace(_ADDRESS_OF_PORTAL, "")
        caption = _text(post, "feature_image_caption")
        return (
            f'<figure><img src="{escape(picture)}"><figcaption>{caption}</figcaption></figure>{html}'
            if picture
            else html
        )
    paragraphs = _text(post, "plaintext").split("\n")
    return "".join(f"<p>{escape(each)}</p>" for each in paragraphs if each.strip())


def _text(row: Row, key: str) -> str:
    value = row.get(key)
    return value.strip() if isinstance(value, str) else ""
