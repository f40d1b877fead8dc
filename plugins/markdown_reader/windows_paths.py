r"""Paths as Windows writes them, in the links and pictures of a text: `![Ruộng](..\..\images\ruong.jpg)`.

Markdown takes a backslash for the mark that takes the meaning from the next sign, so they would come out mangled. They
are read as what is meant; a path of somebody's own computer (`C:\Users\…`, `\\server\…`) keeps no colon, so that it is
no address of the web and is told as a file that is not there.
"""

from __future__ import annotations

import re
from pathlib import PureWindowsPath

# What is not read: fenced code, and code in a line. What is: the address of a link, a definition, an element.
_PARTS = re.compile(
    r"^ {0,3}(?P<fence>`{3,}|~{3,})[^\n]*\n.*?(?:^ {0,3}(?P=fence)|\Z)"
    r"|(?<![`\\])(?P<code>`+)(?!`)[^`\n]*(?P=code)(?!`)"
    r"|(?P<start>\]\(\s*<?|^ {0,3}\[[^\]\n]+\]:[ ]*<?|\b(?:src|href)\s*=\s*[\"'])"
    r"(?P<path>(?:[^()\n\"<>]|\([^()\n]*\))+)",
    re.MULTILINE | re.DOTALL,
)
_FILE_ADDRESS = re.compile(r"file:/*(?=[A-Za-z]:[\\/])", re.I)
_POSSIBLE = re.compile(r"\\|\b[A-Za-z]:/")
# Below a folder, on a server, on a disk, or a backslash before a letter or digit, from which it takes no meaning.
_WINDOWS = re.compile(r"\.{1,2}\\|\\\\(?=\w)|[A-Za-z]:[\\/]|(?![A-Za-z][\w+.-]+:).*?\\[^\W_]", re.DOTALL)


def with_slashes(text: str) -> str:
    """Return Markdown with the paths of Windows written as addresses; everything else stays as it is."""
    return _PARTS.sub(_address, text) if _POSSIBLE.search(text) else text


def _address(match: re.Match[str]) -> str:
    """The replacement for a match of _PARTS."""
    path = _FILE_ADDRESS.sub("", match["path"] or "")
    if not _WINDOWS.match(path):
        return match[0]
    drive = PureWindowsPath(path).drive
    rest = path[len(drive) :].replace("\\", "/")
    return match["start"] + drive.replace("\\", "%5C").replace(":", "%3A") + rest


def is_on_a_computer(path: str) -> bool:
    """Whether a path begins with a disk or a server, as only Windows has them. path: with / or with backslashes."""
    return bool(PureWindowsPath(path).drive)
