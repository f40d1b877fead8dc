"""Python-Markdown extension: a list or table may follow a paragraph without an empty line between.

CommonMark (https://spec.commonmark.org/0.31.2/#lists) and GitHub's tables allow it, editors write
it, and text pasted from Word looks like it; Python-Markdown would run it all into one paragraph.
"""

from __future__ import annotations

import re

from markdown import Markdown
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor

_ITEM = re.compile(r"([-*+]|1[.)]) +\S")
_ANY_ITEM = re.compile(r" {0,3}([-*+]|\d{1,9}[.)]) ")
_DELIMITER = re.compile(r"\|?( *:?-+:? *\|)+( *:?-+:? *)?$")
_PLAIN = re.compile(r"[^\s>#|]")


class BlankLinesExtension(Extension):
    """Register the preprocessor after raw HTML has been set aside."""

    def extendMarkdown(self, md: Markdown) -> None:
        md.preprocessors.register(_EmptyLines(md), "lenient", 15)


class _EmptyLines(Preprocessor):
    def run(self, lines: list[str]) -> list[str]:
        return insert_blank_lines(lines)


def insert_blank_lines(lines: list[str]) -> list[str]:
    """The lines with an empty one before each list and table that follows a line of a paragraph."""
    result: list[str] = []
    in_list = False
    for line, following in zip(lines, [*lines[1:], ""], strict=False):
        before = result[-1] if result else ""
        in_list = in_list and bool(before.strip())
        starts_list = _ITEM.match(line) and not in_list
        starts_table = "|" in line and _DELIMITER.match(following.strip())
        if (starts_list or starts_table) and _PLAIN.match(before):
            result.append("")
        in_list = in_list or bool(_ANY_ITEM.match(line))
        result.append(line)
    return result
