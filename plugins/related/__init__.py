"""Feature: articles on the same subject, beside an article.

Two articles are the more similar the more tags they share, and the more pairs of syllables their titles and leads
share (most Vietnamese words are two syllables; cosine similarity of the sets of pairs). An article is compared with
the WINDOW articles before it that have one of its tags. So a new article changes nothing beside older ones, and an
edited one is compared again with its neighbours only. The oldest articles of a portal, which have too few before them,
also get those that follow.

What was found is kept from build to build, as one packed text per article: nearly all of ten thousand articles are
unchanged, and are not even unpacked.
"""

from __future__ import annotations

import json
import math
import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from functools import cache
from heapq import nsmallest
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from pelican.urlwrappers import Tag

from plugins import jobs
from plugins.features import Feature
from plugins.portal.stories import FIELD_SEPARATOR, ITEM_SEPARATOR

if TYPE_CHECKING:
    from plugins.portal.editions import Edition
    from plugins.portal.outputs import BuildContext
    from plugins.portal.stories import Story
    from plugins.problems import Problem

MAX_RELATED = 3
WINDOW = 20
_TAG_SLUGS = ""  # the key, in place of a path, of the slugs of all tags by name
_WORD = re.compile(r"[^\W_]+")

SortKey = tuple[int, str, str]  # see `Story.sort_key`


class Terms(NamedTuple):
    """What articles are compared by: the slugs of their tags, and pairs of adjacent syllables."""

    tags: frozenset[str]
    pairs: frozenset[str]


class Entry(NamedTuple):
    """What is kept of an article from build to build.

    Args:
        card_digest, published_at, slug: Of the story, as it was.
        tags: Slugs of its tags.
        related: Paths of the articles beside it.
        has_later: "1" if articles that follow may be among these, else "".
    """

    card_digest: str
    published_at: str
    slug: str
    tags: str
    related: str
    has_later: str

    def pack(self) -> str:
        """The entry as one text."""
        return FIELD_SEPARATOR.join(self)

    @classmethod
    def unpack(cls, text: str) -> Entry:
        """The entry that `pack` has made a text of."""
        return cls._make(text.split(FIELD_SEPARATOR))

    def sort_key(self, path: str) -> SortKey:
        """The sort key that the article had. path: of the article."""
        return -int(self.published_at), self.slug, path


def related_paths(packed: str) -> list[str]:
    """The paths of related articles in a packed entry, without unpacking it."""
    return _items(packed.rsplit(FIELD_SEPARATOR, 2)[1])


def terms(title: str, lead: str, tags: Iterable[str]) -> Terms:
    """The terms of an article. tags: slugs."""
    pairs = {f"{a} {b}" for text in (title, lead) for a, b in pairwise(_WORD.findall(text.casefold()))}
    return Terms(frozenset(tags), frozenset(pairs))


def similarity(a: Terms, b: Terms) -> float:
    """How similar two articles are: 0 if they have nothing in common, 1 for each shared tag, 1 for the same words."""
    shared = len(a.pairs & b.pairs)
    return len(a.tags & b.tags) + (shared / math.sqrt(len(a.pairs) * len(b.pairs)) if shared else 0.0)


class RelatedFinder:
    """Finds the related articles of each article of an edition.

    Args:
        articles: Of the edition.
        by_tag: Articles by the slug of a tag, the newest first.
        workers: How many processes; None for one per core.
    """

    def __init__(
        self, articles: Iterable[Story], by_tag: Mapping[str, list[Story]], workers: int | None = None
    ) -> None:
        self.workers = workers
        self.articles = {article.path: article for article in articles}
        self.by_tag = by_tag
        self._sort_keys: dict[str, list[SortKey]] = {}  # of by_tag
        self._terms = cache(lambda path: _terms_of(self.articles[path]))

    def update(self, previous: Mapping[str, str], changed_tags: AbstractSet[str] = frozenset()) -> Mapping[str, str]:
        """The packed entry of every article, by path.

        Args:
            previous: The entries of the last build. An entry that cannot have changed since is taken from here.
            changed_tags: Names of tags whose slug has changed since.

        Returns:
            `previous` itself if nothing has changed.
        """
        entry_of = previous.get
        changed = {
            path for path, article in self.articles.items() if not entry_of(path, "").startswith(article.card_digest)
        }
        changed |= previous.keys() - self.articles.keys()
        if changed_tags:
            changed |= {
                path for path, article in self.articles.items() if not changed_tags.isdisjoint(article.tag_names)
            }
        if not changed:
            return previous
        outdated = self._affected_by(changed, previous)
        entries = {path: entry for path, entry in previous.items() if path in self.articles and path not in outdated}
        todo = sorted(path for path in outdated if path in self.articles)
        results = jobs.run_forked(self._entry, todo, "", self.workers)
        return entries | {path: jobs.unwrap(entry).pack() for path, entry in results}

    def _affected_by(self, changed: AbstractSet[str], previous: Mapping[str, str]) -> set[str]:
        """The changed articles, and those that had or have one of them in their window."""
        affected = {path for path, entry in previous.items() if entry.endswith("1")} | changed  # "1": see `has_later`
        for path in changed:
            if path in previous:
                entry = Entry.unpack(previous[path])
                affected |= self._followers(_items(entry.tags), entry.sort_key(path))
            if path in self.articles:
                article = self.articles[path]
                affected |= self._followers([tag.slug for tag in article.tags], article.sort_key)
        return affected

    def _position(self, tag: str, sort_key: SortKey) -> int:
        """Where an article with this sort key stands, or would stand, among those with a tag."""
        if tag not in self._sort_keys:
            self._sort_keys[tag] = [article.sort_key for article in self.by_tag.get(tag, ())]
        return bisect_left(self._sort_keys[tag], sort_key)

    def _followers(self, tags: Iterable[str], sort_key: SortKey) -> set[str]:
        """The articles whose window reaches back to a position."""
        followers = set()
        for tag in tags:
            at = self._position(tag, sort_key)
            followers |= {article.path for article in self.by_tag.get(tag, ())[max(0, at - WINDOW) : at]}
        return followers

    def _entry(self, path: str) -> Entry:
        """Compare an article with its window."""
        article = self.articles[path]
        tags = [tag.slug for tag in article.tags]
        window: dict[str, None] = {}
        for tag in tags:
            start = self._position(tag, article.sort_key) + 1
            window |= {other.path: None for other in self.by_tag[tag][start : start + WINDOW]}
        own_terms = self._terms(path)
        ranked = [
            (-similarity(own_terms, self._terms(other)), self.articles[other].sort_key, other) for other in window
        ]
        related = [other for *_, other in nsmallest(MAX_RELATED, ranked)]
        has_later = len(related) < MAX_RELATED
        if has_later:
            related += self._next(tags, article.sort_key)[: MAX_RELATED - len(related)]
        return Entry(
            article.card_digest,
            str(article.published_at),
            article.slug,
            ITEM_SEPARATOR.join(tags),
            ITEM_SEPARATOR.join(related),
            "1" if has_later else "",
        )

    def _next(self, tags: Iterable[str], sort_key: SortKey) -> list[str]:
        """The next articles that have one of the tags, the oldest first."""
        found: dict[str, Story] = {}
        for tag in tags:
            at = self._position(tag, sort_key)
            found |= {article.path: article for article in self.by_tag[tag][max(0, at - MAX_RELATED) : at]}
        return sorted(found, key=lambda path: found[path].sort_key, reverse=True)


def _terms_of(article: Story) -> Terms:
    return terms(article.title, article.summary_text, [tag.slug for tag in article.tags])


def _items(text: str) -> list[str]:
    return text.split(ITEM_SEPARATOR) if text else []


class Related(Feature):
    """Has the related articles of each article of a build."""

    def prepare(self, build: BuildContext) -> Iterable[Problem]:
        """Find the related articles, and make their cards a part of what each page depends on."""
        self.related: dict[str, list[Story]] = {}
        for edition in build.editions.values():
            articles = {article.path: article for article in edition.articles}
            for path, entry in _entries(edition, build).items():
                self.related[path] = [articles[other] for other in related_paths(entry)]
                articles[path].displayed_stories.extend(self.related[path])
        return ()

    def article_context(self, story: Story) -> list[Story] | None:
        """The related articles of a story."""
        return self.related.get(story.path)


def _entries(edition: Edition, build: BuildContext) -> Mapping[str, str]:
    """The packed entry of each article of an edition, by path; brings the state up to date."""
    state = build.state
    state.commit()  # the forked workers read through connections of their own
    topic = f"related {edition.lang}"
    previous = state.feature_values(topic)
    slugs = {name: edition.term(Tag, name).slug for name in edition.spellings["tags"]}
    previous_slugs = json.loads(previous.pop(_TAG_SLUGS, "{}"))
    changed_tags = {
        name for name in slugs.keys() | previous_slugs.keys() if slugs.get(name) != previous_slugs.get(name)
    }
    by_tag = {tag.slug: articles for tag, articles in edition.tags.items()}
    finder = RelatedFinder(edition.articles, by_tag, build.settings.get("JOBS"))
    entries = finder.update(previous, changed_tags)
    if entries is not previous:
        new = {path: entry for path, entry in entries.items() if previous.get(path) != entry}
        state.store_feature_values(topic, new, previous.keys() - entries.keys())
    if changed_tags:
        state.store_feature_values(topic, {_TAG_SLUGS: json.dumps(slugs)}, ())
    return entries


feature = Related(__file__)
register = feature.register
