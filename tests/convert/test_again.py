"""Articles that editors have moved are known again; `--again` shows what a mended rule changes, and takes it over."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from plugins.convert import command, conversion, markdown
from plugins.convert.conversion_log import FILE_NAME, NEW_VERSION
from tests import editors

from . import archives, stories, templates

UNDATED = "Tin nhắn của xã\n\n" + "\n\n".join(
    f"Đoạn {number} của bài viết này dài vừa đủ để là một đoạn văn, có dấu chấm ở cuối câu." for number in range(3)
)


def articles(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.md"))


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """Return a folder with many files of one name, as browsers save pages."""
    for number in range(4):
        editors.write_file(
            tmp_path / "old", f"{number}/trang.html", templates.drupal(stories.story(number), random.Random(number)).raw
        )
    editors.write_file(tmp_path / "old", "5/trang.txt", UNDATED)
    return tmp_path / "old"


def move(path: Path, target: str, *edits: tuple[str, str]) -> Path:
    """Move an article as an editor does, and change its text."""
    text = path.read_text("utf-8")
    for before, after in edits:
        assert before in text
        text = text.replace(before, after, 1)
    path.unlink()
    return editors.write_file(path.parents[1], target, text)


def test_an_article_that_was_dated_and_moved_is_not_made_twice(old: Path, tmp_path: Path) -> None:
    into = tmp_path / "content" / "articles"
    rows = archives.convert(old, into)
    draft = Path(rows[f"{old}/5/trang.txt"]["output"])
    assert "status: draft" in draft.read_text("utf-8")
    moved = move(draft, f"2021/{draft.name}", ("status: draft", "date: 2021-05-06\nstatus: published"))
    before = editors.file_digests(into)
    rows = archives.convert(old, into)
    assert rows[f"{old}/5/trang.txt"]["output"] == str(moved)
    (into / FILE_NAME).unlink()  # even if the log is lost
    archives.convert(old, into)
    assert {name: each for name, each in editors.file_digests(into).items() if name != FILE_NAME} == {
        name: each for name, each in before.items() if name != FILE_NAME
    }


def test_articles_that_were_renamed_are_known_by_their_source(old: Path, tmp_path: Path) -> None:
    into = tmp_path / "content" / "articles"
    rows = archives.convert(old, into)
    first, second = (rows[f"{old}/{number}/trang.html"] for number in (0, 1))
    slug = Path(first["output"]).name.removesuffix(".md")
    renamed = move(
        Path(first["output"]), "2020/ten-khac.md", (f"slug: {slug}", "slug: ten-khac"), (first["title"], "Tên khác hẳn")
    )
    retitled = move(Path(second["output"]), f"khac/{Path(second['output']).name}", (second["title"], "Tên mới của bài"))
    count = len(articles(into))
    rows = archives.convert(old, into)
    assert rows[f"{old}/0/trang.html"]["output"] == str(renamed)
    assert rows[f"{old}/1/trang.html"]["output"] == str(retitled)
    page = old / "0" / "trang.html"
    page.write_bytes(page.read_bytes().replace("Theo báo cáo".encode(), "Theo số liệu mới".encode()))
    archives.convert(old, into)
    assert len(articles(into)) == count and "Tên khác hẳn" in renamed.read_text("utf-8")


def test_an_article_that_was_deleted_comes_back(old: Path, tmp_path: Path) -> None:
    into = tmp_path / "content" / "articles"
    rows = archives.convert(old, into)
    before = articles(into)
    Path(rows[f"{old}/2/trang.html"]["output"]).unlink()
    archives.convert(old, into)
    assert articles(into) == before


def test_what_a_mended_rule_changes_is_shown_and_taken_over(
    old: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    into = tmp_path / "content" / "articles"
    rows = archives.convert(old, into)
    paths = [Path(rows[f"{old}/{number}/trang.html"]["output"]) for number in range(3)]
    edited = paths[1].read_text("utf-8") + "\nLời của biên tập viên.\n"
    paths[1].write_text(edited, "utf-8")
    untouched = paths[2].read_bytes()
    monkeypatch.setattr(markdown, "_value", lambda key, value: [f"{key}: {value}"] if value and key != "date" else [])
    monkeypatch.setattr(conversion, "code_digest", lambda: "mended")
    capsys.readouterr()
    assert command.convert([str(paths[0]), str(paths[1])], str(into), again=True) == 0
    printed = capsys.readouterr()
    assert "\n-date: " in printed.out and "1 bài đổi" in printed.out and "bài đã có người sửa" in printed.err
    assert "\ndate: " not in paths[0].read_text("utf-8")
    assert paths[1].read_text("utf-8") == edited and paths[2].read_bytes() == untouched
    assert not list(into.rglob(f"*{NEW_VERSION}"))
    assert command.convert([str(into)], str(into), again=True) == 0
    assert "\ndate: " not in paths[2].read_text("utf-8")


def test_articles_of_nobody_knows_where_and_lost_sources_are_told(
    old: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    into = tmp_path / "content" / "articles"
    rows = archives.convert(old, into)
    own = editors.write_file(into, "2020/cua-toi.md", "---\ntitle: Của tôi\n---\n")
    assert command.convert([str(own)], str(into), again=True) == 1
    assert "không biết bài này chuyển từ đâu" in capsys.readouterr().err
    article = rows[f"{old}/0/trang.html"]["output"]
    (old / "0" / "trang.html").unlink()
    assert command.convert([article], str(into), again=True) == 1
    assert "không còn nguồn" in capsys.readouterr().err
