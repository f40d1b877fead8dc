"""Feature: articles on the same subject, beside an article.

Two articles are the more alike the more tags they share, and the more pairs of syllables their
titles and leads (in Vietnamese a word is mostly two syllables; cosine of the sets of pairs). Looked
at are the WINDOW articles before it with each of its tags. So a new article changes nothing beside
older ones, and one that changes is weighed again only against its neighbours. Only the first
articles of a portal, that have too few before them, are joined by the next ones after them.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import pairwise
from typing import Any, NamedTuple

from pelican import signals

from plugins import jobs
from plugins.features import Feature

feature = Feature(__file__)
SHOWN = 3
WINDOW = 20
_WORD = re.compile(r"[^\W_]+")


class Terms(NamedTuple):
    """What likeness is made of: tags by address, and pairs of syllables."""

    tags: frozenset[str]
    pairs: frozenset[str]


class Entry(NamedTuple):
    """What is remembered of an article: where it stood in the lists, what it was like, what was shown beside it."""

    moment: int
    slug: str
    card: str
    tags: tuple[str, ...]
    shown: tuple[str, ...]  # paths
    early: bool  # joined by later articles

    def pack(self) -> str:
        parts = (str(self.moment), self.slug, self.card, "\x1e".join(self.tags), "\x1e".join(self.shown))
        return "\x1f".join((*parts, "1" if self.early else ""))

    @classmethod
    def unpack(cls, text: str) -> Entry:
        moment, slug, card, tags, shown, early = text.split("\x1f")
        return cls(int(moment), slug, card, _items(tags), _items(shown), bool(early))


def terms(title: str, lead: str, tags: Iterable[str]) -> Terms:
    """The terms of an article."""
    pairs = {f"{a} {b}" for text in (title, lead) for a, b in pairwise(_WORD.findall(text.casefold()))}
    return Terms(frozenset(tags), frozenset(pairs))


def likeness(a: Terms, b: Terms) -> float:
    """0 for nothing in common; each shared tag counts 1, the same title and lead 1."""
    pairs = len(a.pairs & b.pairs) / math.sqrt(len(a.pairs) * len(b.pairs)) if a.pairs and b.pairs else 0.0
    return len(a.tags & b.tags) + pairs


class Relations:
    """The relations among the articles of one edition. by_tag: articles by tag's address, newest first."""

    def __init__(self, articles: Iterable[Any], by_tag: Mapping[str, list[Any]], workers: int | None = None) -> None:
        self.workers = workers
        self.articles = {article.path: article for article in articles}
        self.by_tag = by_tag
        self._keys: dict[str, list[tuple]] = {}
        self._terms = cache(lambda path: _terms_of(self.articles[path]))

    def all(self, remembered: Mapping[str, Entry]) -> dict[str, Entry]:
        """Every article's entry; what could not have changed since is taken from `remembered`."""
        changed = self.articles.keys() - remembered.keys()
        for path, entry in remembered.items():
            article = self.articles.get(path)
            # a tag's address may change without the article: another tag may have the same
            if article is None or article.card != entry.card or self._tags(article) != entry.tags:
                changed.add(path)
        if not changed:
            return dict(remembered)
        again = {path for path, entry in remembered.items() if entry.early} | changed
        for path in changed:
            if path in remembered:
                entry = remembered[path]
                again |= self._later(entry.tags, (-entry.moment, entry.slug, path))
            if path in self.articles:
                again |= self._later(self._tags(self.articles[path]), self.articles[path].sort_key)
        kept = {path: entry for path, entry in remembered.items() if path in self.articles and path not in again}
        weighed = jobs.fork(self._weigh, sorted(path for path in again if path in self.articles), "", self.workers)
        return kept | {path: jobs.checked(entry) for path, entry in weighed}

    @staticmethod
    def _tags(article: Any) -> tuple[str, ...]:
        return tuple([tag.slug for tag in article.tags])

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
        tags = self._tags(article)
        older: dict[str, None] = {}
        for tag in tags:
            at = self._at(tag, article.sort_key) + 1
            older |= {other.path: None for other in self.by_tag[tag][at : at + WINDOW]}
        mine = self._terms(path)
        ranked = sorted(older, key=lambda p: (-likeness(mine, self._terms(p)), self.articles[p].sort_key))
        shown = ranked[:SHOWN]
        early = len(shown) < SHOWN
        if early:
            shown += self._next(tags, article.sort_key)[: SHOWN - len(shown)]
        return Entry(article.moment, article.slug, article.card, tags, tuple(shown), early)

    def _next(self, tags: Iterable[str], key: tuple) -> list[str]:
        """Those with one of the tags that come after, the nearest first."""
        near = {a.path: a for tag in tags for a in self.by_tag[tag][max(0, self._at(tag, key) - SHOWN) : self._at(tag, key)]}
        return sorted(near, key=lambda path: near[path].sort_key, reverse=True)


def _terms_of(article: Any) -> Terms:
    return terms(article.title, article.summary_text, [tag.slug for tag in article.tags])


def _items(text: str) -> tuple[str, ...]:
    return tuple(text.split("\x1e")) if text else ()


def _relate(generator: Any) -> None:
    state = generator.context["state"]
    for edition in generator.context["editions"].values():
        state.commit()  # the forked workers read through connections of their own
        name = f"related {edition.lang}"
        before = {path: Entry.unpack(text) for path, text in state.remembered(name).items()}
        by_tag = {tag.slug: articles for tag, articles in edition.tags.items()}
        relations = Relations(edition.articles, by_tag, generator.settings.get("JOBS"))
        entries = relations.all(before)
        state.remember(name, {p: e.pack() for p, e in entries.items() if before.get(p) != e}, before.keys() - entries.keys())
        for path, entry in entries.items():
            article = relations.articles[path]
            article.related = [relations.articles[other] for other in entry.shown]
            article.shows += article.related


def register() -> None:
    """Pelican's hook."""
    signals.article_generator_finalized.connect(_relate)
