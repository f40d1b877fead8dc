"""The `_headers` file of a build: which header goes with which address.

The format is that of static hosts: a line with an address pattern (`*` stands for anything), then
indented `Name: value` lines. Where several patterns match, all their headers are sent.
"""

from __future__ import annotations

from fnmatch import fnmatchcase
from pathlib import Path

Rules = list[tuple[str, list[tuple[str, str]]]]


def read(path: Path) -> Rules:
    """Patterns with their headers, in the file's order; nothing where there is no file."""
    rules: Rules = []
    for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else ():
        if line.startswith(" ") and rules:
            name, _, value = line.strip().partition(": ")
            rules[-1][1].append((name, value))
        elif line.strip():
            rules.append((line.strip(), []))
    return rules


def headers_for(rules: Rules, address: str) -> list[tuple[str, str]]:
    """The headers of one address."""
    return [header for pattern, headers in rules if fnmatchcase(address, pattern) for header in headers]
