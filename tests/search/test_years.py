"""An index of many years is searched as one, and an edit changes no more of it than it must."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from tests import artifacts, chromium, portals
from tests.search import archive
from tests.search.archive import Query, Reader

YEARS = range(2003, 2027)


def write(content: Path, year: int, number: int = 0, **header: str) -> None:
    """Write an article of a year."""
    date = f"{year}-03-{number + 1:02d}"
    body = f"Đường đi qua xã Pa Khoá được mở rộng, bài số {number} của năm {year}."
    portals.write_article(
        content, f"{year}-{number}.md", body, **{"title": f"Đường {year} số {number}", "date": date, **header}
    )


@pytest.fixture
def content(tmp_path: Path) -> Path:
    for year in YEARS:
        for number in range(2):
            write(tmp_path / "content", year, number)
    # a title so long that its end is beyond the positions of other titles
    write(tmp_path / "content", 2015, 2, title='"' + "a b " * 40 + 'cuối tiêu đề"')
    return tmp_path / "content"


def built(content: Path, output: Path) -> dict[str, bytes]:
    """Build; return the files of the index, by name."""
    cache = f"CACHE_PATH = {str(content.parent / 'cache')!r}"
    result = portals.build(output, content, settings=cache)
    assert result.returncode == 0, result.stderr
    folder = output / "tim-kiem/chi-muc"
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def search(reader: Reader, words: str, **more: str) -> list[str]:
    """Return the titles that are shown first, after the number of all."""
    count = reader.visit(Query(words, **more))
    return [str(count), *reader.titles()]


def test_many_years_are_searched_at_once(content: Path) -> None:
    built(content, content.parent / "site")
    with sync_playwright() as playwright:
        page = chromium.launch(playwright).new_page(locale="vi-VN")
        with archive.reading(page, content.parent / "site") as reader:
            requested: list[str] = []
            page.on("request", lambda request: requested.append(request.url))
            assert search(reader, "pa khoa", sort="desc")[:3] == ["49", "Đường 2026 số 1", "Đường 2026 số 0"]
            assert len([url for url in requested if ".bin" in url]) == 3  # one per word, one per pair, for all years
            assert search(reader, "pa khoa", sort="asc")[:3] == ["49", "Đường 2003 số 0", "Đường 2003 số 1"]
            assert search(reader, '"bài số 1 của năm"', year="2011") == ["1", "Đường 2011 số 1"]
            assert search(reader, "pa khoa", year="2026", sort="asc")[:3] == ["2", "Đường 2026 số 0", "Đường 2026 số 1"]
            assert search(reader, "", year="2015", sort="asc")[:2] == ["3", "Đường 2015 số 0"]
            assert search(reader, '"cuối tiêu đề"')[0] == "1"
            assert search(reader, '"tiêu đề đường đi"')[0] == "0"  # not from a title into a body


@pytest.mark.parametrize(
    ("date", "part", "text"),
    [
        ("2026-04-02", "202604", "202604/0.json"),
        ("2026-03-06", "202603", "202603/2.json"),
        ("2019-12-30", "2019", "2019/2.json"),
    ],
)
def test_one_more_article_indexes_its_year_or_month_only(date: str, part: str, text: str, content: Path) -> None:
    before = built(content, content.parent / "site")
    artifacts_before = artifacts.artifact_times(content.parent / "cache", "search").keys()
    write(content, 2026, 5, title="Chợ phiên", date=date)
    after = built(content, content.parent / "site")
    fresh = artifacts.artifact_times(content.parent / "cache", "search").keys() - artifacts_before
    assert [name.rpartition(".")[2] for name in fresh] == [part]
    changed = {name for name in after if before.get(name) != after[name]}
    assert {name for name in changed if name.endswith(".json")} == {text}
    assert len(changed) < len(after)
    assert after == built(content, content.parent / "anew")
