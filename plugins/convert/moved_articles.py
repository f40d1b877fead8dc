"""Articles that editors have moved, renamed or dated anew: known again by what their headers say of their source."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

LARGEST = 8000  # bytes of an article in which its header is searched
_VALUE = rb":[ \t]*[\"']?([^\r\n]+?)[\"']?[ \t]*\r?$"
_SLUG = re.compile(rb"^slug:[ \t]*[\"']?([a-z0-9-]+)", re.M)
_SOURCE = re.compile(rb"^converted_from" + _VALUE, re.M)
_TITLE = re.compile(rb"^title" + _VALUE, re.M)


class Header(NamedTuple):
    """What tells an article by its header. source: its `converted_from`; all are "" if it has none."""

    slug: str
    source: str
    title: str


class Conversion(NamedTuple):
    """What is known of an article that is not where it was written. place: how the report names its source."""

    place: str
    slug: str
    title: str


def header_of(data: bytes) -> Header:
    """Return the header of an article."""
    found = [pattern.search(data[:LARGEST]) for pattern in (_SLUG, _SOURCE, _TITLE)]
    slug, source, title = (each[1].decode("utf-8", "replace") if each else "" for each in found)
    return Header(slug, source, title.replace('\\"', '"'))


def read_header(path: Path) -> Header:
    """Return the header of a file; its slug is the name of the file, if it has no other."""
    data = b""
    with suppress(OSError), path.open("rb") as stream:
        data = stream.read(LARGEST)
    header = header_of(data)
    return header if header.slug else header._replace(slug=path.name.removesuffix(".md"))


def find(missing: Mapping[str, Conversion], articles: Mapping[str, Header]) -> dict[str, str]:
    """Return where articles are that are not where they were written.

    An article is known by its source and by its slug or title; by its source alone, if no other article and no other
    missing one has that.

    Args:
        missing: by source, what was written.
        articles: by path, articles that no source is known to have made.
    """
    by_name: defaultdict[str, list[str]] = defaultdict(list)
    for path, header in articles.items():
        if header.source:
            by_name[header.source.rsplit("/", 1)[-1]].append(path)
    found: dict[str, str] = {}
    taken: set[str] = set()
    candidates: dict[str, list[str]] = {}
    for source, wanted in missing.items():
        place = wanted.place.replace("\\", "/")
        paths = [
            path for path in by_name[place.rsplit("/", 1)[-1]] if f"/{place}".endswith(f"/{articles[path].source}")
        ]
        same = (path for path in paths if path not in taken and is_same(articles[path], wanted.slug, wanted.title))
        path = next(same, "")
        if path:
            found[source] = path
            taken.add(path)
        else:
            candidates[source] = paths
    free = {source: [path for path in paths if path not in taken] for source, paths in candidates.items()}
    wanted_by = Counter(path for paths in free.values() for path in paths)
    return found | {source: paths[0] for source, paths in free.items() if len(paths) == 1 and wanted_by[paths[0]] == 1}


def is_same(header: Header, slug: str, title: str) -> bool:
    """Return whether a header is that of an article with this slug or title."""
    return header.slug == slug or (bool(title) and header.title == title)
