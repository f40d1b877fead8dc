"""Finds words of a Markdown file that are not on its page, whatever the reason.

The check does not know what Markdown makes of a text. It compares letters and digits: those of the file, without the
marks that are no text (_MARKS), and those of the page, in its text, descriptions and titles. Lines of plain text, which
stand on the page as they stand in the file, are set aside first, so that the check takes little of the time that an
article takes to be read.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator
from functools import partial
from html import unescape
from typing import NamedTuple

from .angle_brackets import escape_text
from .elements import WITHIN_WORDS

_QUOTED = r"""(?:"[^"]*+"|'[^']*+')"""
# What is typed but is no text. Groups are text all the same; the pattern is tried where Markdown would try it first.
_IN_ADDRESS = r"(?:[^\n()\"']|\n(?!\n))*+"
_DESTINATION = rf"\(\s*(?:<[^>\n]*>|{_IN_ADDRESS}(?:\([^\n()]*\){_IN_ADDRESS})*)"
_MARKS = re.compile(
    rf"<!--(?:(?!<!--).)*?-->|</?(?P<element>[A-Za-z][\w:]*+)(?=[\s/>])(?P<attributes>(?:[^>\"']|{_QUOTED})*+)>"
    rf"|!\[(?P<description>[^\]]*+)\](?:{_DESTINATION}(?P<caption>(?<=\s)[\"'(][^\n]*?[\"')])?\s*\)|[ ]?\[[^\]\n]*\])"
    rf"|\]{_DESTINATION}(?P<title>(?<=\s)[\"'(][^\n]*?[\"')])?\s*\)"
    r"|^[ ]{0,3}\[[^\]\n^][^\]\n]*\]:[ \t]*\n?[ \t]*(?:<[^>\n]*>|\S+)(?P<reference_title>[ \t]+[\"'(].*?[\"')])?[ \t]*$"
    r"|^[ ]{0,3}\[\^[^\]\n]+\]:|\[\^(?P<note>[^\]\n]+)\]"  # a note and its mark
    r"|^[ ]{0,3}\*\[[^\]\n]+\][ ]?:"  # an abbreviation that is explained
    r"|(?<=\])[ ]?\[[^\]\n]*\]|\[TOC\]"
    r"|^[ \t>]*(?:[-*+•][ \t]+)*\d{1,9}[.)](?=\s)"  # the number of an item
    r"|^[ \t>]*(?:`{3,}|~{3,})[ \t]*[A-Za-z0-9+#.-]*[ \t]*$"  # the language of code
    r"|\{:?[ ]*(?:[#.][\w:.-]+|[\w:-]+=[^}\n]*)[^}\n]*\}"  # attributes of a heading, a link, …
    r"|^[ \t>*_]*(?:Bảng|Table)[ \t]*(?=[*_]*[:.])"  # the label of a table's caption
    r"|(?P<entity>&(?:#\d{1,7}|#[xX][\da-fA-F]{1,6}|[A-Za-z]\w{1,30});)",
    re.M | re.S,
)
_NOTE = re.compile(r"^[ ]{0,3}\[\^([^\]\n]+)\]:", re.M)
_WORD = re.compile(r"[^\W_]+")
_TYPED_WORD = re.compile(r"[^\W_]+(?:[*_~`\\\0]+[^\W_]+)*")
_MARKS_WITHIN_WORDS = "*_~`\\\0"
_JOINING = re.compile(r"[*_~`\\\0]+")
_JOINED = re.compile(r"[*_~`\\\0](?<=[^\W_].)[*_~`\\\0]*(?=[^\W_])")  # after and before a letter
_DESCRIPTION = re.compile(r"\b(?:alt|title)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_INSIDE_WORDS = WITHIN_WORDS - {"a"}
_ATTRIBUTES = r'[^>"]*+(?:"[^"]*"[^>"]*+)*>'
_TAG_INSIDE_WORDS = re.compile(rf"</?(?:{'|'.join(sorted(_INSIDE_WORDS))})(?![a-z0-9]){_ATTRIBUTES}")
_TAG = re.compile(rf"</?[a-z]{_ATTRIBUTES}")
_MAX_DISTANCE = 4000  # characters of HTML between two lines; one that is further away is compared word by word
_BETWEEN_LINES = {"</p>\n<p>", "</li>\n<li>", "\n"}  # of HTML, which have no text
_LINE_MARKS = " \t#>-*+|:"  # may stand before and after the text of a line
_TO_SPACES = str.maketrans(dict.fromkeys("<>[](){}&\"'", " "))


class LostText(NamedTuple):
    """Text of one line that is not on the page, as it is typed, and its position in the file's text."""

    text: str
    position: int


def find_lost_text(markdown: str, html: str) -> list[LostText]:
    """Find what a page does not show of a Markdown text, line by line.

    Args:
        markdown: A normalized text.
        html: What the page shows of it, sanitized.
    """
    markdown = _without_marks_in_open_comments(markdown)
    typed, shown = _set_aside_lines(markdown, html)
    if not typed:
        return []
    notes = set(_NOTE.findall(markdown)) if "[^" in markdown else set()
    blank = partial(_blank, notes=notes)
    texts = [(start, _MARKS.sub(blank, escape_text(text, "\1", markdown, markdown))) for start, text in typed]
    missing = _missing((word for _, text in texts for word in _words(text)), _words(_shown_text(shown)))
    if not missing:
        return []
    words = [word for start, text in texts for word in _typed_words(text, start)]
    return _by_line(markdown, [word for word in words if word[0] in missing], missing)


def _without_marks_in_open_comments(markdown: str) -> str:
    """Replace marks by spaces in a comment that is not closed before the next one begins.

    It hides what follows by mistake, so all words in it count as typed. A comment that is closed hides on purpose.
    """
    begin, end = markdown.find("<!--"), 0
    while begin >= 0:
        following = markdown.find("<!--", begin + 4)
        if end < begin + 4 and end >= 0:
            end = markdown.find("-->", begin + 4)
        if following >= 0 and (end < 0 or following < end):
            hidden = markdown[begin:following].translate(_TO_SPACES)
            markdown = markdown[:begin] + hidden + markdown[following:]
        begin = following
    return markdown


def _missing(typed: Iterable[str], shown: Iterable[str]) -> Counter[str]:
    """How often each word, in small letters, is typed more often than it is shown."""
    typed_words, shown_words = Counter(typed), Counter(shown)
    if all(count <= shown_words[word] for word, count in typed_words.items()):
        return Counter()  # nearly always, and then letter case need not be looked at
    return _in_small_letters(typed_words) - _in_small_letters(shown_words)


def _in_small_letters(words: Counter[str]) -> Counter[str]:
    result: Counter[str] = Counter()
    for word, count in words.items():
        result[word.casefold()] += count
    return result


def _set_aside_lines(markdown: str, html: str) -> tuple[list[tuple[int, str]], str]:
    """Set aside every line whose text is a line, or all of an element, in the HTML too.

    Returns:
        The other lines of the Markdown, those in a row as one text, each with its position; and the rest of the HTML.
    """
    typed: list[tuple[int, str]] = []
    shown: list[str] = []
    position = offset = 0
    begin = -1  # of the lines that are not set aside
    for line in markdown.split("\n"):
        text = line.strip(_LINE_MARKS)
        start = html.find(text, position, position + len(text) + _MAX_DISTANCE) if text else position
        if text and (
            start < 0 or html[start - 1] not in ">\n" or html[start + len(text) : start + len(text) + 1] not in "<\n"
        ):
            begin = offset if begin < 0 else begin
        elif text:
            if (between := html[position:start]) not in _BETWEEN_LINES:
                shown.append(between)
            position = start + len(text)
            if begin >= 0:
                typed.append((begin, markdown[begin : offset - 1]))
                begin = -1
        offset += len(line) + 1
    if begin >= 0:
        typed.append((begin, markdown[begin:]))
    return typed, "".join([*shown, html[position:]])


def _words(text: str) -> list[str]:
    """The words of a text, without the marks within them."""
    if any(mark in text for mark in _MARKS_WITHIN_WORDS):
        text = _JOINED.sub("", text)
    return _WORD.findall(text)


def _typed_words(text: str, start: int) -> Iterator[tuple[str, int, int]]:
    """The same words in small letters, each with its start and end. start: the position of the text."""
    for match in _TYPED_WORD.finditer(text):
        yield _JOINING.sub("", match[0]).casefold(), start + match.start(), start + match.end()


def _blank(mark: re.Match[str], notes: Container[str]) -> str:
    """As many characters as a mark has: its text, and NUL where the words beside it are one, else spaces.

    notes: the names of the notes that there are; a mark for another one is text.
    """
    if mark["note"] and mark["note"] not in notes:
        return mark[0]
    if mark["entity"]:
        character = unescape(mark[0])
        return character.ljust(len(mark[0]), "\0") if len(character) <= len(mark[0]) else mark[0]
    blank = "\0" if (mark["element"] or "").lower() in _INSIDE_WORDS else " "
    result = [blank * len(mark[0])]
    for group in ("description", "caption", "title", "reference_title"):
        if mark[group]:
            result = [_with_text(result[0], mark.start(group) - mark.start(), mark[group])]
    for match in _DESCRIPTION.finditer(mark["attributes"] or ""):
        start = mark.start("attributes") - mark.start() + match.start(match.lastindex or 0)
        result = [_with_text(result[0], start, match[match.lastindex or 0])]
    return result[0]


def _with_text(blank: str, start: int, text: str) -> str:
    """Put a text into its place, between spaces where its quotation marks are."""
    return f"{blank[: start - 1]} {text} {blank[start + len(text) + 1 :]}"


def _shown_text(html: str) -> str:
    has_descriptions = 'alt="' in html or 'title="' in html
    descriptions = [first or second for first, second in _DESCRIPTION.findall(html)] if has_descriptions else []
    return unescape(" ".join([_TAG.sub(" ", _TAG_INSIDE_WORDS.sub("", html)), *descriptions]))


def _by_line(markdown: str, words: list[tuple[str, int, int]], missing: Counter[str]) -> list[LostText]:
    """Say where the missing words are. A word that is also on other lines is missed where most others are missing."""
    lines: dict[int, list[tuple[str, int, int]]] = {}
    for word in words:
        lines.setdefault(markdown.count("\n", 0, word[1]), []).append(word)
    found = []
    for candidates in sorted(lines.values(), key=len, reverse=True):
        lost = []
        for word in candidates:
            if missing[word[0]] > 0:
                missing[word[0]] -= 1
                lost.append(word)
        if lost:
            found.append(LostText(markdown[lost[0][1] : lost[-1][2]], lost[0][1]))
    return sorted(found, key=lambda text: text.position)
