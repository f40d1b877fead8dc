"""In which line of a TOML file something stands: for messages, since tomllib does not say.

The file has been parsed by tomllib, so it is valid, and only the marks that separate things need to be told apart:
strings, comments, brackets, the dots and equals signs of keys, and the heads of tables.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from typing import NamedTuple

Path = tuple[str | int, ...]
_TOKEN = re.compile(
    r"""
    (?P<string> \"{3} (?:[^\\]|\\.)*? \"{3,5} | '{3} .*? '{3,5} | "(?:[^"\\\n]|\\.)*" | '[^'\n]*' )
    | (?P<skipped> \#[^\n]* | [ \t\r]+ )
    | (?P<mark> \n | [\[\]{},.=] )
    | (?P<bare> [A-Za-z0-9_:+-]+ )  # a bare key, a number without a dot, true, a part of a date
    """,
    re.S | re.X,
)


class _Token(NamedTuple):
    kind: str
    text: str
    line: int


def lines_of(text: str) -> dict[Path, int]:
    """Return the line of each table, key and item of a valid TOML file by its path, counted from 1.

    Args:
        text: The file.

    Returns:
        Lines by paths such as ("agency", "vi", "phone") and ("sections", 0, "slug"). Of a table that is named several
        times, the first line counts.
    """
    return _Scanner(text.replace("\r\n", "\n")).scan()


def line_of(lines: dict[Path, int], path: Sequence[str | int]) -> int:
    """Return the line of a path, or else of the nearest thing that contains it; 0 for the whole file."""
    return next((lines[tuple(path[:end])] for end in range(len(path), 0, -1) if tuple(path[:end]) in lines), 0)


class _Scanner:
    """Reads the tokens of a file, and notes where keys and items begin."""

    def __init__(self, text: str) -> None:
        self.tokens = list(_tokens(text))
        self.at = 0
        self.lines: dict[Path, int] = {}
        self.counts: dict[Path, int] = {}  # of the items of arrays of tables

    def scan(self) -> dict[Path, int]:
        table: Path = ()
        while self._skip_lines():
            if self._peek() == "[":
                table = self._read_head()
            else:
                self._read_pair(table)
        return self.lines

    def _read_head(self) -> Path:
        """Read [a.b] or [[a.b]]; return the path of the table."""
        is_array = self._peek(1) == "["
        self.at += 1 + is_array
        line = self.tokens[self.at].line
        path = self._read_key((), line)
        self.at += 1 + is_array
        if is_array:
            self.counts[path] = self.counts.get(path, -1) + 1
            path = (*path, self.counts[path])
            self.lines[path] = line
        return path

    def _read_key(self, table: Path, line: int) -> Path:
        """Read a.b.c; return its path, with the last item of each array of tables on the way."""
        path = table
        while True:
            path = (*self._in_last_item(path), _unquoted(self.tokens[self.at]))
            self.lines.setdefault(path, line)
            self.at += 1
            if self._peek() != ".":
                return path
            self.at += 1

    def _in_last_item(self, path: Path) -> Path:
        return (*path, self.counts[path]) if path in self.counts else path

    def _read_pair(self, table: Path) -> None:
        path = self._read_key(table, self.tokens[self.at].line)
        self.at += 1  # the equals sign
        self._read_value(path)

    def _read_value(self, path: Path) -> None:
        mark = self._peek()
        if mark == "[":
            self.at += 1
            self._read_items(path)
        elif mark == "{":
            self.at += 1
            self._read_inline_table(path)
        else:  # a text, a number or a date, which may have dots and a blank
            while self.at < len(self.tokens) and self._peek() not in ("\n", ",", "]", "}"):
                self.at += 1

    def _read_items(self, path: Path) -> None:
        number = 0
        while self._skip_lines() and self._peek() != "]":
            if self._peek() == ",":
                self.at += 1
                continue
            self.lines[*path, number] = self.tokens[self.at].line
            self._read_value((*path, number))
            number += 1
        self.at += 1

    def _read_inline_table(self, path: Path) -> None:
        while self._skip_lines() and self._peek() != "}":
            if self._peek() == ",":
                self.at += 1
            else:
                self._read_pair(path)
        self.at += 1

    def _skip_lines(self) -> bool:
        """Skip the ends of lines; return whether anything follows."""
        while self._peek() == "\n":
            self.at += 1
        return self.at < len(self.tokens)

    def _peek(self, ahead: int = 0) -> str:
        """Return the mark at the present place, or a later one; "" for anything else."""
        place = self.at + ahead
        token = self.tokens[place] if place < len(self.tokens) else None
        return token.text if token and token.kind == "mark" else ""


def _tokens(text: str) -> Iterator[_Token]:
    line = 1
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or ""
        if kind != "skipped":
            yield _Token(kind, match[0], line)
        line += match[0].count("\n")


def _unquoted(token: _Token) -> str:
    """Return what a key says."""
    if token.kind != "string":
        return token.text
    text: str = tomllib.loads(f"a = {token.text}")["a"]
    return text
