"""Feature: articles on the same subject, beside an article.

Likeness is the cosine of two articles' weighted terms: their tags, and the pairs of syllables in
title and lead (in Vietnamese a word is mostly two syllables), each weighted by its rarity
(tf-idf; Manning, Raghavan, Schütze: Introduction to Information Retrieval, ch. 6).
"""

from __future__ import annotations

import itertools
import math
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from pelican import signals

from plugins.features import Feature

feature = Feature(__file__)
SHOWN = 3
TAG_WEIGHT = 3.0
_WORD = re.compile(r"[^\W_]+")


def terms(title: str, lead: str, tags: Sequence[str]) -> Counter[str]:
    """The terms of an article with their counts; a tag counts TAG_WEIGHT times."""
    found: Counter[str] = Counter()
    for text in (title, lead):
        words = _WORD.findall(text.casefold())
        found.update(f"{a} {b}" for a, b in itertools.pairwise(words))
    for tag in tags:
        found[f"#{tag}"] += TAG_WEIGHT
    return found


def most_alike(articles: Mapping[str, Counter[str]], shown: int = SHOWN) -> dict[str, list[str]]:
    """For each article the names of those most like it, best first; equal ones in order of name."""
    frequency = Counter(term for counts in articles.values() for term in counts)
    common = max(10, len(articles) // 5)  # what so many articles have tells nothing and costs most
    vectors: dict[str, dict[str, float]] = {}
    holders: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for name, counts in articles.items():
        weights = {
            term: count * math.log(len(articles) / frequency[term])
            for term, count in counts.items()
            if 1 < frequency[term] <= common
        }
        length = math.sqrt(sum(w * w for w in weights.values())) or 1.0
        vectors[name] = {term: weight / length for term, weight in weights.items()}
        for term, weight in vectors[name].items():
            holders[term].append((name, weight))
    return {name: _best(name, vector, holders, shown) for name, vector in vectors.items()}


def _best(name: str, vector: Mapping[str, float], holders: Mapping[str, list], shown: int) -> list[str]:
    likeness: dict[str, float] = defaultdict(float)
    for term, weight in vector.items():
        for other, theirs in holders[term]:
            likeness[other] += weight * theirs
    likeness.pop(name, None)
    return sorted(likeness, key=lambda other: (-round(likeness[other], 9), other))[:shown]


def _relate(generator: Any) -> None:
    for edition in generator.context["editions"].values():
        by_slug = {article.slug: article for article in edition.articles}
        counts = {
            a.slug: terms(a.title, a.summary_text, [tag.slug for tag in a.tags]) for a in by_slug.values()
        }
        for slug, names in most_alike(counts).items():
            by_slug[slug].related = [by_slug[name] for name in names]


def register() -> None:
    """Pelican's hook."""
    signals.article_generator_finalized.connect(_relate)
