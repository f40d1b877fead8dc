"""Feature: articles on the same subject, beside an article.

Two articles are the more alike the more tags they share, and the more pairs of syllables their
titles and leads (in Vietnamese a word is mostly two syllables; cosine of the sets of pairs). Looked
at are the WINDOW articles before it with each of its tags. So a new article changes nothing beside
older ones, and one that changes is weighed again only against its neighbours. Only the first
articles of a portal, that have too few before them, are joined by the next ones after them.
"""

from __future__ import annotations

import json
import math
import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Set
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

SHOWN = 3
WINDOW = 20
_TAGS = ""  # instead of a path: the addresses of tags by name
_WORD = re.compile(r"[^\W_]+")


class Terms(NamedTuple):
    """What likeness is made of: tags by address, and pairs of syllables."""

    tags: frozenset[str]
    pairs: frozenset[str]


class Entry(NamedTuple):
    """What is remembered of an article: what it was like, where it stood in the lists, what was shown beside it.

    Of ten thousand articles nearly all are as they were, so an entry is kept, and mostly left, as text.
    """

    card: str
    moment: str
    slug: str
    tags: str  # addresses
    shown: str  # paths
    early: str  # "1": joined by later articles

    def pack(self) -> str:
        return FIELD_SEPARATOR.join(self)

    @classmethod
    def unpack(cls, text: str) -> Entry:
        return cls._make(text.split(FIELD_SEPARATOR))

    def key(self, path: str) -> tuple:
        """Its sort key."""
        return -int(self.moment), self.slug, path


def shown_in(entry: str) -> list[str]:
    """Paths of what a packed entry says was shown."""
    return _items(entry.rsplit(FIELD_SEPARATOR, 2)[1])


def terms(title: str, lead: str, tags: Iterable[str]) -> Terms:
    """The terms of an article."""
    pairs = {f"{a} {b}" for text in (title, lead) for a, b in pairwise(_WORD.findall(text.casefold()))}
    return Terms(frozenset(tags), frozenset(pairs))


def likeness(a: Terms, b: Terms) -> float:
    """0 for nothing in common; each shared tag counts 1, the same title and lead 1."""
    shared = len(a.pairs & b.pairs)
    return len(a.tags & b.tags) + (shared / math.sqrt(len(a.pairs) * len(b.pairs)) if shared else 0.0)


class Relations:
    """The relations among the articles of one edition. by_tag: articles by tag's address, newest first."""

    def __init__(
        self, articles: Iterable[Story], by_tag: Mapping[str, list[Story]], workers: int | None = None
    ) -> None:
        self.workers = workers
        self.articles = {article.path: article for article in articles}
        self.by_tag = by_tag
        self._keys: dict[str, list[tuple]] = {}
        self._terms = cache(lambda path: _terms_of(self.articles[path]))

    def all(self, remembered: Mapping[str, str], moved: Set[str] = frozenset()) -> Mapping[str, str]:
        """Every article's packed entry; what could not have changed since is taken from `remembered`.

        moved: names of tags that had another address, or none, when that was made.
        """
        known = remembered.get
        changed = {
            path for path, article in self.articles.items() if not known(path, "").startswith(article.card_digest)
        }
        changed |= remembered.keys() - self.articles.keys()
        if moved:
            changed |= {path for path, article in self.articles.items() if not moved.isdisjoint(article.tag_names)}
        if not changed:
            return remembered
        again = {path for path, entry in remembered.items() if entry.endswith("1")} | changed
        for path in changed:
            if path in remembered:
                entry = Entry.unpack(remembered[path])
                again |= self._later(_items(entry.tags), entry.key(path))
            if path in self.articles:
                article = self.articles[path]
                again |= self._later([tag.slug for tag in article.tags], article.sort_key)
        kept = {path: entry for path, entry in remembered.items() if path in self.articles and path not in again}
        weighed = jobs.run_forked(
            self._weigh, sorted(path for path in again if path in self.articles), "", self.workers
        )
        return kept | {path: jobs.unwrap(entry).pack() for path, entry in weighed}

    def _at(self, tag: str, key: tuple) -> int:
        """Where an article with this sort key stands, or would stand, among those with a tag."""
        if tag not in self._keys:
            self._keys[tag] = [article.sort_key for article in self.by_tag.get(tag, ())]
        return bisect_left(self._keys[tag], key)

    def _later(self, tags: Iterable[str], key: tuple) -> set[str]:
        """Those whose window reaches back to this place."""
        found = set()
        for tag in tags:
            at = self._at(tag, key)
            found |= {article.path for article in self.by_tag.get(tag, ())[max(0, at - WINDOW) : at]}
        return found

    def _weigh(self, path: str) -> Entry:
        article = self.articles[path]
        tags = [tag.slug for tag in article.tags]
        older: dict[str, None] = {}
        for tag in tags:
            at = self._at(tag, article.sort_key) + 1
            older |= {other.path: None for other in self.by_tag[tag][at : at + WINDOW]}
        mine = self._terms(path)
        weighed = [(-likeness(mine, self._terms(p)), self.articles[p].sort_key, p) for p in older]
        shown = [p for *_, p in nsmallest(SHOWN, weighed)]
        early = len(shown) < SHOWN
        if early:
            shown += self._next(tags, article.sort_key)[: SHOWN - len(shown)]
        early_mark = "1" if early else ""
        return Entry(
            article.card_digest,
            str(article.published_at),
            article.slug,
            ITEM_SEPARATOR.join(tags),
            ITEM_SEPARATOR.join(shown),
            early_mark,
        )

    def _next(self, tags: Iterable[str], key: tuple) -> list[str]:
        """Those with one of the tags that come after, the nearest first."""
        near = {
            a.path: a for tag in tags for a in self.by_tag[tag][max(0, self._at(tag, key) - SHOWN) : self._at(tag, key)]
        }
        return sorted(near, key=lambda path: near[path].sort_key, reverse=True)


def _terms_of(article: Story) -> Terms:
    return terms(article.title, article.summary_text, [tag.slug for tag in article.tags])


def _items(text: str) -> list[str]:
    return text.split(ITEM_SEPARATOR) if text else []


class Related(Feature):
    """Knows what is shown beside each article of a build."""

    def prepare(self, build: BuildContext) -> Iterable[Problem]:
        """Find it, and have it be part of what a page is made from."""
        self.beside: dict[str, list[Story]] = {}
        for edition in build.editions.values():
            articles = {article.path: article for article in edition.articles}
            for path, entry in _entries(edition, build).items():
                self.beside[path] = [articles[other] for other in shown_in(entry)]
                articles[path].displayed_stories.extend(self.beside[path])
        return ()

    def article_context(self, story: Story) -> list[Story] | None:
        """The articles on the same subject."""
        return self.beside.get(story.path)


def _entries(edition: Edition, build: BuildContext) -> Mapping[str, str]:
    """The packed entry of each article of an edition, by path."""
    state = build.state
    state.commit()  # the forked workers read through connections of their own
    name = f"related {edition.lang}"
    before = state.feature_values(name)
    tags = {tag: edition.term(Tag, tag).slug for tag in edition.spellings["tags"]}
    tags_before = json.loads(before.pop(_TAGS, "{}"))
    moved = {tag for tag in tags.keys() | tags_before.keys() if tags.get(tag) != tags_before.get(tag)}
    by_tag = {tag.slug: articles for tag, articles in edition.tags.items()}
    relations = Relations(edition.articles, by_tag, build.settings.get("JOBS"))
    entries = relations.all(before, moved)
    if entries is not before:
        new = {path: entry for path, entry in entries.items() if before.get(path) != entry}
        state.store_feature_values(name, new, before.keys() - entries.keys())
    if moved:
        state.store_feature_values(name, {_TAGS: json.dumps(tags)}, ())
    return entries


feature = Related(__file__)
register = feature.register
