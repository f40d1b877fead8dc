"""Finds the line of a header that a problem is about. Only files with problems are read for it."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import takewhile

from plugins.features import Key
from plugins.unicode_text import normalize

from .header_values import slug_of


def line_of(path: str, keys: Iterable[Key], key: str, value: str = "") -> int:
    """Return the number of the line that has a key, or one of its values, from 1; 1 if there is no such line.

    Args:
        path: The file.
        keys: The keys that it may have.
        key: The name of the key. An editor may have written it in another spelling.
        value: What one of the lines from the key on has; "" for the line of the key itself.
    """
    spellings = {slug_of(s) for each in keys if each.name == key for s in each.spellings}
    with open(path, encoding="utf-8-sig", errors="replace") as stream:
        lines = stream.read().splitlines()
    header = list(takewhile(lambda line: line.strip() not in ("---", "..."), lines[1:]))
    start = next((n for n, line in enumerate(header) if slug_of(line.partition(":")[0]) in spellings), None)
    if start is None:
        return 1
    for n in range(start, len(header)):
        if n > start and not header[n].startswith((" ", "-", "\t")):
            break
        if value and value in normalize(header[n]):
            return n + 2
    return start + 2
