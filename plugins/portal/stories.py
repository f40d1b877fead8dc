"""Articles and pages as the portal holds them: a row of short fields at once, everything else on first use.

Thousands of unchanged articles pass through every build, and most of them are only counted and sorted. The fields for
that stand in the row of a `Source`; title, lead and body are fetched from the state when a page that shows them is
rendered.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache, cached_property
from hashlib import blake2b
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from pelican.urlwrappers import Author, Category, Tag, URLWrapper

from plugins.incremental.state import Source
from plugins.markdown_reader.references import PictureReference

from . import copies
from .kinds import BUILT_IN

if TYPE_CHECKING:
    from plugins.features.hooks import Kind

    from .editions import Edition, Section
    from .view import ArticleView

Term = TypeVar("Term", bound=URLWrapper)  # a category, tag or author
FIELD_SEPARATOR, ITEM_SEPARATOR = "\x1f", "\x1e"  # between the fields of a row, between the items of a field
UNDATED = 0  # `published_at` of a page
_ROW_KEYS = {"kind", "lang", "slug", "status", "category", "tags", "authors", "links", "featured", "aliases"}


def digest(*parts: str) -> str:
    """Return a digest of texts (BLAKE2b, 128 bits, in hexadecimal)."""
    return blake2b("\0".join(parts).encode(), digest_size=16).hexdigest()


class StoryRow(NamedTuple):
    """What lists and fingerprints need of a file, as text: in memory for every article from the start of a build.

    Attributes:
        url: The address, without the leading slash.
        published_at: The date, in seconds since 1970; `UNDATED` for a page.
        month: The month of the date, as YYYYMM; "" for a page.
        card_digest: Digest of the metadata.
        full_digest: Digest of metadata and body.
        pictures: Paths of the pictures in the content folder, packed like all lists by `ITEM_SEPARATOR`.
        links: Paths of the files in the content folder that the story links to, packed.
        has_notes: "1" if warnings or open reviews were noted when the file was read.
        has_portal_links: "1" if the story links to addresses of the portal.
        has_fragments: "1" if the story links to places on other pages.
        file_digest: Digest of the file itself.
        changed_at: The last change, in seconds since 1970.
        former_addresses: Addresses that redirect to the story and, as the last item, the address of its source; packed.
        title_digest: Digest of the title, see `copies.title_digest`.
        text_sketch: What copies of the text have in common, see `copies.text_sketch`.
        facts: JSON of the values of `Kind.facts`, "" for none.
        marks: The names of its keys with `Key.in_row`; packed.
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
    has_fragments: str
    file_digest: str
    changed_at: str
    former_addresses: str
    title_digest: str
    text_sketch: str
    facts: str
    marks: str

    @classmethod
    def unpack(cls, text: str) -> StoryRow:
        """Parse the row of a `Source`."""
        return cls._make(text.split(FIELD_SEPARATOR))


def to_source(
    path: str,
    stamp: str,
    kind: str,
    url: str,
    body: str,
    metadata: dict[str, Any],
    published_at: int,
    file_digest: str,
    facts: Iterable[str] = (),
    marks: Iterable[str] = (),
) -> Source:
    """Pack a file that was read for the state.

    Args:
        path: The file, relative to the content folder.
        stamp: See `Source`.
        kind: The name of its kind of content.
        url: Its address, without the leading slash.
        body: Its HTML.
        metadata: Its checked header and what was found in its text.
        published_at: Its date in seconds since 1970, or `UNDATED`.
        file_digest: A digest of the file itself.
        facts: The names of the keys whose values are to be in the row.
        marks: The names of its keys with `Key.in_row`.
    """
    packed = json.dumps(metadata, ensure_ascii=False, sort_keys=True, default=_to_json)
    card_digest = digest(packed)
    pictures = [metadata["cover"], *metadata["pictures"]]
    changed_at = max(published_at, int(metadata["modified"].timestamp()) if "modified" in metadata else UNDATED)
    row = StoryRow(
        kind=kind,
        lang=metadata["lang"],
        slug=metadata["slug"],
        url=url,
        status=metadata["status"],
        published_at=str(published_at),
        month=f"{metadata['date']:%Y%m}" if "date" in metadata else "",
        card_digest=card_digest,
        full_digest=digest(card_digest, body),
        category=metadata.get("category", ""),
        tags=ITEM_SEPARATOR.join(metadata.get("tags", ())),
        authors=ITEM_SEPARATOR.join(metadata.get("authors", ())),
        pictures=ITEM_SEPARATOR.join(dict.fromkeys(picture[0] for picture in pictures if picture)),
        links=ITEM_SEPARATOR.join(metadata["links"]),
        featured="1" if metadata.get("featured") else "",
        has_notes="1" if metadata["notes"] else "",
        has_portal_links="1" if metadata["addresses"] else "",
        has_fragments="1" if metadata["fragments"] else "",
        file_digest=file_digest,
        changed_at=str(changed_at),
        former_addresses=ITEM_SEPARATOR.join([*metadata.get("aliases", ()), metadata.get("source_url", "")]),
        title_digest=copies.title_digest(metadata["title"]),
        text_sketch=copies.text_sketch(body),
        facts=_facts_json({name: metadata[name] for name in facts if name in metadata}),
        marks=ITEM_SEPARATOR.join(marks),
    )
    return Source(path, stamp, FIELD_SEPARATOR.join(field.replace(FIELD_SEPARATOR, " ") for field in row), packed)


def _facts_json(facts: Mapping[str, Any]) -> str:
    return json.dumps(facts, ensure_ascii=False, default=_to_json) if facts else ""


def _to_json(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(f"{type(value)} cannot be kept")


class Story:
    """An article, a page, or a thing of a feature's kind, backed by a row of the state.

    All keys of its header are attributes too, loaded on first use. An instance has up to 30 attributes in all: that
    many names Python stores once for all instances.

    Attributes:
        row: Its row.
        path: Its file, relative to the content folder.
        url: Its address, without the leading slash.
        published_at: Its date in seconds since 1970; `UNDATED` for a page.
        changed_at: Its last change, in seconds since 1970.
        month: Year and month of its date.
        sort_key: Sorts newest first, with a full tie-break.
        list_text: What lists show of it, as text for their fingerprints.
        status_text: The state today of a thing with dates, see `Status.text`.
        displayed_stories: Other stories whose card stands on its page.
        extra_key_parts: What else features show on its page, as text, such as the size of its PDF.
        structured_data: Further properties of it in the vocabulary of schema.org, such as "audio", by features.
        translations: The same story in other editions.
    """

    url = list_text = status_text = ""
    extra_key_parts: tuple[str, ...] = ()
    structured_data: Mapping[str, Any] = MappingProxyType({})
    translations: Sequence[Story] = ()

    # loaded by `__getattr__`
    metadata: dict[str, Any]
    title: str
    date: datetime
    modified: datetime
    pictures: list[PictureReference]
    cover: PictureReference | None
    summary_text: str
    addresses: list[str]
    fragments: list[tuple[str, str]]
    notes: list[tuple[int, str, str, str]]

    def __init__(self, source: Source, editions: Mapping[str, Edition], fetch: Callable[[str, str], str]) -> None:
        """Take the fields of a source's row.

        Args:
            source: The file as the state has it.
            editions: The editions by language.
            fetch: Returns the "metadata" (as JSON) or the "body" of a path.
        """
        row = self.row = StoryRow.unpack(source.row)
        self.path, self.kind, self.lang, self.slug, self.url = source.path, row.kind, row.lang, row.slug, row.url
        self.card_digest, self.full_digest = row.card_digest, row.full_digest
        self.published_at, self.changed_at = int(row.published_at), int(row.changed_at)
        self.month = _month(row.month)
        self.category_name = row.category
        self.tag_names = row.tags.split(ITEM_SEPARATOR) if row.tags else ()
        self.author_names = row.authors.split(ITEM_SEPARATOR) if row.authors else ()
        self.picture_paths = row.pictures.split(ITEM_SEPARATOR) if row.pictures else ()
        self.link_paths = row.links.split(ITEM_SEPARATOR) if row.links else ()
        self.edition, self._fetch = editions[row.lang], fetch
        self.sort_key = -self.published_at, row.slug, source.path
        self.displayed_stories: list[Story] = []

    def set_status_text(self, text: str) -> None:
        """Set the state of today, which becomes part of all fingerprints of the story."""
        self.status_text = text
        self.record(text)

    def record(self, text: str) -> None:
        """Make what a feature has found out about the story part of all its fingerprints: page, lists, feeds, ….

        To be called in `prepare`.
        """
        self.card_digest, self.full_digest = digest(self.card_digest, text), digest(self.full_digest, text)

    @cached_property
    def facts(self) -> Mapping[str, Any]:
        """The values of the keys that its kind names as `Kind.facts`; dates as ISO 8601 texts."""
        return json.loads(self.row.facts) if self.row.facts else {}

    def reload(self, source: Source, body: str) -> None:
        """Take what the file says now, and keep what the build has found out about the story."""
        displayed = self.displayed_stories
        for name in {*self.metadata, "metadata", "summary_text", "view"} - _ROW_KEYS:
            self.__dict__.pop(name, None)
        stored = {"body": body, "metadata": source.metadata}
        Story.__init__(self, source, {self.lang: self.edition}, lambda what, path: stored[what])
        self.displayed_stories = displayed

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  # keys of headers have values of many types
        """Load the header, and return the value of one of its keys that the row does not hold."""
        if name.startswith("_") or "metadata" in self.__dict__:
            raise AttributeError(name)
        self.metadata = json.loads(self.metadata_json)
        attributes = self.__dict__
        for key, value in self.metadata.items():
            if key not in _ROW_KEYS:
                attributes[key] = value
        for key in ("date", "modified"):
            if key in attributes:
                attributes[key] = datetime.fromisoformat(attributes[key])
        attributes["pictures"] = [PictureReference(*picture) for picture in attributes["pictures"]]
        attributes["cover"] = attributes["cover"] and PictureReference(*attributes["cover"])
        attributes["summary_text"] = self.metadata.get("summary", "")
        return getattr(self, name)

    @property
    def metadata_json(self) -> str:
        """Its metadata as the state keeps it."""
        return self._fetch("metadata", self.path)

    @property
    def status(self) -> str:
        """Either "published" or "draft"."""
        return self.row.status

    @property
    def content_kind(self) -> Kind:
        """The declaration of its kind of content."""
        return self.edition.kinds[self.kind]

    @cached_property
    def category(self) -> Category | Section:
        """Its category; for a thing of a feature's kind, the section of that kind."""
        if self.kind not in BUILT_IN:
            return self.edition.section(self.kind)
        return self.edition.term(Category, self.category_name)

    @cached_property
    def tags(self) -> list[Tag]:
        """Its tags, each once however it is spelled."""
        return self._terms(Tag, self.tag_names)

    @cached_property
    def authors(self) -> list[Author]:
        """Its authors, each once however the name is spelled."""
        return self._terms(Author, self.author_names)

    def _terms(self, kind: type[Term], names: Iterable[str]) -> list[Term]:
        terms: dict[str, Term] = {}
        for name in names:
            term = self.edition.term(kind, name)
            terms.setdefault(term.slug, term)
        return list(terms.values())

    @property
    def content(self) -> str:
        """The HTML of its text, with links and pictures, as its page shows it."""
        return self.edition.render_body(self)

    def get_content(self, siteurl: str) -> str:
        """Return the same as `content`: what Pelican's feed writer calls."""
        return self.content

    @property
    def summary(self) -> str:
        """Its lead."""
        return self.summary_text

    @cached_property
    def view(self) -> ArticleView:
        """What readers get of it, see `ArticleView`."""
        from .view import view_of

        return view_of(self)

    @property
    def body(self) -> str:
        """The HTML of its text as it was read, with placeholders for links and pictures."""
        return self._fetch("body", self.path)

    def __repr__(self) -> str:
        return f"<Story {self.path}>"


@cache
def _month(field: str) -> tuple[int, int]:
    return (int(field[:4]), int(field[4:])) if field else (0, 0)
