"""Applies the edits of findings to files: all of a file or nothing, and never so that a word is lost or new."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from plugins.artifacts.files import open_atomically
from plugins.i18n import translate
from plugins.problems import Edit, Problem, display_path

from . import language_of, proofread

BOM = b"\xef\xbb\xbf"
_MAX_PASSES = 5  # an edit may make room for another one: a table of tabs that has addresses in it
_DESTINATION = re.compile(r"\]\s?\([^()\s]*")  # of a link, whose letters no reader sees


def mend(text: str, lang: str) -> tuple[str, list[Problem]]:
    """Return a text with all edits of its findings, and the findings that were mended, in order of their lines.

    Args:
        text: As `proofread` takes it.
        lang: Its language.
    """
    mended: list[Problem] = []
    for _ in range(_MAX_PASSES):
        new, applied = apply_edits(text, proofread(text, lang))
        if not applied:
            break
        text, mended = new, mended + applied
    return text, sorted(mended)


def apply_edits(text: str, problems: Iterable[Problem]) -> tuple[str, list[Problem]]:
    """Return a text with the edits of problems, and the problems that are mended so.

    A problem whose edits meet those of an earlier one is left out; all are if a letter or digit would be lost.
    """
    taken: list[Edit] = []
    applied = []
    for problem in problems:
        if problem.edits and not any(_meet(edit, other) for edit in problem.edits for other in taken):
            taken += problem.edits
            applied.append(problem)
    parts, position = [], 0
    for edit in sorted(taken):
        parts += [text[position : edit.start], edit.text]
        position = edit.end
    new = "".join([*parts, text[position:]])
    return (new, applied) if _letters(new) == _letters(text) else (text, [])


def _meet(one: Edit, other: Edit) -> bool:
    return one.start <= other.end and other.start <= one.end


def _letters(text: str) -> str:
    """What a text says: its letters and digits, without the destinations of links."""
    return "".join(filter(str.isalnum, _DESTINATION.sub("](", text)))


def mend_file(path: Path, langs: Sequence[str]) -> list[Problem]:
    """Mend a content file, and return what was mended; nothing where nothing can be.

    Args:
        path: The file.
        langs: The portal's languages, the default one first.

    Raises:
        OSError: It cannot be read or written.
        ValueError: It is not in UTF-8, or was changed meanwhile.
    """
    mended: list[Problem] = []

    def change(text: str) -> str:
        new, problems = mend(text, language_of(path, text, langs))
        mended.extend(problems)
        return new

    rewrite_file(path, change)
    return [problem.in_file(path) for problem in mended]


def rewrite_file(path: Path, change: Callable[[str], str]) -> None:
    """Change a text file: all of it or nothing. Its byte order mark, line ends and permissions stay.

    Args:
        path: The file.
        change: Returns the new text of an old one. Both have the line ends of the file.

    Raises:
        OSError: It cannot be read or written.
        ValueError: It is not in UTF-8, or was changed meanwhile; or raised by `change`.
    """
    data = path.read_bytes()
    mark = BOM if data.startswith(BOM) else b""
    text = data[len(mark) :].decode("utf-8")
    new = change(text)
    if new == text:
        return
    mode = stat.S_IMODE(os.stat(path).st_mode)
    with open_atomically(path.resolve()) as stream:
        stream.write(mark + new.encode())
        if path.read_bytes() != data:
            raise ValueError(translate("the file was changed meanwhile; run this again"))
    with suppress(PermissionError):  # a drive without permissions
        os.chmod(path, mode)


def mend_files(paths: Iterable[Path], langs: Sequence[str]) -> tuple[list[Problem], list[Problem]]:
    """Mend content files.

    Returns:
        What was mended, and a problem for each file that cannot be written.
    """
    mended, failed = [], []
    for path in paths:
        try:
            mended += mend_file(path, langs)
        except (OSError, ValueError) as error:
            text = translate("could not be mended: {reason}", reason=getattr(error, "strerror", None) or str(error))
            failed.append(Problem(display_path(path), 0, text))
    return mended, failed
