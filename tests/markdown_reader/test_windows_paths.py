r"""Paths that somebody writes on Windows, `..\..\images\ruong.jpg`, mean the same on every machine."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from plugins.markdown_reader import content_files, html
from plugins.problems import Problem
from plugins.problems.files import why_unwritable
from tests import editors


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A content folder with files whose names Windows makes."""
    folder = tmp_path_factory.mktemp("content")
    for name in ("images/ruong.jpg", "images/anh (1).jpg", "images/Hội làng/Ảnh 1.JPG", "documents/qd.pdf"):
        editors.write_file(folder, name, "x")
    return folder


def converted(text: str, content: Path) -> tuple[str, list[Problem]]:
    body = html.convert(text, str(content / "articles/2026/bai.md"), str(content), "vi")
    return body.html, body.problems


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        (r"![Ruộng](..\..\images\ruong.jpg)", "{picture}images/ruong.jpg"),
        (r'![Ruộng](..\..\images\anh (1).jpg "Chú \"thích\"")', "{picture}images/anh (1).jpg"),
        (r"![Hội](..\..\images\hội làng\ảnh 1.jpg)", "{picture}images/Hội làng/Ảnh 1.JPG"),
        (r'<img src="..\..\images\ruong.jpg" alt="Ruộng">', "{picture}images/ruong.jpg"),
        (r"[quyết định](..\..\documents\qd.pdf#trang=2)", "{static}/documents/qd.pdf#trang=2"),
        ("[quyết định][1]\n\n[1]: ..\\..\\documents\\QD.PDF", "{static}/documents/qd.pdf"),
        (r"[Cổng](https://x.example/a\_b)", "https://x.example/a_b"),
    ],
)
def test_a_path_with_backslashes_is_read_as_what_is_meant(typed: str, address: str, content: Path) -> None:
    page, problems = converted(typed, content)
    assert (re.findall(r'(?:src|href)="([^"]*)"', page), problems) == ([address], [])


@pytest.mark.parametrize(
    "path",
    [r"C:\Users\Nguyễn Văn Á\anh.jpg", "D:/vb/anh.jpg", r"\\maychu\chung\anh.jpg", "file:///C:/anh.jpg"],
)
@pytest.mark.parametrize("mark", ["", "!"])
def test_a_path_of_ones_own_computer_is_told_on_its_line(path: str, mark: str, content: Path) -> None:
    _, problems = converted(f"Đoạn đầu.\n\n{mark}[Ảnh chợ]({path})", content)
    (problem,) = [problem for problem in problems if problem.level == "error"]
    assert problem.line == 3
    assert "nằm trên máy của bạn" in problem.message and "anh.jpg" in problem.message


def test_paths_in_code_and_in_sentences_stay(content: Path) -> None:
    page, problems = converted("Gõ `[a](..\\b\\c.md)`, lưu vào D:\\vb.\n\n```\n![a](..\\b\\c.jpg)\n```", content)
    assert r"[a](..\b\c.md)" in page and r"D:\vb." in page and r"![a](..\b\c.jpg)" in page
    assert not problems


def test_a_name_is_the_one_on_the_disk_also_where_the_disk_ignores_case(
    content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(content_files, "DISK_IGNORES_CASE", True)
    monkeypatch.setattr(content_files.os.path, "isfile", lambda path: True)
    found = content_files.resolve_path("../../images/RUONG.jpg", str(content / "articles/2026/b.md"), str(content))
    assert found == "images/ruong.jpg"


def test_a_path_that_is_too_long_for_windows_says_what_to_do() -> None:
    error = FileNotFoundError(2, "No such file or directory", "C:\\cong\\output\\" + "dai-" * 70)
    assert "LongPathsEnabled" in why_unwritable(error)
    assert "LongPathsEnabled" not in why_unwritable(FileNotFoundError(2, "No such file or directory", "C:\\cong"))
