"""A content file as its proofreader sees it: lines of the header, of text, of code and HTML, with their positions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from plugins.markdown_reader.front_matter import HeaderKeys
from plugins.markdown_reader.header_parser import split_header
from plugins.markdown_reader.header_values import slug_of
from plugins.problems import Edit, Problem

_KEYS = HeaderKeys("article")
HEADER, TEXT, INDENTED, CODE, HTML, BLANK = "header", "text", "indented", "code", "html", "blank"
_LINE = re.compile(r"([^\r\n]*)(\r\n|\r|\n|\Z)")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_HTML_START = re.compile(r" {0,3}<(?:[A-Za-z/]|!--)")
_FIELD = re.compile(r"(?P<key>[^\s\-#][^:=：]*?)\s*[:=：]\s*(?P<value>.*)")
# What is no text to be read: code, tags and addresses, destinations of links, attributes, marks of notes
_NO_WORDS = re.compile(
    r"(`+)[^`]+\1|<[^>]*>|(?<=\])\s?\([^)\s]*(?:\s+\"[^\"]*\")?\)|(?<=\])\[[^\]]*\]|https?://\S+|www\.\S+|[\w.+-]+@[\w.-]+\w"
    r"|\{[#.:][^}]*\}|\[\^[^\]]*\]:?|^\s*\[[^\]]+\]:\s.*"
)
INDENT = re.compile(r"(?:\t| {4,})\s*(?=\S)")  # of code, outside of lists
LIST_MARK = re.compile(r"\s*(?:[-*+•–]|\d{1,9}[.)]|[^\W\d_]{1,3}[.)])\s")
_HOLDS_MORE = re.compile(r"\[\^[^\]]+\]:|:\s")  # a note or the meaning of a term, which goes on in indented lines


class Line(NamedTuple):
    """A line of a file: its number (from 1), the position where it begins, its text, its end, and what it is."""

    number: int
    start: int
    text: str
    end: str
    kind: str

    @property
    def stop(self) -> int:
        """The position after its text."""
        return self.start + len(self.text)


class Field(NamedTuple):
    """A line of the header with a key.

    Attributes:
        line: The line.
        key: The name of the key, or a slug of what is written where that is none.
        value: Its value, without quotation marks.
        column: Where in the line the value begins, from 0.
    """

    line: Line
    key: str
    value: str
    column: int


class _Blocks:
    """Says what each line of a body is, one after another."""

    def __init__(self) -> None:
        self._fence = ""
        self._in_html = self._in_comment = self._in_list = False
        self._before = BLANK  # the kind of the line before

    def kind_of(self, text: str) -> str:
        """Return the kind of the next line."""
        self._before = kind = self._inside(text) or self._beginning(text)
        if kind == TEXT and (LIST_MARK.match(text) or _HOLDS_MORE.match(text)):
            self._in_list = True
        elif kind != BLANK and not text[:1].isspace():
            self._in_list = False
        return kind

    def _inside(self, text: str) -> str:
        """The kind of a line within what has begun above it; "" if it is within nothing."""
        if self._fence:
            if text.strip().startswith(self._fence) and not text.strip().strip(self._fence[0]):
                self._fence = ""
            return CODE
        if self._in_comment:
            self._in_comment = "-->" not in text
            return HTML
        self._in_html = self._in_html and bool(text.strip())
        return HTML if self._in_html else ""

    def _beginning(self, text: str) -> str:
        """The kind of a line that is within nothing."""
        if opening := _FENCE.match(text):
            self._fence = opening[1]
            return CODE
        if not text.strip():
            return BLANK
        if _HTML_START.match(text):
            self._in_html, self._in_comment = True, "-->" not in text.rpartition("<!--")[2] and "<!--" in text
            return HTML
        is_apart = self._before in (BLANK, CODE, INDENTED)
        return INDENTED if is_apart and not self._in_list and INDENT.match(text) else TEXT


class Page:
    """A content file.

    Args:
        text: All of it, without a byte order mark.
        lang: The language of the file.

    Attributes:
        lines: Its lines.
        body: Those below the header.
    """

    def __init__(self, text: str, lang: str) -> None:
        self.text, self.lang = text, lang
        self._body_start = len(split_header(text)[0])
        self.lines = list(self._lines())
        self.body = [line for line in self.lines if line.kind != HEADER]
        self._words: dict[int, str] = {}

    def _lines(self) -> Iterator[Line]:
        blocks = _Blocks()
        for number, match in enumerate(_LINE.finditer(self.text), 1):
            kind = HEADER if match.start() < self._body_start else blocks.kind_of(match[1])
            yield Line(number, match.start(), match[1], match[2], kind)

    def paragraphs(self) -> Iterator[Sequence[Line]]:
        """Yield the lines of text that stand together, without anything else between them."""
        block: list[Line] = []
        for line in self.body:
            if line.kind == TEXT:
                block.append(line)
            elif block:
                yield block
                block = []
        if block:
            yield block

    def neighbours(self, lines: Sequence[Line]) -> tuple[Line | None, Line | None]:
        """Return the lines before and after some that stand together."""
        first, last = lines[0].number - 1, lines[-1].number
        return (self.lines[first - 1] if first else None), (self.lines[last] if last < len(self.lines) else None)

    @cached_property
    def fields(self) -> list[Field]:
        """The lines of the header that have a key and a value."""
        fields = []
        for line in self.lines:
            match = _FIELD.match(line.text) if line.kind == HEADER else None
            if match and match["value"]:
                value = match["value"].strip()
                inner = value[1:-1] if value[:1] in "\"'" and value[-1:] == value[:1] and len(value) > 1 else value
                column = match.start("value") + value.find(inner)
                key = _KEYS.find(match["key"])
                fields.append(Field(line, key.name if key else slug_of(match["key"]), inner, column))
        return fields

    def words(self, line: Line) -> str:
        """Return the text of a line with spaces for what is not to be read; positions stay."""
        if line.number not in self._words:
            self._words[line.number] = without_marks(line.text)
        return self._words[line.number]

    def finding(
        self,
        line: Line,
        code: str,
        message: str,
        level: str = "warning",
        span: tuple[int, int] | None = None,
        edits: Sequence[Edit] = (),
    ) -> Problem:
        """Return a problem of a line. span: the columns that it is about, from 0; by default all of the line."""
        start, end = span or (0, len(line.text))
        return Problem("", line.number, message, level, code, start + 1, end + 1, tuple(edits))


def without_marks(text: str) -> str:
    """Return a text with spaces for what is not to be read, as code, tags and addresses."""
    return _NO_WORDS.sub(lambda mark: " " * len(mark[0]), text)


def shortened(text: str, limit: int = 40) -> str:
    """Return the beginning of a text, for a message."""
    text = " ".join(text.split())
    return text if len(text) <= limit else f"{text[:limit]}…"
