"""Visit statistics in a real browser: on their page, and beside lists."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from plugins.visit_counter import feature
from tests.browser.pages import HOME, LONGER, NEWS
from tests.browser.readers import Readers
from tests.browser.test_axe import run_axe
from tests.visit_counter.test_visits import figures

PAGE = "/thong-ke/"


@pytest.fixture
def counted(readers: Readers, site: Path):
    """Opens a page of a site whose visits were counted, with the filled page that the web server would serve."""
    counts = figures()
    read = {LONGER.lstrip("/"): counts.articles["bai-viet/a/"]}
    filled = feature.stats_files(type(counts)(counts.updated, counts.days, read, counts.former_visits), site)[
        "thong-ke/so-lieu.html"
    ]

    def visit(path: str, **reader: object) -> Page:
        context = readers.new_reader(**reader)
        context.route(
            readers.address + PAGE, lambda route: route.fulfill(body=filled, content_type="text/html; charset=utf-8")
        )
        page = context.new_page()
        readers.go(page, path)
        return page

    return visit


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_the_filled_page_has_no_violations_and_fits(counted, axe: str, width: int, scheme: str) -> None:
    page = counted(PAGE, width=width, scheme=scheme)
    for summary in page.locator(".visits summary").all():
        summary.click()
    assert run_axe(page, axe)["violations"] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_everything_is_there_without_javascript(counted) -> None:
    page = counted(PAGE, javascript=False)
    expect(page.locator(".sum dd")).to_have_count(5)
    assert page.get_by_role("img").count() >= 2 and page.locator("table").count() >= 3
    page.locator(".most a").click()
    assert page.url.endswith(LONGER)


@pytest.mark.parametrize("path", [HOME, NEWS])
def test_the_sums_and_the_most_read_articles_are_loaded_when_they_come_into_view(counted, path: str) -> None:
    page = counted(path)
    page.get_by_role("heading", name="Thống kê truy cập").scroll_into_view_if_needed()
    expect(page.locator(".counts dd").first).to_have_text("8")
    expect(page.get_by_role("heading", name="Đọc nhiều nhất")).to_be_visible()
    assert page.locator(".most a").get_attribute("href") == LONGER
    assert page.get_by_role("link", name="Xem số liệu và biểu đồ").get_attribute("href") == PAGE


@pytest.mark.parametrize("path", [HOME, NEWS])
def test_if_nothing_is_counted_there_is_only_the_link(readers: Readers, path: str) -> None:
    page = readers.take()
    with page.expect_response(readers.address + PAGE):
        readers.go(page, path)
        page.get_by_role("heading", name="Thống kê truy cập").scroll_into_view_if_needed()
    page.wait_for_load_state("networkidle")
    assert page.locator(".counts").count() == 0
    assert page.get_by_role("link", name="Xem số liệu và biểu đồ").get_attribute("href") == PAGE


SITE_FIGURES = {"updated": "2026-04-08T10:05:00+07:00", "today": {"visits": 1234}, "total": {"visits": 61_296_417}}
ARTICLE_FIGURES = {"views": 4321, "today": 12, "votes": 0, "average": None, "grades": [0, 0, 0, 0, 0]}


@pytest.mark.parametrize("width", [360, 1280])
def test_beside_an_article_are_its_visits_and_those_of_the_portal(readers: Readers, width: int) -> None:
    context = readers.new_reader(width=width)
    context.route("**/so-lieu.json", lambda route: route.fulfill(json=ARTICLE_FIGURES))
    context.route(readers.address + "/thong-ke.json", lambda route: route.fulfill(json=SITE_FIGURES))
    page = context.new_page()
    readers.go(page, LONGER)
    page.locator(".visits-box").scroll_into_view_if_needed()
    expect(page.get_by_role("heading", name="Thống kê truy cập")).to_be_visible()
    rows = [" ".join(row.split()) for row in page.locator(".visits-box dl > div").all_inner_texts()]
    assert rows == [
        "Bài này, hôm nay 12",
        "Bài này, tổng số 4.321",
        "Cả Cổng, hôm nay 1.234",
        "Cả Cổng, tổng số 61.296.417",
    ]


def test_without_figures_there_is_no_box_beside_an_article(readers: Readers) -> None:
    page = readers.new_reader().new_page()
    with page.expect_response("**/visits-vi.*.js"):
        readers.go(page, LONGER)
        page.locator(".visits-box").scroll_into_view_if_needed()
    page.wait_for_load_state("networkidle")
    assert page.get_by_role("heading", name="Thống kê truy cập").count() == 0
    assert page.locator(".visits-box").bounding_box()["height"] == 0
