"""Reads the `_headers` file of a build, which tells static hosts the headers of each address.

A line with an address pattern (`*` matches anything) is followed by indented `Name: value` lines. Where several
patterns match, all their headers are sent.
"""

from __future__ import annotations

from fnmatch import fnmatchcase
from pathlib import Path

HeaderRules = list[tuple[str, list[tuple[str, str]]]]  # patterns, each with its headers


def read_rules(path: Path) -> HeaderRules:
    """The rules of a file, in its order; none if there is no file."""
    rules: HeaderRules = []
    for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else ():
        if line.startswith(" ") and rules:
            name, _, value = line.strip().partition(": ")
            rules[-1][1].append((name, value))
        elif line.strip():
            rules.append((line.strip(), []))
    return rules


def headers_for(rules: HeaderRules, address: str) -> list[tuple[str, str]]:
    """The headers of an address, which begins with a slash."""
    return [header for pattern, headers in rules if fnmatchcase(address, pattern) for header in headers]
