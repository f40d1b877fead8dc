"""An index of many years is searched as one, and an edit changes no more of it than it must."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import sync_playwright

from plugins.search import segments
from tests import artifacts, chromium, portals
from tests.browser.server import Portal, serving
from tests.search import archive, published
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


def built(content: Path, output: Path, more: str = "") -> dict[str, bytes]:
    """Build; return the files of the index, by name. more: settings."""
    settings = f"CACHE_PATH = {str(content.parent / 'cache')!r}\nKEPT_BUILDS = 5\n{more}"
    result = portals.build(output, content, settings=settings)
    assert result.returncode == 0, result.stderr
    folder = output / "tim-kiem/chi-muc"
    return {name: (folder / name).read_bytes() for name in published.index_files(output / "tim-kiem")}


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
            endings = sorted(url.rpartition(".")[2] for url in requested if "/chi-muc/" in url)
            assert endings == ["cards", "lists"]  # one request each, for words and pairs of all years
            assert search(reader, "pa khoa", sort="asc")[:3] == ["49", "Đường 2003 số 0", "Đường 2003 số 1"]
            assert search(reader, '"bài số 1 của năm"', year="2011") == ["1", "Đường 2011 số 1"]
            assert search(reader, "pa khoa", year="2026", sort="asc")[:3] == ["2", "Đường 2026 số 0", "Đường 2026 số 1"]
            assert search(reader, "", year="2015", sort="asc")[:2] == ["3", "Đường 2015 số 0"]
            assert search(reader, '"cuối tiêu đề"')[0] == "1"
            assert search(reader, '"tiêu đề đường đi"')[0] == "0"  # not from a title into a body


@pytest.mark.parametrize("date", ["2026-04-02", "2019-12-30"])
def test_one_more_article_changes_five_files_of_the_index_at_most(date: str, content: Path) -> None:
    before = built(content, content.parent / "site")
    artifacts_before = artifacts.artifact_times(content.parent / "cache", "search").keys()
    write(content, 2026, 5, title="Chợ phiên", date=date)
    after = built(content, content.parent / "site")
    assert artifacts.artifact_times(content.parent / "cache", "search").keys() > artifacts_before
    assert len(after.keys() ^ before.keys()) <= 2 * 5
    assert all(after[name] == before[name] for name in after.keys() & before.keys())  # no address has two contents
    assert after == built(content, content.parent / "anew")


@pytest.mark.parametrize(
    ("articles", "sizes"),
    [(0, []), (1, [1]), (512, [512]), (513, [512, 1]), (1024, [512, 512]), (1025, [1024, 1]), (9999, [9728, 271])],
)
def test_articles_are_cut_into_a_large_segment_and_one_of_the_newest(articles: int, sizes: list[int]) -> None:
    numbers: Any = range(articles)  # the rule looks at nothing of an article
    parts = segments.cut(numbers)
    assert [len(part) for part in parts] == sizes
    assert [number for part in parts for number in part] == [*range(articles)]


def test_a_page_that_was_open_while_the_portal_was_published_shows_no_wrong_article(content: Path) -> None:
    site = content.parent / "site"
    built(content, site)
    with sync_playwright() as playwright:
        page = chromium.launch(playwright).new_page(locale="vi-VN")
        with archive.reading(page, site) as reader:
            more = page.get_by_role("button", name="Xem thêm kết quả")
            assert search(reader, "pa khoa", sort="desc")[:2] == ["49", "Đường 2026 số 1"]
            for number in range(3):
                write(content, 2012, 5 + number, title=f"Đường mới số {number}")
            now = built(content, site)
            more.click()  # its own files are still there
            page.locator("#results li").nth(19).wait_for()
            assert "Tìm thấy 49 bài" in page.locator("#result-count").inner_text()
            assert all("Pa Khoá" in text for text in page.locator("#results li").all_inner_texts())
            for file in (site / "tim-kiem/chi-muc").iterdir():
                if file.name not in now:
                    file.unlink()
            page.locator("#search-words").fill("khoa pa")
            page.locator("#search-words").press("Enter")  # they are gone
            page.get_by_text("52 bài có đủ các từ").or_(page.get_by_text("Tìm thấy 52 bài")).first.wait_for()


def test_search_works_with_every_server(content: Path) -> None:
    built(content, content.parent / "site", "SEARCH_PIECES = True")
    portal = Portal(content.parent / "site")
    page_in_pieces = portal.read("/tim-kiem/") or b""
    whole = page_in_pieces.replace(b"&#34;piece&#34;:65536", b"&#34;piece&#34;:0")
    assert whole != page_in_pieces
    with sync_playwright() as playwright, serving(portal):
        browser = chromium.launch(playwright)
        for knows_ranges, sends_several, page in (
            (True, True, page_in_pieces),
            (True, False, page_in_pieces),
            (False, False, page_in_pieces),
            (False, False, whole),
        ):
            portal.knows_ranges, portal.sends_several = knows_ranges, sends_several
            portal.extra["/tim-kiem/"] = page
            context = browser.new_context(locale="vi-VN")
            reader = Reader(context.new_page(), portal.address)
            read: list[str] = []
            reader.page.on("requestfinished", lambda request, read=read: read.append(request.url))
            assert search(reader, "pa khoa 2011", sort="asc")[:2] == ["2", "Đường 2011 số 0"]
            assert search(reader, '"bài số 1 của năm"', year="2011") == ["1", "Đường 2011 số 1"]
            assert any(url.endswith(".lists.0") for url in read) == (not knows_ranges and page is page_in_pieces)
            context.close()
