"""Problems in what editors wrote: one line each, with the file, the line, what is wrong and what to do.

A stage that meets bad input makes a `Problem`; it never prints and never raises anything that an
editor would see as a traceback. The build collects all problems of all files, reports them
together and, where one of them is an error, leaves the published site as it was.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from dataclasses import dataclass, replace

from plugins.i18n import translate


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that a person must look at.

    path: the file, relative to the working directory where it lies below it.
    line: 1-based, or 0 where the whole file is meant.
    message: what is wrong and what to write instead, in the editor's language, one line.
    """

    path: str
    line: int
    message: str
    level: str = "error"  # "error" stops the build; "warning" and "review" are only told

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else self.path
        kind = {"warning": translate("warning") + ": ", "review": translate("to review") + ": "}.get(self.level, "")
        return f"{place}: {kind}{' '.join(self.message.split())}"

    def in_file(self, path: str | os.PathLike[str]) -> Problem:
        """The same problem in a named file."""
        return replace(self, path=display_path(path))


class ContentError(Exception):
    """Content that cannot be published; carries every problem found in it.

    draft: whether its editor has marked it as a draft, so that it need not stop the others.
    """

    def __init__(self, problems: Iterable[Problem], draft: bool = False) -> None:
        self.problems = sorted(problems)
        self.draft = draft
        super().__init__("\n".join(map(str, self.problems)))


def display_path(path: str | os.PathLike[str]) -> str:
    """A path as an editor knows it: relative to where the command was given."""
    path = os.path.abspath(path)
    relative = os.path.relpath(path)
    return path if relative.startswith("..") else relative.replace(os.sep, "/")


def print_problems(problems: Iterable[Problem], stream=None) -> int:
    """Print problems, each once, in order of file and line; the number of errors."""
    stream = stream or sys.stderr
    ordered = sorted(set(problems))
    for problem in ordered:
        print(problem, file=stream)
    return sum(problem.level == "error" for problem in ordered)
