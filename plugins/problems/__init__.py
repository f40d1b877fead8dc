"""Problems in what editors wrote: one line each, with the file, the line, what is wrong and what to do.

A stage that meets bad input creates a `Problem`. It never prints, and never raises anything that an editor would see as
a traceback. The build collects the problems of all files and reports them together; if one of them is an error, the
published site stays as it was.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import NamedTuple, TextIO

from plugins.i18n import translate

LEVELS = ("error", "warning", "review", "note")  # by gravity


class Edit(NamedTuple):
    """A change of a text: what is written between two positions of it, from 0, is replaced."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, order=True)
class Problem:
    """Something that a person must look at.

    Attributes:
        path: The file, relative to the working directory if it lies below it.
        line: Counted from 1; 0 for the whole file.
        message: What is wrong and what to write instead, in the editor's language, in one line.
        level: "error" stops the build; "warning", "review" and "note" are only reported.
        code: A name for this kind of problem, "" where it has none yet.
        column: Where in the line it begins, counted from 1; 0 for the whole line.
        end_column: Where it ends: the column after it.
        edits: What mends it, as changes of the file's text (without a byte order mark); empty if only a person can.
    """

    path: str
    line: int
    message: str
    level: str = "error"
    code: str = ""
    column: int = 0
    end_column: int = 0
    edits: tuple[Edit, ...] = ()

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else self.path
        prefixes = {"warning": translate("warning"), "review": translate("to review"), "note": translate("note")}
        prefix = f"{prefixes[self.level]}: " if self.level in prefixes else ""
        return f"{place}: {prefix}{' '.join(self.message.split())}"

    def in_file(self, path: str | os.PathLike[str]) -> Problem:
        """Return the same problem in a given file."""
        return replace(self, path=display_path(path))


class ContentError(Exception):
    """Content that cannot be published.

    Attributes:
        problems: Everything that is wrong with it.
        draft: Whether its editor has marked it as a draft, so that it need not stop the others.
    """

    def __init__(self, problems: Iterable[Problem], draft: bool = False) -> None:
        self.problems = sorted(problems)
        self.draft = draft
        super().__init__("\n".join(map(str, self.problems)))


def display_path(path: str | os.PathLike[str]) -> str:
    """Return a path as an editor knows it: relative to the working directory if it lies below it."""
    path = os.path.abspath(path)
    relative = os.path.relpath(path)
    return path if relative.startswith("..") else relative.replace(os.sep, "/")


def print_problems(problems: Iterable[Problem], stream: TextIO | None = None) -> int:
    """Print problems, each once, in order of file and line; return the number of errors.

    Args:
        problems: The problems.
        stream: Where to print them; standard error by default.
    """
    stream = stream or sys.stderr
    ordered = sorted(set(problems))
    for problem in ordered:
        print(problem, file=stream)
    return sum(problem.level == "error" for problem in ordered)
