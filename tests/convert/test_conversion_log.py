"""Editors' work is safe when a conversion is repeated, interrupted, or follows an edit of an article."""

from __future__ import annotations

import random
import signal
from pathlib import Path

import pytest

from plugins.convert.conversion_log import NEW_VERSION
from tests import editors

from . import archives, stories, templates


def tree(folder: Path) -> dict[str, str]:
    return editors.file_digests(folder)


def stamps(folder: Path) -> dict[str, int]:
    return {path.as_posix(): path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def old(tmp_path: Path) -> Path:
    archives.write(tmp_path / "old", {"drupal": templates.drupal, "text": templates.text_labelled}, 4)
    return tmp_path / "old"


def test_a_second_run_writes_nothing(old: Path, tmp_path: Path) -> None:
    first = archives.convert(old, tmp_path / "articles")
    before = stamps(tmp_path / "articles")
    second = archives.convert(old, tmp_path / "articles")
    assert stamps(tmp_path / "articles") == before
    assert second == first


def test_what_an_editor_has_changed_stays_as_it_is(old: Path, tmp_path: Path) -> None:
    rows = archives.convert(old, tmp_path / "articles")
    source = old / "text-4" / "trang.txt"
    article = Path(rows[str(source)]["output"])
    article.write_text(article.read_text("utf-8") + "\nLời của biên tập viên.\n", "utf-8")
    edited = article.read_bytes()
    archives.convert(old, tmp_path / "articles")
    assert article.read_bytes() == edited and not article.with_name(article.name + NEW_VERSION).exists()
    source.write_text(
        source.read_text("utf-8").replace("Theo báo cáo", "Theo số liệu mới").replace("Thời gian tới", "Sắp tới"),
        "utf-8",
    )
    rows = archives.convert(old, tmp_path / "articles")
    assert article.read_bytes() == edited
    assert "Sắp tới" in article.with_name(article.name + NEW_VERSION).read_text(
        "utf-8"
    ) or "Theo số liệu mới" in article.with_name(article.name + NEW_VERSION).read_text("utf-8")
    assert any(NEW_VERSION in reason for reason in rows[str(source)]["reasons"])


def test_a_page_that_has_changed_keeps_the_address_of_its_article(old: Path, tmp_path: Path) -> None:
    rows = archives.convert(old, tmp_path / "articles")
    source = old / "text-4" / "trang.txt"
    title = rows[str(source)]["title"]
    source.write_text(source.read_text("utf-8").replace(title, title + " (cập nhật)"), "utf-8")
    second_run = archives.convert(old, tmp_path / "articles")
    assert second_run[str(source)]["output"] == rows[str(source)]["output"]
    assert second_run[str(source)]["title"] == title + " (cập nhật)"


def test_an_existing_article_of_the_same_name_is_not_changed(old: Path, tmp_path: Path) -> None:
    rows = archives.convert(old, tmp_path / "one")
    name = Path(rows[str(old / "text-4" / "trang.txt")]["output"]).relative_to(tmp_path / "one")
    own = tmp_path / "two" / name
    own.parent.mkdir(parents=True)
    own.write_text("---\ntitle: Của tôi\n---\n", "utf-8")
    rows = archives.convert(old, tmp_path / "two")
    assert own.read_text("utf-8") == "---\ntitle: Của tôi\n---\n"
    assert Path(rows[str(old / "text-4" / "trang.txt")]["output"]) != own


def test_an_archive_that_has_been_moved_is_recognised_by_its_content(old: Path, tmp_path: Path) -> None:
    archives.convert(old, tmp_path / "articles")
    before = {name for name in tree(tmp_path / "articles") if name.endswith(".md")}
    old.rename(tmp_path / "elsewhere")
    archives.convert(tmp_path / "elsewhere", tmp_path / "articles")
    assert {name for name in tree(tmp_path / "articles") if name.endswith(".md")} == before


def test_pages_with_the_same_title_get_addresses_of_their_own(tmp_path: Path) -> None:
    raw = templates.drupal(stories.story(1), random.Random(1)).raw
    for name in ("a.html", "b.html", "c.html"):
        editors.write_file(tmp_path / "old", name, raw)
    archives.convert(tmp_path / "old", tmp_path / "articles")
    assert len(list((tmp_path / "articles").rglob("*.md"))) == 3


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs kill -9")
def test_a_run_that_is_killed_continues_where_it_stopped(tmp_path: Path) -> None:
    archives.compare_interrupted_run(tmp_path, pages=400, kills=2)
