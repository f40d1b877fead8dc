"""Spellings of names: when two names of a category, tag or author are the same, and what their slug is.

In Vietnamese, diacritics make the name: Lê Dũng and Lê Dung are two people. Two spellings are one name only if they
differ in letter case, dashes, spaces, or in the letter that carries the tone (hoá, hóa).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from hashlib import blake2b

from plugins.markdown_reader.header_values import slug_of

_TONES = "\u0300\u0301\u0303\u0309\u0323"  # grave, acute, tilde, hook above, dot below
_DASHES = re.compile(r"\s*[-\u2010-\u2015]\s*")


@cache
def canonical(name: str) -> str:
    """Return one form for all spellings of a name."""
    words = _DASHES.sub(" - ", unicodedata.normalize("NFC", name).casefold()).split()
    return unicodedata.normalize("NFC", " ".join(_tones_last(word) for word in words))


def _tones_last(word: str) -> str:
    letters = unicodedata.normalize("NFD", word)
    return "".join(c for c in letters if c not in _TONES) + "".join(c for c in letters if c in _TONES)


def slugs(names: Iterable[str]) -> dict[str, str]:
    """Return the slug of each name, which all spellings of one name share.

    If two names have the same slug (Lê Dũng, Lê Dung), the first one keeps it, and the other gets a suffix made from
    the name itself, so that it never changes.

    Args:
        names: The names, oldest first.
    """
    owner: dict[str, str] = {}
    result = {}
    for name in names:
        form, slug = canonical(name), slug_of(name)
        if owner.setdefault(slug, form) != form:
            slug = f"{slug}-{blake2b(form.encode(), digest_size=2).hexdigest()}"
        result[name] = slug
    return result
