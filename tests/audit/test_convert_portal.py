"""A portal of 500 pages, as a ZIP archive of Windows: converted, with all its pictures and documents, and built."""

from __future__ import annotations

from pathlib import Path

import pytest

from plugins.markdown_reader import header_parser
from tests import portals
from tests.convert import archives, small_portal
from tests.convert.marked_pages import plain
from tests.convert.scoring import visible_text

PAGES = 500


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[small_portal.PortalPage], dict, Path]:
    folder = tmp_path_factory.mktemp("portal")
    pages = small_portal.pages(PAGES)
    archive = small_portal.write_zip(folder / "old" / "cổng cũ.zip", pages)
    rows = archives.convert(archive, folder / "content" / "articles")
    return pages, {key.removeprefix(f"{archive}/"): row for key, row in rows.items()}, folder


def test_every_page_with_all_of_its_words_pictures_and_documents(portal) -> None:
    pages, rows, folder = portal
    wrong = []
    for each in pages:
        row = rows[each.path]
        text = Path(row["output"]).read_text("utf-8")
        body = visible_text(text)
        if row["title"] != each.story.title:
            wrong.append(f"{each.path}: title {row['title']!r}")
        if each.page.has_date and (row["date"] or "")[:10] != f"{each.story.date:%Y-%m-%d}":
            wrong.append(f"{each.path}: date {row['date']!r}")
        wrong += [f"{each.path}: {words!r}" for words in each.story.sentences if plain(words) not in body]
        copied = [folder / "content" / name for name in row["files"] or ()]
        if len(row["files"] or ()) < len(each.pictures) + bool(each.document):
            wrong.append(f"{each.path}: files {row['files']} of {len(copied)}")
        if row["status"] == "converted" and "\nstatus: published\n" not in text:
            wrong.append(f"{each.path}: not published")
    assert not wrong, wrong[:20]


def test_few_are_marked_and_all_files_are_used(portal) -> None:
    pages, rows, _ = portal
    marked = [each.path for each in pages if rows[each.path]["status"] == "review"]
    assert len(marked) <= 0.2 * PAGES, [rows[path]["reasons"] for path in marked[:5]]
    unused = [key for key, row in rows.items() if key and row["status"] in ("not-used", "error")]
    assert not unused and rows[""]["exit"] == 0, unused[:5]


def test_it_builds(portal, tmp_path: Path) -> None:
    pages, rows, folder = portal
    result = portals.build(tmp_path / "output", folder / "content")
    assert result.returncode == 0, result.stderr[-2000:]
    published = sum(
        header_parser.split_document(Path(rows[each.path]["output"]).read_text("utf-8")).fields["status"].value
        == "published"
        for each in pages
    )
    assert len(list((tmp_path / "output" / "bai-viet").glob("*/index.html"))) == published > 0.9 * PAGES
