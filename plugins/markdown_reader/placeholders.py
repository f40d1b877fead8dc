"""Placeholders of editors' pages: `{{ log_days }}` stands for a value that the program knows.

What is filled in is one line, so that the numbers of lines stay those of the file. A list that stands alone in its line
becomes a list of HTML; within a line its items are separated by commas.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from plugins.i18n import translate
from plugins.problems import Problem

PlaceholderValues = Mapping[str, str | Sequence[str]]  # HTML by name
_PLACEHOLDER = re.compile(r"(?P<begin>^[ \t]*)?\{\{[ \t]*(?P<name>[^{}\n]*?)[ \t]*\}\}(?P<end>[ \t]*$)?", re.M)


def fill(text: str, values: PlaceholderValues, first_line: int) -> tuple[str, list[Problem]]:
    """Fill in the placeholders of a page.

    Args:
        text: Its Markdown.
        values: What they stand for.
        first_line: The number of its first line in the file.

    Returns:
        The Markdown, and a problem for each placeholder that stands for nothing: an error where it is a name, since a
        promise would be missing, else a warning; it stays as it is typed.
    """
    problems = []

    def value_of(match: re.Match[str]) -> str:
        value = values.get(match["name"])
        if value is None:
            line = first_line + text.count("\n", 0, match.start())
            known = ", ".join(sorted(values))
            name = match["name"]
            message = translate("{name}: there is no value of this name; there are {known}", name=name, known=known)
            problems.append(Problem("", line, message, "error" if name.isidentifier() else "warning"))
            return match[0]
        if isinstance(value, str):
            filled = value
        elif match["begin"] is not None and match["end"] is not None:
            filled = f"<ul>{''.join(f'<li>{item}</li>' for item in value)}</ul>"
        else:
            filled = ", ".join(value)
        return f"{match['begin'] or ''}{filled}{match['end'] or ''}"

    return _PLACEHOLDER.sub(value_of, text), problems
