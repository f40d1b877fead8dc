"""Links inside the portal: from one article to another, and to documents.

The reader leaves `{filename}/path` for a Markdown file and `{static}/path` for a document, both
relative to the content folder. Here they become addresses. Where the target is not published (yet),
only the words remain, and the editor is told; and only documents that something published links to
are published themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import unescape
from urllib.parse import quote

from pelican.contents import Content

from plugins.checks import Problem, short
from plugins.i18n import say

_LINK = re.compile(r'<a(?P<before>[^>]*) href="\{(?P<kind>filename|static)\}/(?P<path>[^"?#]*)(?P<after>[^>]*)>(?P<words>.*?)</a>', re.S)


def resolve(contents: Iterable[Content]) -> Iterator[Problem]:
    """Put the addresses into the bodies of published contents."""
    contents = list(contents)
    addresses = {content.relative_source_path: content.url for content in contents}
    for content in contents:
        missing: list[str] = []

        def one(link: re.Match[str], missing: list[str] = missing) -> str:
            path = unescape(link["path"])
            if link["kind"] == "filename" and path not in addresses:
                missing.append(path)
                return link["words"]
            address = addresses[path] if link["kind"] == "filename" else quote(path)
            return f'<a{link["before"]} href="/{address}{link["after"]}>{link["words"]}</a>'

        content._content = _LINK.sub(one, content._content)
        for path in missing:
            text = say("the link to {target} is left out: that article is a draft or not yet published", target=path)
            yield Problem(short(content.source_path), _line(content.source_path, path), text, "warning")


def documents(contents: Iterable[Content]) -> set[str]:
    """The documents that contents link to, as paths in the content folder. Before `resolve`."""
    return {unescape(m["path"]) for c in contents for m in _LINK.finditer(c._content) if m["kind"] == "static"}


def _line(source: str, path: str) -> int:
    name = path.rpartition("/")[2]
    with open(source, encoding="utf-8", errors="replace") as lines:
        return next((number for number, line in enumerate(lines, start=1) if name in line), 0)
