"""Feature: search. A box in the masthead, and a page that answers without a server program.

The box is a plain form that leads to SEARCH_URL?q=…; other pages have nothing else of search. The index consists of
segments (index.py, segments.py), each an artifact. The names of its files are those of their content, and the page,
which is always asked for afresh, names them; so an address never has two contents, and a page that was open goes on
with its own segments as long as they are there.

The page has one script, joined from the parts in script/: they read the query as tokens.py reads articles, find and
rank articles, and show them.

Settings: SEARCH_INDEX (False: no index, as in the preview); SEARCH_PIECES (True: the files also in pieces, for servers
that know no ranges). File of the owner: content/tu-dong-nghia.txt (synonyms.py).
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from plugins import unicode_text
from plugins.features import Feature, Statement
from plugins.portal.stories import digest

from . import blocks, index, segments, suggestions, synonyms, tokens
from .concepts import Synonyms

if TYPE_CHECKING:
    from plugins.features.hooks import Grouping
    from plugins.portal.editions import Edition
    from plugins.portal.outputs import BuildContext, Outputs
    from plugins.portal.stories import Story
    from plugins.problems import Problem

FOLDER = "{search}chi-muc/"  # of the index's files, of all languages
NEWEST_TITLES = 50  # titles that are suggested while the reader types
TITLES = 5000  # the newest titles, from which phrases and words are taken
PIECE = 65_536  # bytes
HEAD = "head"  # ending of a file with the tables of a segment
SCRIPT = "search.js"
# in their order
SCRIPT_PARTS = (
    *("settings", "words", "query", "files", "index"),
    *("ranking", "results", "help", "page", "suggestions"),
)


class Search(Feature):
    """Indexes the published articles, and publishes the index and the search pages."""

    statements = (
        Statement("tools", "search"),
        Statement(
            "works",
            "<strong>Search</strong> finds words without their diacritics too. It runs in your browser, and nobody "
            "writes down what you look for.",
        ),
        Statement("needs_script", "search; the lists by section, month and topic work without"),
    )
    settings: Mapping[str, Any] = {"SEARCH_INDEX": True, "SEARCH_PIECES": False}

    def prepare(self, build: BuildContext) -> Iterable[Problem]:
        """Forget the index of the last build, and read the owner's synonyms."""
        self.segments: list[segments.Segment] = []
        self.synonyms: dict[str, Synonyms] = {}
        for lang in build.editions:
            self.synonyms[lang], problems = synonyms.load(lang, Path(build.settings["PATH"]))
            yield from problems

    def finish(self, build: BuildContext) -> Iterable[Problem]:
        """Build each segment of the index that the cache does not have."""
        if build.settings["SEARCH_INDEX"]:
            self.segments = segments.index_articles(build, self.synonyms)
        return ()

    def add_outputs(self, build: BuildContext, outputs: Outputs) -> None:
        """Publish each edition's page and suggestions, and the files of the index."""
        folder = build.addresses.fill_placeholders(FOLDER)
        pieces = PIECE if build.settings["SEARCH_PIECES"] else 0
        for segment in self.segments:
            for ending, name in segment.facts["files"].items():
                if not ending.endswith(HEAD):
                    _add_file(outputs, f"{folder}{name}.{ending}", name, segment.file(ending), pieces)
        base = build.addresses.base
        heads = {lang: _heads(lang, self.segments) for lang in build.editions}
        for edition in build.editions.values():
            others = {lang: head for lang, head in heads.items() if head and lang != edition.lang}
            settings = {
                "folder": f"{base}{folder}",
                "unit": index.UNIT,
                "card": blocks.CARD,
                "piece": pieces,
                "heads": {lang: _add_heads(outputs, base, folder, lang, head) for lang, head in others.items()},
                "tables": {edition.lang: base64.b64encode(heads[edition.lang]).decode()},
                "segments": [segment.facts for segment in self.segments],
                "rules": {**unicode_text.SCRIPT_RULES, "spellings": tokens.SPELLINGS},
                "synonyms": self.synonyms[edition.lang],
                "names": segments.NAME if any(kind.names for kind in edition.kinds.values()) else "",
                "months": {tokens.fold(tokens.spelling(n)): m for n, m in segments.months_of(edition).items()},
            }
            _add_page(build, outputs, edition, settings)

    def read_text(self, name: str) -> str:
        """One of the files; the page's script is joined from its parts."""
        if name != SCRIPT:
            return super().read_text(name)
        return "\n".join(super(Search, self).read_text(f"script/{part}.js") for part in SCRIPT_PARTS)


def _add_file(outputs: Outputs, address: str, name: str, file: Path, piece: int) -> None:
    """Publish a file of the index, and its pieces of so many bytes; 0 for none."""
    outputs.add_file(address, name, file.read_bytes)
    for number in range(-(-file.stat().st_size // piece) if piece else 0):
        outputs.add_file(f"{address}.{number}", name, partial(_read_piece, file, number * piece, piece))


def _read_piece(file: Path, start: int, size: int) -> bytes:
    with file.open("rb") as stream:
        stream.seek(start)
        return stream.read(size)


def _heads(lang: str, parts: Sequence[segments.Segment]) -> bytes:
    """The heads of all segments of a language."""
    ending = f"{lang}.{HEAD}"
    return b"".join(part.file(ending).read_bytes() for part in parts if ending in part.facts["files"])


def _add_heads(outputs: Outputs, base: str, folder: str, lang: str, heads: bytes) -> str:
    """Publish the heads of a language as a file, for the search pages of other languages; return its link."""
    name = digest(heads.hex())
    address = f"{folder}{name}.{lang}.{HEAD}"
    outputs.add_file(address, name, lambda: heads)
    return f"{base}{address}"


def _add_page(build: BuildContext, outputs: Outputs, edition: Edition, settings: Mapping[str, Any]) -> None:
    """Add an edition's search page, and what it suggests.

    Args:
        build: What the build has read.
        outputs: Where they are added.
        edition: The page's.
        settings: What script/settings.js gets.
    """
    base, folder, articles = build.addresses.base, edition.url("search"), edition.articles[:TITLES]
    fingerprint = digest(*([] if base == "/" else [base]), *(article.card_digest for article in articles))
    outputs.add_file(f"{folder}goi-y.json", fingerprint, partial(_suggestions, articles, base))
    outputs.add_file(f"{folder}tu-vung.txt", fingerprint, partial(_vocabulary, articles))
    categories = [(category.slug, category.name) for category in edition.categories]
    categories += [(section.slug, section.name) for section in map(edition.section, edition.extra_kinds)]
    authors = [(author.slug, author.name) for author in edition.authors]
    facets = [
        (f"{kind}.{grouping.name}", edition.section(kind).name, grouping.label, _choices(edition, kind, grouping))
        for kind, grouping in edition.groupings()
        if grouping.facet
    ]
    languages = [(other.lang, other.agency["language"]) for other in build.editions.values() if other.articles]
    displayed = [categories, authors, facets, settings, languages, sorted(edition.months)]
    outputs.add_page(
        edition.lang,
        "search/page",
        "search",
        [_compact_json(displayed)],
        languages=languages,
        suggestions=f"{base}{folder}goi-y.json",
        vocabulary=f"{base}{folder}tu-vung.txt",
        settings=_compact_json(settings, ensure_ascii=True) if settings["segments"] else "",
        years=sorted({str(year) for year, _ in edition.months}, reverse=True),
        categories=categories,
        authors=authors,
        facets=facets,
    )


def _choices(edition: Edition, kind: str, grouping: Grouping) -> list[tuple[str, str]]:
    return [(slug, group.name) for slug, group in edition.groups(kind, grouping).items()]


def _suggestions(articles: Sequence[Story], base: str) -> bytes:
    """Phrases of titles, and the newest titles with their addresses."""
    newest = [[article.title, f"{base}{article.url}"] for article in articles[:NEWEST_TITLES]]
    return _compact_json([suggestions.phrases(article.title for article in articles), newest]).encode()


def _vocabulary(articles: Iterable[Story]) -> bytes:
    return suggestions.vocabulary(article.title for article in articles).encode()


def _compact_json(value: object, ensure_ascii: bool = False) -> str:
    return json.dumps(value, ensure_ascii=ensure_ascii, separators=(",", ":"))


feature = Search(__file__, on_demand=("page.css", "ahead.js", SCRIPT), immutable_paths=(FOLDER,))
register = feature.register
