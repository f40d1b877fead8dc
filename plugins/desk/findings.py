"""What is wrong with a text that is being written, at the field and the place of the form where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from plugins.markdown_reader.front_matter import MISSING, HeaderKeys
from plugins.markdown_reader.header_parser import split_header
from plugins.problems import LEVELS, ContentError, Problem
from plugins.proofreading import language_of, proofread
from plugins.proofreading.content import without_repetitions
from plugins.proofreading.mending import apply_edits

from .header_lines import key_at_line

BODY, SOURCE = "body", "text"  # names of fields of the form: what stands below the header, or all of a file
MOST_SHOWN = 160  # letters of a line


class Finding(NamedTuple):
    """A problem, as the form shows it.

    Attributes:
        message, level, code: As those of `Problem`.
        field: The field where it stands; "" for the whole article.
        line: In the text of that field, from 1; 0 where it is in no field of several lines.
        start, end: Where in the text of that field, in the units of JavaScript (UTF-16).
        key: What names it, to have it mended.
        change: What its lines say, and what they would say if it were mended; None where only a person can.
    """

    message: str
    level: str
    code: str
    field: str
    line: int
    start: int
    end: int
    key: str
    change: tuple[str, str] | None


def checked(text: str, path: str, langs: Sequence[str], read: Iterable[Problem]) -> list[Problem]:
    """Return what the reader and the proofreader say of a text, the gravest first.

    Args:
        text: All of a file, with line feeds.
        path: Of the file.
        langs: The portal's languages, the default one first.
        read: What the reader says.
    """
    problems = without_repetitions(read, proofread(text, language_of(path, text, langs)))
    return sorted(problems, key=lambda problem: (LEVELS.index(problem.level), problem))


def located(problems: Iterable[Problem], text: str, keys: HeaderKeys, form: Mapping[str, object]) -> list[Finding]:
    """Return problems at their places in a form.

    Args:
        problems: Of the text.
        text: All of a file, as the form would save it.
        keys: The keys that its header may have.
        form: The values of the form, by name.
    """
    return [_located(problem, text, keys, form) for problem in problems]


def _located(problem: Problem, text: str, keys: HeaderKeys, form: Mapping[str, object]) -> Finding:
    change = _change(problem, text)
    line, start, end = problem.line, *_span(problem, text)
    field = SOURCE
    if SOURCE not in form:
        body_start = len(text) - len(split_header(text)[1].lstrip("\n"))
        if problem.line and start >= body_start:
            typed = str(form.get(BODY, ""))
            gap = len(typed) - len(typed.lstrip("\n"))
            field, line = BODY, line - text.count("\n", 0, body_start) + gap
            start, end, text = start - body_start + gap, end - body_start + gap, "\n" * gap + text[body_start:]
        else:
            field, line, start, end = _header_field(problem, text, keys), 0, 0, 0
    start, end = _utf16(text[:start]), _utf16(text[:end])
    return Finding(problem.message, problem.level, problem.code, field, line, start, end, key_of(problem), change)


def _header_field(problem: Problem, text: str, keys: HeaderKeys) -> str:
    """Return the name of the key that a problem of the header is about; "" if it is about none."""
    if problem.code.startswith(MISSING):
        return problem.code.removeprefix(MISSING)
    try:
        found = keys.find(key_at_line(text, problem.line) or "")
    except ContentError:
        return ""
    return found.name if found else ""


def _span(problem: Problem, text: str) -> tuple[int, int]:
    """Return where a problem begins and ends in a text."""
    lines = text.split("\n")
    number = min(max(problem.line, 1), len(lines)) - 1
    start = sum(len(line) + 1 for line in lines[:number])
    if problem.column:
        return start + problem.column - 1, start + max(problem.end_column, problem.column) - 1
    return start, start + len(lines[number])


def _change(problem: Problem, text: str) -> tuple[str, str] | None:
    mended, applied = apply_edits(text, [problem])
    if not applied:
        return None
    start = text.rfind("\n", 0, min(edit.start for edit in problem.edits)) + 1
    rest = text[max(edit.end for edit in problem.edits) :].partition("\n")[1:]
    after = len("".join(rest))  # letters below the lines that are mended
    return _shown(text[start : len(text) - after]), _shown(mended[start : len(mended) - after])


def _utf16(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def key_of(problem: Problem) -> str:
    """Return what names a problem among those of its text."""
    return f"{problem.code}:{problem.line}:{problem.column}"


def _shown(text: str) -> str:
    return text if len(text) <= MOST_SHOWN else f"{text[:MOST_SHOWN]}…"


def changes(before: str, after: str) -> list[tuple[str, str]]:
    """Return the lines that differ between two texts: what they said, and what they say."""
    old, new = before.split("\n"), after.split("\n")
    steps = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return [
        (_shown("\n".join(old[start:end])), _shown("\n".join(new[new_start:new_end])))
        for kind, start, end, new_start, new_end in steps
        if kind != "equal"
    ]
