"""How problems are reported: one line each, in order, each once."""

from __future__ import annotations

import errno
import io
import os
from pathlib import Path

import pytest

from plugins.problems import ContentError, Problem, display_path, print_problems
from plugins.problems.files import why_unwritable


def test_a_problem_is_one_line_with_file_and_line() -> None:
    assert str(Problem("a.md", 3, "sai\n  rồi")) == "a.md:3: sai rồi"
    assert str(Problem("a.png", 0, "hỏng")) == "a.png: hỏng"


def test_problems_are_reported_once_in_order_of_file_and_line_and_errors_are_counted() -> None:
    stream = io.StringIO()
    problems = [
        Problem("b.md", 1, "x"),
        Problem("a.md", 10, "x"),
        Problem("a.md", 2, "x"),
        Problem("b.md", 1, "x"),
        Problem("a.md", 1, "y", "warning"),
    ]
    assert print_problems(problems, stream) == 3
    lines = stream.getvalue().splitlines()
    assert [line.split(" ")[0] for line in lines] == ["a.md:1:", "a.md:2:", "a.md:10:", "b.md:1:"]


def test_a_path_is_shown_as_the_editor_would_type_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "in").mkdir()
    monkeypatch.chdir(tmp_path / "in")
    assert display_path(tmp_path / "in/articles/a.md") == "articles/a.md"
    assert display_path(tmp_path / "out/a.md") == str(tmp_path / "out/a.md")
    assert Problem("", 2, "x").in_file(tmp_path / "in/a.md") == Problem("a.md", 2, "x")


def test_an_error_carries_all_its_problems_in_order() -> None:
    error = ContentError([Problem("b", 1, "x"), Problem("a", 1, "y")])
    assert str(error) == "a:1: y\nb:1: x"


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.EACCES, "change its owner"),
        (errno.EPERM, "change its owner"),
        (errno.EROFS, "mount it for writing"),
        (errno.ENOSPC, "free some space"),
        (errno.EDQUOT, "free some space"),
        (errno.EEXIST, "move it elsewhere"),
        (errno.ENOTDIR, "move it elsewhere"),
        (errno.EIO, "Input/output error; ask whoever looks after"),
    ],
)
def test_what_cannot_be_written_is_told_with_what_helps(
    number: int, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PORTAL_LANG", "en")
    assert words in why_unwritable(OSError(number, os.strerror(number), "x"))
