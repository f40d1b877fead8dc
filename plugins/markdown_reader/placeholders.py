"""Placeholders of editors' pages: `{{ log_days }}` stands for a value that the program knows.

What is filled in is one line, so that the numbers of lines stay those of the file. A list that stands alone in its line
becomes a list of HTML; within a line its items are separated by commas. An item of a list of the page, such as
`- Telephone: {{ phone }}`, is left out as long as its value is empty.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from plugins.i18n import translate
from plugins.problems import Problem

PlaceholderValues = Mapping[str, str | Sequence[str]]  # HTML by name
_ITEM = re.compile(r"[ \t]*[-*+][ \t]")
_PLACEHOLDER = re.compile(r"(?P<begin>^[ \t]*)?\{\{[ \t]*(?P<name>[^{}\n]*?)[ \t]*\}\}(?P<end>[ \t]*$)?", re.M)


def fill(text: str, values: PlaceholderValues, first_line: int) -> tuple[str, list[Problem]]:
    """Fill in the placeholders of a page.

    Args:
        text: Its Markdown.
        values: What they stand for.
        first_line: The number of its first line in the file.

    Returns:
        The Markdown, and a problem for each placeholder without a value: an error where it is a name, since a promise
        would be missing, else a warning; it stays as it is typed. An empty value leaves a hole, which is a warning.
    """
    problems = []
    text = _without_empty_items(text, values)

    def value_of(match: re.Match[str]) -> str:
        name = match["name"]
        value = values.get(name)
        line = first_line + text.count("\n", 0, match.start())
        if value is None:
            known = ", ".join(sorted(values))
            message = translate("{name}: there is no value of this name; there are {known}", name=name, known=known)
            problems.append(Problem("", line, message, "error" if name.isidentifier() else "warning"))
            return match[0]
        if isinstance(value, str):
            filled = value
            if not value:
                message = translate("{name} is empty in portal.toml; fill it in, or write this without it", name=name)
                problems.append(Problem("", line, message, "warning"))
        elif match["begin"] is not None and match["end"] is not None:
            filled = f"<ul>{''.join(f'<li>{item}</li>' for item in value)}</ul>"
        else:
            filled = ", ".join(value)
        return f"{match['begin'] or ''}{filled}{match['end'] or ''}"

    return _PLACEHOLDER.sub(value_of, text), problems


def _without_empty_items(text: str, values: PlaceholderValues) -> str:
    """Return a page without the items of lists that have nothing but empty values; blank lines follow their list."""
    lines: list[str] = []
    left_out = 0
    for line in text.split("\n"):
        if not line.strip():
            lines += [""] * left_out
            left_out = 0
        found = [values.get(match["name"]) for match in _PLACEHOLDER.finditer(line)]
        if found and not any(value != "" for value in found) and _ITEM.match(line):
            left_out += 1
        else:
            lines.append(line)
    return "\n".join(lines + [""] * left_out)
