"""Python-Markdown extension: blocks may follow one another without a blank line in between.

A list or table may follow a paragraph, and a line of hyphens a list or quotation, which it ends. CommonMark
(https://spec.commonmark.org/0.31.2/#lists) and GitHub's tables allow that, editors write it, and text pasted from Word
looks like it; Python-Markdown would join the first into one paragraph, and make a heading of the second.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import groupby

from markdown import Markdown
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor

_FIRST_ITEM = re.compile(r"([-*+]|1[.)]) +\S")
_ANY_ITEM = re.compile(r" {0,3}([-*+]|\d{1,9}[.)]) ")
_TABLE_DELIMITER = re.compile(r"\|?( *:?-+:? *\|)+( *:?-+:? *)?$")
_PARAGRAPH = re.compile(r"[^\s>#|]")
_RULE = re.compile(r" {0,3}-{3,} *$")
_QUOTED = re.compile(r" {0,3}> ?")
LIST_OR_QUOTATION = re.compile(r" {0,3}(?:[-*+] |\d{1,9}[.)] |>)")


class BlankLinesExtension(Extension):
    """Registers the preprocessor after raw HTML has been set aside."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  # the name of Markdown's hook
        md.preprocessors.register(_BlankLinesPreprocessor(md), "blank_lines", 15)


class _BlankLinesPreprocessor(Preprocessor):
    def run(self, lines: list[str]) -> list[str]:
        return edit_with_quotations(lines, insert_blank_lines)


def edit_with_quotations(lines: list[str], edit: Callable[[list[str]], list[str]]) -> list[str]:
    """Edit lines, and then in the same way those of each quotation, without its marks."""
    edited = edit(lines)
    if not any(">" in line[:4] for line in edited):
        return edited
    result: list[str] = []
    for is_quoted, group in groupby(edited, key=lambda line: bool(_QUOTED.match(line))):
        if is_quoted:
            inner = edit_with_quotations([_QUOTED.sub("", line, count=1) for line in group], edit)
            result += [f"> {line}" for line in inner]
        else:
            result += group
    return result


def insert_blank_lines(lines: list[str]) -> list[str]:
    """Insert a blank line before each list and table after a line of a paragraph, and each rule after a list's."""
    result: list[str] = []
    in_list = False
    for line, following in zip(lines, [*lines[1:], ""], strict=False):
        before = result[-1] if result else ""
        in_list = in_list and bool(before.strip())
        starts_list = _FIRST_ITEM.match(line) and not in_list
        starts_table = "|" in line and _TABLE_DELIMITER.match(following.strip())
        ends_list = _RULE.match(line) and LIST_OR_QUOTATION.match(before)
        if ((starts_list or starts_table) and _PARAGRAPH.match(before)) or ends_list:
            result.append("")
        in_list = in_list or bool(_ANY_ITEM.match(line))
        result.append(line)
    return result
