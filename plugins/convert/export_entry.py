"""One entry of an export, as every kind of export is read into."""

from __future__ import annotations

from dataclasses import dataclass

from .access import PUBLIC, Access

ARTICLE_KINDS = ("post", "page")


@dataclass(frozen=True)
class Entry:
    """One entry of an export.

    Args:
        title, html, summary, author, category, tags: as the export writes them.
        published, updated: ISO 8601 or RFC 822.
        address: on the old portal.
        id: what the export calls it, for an entry without an address.
        kind: post, page, or what else the system has: a type that the portal's owner has added, or a technical one.
        is_technical: whether it holds no article: a comment, a menu entry, a setting.
        access: who may read it.
    """

    title: str
    html: str
    summary: str = ""
    published: str = ""
    updated: str = ""
    author: str = ""
    category: str = ""
    tags: tuple[str, ...] = ()
    address: str = ""
    id: str = ""
    kind: str = "post"
    is_technical: bool = False
    access: Access = PUBLIC
