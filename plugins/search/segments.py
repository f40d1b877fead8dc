"""Cuts the articles of a portal into segments, and has those indexed that the cache does not have.

The articles, from the oldest to the newest, are cut after the last multiple of TAIL: there is one large segment, and a
small one of the newest articles. The rule depends on nothing but the articles there are, so that a build from nothing
cuts them as any other. A new article changes the small segment only, until that is full and becomes part of the large.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from plugins import jobs
from plugins.i18n import translate
from plugins.markdown_reader.header_values import slug_of
from plugins.portal.filters import machine_date
from plugins.portal.stories import digest
from plugins.portal.view import has_extras

from . import blocks, index
from .concepts import Synonyms
from .tokens import fold, normalize, tokenize

if TYPE_CHECKING:
    from plugins.features.hooks import Grouping, Kind
    from plugins.portal.editions import Edition
    from plugins.portal.outputs import BuildContext
    from plugins.portal.stories import Story

NAME = "called:"  # begins words of the index by which an item is called, see `Kind.names`
BLOCK = ".block"  # the ending of a block's file in the cache
TAIL = 512  # the most articles of the small segment


class Segment(NamedTuple):
    """A segment of the index.

    Attributes:
        target: The path of its files in the cache, without their endings.
        facts: What the search page must know of it, see `index.build_segment`.
    """

    target: Path
    facts: Mapping[str, Any]

    def file(self, ending: str) -> Path:
        """The path of one of its files in the cache."""
        return self.target.with_name(f"{self.target.name}.{ending}")


def cut(articles: Sequence[Story]) -> list[Sequence[Story]]:
    """The articles of each segment. articles: from the oldest to the newest."""
    boundary = max(0, len(articles) - 1) // TAIL * TAIL
    return [part for part in (articles[:boundary], articles[boundary:]) if part]


def index_articles(build: BuildContext, synonyms: Mapping[str, Synonyms]) -> list[Segment]:
    """The segments of all published articles, the oldest first. synonyms: by language."""
    listed = (story for story in build.published if story.content_kind.listed)
    parts = cut(sorted(listed, key=lambda story: (story.published_at, story.slug, story.path)))
    namespace, rendering = build.artifacts.namespace("search", index.__name__), build.rendering_fingerprint
    months = {edition.lang: months_of(edition) for edition in build.editions.values()}
    fingerprints = [
        digest(rendering, repr(synonyms), *(f"{a.full_digest} {a.url} {a.category.name} {_filters(a)}" for a in part))
        for part in parts
    ]
    cached = namespace.find_by_fingerprint(fingerprints)
    rows = {each: tuple(map(_row, part)) for each, part in zip(fingerprints, parts, strict=True) if each not in cached}
    keys = {each: namespace.key(repr(synonyms), repr(months), *map(str, rows[each])) for each in rows}
    by_key = namespace.find_by_key(keys.values())
    kept = build.artifacts.namespace("search-blocks", blocks.__name__)
    block_keys = {
        key: [kept.key(repr(months), *map(str, block)) for block in blocks.cut(rows[each])]
        for each, key in keys.items()
        if key not in by_key
    }
    known = kept.find_by_key(each for keys_of_segment in block_keys.values() for each in keys_of_segment)
    tasks = {
        key: index.SegmentTask(
            rows[each],
            str(build.state.file.absolute()),
            str(namespace.file_path(key, "")),
            synonyms,
            months,
            tuple(str(kept.file_path(block, BLOCK)) for block in block_keys[key]),
        )
        for each, key in keys.items()
        if key in block_keys
    }
    build.state.commit()  # the workers read through connections of their own
    results = jobs.run(index.build_segment, [*tasks.values()], translate("Search index"), build.settings.get("JOBS"))
    keys_by_target = {task.target: key for key, task in tasks.items()}
    for task, result in results:
        facts, key = jobs.unwrap(result), keys_by_target[task.target]
        by_key[key] = namespace.store(key, [f".{ending}" for ending in facts["files"]], facts)
        for block in block_keys[key]:
            if block not in known:
                kept.store(block, [BLOCK], {})
    namespace.link_fingerprints(keys)
    found = [cached.get(each) or by_key[keys[each]] for each in fingerprints]
    return [Segment(namespace.file_path(artifact.key, ""), artifact.metadata) for artifact in found]


def months_of(edition: Edition) -> dict[str, int]:
    """The numbers of months by their names in an edition's language."""
    names = ((name, number) for number, all_ in enumerate(edition.language.month_names, start=1) for name in all_)
    return dict(sorted(names))


def _filters(article: Story) -> tuple[str, ...]:
    """The category and the authors as words of the index; the colon keeps them apart from words of a text."""
    return (f"category:{article.category.slug}", *(f"author:{author.slug}" for author in article.authors))


def _words_of_kind(article: Story) -> tuple[str, ...]:
    """Further words of the index, which its header decides: its groups, and the folded words of `Kind.names`."""
    kind, edition = article.content_kind, article.edition
    groups = (f"{name}:{slug_of(group)}" for name, g in facets(kind) for group in edition.group_names(g, article))
    texts = kind.names(article) if kind.names else ()
    return (*groups, *sorted({NAME + fold(word) for text in texts for word in tokenize(normalize(text))}))


def facets(kind: Kind) -> Iterator[tuple[str, Grouping]]:
    """What a search can be narrowed down by among the items of a kind: the name in the index, and the grouping."""
    for grouping in kind.groupings:
        if grouping.facet:
            yield f"{kind.name}.{grouping.name}", grouping


def _row(article: Story) -> blocks.IndexRow:
    extras: tuple[str, ...] = ()
    if has_extras(article, "search"):
        extras = tuple(f"{extra.label}: {text}" for extra in article.view.extras("search") for text in extra.texts)
    return blocks.IndexRow(
        article.path,
        article.full_digest,
        f"{article.edition.addresses.base}{article.url}",
        machine_date(article.date),
        article.lang,
        article.category.name,
        (*_filters(article), *_words_of_kind(article)),
        extras,
    )
