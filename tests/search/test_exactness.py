"""A search finds exactly as many articles as SQLite's FTS5."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Route, sync_playwright

from tests import chromium, portals
from tests.search import archive
from tests.search.archive import QUERIES, Query, Reader, Truth

COUNT = 1000


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("archive")
    archive.write(folder / "content", COUNT)
    result = portals.build(folder / "output", folder / "content")
    assert result.returncode == 0, result.stderr
    return folder / "output"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        yield chromium.launch(playwright)


@pytest.fixture(scope="module")
def reader(site: Path, browser: Browser) -> Iterator[Reader]:
    with archive.reading(browser.new_page(locale="vi-VN"), site) as reader:
        yield reader


def test_every_count_is_that_of_fts5(reader: Reader) -> None:
    assert len(QUERIES) >= 60
    truth = Truth().fill(archive.articles(COUNT))
    shown = {query: reader.count(query) for query in QUERIES}
    expected = {query: len(truth.slugs(query, reader.categories, reader.authors)) for query in QUERIES}
    assert shown == expected
    assert sum(0 < count < COUNT for count in expected.values()) > 50


def test_exact_matches_come_first(reader: Reader) -> None:
    for words, inside in (("hồ", "hồ"), ("hộ", "hộ"), ("đào", "đào"), ("Hồ Đá Đen", "hồ")):
        reader.count(Query(words))
        reader.page.locator("#results li").first.filter(has_text=inside).wait_for()
    reader.count(Query("Hồ Đá Đen"))
    assert reader.titles()[0] == "Hồ Đá Đen"


@pytest.mark.parametrize(("sort", "newest_first"), [("desc", True), ("asc", False)])
def test_results_can_be_sorted_by_date(reader: Reader, sort: str, newest_first: bool) -> None:
    reader.count(Query("đường", sort=sort))
    for number in range(1, 4):
        reader.page.get_by_role("button", name="Xem thêm kết quả").click()
        reader.page.locator("#results li").nth(10 * number).wait_for()
    dates = reader.page.locator("#results time").evaluate_all("all => all.map(e => e.dateTime)")
    assert len(set(dates)) > 30
    assert dates == sorted(dates, reverse=newest_first)


def test_a_click_is_not_lost_when_texts_arrive_meanwhile(site: Path, browser: Browser) -> None:
    with archive.reading(browser.new_page(locale="vi-VN"), site) as reader:
        page, held = reader.page, list[Route]()
        page.route("**/*.texts", lambda route: held.append(route))
        with page.expect_request("**/*.texts"):
            reader.count(Query("đường", sort="desc"))
        button = page.get_by_role("button", name="Xem thêm kết quả")
        button.scroll_into_view_if_needed()
        box = button.bounding_box()
        page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 3)
        page.mouse.down()
        for route in held:
            with page.expect_event("requestfinished"):
                route.continue_()
        page.wait_for_timeout(200)  # would be enough to show them
        page.mouse.up()
        page.locator("#results li").nth(19).wait_for()
        page.close()


def test_every_article_can_be_reached_through_search(reader: Reader) -> None:
    total = reader.visit(Query('"đón đoàn" dinh LẬP', category="chinh-quyen", sort="asc"))
    assert total == len(reader.titles()) == 1
    assert reader.page.locator("#results mark").all_inner_texts()[:3] == ["Đình", "Lập", "đón Đoàn"]
    reader.page.locator("#results h3 a").click()
    assert reader.page.locator("h1").inner_text() == archive.ODD[0][0]
