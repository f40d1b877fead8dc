"""Python-Markdown extension: lists as people type them.

Python-Markdown nests a list only if it is indented by four spaces, and knows `-`, `*`, `+` and `1.` as marks. Here a
list is nested from two spaces or a tab on, `1)` and bullets such as `•` are marks too, as are dashes (–) before several
lines in a row; lines in a row that are counted otherwise (`a)`, `(1)`, `1.1.`, `I.`, `Điều 1.`) or begin with symbols
stay lines of their own; and items keep their numbers. See https://spec.commonmark.org/0.31.2/#lists.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from markdown import Markdown
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor

from .blank_lines import edit_with_quotations
from .list_numbers import register as keep_numbers

TAB = 4  # columns that a tab stands for, and that Python-Markdown wants for each level
NESTING = 2  # columns from which on a list is nested
_MARK = re.compile(r"([-*+]|\d{1,9}[.)])(?=[ \t]|$)")
_RULE = re.compile(r"([-*_])[ \t]*(\1[ \t]*){2,}$")  # a thematic break is no list
# Bullets of Word and of keyboards; U+F000 to U+F0FF are those of its typefaces Symbol and Wingdings.
_BULLET = re.compile(r"[•‣◦\u2043∙·▪▫●○■□➢➤\uf000-\uf0ff](?=\s)\s*")
_DASH = re.compile(r"–(?=\s)\s*")  # a long dash is for speech
_OTHER_STARTS = "#!<>|[`"  # of headings, pictures, HTML, quotations, tables, links, code
# `1.1.`, `a)`, `I.`, `1/`, `1-`, `1.)`, `(1)`, `--`; and marks without a space after them: `1.Một`, `-Một`
_COUNT = re.compile(
    r"(?:\d+(?:\.\d+)+[.)]?|[^\W\d_]{1,4}[.)/]|\d{1,3}(?:[/–-]|\.\))|\((?:\d{1,3}|[^\W\d_]{1,4})\)|--)(?=\s)"
    r"|\d{1,3}[.)](?=[^\W\d_])|[-+](?=[^\W\d_])"
)
# `Điều 1.`, `Bước 1:`, `1 -`: a count only if the next line goes on counting
_LABEL = re.compile(r"([^\W\d_]{2,8} )?(\d{1,4})( ?[.:)/]| [-–])\s")
_EMOJI = re.compile(r"\d\ufe0f?\u20e3|[\U0001f000-\U0001faff]")  # keycaps, and what is mostly a symbol by its category


class TypedListsExtension(Extension):
    """Registers the preprocessor after raw HTML has been set aside, and before blank lines are added."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  # the name of Markdown's hook
        md.preprocessors.register(_TypedListsPreprocessor(md), "typed_lists", 17)
        keep_numbers(md)


class _TypedListsPreprocessor(Preprocessor):
    def run(self, lines: list[str]) -> list[str]:
        return edit_with_quotations(lines, _edit_lists)


def _edit_lists(lines: list[str]) -> list[str]:
    return indent_lists(mark_items(lines)) if any(line and _may_be_item(line) for line in lines) else lines


def _may_be_item(line: str) -> bool:
    """Whether a line may begin with a mark or a count. A quick test, which plain paragraphs do not pass."""
    first = line[:1]
    if first in _OTHER_STARTS:
        return False
    return not first.isalpha() or any(sign in line[:6] for sign in ")./") or bool(_LABEL.match(line))


# --- marks ---


def mark_items(lines: list[str]) -> list[str]:
    """Give list items that begin with a bullet or a dash the mark `-`, and end lines that stay lines of their own."""
    result = list(lines)
    in_list = False  # else what is indented by a tab is code
    dashes: set[int] = set()  # the columns of dashes in the list
    may_be_item = [bool(line) and _may_be_item(line) for line in lines]
    for number, line in enumerate(lines):
        if not may_be_item[number]:
            in_list = in_list and not line[:1].isalpha()
            dashes = dashes if in_list else set()
            if not line or not any(may_be_item[number + 1 : number + 2]):
                continue
        indent, text = _split(line)
        if not in_list and len(indent.expandtabs(TAB)) >= TAB:
            continue
        before, after = lines[number - 1] if number else "", lines[number + 1] if number + 1 < len(lines) else ""
        match = _BULLET.match(text) if may_be_item[number] else None
        if not match and (dash := _DASH.match(text)):
            is_item = len(indent) in dashes or any(_DASH.match(_split(near)[1]) for near in (before, after))
            match = dash if is_item else None
            dashes |= {len(indent)} if is_item else set()
        in_list = in_list or bool(match or (may_be_item[number] and _MARK.match(text)))
        if match:
            result[number] = f"{indent}- {text[match.end() :]}"
        elif after.strip() and not _MARK.match(_split(after)[1]):
            next_but_one = lines[number + 2] if number + 2 < len(lines) else ""
            texts = text, _split(after)[1], _split(next_but_one)[1]
            if _stay_lines(*texts[:2]) or _stay_lines(*texts[1:]):
                result[number] = line.rstrip() + "  "  # a line break
    return result


def _stay_lines(text: str, following: str) -> bool:
    """Whether two lines in a row stay lines of their own: each is counted or begins with a symbol, as lists do."""
    if _is_counted(following) and _is_counted(text):
        return True
    label, next_label = _LABEL.match(text), _LABEL.match(following)
    if not label or not next_label:
        return False
    return label.group(1, 3) == next_label.group(1, 3) and int(next_label[2]) == int(label[2]) + 1


def _is_counted(text: str) -> bool:
    if not text or _COUNT.match(text) or _EMOJI.match(text):
        return bool(text)
    symbol = text[:1]
    if symbol.isascii():
        return False
    category = unicodedata.category(symbol)  # So: ☎ ✓ ►, No: ①
    return category in ("So", "No") or ((symbol == "—" or category[0] == "S") and text[1:2].isspace())


def _split(line: str) -> tuple[str, str]:
    text = line.lstrip(" \t")
    return line[: len(line) - len(text)], text


# --- nesting ---


class _Item(NamedTuple):
    """An item of a list that is open: the column of its mark, that of its text, and whether it has a number."""

    mark: int
    text: int
    is_numbered: bool


def indent_lists(lines: list[str]) -> list[str]:
    """Indent nested lists, and what belongs to their items, by four spaces for each level."""
    indenter = _Indenter()
    for line in lines:
        indenter.add(line)
    return indenter.lines


def _may_begin(mark: re.Match[str]) -> bool:
    """Whether a list may begin right after a line of text: `2.` may be a number at the end of a sentence."""
    return not mark[1][0].isdigit() or int(mark[1][:-1]) == 1


class _Indenter:
    def __init__(self) -> None:
        self.lines: list[str] = []
        self.items: list[_Item] = []  # those that are open, from the outermost
        self.after_blank = True
        self.in_paragraph_of_item = False  # in one after the first
        self.first_level = 0  # of the first item after an empty line

    def add(self, line: str) -> None:
        """Add a line as Python-Markdown needs it."""
        if not self.items and line[:1].isalpha():  # text
            self.lines.append(line)
            self.after_blank = False
            return
        indent, text = _split(line)
        column = len(indent.expandtabs(TAB))
        mark = None if _RULE.match(text) else _MARK.match(text)
        if mark and (self.items or (column < TAB and (self.after_blank or _may_begin(mark)))):
            self._add_item(column, mark, text)
        elif text and self.after_blank:
            self._close_items(column)
            self.in_paragraph_of_item = bool(self.items)
            self.lines.append(self._continued(column, text) if self.items else line)
        else:
            self.lines.append(line)
        self.after_blank = not text

    def _add_item(self, column: int, mark: re.Match[str], text: str) -> None:
        """Add an item; after an empty line where Python-Markdown would otherwise take it for text of what is before."""
        is_numbered = mark[1][0].isdigit()
        closed = self._close_items(column)
        level = len(self.items)
        is_other = closed is not None and closed.is_numbered != is_numbered
        is_new = self.after_blank or self.in_paragraph_of_item or is_other or level < self.first_level
        if is_new and not self.after_blank:
            self.lines.append("")
        if is_new:
            self.first_level = level
        self.in_paragraph_of_item = False
        label = f"{mark[1][:-1]}." if is_numbered else mark[1]
        rest = text[mark.end() :]
        spaces = len(rest) - len(rest.lstrip(" \t"))
        if spaces <= TAB:  # else the item begins with code
            line_break = "  " if rest.endswith("  ") else ""
            rest = f" {rest.strip()}{line_break}" if rest.strip() else " "
        self.lines.append(f"{' ' * TAB * len(self.items)}{label}{rest}")
        self.items.append(_Item(column, column + mark.end() + (spaces if spaces <= TAB else 1), is_numbered))

    def _close_items(self, column: int) -> _Item | None:
        """Close the items to which a column does not belong; return the outermost of them."""
        closed = None
        while self.items and column < self.items[-1].mark + NESTING:
            closed = self.items.pop()
        return closed

    def _continued(self, column: int, text: str) -> str:
        """A paragraph of an item; what is indented further by four columns is code."""
        more = column - self.items[-1].text
        return " " * (TAB * len(self.items) + (more if more >= TAB else 0)) + text
