"""Python-Markdown extension: marks as people know them from GitHub, phones and other editors.

Text between `~~` is struck through, `*` between digits and in codes of phones stays (3*4*5, *100*mã#), a backslash ends
a line and takes the meaning from any sign (as in CommonMark), `#` without a space is a hashtag and no heading, or part
of a heading's text (C#), and Markdown works within containers after an empty line, in `<details>` after its summary.
"""

from __future__ import annotations

import re
import string
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.blockprocessors import HashHeaderProcessor, SetextHeaderProcessor
from markdown.extensions import Extension
from markdown.extensions.attr_list import AttrListTreeprocessor
from markdown.inlinepatterns import (
    SimpleTagInlineProcessor,
    SimpleTextInlineProcessor,
    SubstituteTagInlineProcessor,
)
from markdown.preprocessors import Preprocessor

from plugins.unicode_text import is_plain

from .blank_lines import LIST_OR_QUOTATION
from .typed_tables import TypedTables

_STRIKETHROUGH = r"(?<!~)(~~)(?=[^\s~])(.+?)(?<=[^\s~])~~(?!~)"
_BREAK = r"\\\n"
_TIMES = r"(?<=\d)\*(?=\d)|(?<![\w*])\*\d{1,4}\*(?=[\w<{\x02])"
_HEADING = re.compile(r"(?:^|\n) {0,3}(?P<level>#{1,6})(?=[ \t]|\n|$)(?P<header>[^\n]*?)(?:[ \t]+#+)?[ \t]*(?:\n|$)")
# What may contain blocks of Markdown; what has rows or items of its own (table, ul) may not.
_CONTAINER = re.compile(
    r"( {0,3}<(details|div|section|article|aside|blockquote|center|figure|main|header|footer)\b"
    r"(?![^>\n]*\bmarkdown\b)[^>\n]*)>",
    re.I,
)
_SUMMARY = "</summary>"
_ATTRIBUTE = r"(?:[#.][\w:.-]+|[\w:-]+=(?:\"[^\"\n]*\"|'[^'\n]*'|[^\s}\"']+))"
_FENCE_LINE = re.compile(r"^ {0,3}(?:```|~~~)", re.M)
_CURLY_TITLE = re.compile(r"(\](?:\([^()\s“”]+\s+|:[ ]+[^\s“”]+[ ]+))[“”„]([^“”\"\n]*)[“”](?=\s*\)|[ ]*$)", re.M)
_CURLY_TAG = re.compile(r"<[A-Za-z][^<>\n]*=[“”][^<>\n]*>")
_CURLY_ATTRIBUTE = re.compile(r"=[“”]([^“”\"\n]*)[“”]")
# No-break and other spaces, which Word and phones write for the space of the keyboard.
_OTHER_SPACES = re.compile(r"[^\S\n \t]")
_EMPTY_LINE = re.compile(r"^[^\S\n]+$", re.M)
_LINE_START = re.compile(r"^([^\S\n]*)([-*+•–—]|\d{1,9}[.)]|#{1,6}|>)([^\S\n]+)", re.M)
_LINE_END = re.compile(r"[^\S\n]*[^\S\n \t][^\S\n]*$", re.M)
_INDENT = re.compile(r"^[ \t]*[^\S\n \t][^\S\n]*", re.M)


def plain_blanks(text: str) -> str:
    """Return a text with plain spaces where other ones would hide its structure.

    Those are lines with nothing else, which part paragraphs, and the spaces before and after the mark of a list, a
    heading or a quotation. A line that begins or ends with other spaces, as in Word, is without them.
    """
    if is_plain(text):
        return text
    text = _EMPTY_LINE.sub("", text)
    text = _LINE_START.sub(lambda start: _OTHER_SPACES.sub(" ", start[0]), text)
    return _LINE_END.sub("", _INDENT.sub("", text))


def straight_quotes(text: str) -> str:
    """Return a text with straight quotation marks where Markdown and HTML need them: around titles and attributes.

    Word and phones write curly ones, which would be a part of the address.
    """
    if "“" not in text and "”" not in text:
        return text
    if "]" in text:
        text = _CURLY_TITLE.sub(lambda title: title[0] if _is_in_code(title) else f'{title[1]}"{title[2]}"', text)
    if "<" in text and _CURLY_ATTRIBUTE.search(text):
        text = _CURLY_TAG.sub(lambda tag: tag[0] if _is_in_code(tag) else _CURLY_ATTRIBUTE.sub(r'="\1"', tag[0]), text)
    return text


def _is_in_code(match: re.Match[str]) -> bool:
    """Whether an odd number of fences stands before a match, or of backticks in its line."""
    start = match.start()
    if len(_FENCE_LINE.findall(match.string, 0, start)) % 2:
        return True
    return match.string.count("`", match.string.rfind("\n", 0, start) + 1, start) % 2 == 1


class TypedMarksExtension(Extension):
    """Registers all of it.

    Attributes:
        long_rows: The table rows of the last text that have more cells than the head.
        odd_rows: Lines within its tables that seem to go on a cell of the row above.
    """

    def __init__(self) -> None:
        super().__init__()
        self.long_rows: list[str] = []
        self.odd_rows: list[str] = []

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  # the name of Markdown's hook
        md.registerExtension(self)
        md.inlinePatterns.register(SimpleTagInlineProcessor(_STRIKETHROUGH, "del"), "strikethrough", 65)
        md.inlinePatterns.register(SubstituteTagInlineProcessor(_BREAK, "br"), "backslash_break", 185)
        md.inlinePatterns.register(SimpleTextInlineProcessor(f"({_TIMES})"), "times", 66)
        md.treeprocessors.register(_Attributes(md), "attr_list", 8)
        md.preprocessors.register(_ContainerPreprocessor(md), "containers", 22)
        md.parser.blockprocessors.register(_SpacedHeadings(md.parser), "hashheader", 70)
        md.parser.blockprocessors.register(_UnderlinedHeadings(md.parser), "setextheader", 60)
        md.ESCAPED_CHARS = [
            *string.punctuation.replace("&", "")
        ]  # https://spec.commonmark.org/0.31.2/#backslash-escapes
        md.parser.blockprocessors.register(TypedTables(md.parser, self), "table", 75)

    def reset(self) -> None:
        """Forget the rows of the last text."""
        self.long_rows.clear()
        self.odd_rows.clear()


class _Attributes(AttrListTreeprocessor):
    """Takes for attributes only ids, classes and names with values; other words in braces are text."""

    BASE_RE = rf"\{{:?[ ]*((?:{_ATTRIBUTE}[ ]*)+)\}}"  # type: ignore[misc]  # declared final
    HEADER_RE = re.compile(rf"[ ]+{BASE_RE}[ ]*$")  # type: ignore[misc]  # declared final
    BLOCK_RE = re.compile(rf"\n[ ]*{BASE_RE}[ ]*$")  # type: ignore[misc]  # declared final
    INLINE_RE = re.compile(rf"^{BASE_RE}")  # type: ignore[misc]  # declared final


class _SpacedHeadings(HashHeaderProcessor):
    RE = _HEADING


class _UnderlinedHeadings(SetextHeaderProcessor):
    """Takes no item of a list and no quotation for a heading."""

    def test(self, parent: Element, block: str) -> bool:
        return not LIST_OR_QUOTATION.match(block) and super().test(parent, block)


class _ContainerPreprocessor(Preprocessor):
    """Lets the Markdown of a container be read if an empty line follows its start tag before its end tag."""

    def run(self, lines: list[str]) -> list[str]:
        if not any("<" in line for line in lines):
            return lines
        result = list(lines)
        for number, line in enumerate(lines):
            match = _CONTAINER.match(line)
            if match and (_has_markdown(lines, number, match[2]) or _has_text(lines, number, match[2])):
                result[number] = f'{match[1]} markdown="1">{line[match.end() :]}'
        return result


def _has_markdown(lines: list[str], start: int, element: str) -> bool:
    """Whether an empty line comes before the end tag of a container."""
    end = f"</{element.lower()}"
    has_empty_line = False
    for line in lines[start:]:
        if end in line.lower():
            return has_empty_line
        has_empty_line = has_empty_line or not line.strip()
    return False


def _has_text(lines: list[str], start: int, element: str) -> bool:
    """Whether text follows the line of a summary, as GitHub and Notion write it."""
    if element.lower() != "details" or start + 1 >= len(lines):
        return False
    summary = next((number for number in range(start, min(start + 3, len(lines) - 1)) if _SUMMARY in lines[number]), -1)
    return summary >= 0 and not lines[summary + 1].lstrip().startswith("<")
