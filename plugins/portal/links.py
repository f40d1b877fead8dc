"""Links inside the portal: from one article to another, and to documents.

The reader leaves `{filename}/path` for a Markdown file and `{static}/path` for a document, both
relative to the content folder. Here they become addresses. A link to what is not published is a
problem, and only documents that something published links to are published themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import unescape
from urllib.parse import quote

from pelican.contents import Content

from plugins.checks import Problem, short
from plugins.i18n import say

_MARK = re.compile(r'(?<= href=")\{(filename|static)\}/([^"?#]*)')


def resolve(contents: Iterable[Content]) -> Iterator[Problem]:
    """Put the addresses into the bodies of published contents."""
    contents = list(contents)
    addresses = {content.relative_source_path: content.url for content in contents}
    for content in contents:
        missing: list[str] = []

        def address(mark: re.Match[str], missing: list[str] = missing) -> str:
            path = unescape(mark[2])
            if mark[1] == "static":
                return "/" + quote(path)
            if path not in addresses:
                missing.append(path)
            return "/" + addresses.get(path, "")

        content._content = _MARK.sub(address, content._content)
        for path in missing:
            text = say("the link leads to {target}, which is a draft or not yet published", target=path)
            yield Problem(short(content.source_path), _line(content.source_path, path), text)


def documents(contents: Iterable[Content]) -> set[str]:
    """The documents that contents link to, as paths in the content folder. Before `resolve`."""
    return {unescape(m[2]) for content in contents for m in _MARK.finditer(content._content) if m[1] == "static"}


def _line(source: str, path: str) -> int:
    name = path.rpartition("/")[2]
    with open(source, encoding="utf-8", errors="replace") as lines:
        return next((number for number, line in enumerate(lines, start=1) if name in line), 0)
