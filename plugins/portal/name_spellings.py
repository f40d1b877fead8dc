"""Spellings of names: when two names of a category, tag or author are the same, and what their slug is.

In Vietnamese, diacritics make the name: Lê Dũng and Lê Dung are two people. Two spellings are one name only if they
differ in letter case, dashes, spaces, or in what is right either way: the letter that carries the tone (hoá, hóa), i or
y as the only vowel (kĩ thuật, kỹ thuật).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache
from hashlib import blake2b
from itertools import product

from plugins.markdown_reader.header_values import slug_of
from plugins.unicode_text import normalize
from plugins.unicode_text.syllables import one_spelling, spellings_without_marks, tones_last

MAX_VARIED = 5  # syllables of a name with several spellings; no name has more
_DASHES = re.compile(r"\s*[-\u2010-\u2015]\s*")


@cache
def canonical(name: str) -> str:
    """Return one form for all spellings of a name."""
    return _by_word(name, one_spelling)


def _by_word(name: str, form: Callable[[str], str]) -> str:
    return " ".join(map(form, _DASHES.sub(" - ", normalize(name).casefold()).split()))


def slugs(names: Iterable[str]) -> dict[str, str]:
    """Return the slug of each name, which all spellings of one name share: that of the first one.

    If two names have the same slug (Lê Dũng, Lê Dung), the first one keeps it, and the other gets a suffix made from
    the name itself, so that it never changes.

    Args:
        names: The names, oldest first.
    """
    owner: dict[str, str] = {}
    slug_of_form: dict[str, str] = {}
    result = {}
    for name in names:
        form, slug = canonical(name), slug_of(name)
        if form not in slug_of_form:
            if owner.setdefault(slug, form) != form:
                slug = f"{slug}-{blake2b(_by_word(name, tones_last).encode(), digest_size=2).hexdigest()}"
            slug_of_form[form] = slug
        result[name] = slug_of_form[form]
    return result


@cache
def spelled_slugs(name: str) -> frozenset[str]:
    """Return the slugs that the right spellings of a name make: ky-thuat and ki-thuat."""
    syllables = [spellings_without_marks(syllable) for syllable in slug_of(name).split("-")]
    if sum(len(spellings) > 1 for spellings in syllables) > MAX_VARIED:
        return frozenset()
    return frozenset(map("-".join, product(*syllables)))
