"""An article or page as the portal holds it: a line of fields at once, everything else on first use.

Thousands of unchanged articles pass through every build, and most are only counted. What lists are
sorted by stands in a `Source`'s line; title, lead and body are fetched from the state when a page
that shows them is rendered.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import cache, cached_property
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, NamedTuple

from pelican.urlwrappers import Author, Category, Tag

from plugins.incremental.state import Source
from plugins.markdown_reader.html import PictureReference

if TYPE_CHECKING:
    from plugins.features.hooks import Kind

    from .editions import Edition, Section
    from .view import ArticleView

FIELD, ITEM = "\x1f", "\x1e"  # between the fields of a line, between the items of a field
UNDATED = 0  # the moment of a page
_IN_LINE = {"lang", "slug", "status", "category", "tags", "authors", "links", "featured", "aliases"}


def digest(*parts: str) -> str:
    """A fingerprint of texts (BLAKE2b, 128 bits)."""
    return blake2b("\0".join(parts).encode(), digest_size=16).hexdigest()


class StoryRow(NamedTuple):
    """What lists and fingerprints need of a file, as text: at hand for every article from the start of a build.

    url: its address, without the leading slash.
    moment, touched: seconds since 1970 of its date, of its last change. month: YYYYMM. card, full: digests of its metadata,
    of all it says; written: of the file itself. pictures, links: paths. noted: whether there is anything to tell of it.
    addressed: whether it links to addresses of the portal. former: addresses that lead to it, and its source's.
    """

    kind: str
    lang: str
    slug: str
    url: str
    status: str
    published_at: str
    month: str
    card_digest: str
    full_digest: str
    category: str
    tags: str
    authors: str
    pictures: str
    links: str
    featured: str
    has_notes: str
    has_portal_links: str
    file_digest: str
    changed_at: str
    former_addresses: str

    @classmethod
    def unpack(cls, text: str) -> StoryRow:
        """From a `Source`'s line."""
        return cls._make(text.split(FIELD))


def to_source(
    path: str, stamp: str, kind: str, url: str, body: str, metadata: dict[str, Any], moment: int, written: str
) -> Source:
    """What the state keeps of a file that was read.

    kind: "article" or "page"; url: its address; moment: seconds since 1970; written: digest of the file itself.
    """
    packed = json.dumps(metadata, ensure_ascii=False, sort_keys=True, default=_plain)
    card = digest(packed)
    shown = [metadata["cover"], *metadata["pictures"]]
    touched = max(moment, int(metadata["modified"].timestamp()) if "modified" in metadata else UNDATED)
    line = StoryRow(
        kind=kind,
        lang=metadata["lang"],
        slug=metadata["slug"],
        url=url,
        status=metadata["status"],
        published_at=str(moment),
        month=f"{metadata['date']:%Y%m}" if "date" in metadata else "",
        card_digest=card,
        full_digest=digest(card, body),
        category=metadata.get("category", ""),
        tags=ITEM.join(metadata.get("tags", ())),
        authors=ITEM.join(metadata.get("authors", ())),
        pictures=ITEM.join(dict.fromkeys(picture[0] for picture in shown if picture)),
        links=ITEM.join(metadata["links"]),
        featured="1" if metadata.get("featured") else "",
        has_notes="1" if metadata["notes"] else "",
        has_portal_links="1" if metadata["addresses"] else "",
        file_digest=written,
        changed_at=str(touched),
        former_addresses=ITEM.join([*metadata.get("aliases", ()), metadata.get("source_url", "")]),
    )
    return Source(path, stamp, FIELD.join(field.replace(FIELD, " ") for field in line), packed)


def _plain(value: Any) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(f"{type(value)} cannot be kept")


class Story:
    """A row-backed article or page.

    line: see Line. url: its address, without the leading slash. sort_key: newest first, with a full tie-break.
    shows: other stories whose card stands on this one's page. listed: what a list shows of it.
    state: what a thing with dates is today, see `Status.text`.
    facts: what else features show on its page, as text, such as the size of its PDF.

    Up to 30 attributes in all, Python keeps their names once for all stories.
    """

    url = list_text = status_text = ""
    extra_key_parts: tuple[str, ...] = ()
    translations: Sequence[Story] = ()

    def __init__(self, source: Source, editions: Mapping[str, Edition], fetch: Callable[[str, str], str]) -> None:
        line = self.row = StoryRow.unpack(source.row)
        self.path, self.kind, self.lang, self.slug, self.url = source.path, line.kind, line.lang, line.slug, line.url
        self.card_digest, self.full_digest = line.card_digest, line.full_digest
        self.published_at, self.changed_at, self.month = (
            int(line.published_at),
            int(line.changed_at),
            _month(line.month),
        )
        self.category_name = line.category
        self.tag_names = line.tags.split(ITEM) if line.tags else ()
        self.author_names = line.authors.split(ITEM) if line.authors else ()
        self.picture_paths = line.pictures.split(ITEM) if line.pictures else ()
        self.link_paths = line.links.split(ITEM) if line.links else ()
        self.edition, self._fetch = editions[line.lang], fetch
        self.sort_key = -self.published_at, line.slug, source.path
        self.displayed_stories: list[Story] = []

    def set_status_text(self, state: str) -> None:
        """Say what it is today; it is part of all that is made of it."""
        self.status_text = state
        self.card_digest, self.full_digest = digest(self.card_digest, state), digest(self.full_digest, state)

    def reload(self, source: Source, body: str) -> None:
        """Say what the file says now; what was found out about the article stays."""
        shows = self.displayed_stories
        for name in {*self.metadata, "metadata", "summary_text", "view"} - _IN_LINE:
            self.__dict__.pop(name, None)
        self.__init__(source, {self.lang: self.edition}, lambda what, path: body if what == "body" else source.metadata)
        self.displayed_stories = shows

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
        mine["pictures"] = [PictureReference(*shown) for shown in mine["pictures"]]
        mine["cover"] = mine["cover"] and PictureReference(*mine["cover"])
        mine["summary_text"] = self.metadata.get("summary", "")
        return getattr(self, name)

    @property
    def status(self) -> str:
        """published or draft."""
        return self.row.status

    @property
    def content_kind(self) -> Kind:
        """The declaration of its kind."""
        return self.edition.kinds[self.kind]

    @cached_property
    def category(self) -> Category | Section:
        """Its category; of what is no article its kind."""
        if self.kind in self.edition.extra_kinds:
            return self.edition.section(self.kind)
        return self.edition.group(Category, self.category_name)

    @cached_property
    def tags(self) -> list[Tag]:
        return [self.edition.group(Tag, name) for name in self.tag_names]

    @cached_property
    def authors(self) -> list[Author]:
        return [self.edition.group(Author, name) for name in self.author_names]

    @property
    def content(self) -> str:
        """Its HTML as it stands on its page."""
        return self.edition.render_body(self)

    def get_content(self, siteurl: str) -> str:
        """The same, as Pelican's writer of feeds asks for it."""
        return self.content

    @property
    def summary(self) -> str:
        """Its lead."""
        return self.summary_text

    @cached_property
    def view(self) -> ArticleView:
        """What it says, see there."""
        from .view import view_of

        return view_of(self)

    @property
    def body(self) -> str:
        """Its HTML as the reader left it, with marks for links and pictures."""
        return self._fetch("body", self.path)

    def __repr__(self) -> str:
        return f"<Story {self.path}>"


@cache
def _month(field: str) -> tuple[int, int]:
    return (int(field[:4]), int(field[4:])) if field else (0, 0)
