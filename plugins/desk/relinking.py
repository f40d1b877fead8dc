"""Paths in a content file when that file, or one that it names, moves: relative ones are written anew."""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Callable
from urllib.parse import quote, unquote

# The destination of a link or picture, of a definition of links, and a value of the header that is a path
_DESTINATION = re.compile(
    r"(?<=\]\()\s*(?:<(?P<angled>[^<>\n]+)>|(?P<plain>[^\s()<>]+))"
    r"|(?<=\]:)[ \t]+(?:<(?P<angled_definition>[^<>\n]+)>|(?P<definition>[^\s<>]+))"
    r"|^(?P<key>[A-Za-z_]+:[ \t]+[\"']?)(?P<value>[^\s\"']+\.\w{2,5})(?=[\"']?[ \t]*$)",
    re.M,
)
_ELSEWHERE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|/|#|\Z")  # an address of the web, of the portal, of this page


def rewritten(text: str, change: Callable[[str], str]) -> str:
    """Return a text with other relative paths. change: returns the new path of one, without its fragment."""

    def write(match: re.Match[str]) -> str:
        name = next(name for name, value in match.groupdict().items() if value and name != "key")
        path, mark, fragment = match[name].partition("#")
        if _ELSEWHERE.match(path):
            return match[0]
        written = unquote(path).replace("\\", "/")
        new = change(written)
        if new == written:
            return match[0]
        is_bare = name in ("plain", "definition")
        start, end = match.span(name)
        whole = quote(new, safe="/.-_~()") if is_bare and re.search(r"[\s()<>]", new) else new
        return f"{match[0][: start - match.start()]}{whole}{mark}{fragment}{match[0][end - match.start() :]}"

    return _DESTINATION.sub(write, text)


def moved_itself(text: str, old: str, new: str, exists: Callable[[str], bool]) -> str:
    """Return the text of a file that moves, whose relative paths lead where they led.

    Args:
        text: The file.
        old: Its path before, relative to the content folder.
        new: Its path after.
        exists: Whether there is a file at a path relative to the content folder.
    """
    before, after = posixpath.dirname(old), posixpath.dirname(new)
    if before == after:
        return text

    def change(path: str) -> str:
        target = posixpath.normpath(posixpath.join(before, path))
        return posixpath.relpath(new if target == old else target, after) if exists(target) else path

    return rewritten(text, change)


def named_other(text: str, path: str, old: str, new: str) -> str:
    """Return the text of the file at `path`, whose links to `old` lead to `new`; all relative to the content folder."""
    folder = posixpath.dirname(path)

    def change(written: str) -> str:
        target = posixpath.normpath(posixpath.join(folder, written))
        return posixpath.relpath(new, folder) if target == old else written

    return rewritten(text, change)


def may_name(data: bytes, path: str) -> bool:
    """Whether the bytes of a file may have a link to a path, so that it is worth to be read."""
    name = os.path.basename(path)
    return name.encode() in data or quote(name).encode() in data
