"""Python-Markdown extension: a list or table may follow a paragraph without a blank line in between.

CommonMark (https://spec.commonmark.org/0.31.2/#lists) and GitHub's tables allow that, editors write it, and text
pasted from Word looks like it; Python-Markdown would join it all into one paragraph.
"""

from __future__ import annotations

import re

from markdown import Markdown
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor

_FIRST_ITEM = re.compile(r"([-*+]|1[.)]) +\S")
_ANY_ITEM = re.compile(r" {0,3}([-*+]|\d{1,9}[.)]) ")
_TABLE_DELIMITER = re.compile(r"\|?( *:?-+:? *\|)+( *:?-+:? *)?$")
_PARAGRAPH = re.compile(r"[^\s>#|]")


class BlankLinesExtension(Extension):
    """Registers the preprocessor after raw HTML has been set aside."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  # the name of Markdown's hook
        md.preprocessors.register(_BlankLinesPreprocessor(md), "blank_lines", 15)


class _BlankLinesPreprocessor(Preprocessor):
    def run(self, lines: list[str]) -> list[str]:
        return insert_blank_lines(lines)


def insert_blank_lines(lines: list[str]) -> list[str]:
    """Insert a blank line before each list and table that directly follows a line of a paragraph."""
    result: list[str] = []
    in_list = False
    for line, following in zip(lines, [*lines[1:], ""], strict=False):
        before = result[-1] if result else ""
        in_list = in_list and bool(before.strip())
        starts_list = _FIRST_ITEM.match(line) and not in_list
        starts_table = "|" in line and _TABLE_DELIMITER.match(following.strip())
        if (starts_list or starts_table) and _PARAGRAPH.match(before):
            result.append("")
        in_list = in_list or bool(_ANY_ITEM.match(line))
        result.append(line)
    return result
