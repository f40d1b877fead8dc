"""An article or page as the portal holds it: a line of fields at once, everything else on first use.

Thousands of unchanged articles pass through every build, and most are only counted. What lists are
sorted by stands in a `Source`'s line; title, lead and body are fetched from the state when a page
that shows them is rendered.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from pelican.contents import Article
from pelican.urlwrappers import Author, Category, Tag

from plugins.incremental.state import Source
from plugins.markdown_reader.html import Shown

if TYPE_CHECKING:
    from .editions import Edition

FIELD, ITEM = "\x1f", "\x1e"  # between the fields of a line, between the items of a field
UNDATED = 0  # the moment of a page
_IN_LINE = {"lang", "slug", "status", "category", "tags", "authors", "links", "featured", "aliases"}


def digest(*parts: str) -> str:
    """A fingerprint of texts (BLAKE2b, 128 bits)."""
    return blake2b("\0".join(parts).encode(), digest_size=16).hexdigest()


def to_source(
    path: str, stamp: str, kind: str, body: str, metadata: dict[str, Any], moment: int, written: str
) -> Source:
    """What the state keeps of a file that was read.

    kind: "article" or "page"; moment: seconds since 1970; written: digest of the file itself.
    """
    packed = json.dumps(metadata, ensure_ascii=False, sort_keys=True, default=_plain)
    card = digest(packed)
    shown = [metadata["cover"], *metadata["pictures"]]
    fields = [
        kind,
        metadata["lang"],
        metadata["slug"],
        metadata["status"],
        str(moment),
        f"{metadata['date']:%Y%m}" if "date" in metadata else "",
        card,
        digest(card, body),
        metadata.get("category", ""),
        ITEM.join(metadata.get("tags", ())),
        ITEM.join(metadata.get("authors", ())),
        ITEM.join(dict.fromkeys(picture[0] for picture in shown if picture)),
        ITEM.join(metadata["links"]),
        "1" if metadata.get("featured") else "",
        "1" if metadata["notes"] else "",
        "1" if metadata["addresses"] else "",
        written,
        str(max(moment, int(metadata["modified"].timestamp()) if "modified" in metadata else UNDATED)),
        ITEM.join([*metadata.get("aliases", ()), metadata.get("source_url", "")]),
    ]
    return Source(path, stamp, FIELD.join(field.replace(FIELD, " ") for field in fields), packed)


def _plain(value: Any) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(f"{type(value)} cannot be kept")


class Story(Article):
    """A row-backed article or page.

    url: its address, without the leading slash. sort_key: newest first, with a full tie-break.
    shows: other stories whose card stands on this one's page. listed: what a list shows of it.
    facts: what else features show on its page, as text, such as the size of its PDF.
    touched: when it was last changed, seconds since 1970. aliases: addresses that lead to it; came_from: its source's.
    """

    url = listed = ""
    facts: tuple[str, ...] = ()
    translations: Sequence[Story] = ()
    tags: Sequence[Tag] = ()  # given by its edition's index

    def __init__(self, source: Source, editions: Mapping[str, Edition], fetch: Callable[[str, str], str]) -> None:
        (
            self.kind, self.lang, self.slug, self._status, moment, month, self.card, self.full, self.category_name,
            tags, authors, pictures, links, featured, noted, addressed, self.written, touched, former,
        ) = source.line.split(FIELD)  # fmt: skip
        self.path, self.moment, self.touched = source.path, int(moment), int(touched)
        self.month = (int(month[:4]), int(month[4:])) if month else (0, 0)
        self.tag_names, self.author_names = _items(tags), _items(authors)
        self.picture_paths, self.link_paths = _items(pictures), _items(links)
        self.featured, self.noted, self.addressed = bool(featured), bool(noted), bool(addressed)
        *self.aliases, self.came_from = former.split(ITEM)
        self.edition, self._fetch = editions[self.lang], fetch
        self.url = self.edition.settings["ARTICLE_URL" if self.kind == "article" else "PAGE_URL"].format(slug=self.slug)
        self.sort_key = -self.moment, self.slug, self.path
        self.shows: list[Story] = []

    def take(self, source: Source, body: str) -> None:
        """Say what the file says now; what was found out about the article stays."""
        shows = self.shows
        for name in {*self.metadata, "metadata", "summary_text"} - _IN_LINE:
            self.__dict__.pop(name, None)
        self.__init__(source, {self.lang: self.edition}, lambda what, path: body if what == "body" else source.metadata)
        self.shows = shows

    def __getattr__(self, name: str) -> Any:
        """Everything of the header that is not in the line: title, source, source_url, …"""
        if name.startswith("_") or "metadata" in self.__dict__:
            raise AttributeError(name)
        self.metadata = json.loads(self._fetch("metadata", self.path))
        mine = self.__dict__
        for key, value in self.metadata.items():
            if key not in _IN_LINE:
                mine[key] = value
        for key in ("date", "modified"):
            if key in mine:
                mine[key] = datetime.fromisoformat(mine[key])
        mine["pictures"] = [Shown(*shown) for shown in mine["pictures"]]
        mine["cover"] = mine["cover"] and Shown(*mine["cover"])
        mine["summary_text"] = self.metadata.get("summary", "")
        return getattr(self, name)

    @property
    def status(self) -> str:
        """published or draft."""
        return self._status

    @cached_property
    def category(self) -> Category:
        return self.edition.group(Category, self.category_name)

    @cached_property
    def authors(self) -> list[Author]:
        return [self.edition.group(Author, name) for name in self.author_names]

    @property
    def body(self) -> str:
        """Its HTML as the reader left it, with marks for links and pictures."""
        return self._fetch("body", self.path)

    def __repr__(self) -> str:
        return f"<Story {self.path}>"


def _items(field: str) -> list[str]:
    return field.split(ITEM) if field else []
