"""Without JavaScript a page is complete: the system's settings apply, and no dead control is shown."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, Playwright

from tests.browser.conftest import launch
from tests.browser.pages import HOME, LONGER, SAMPLE
from tests.browser.readers import Readers
from tests.browser.server import Portal
from tests.browser.test_layout import assert_says_that_the_province_is_invented


@pytest.fixture(scope="module")
def reader_options() -> dict[str, Any]:
    return {"javascript": False}


@pytest.mark.parametrize("width", [360, 1280])
def test_no_dead_control_is_shown(shown: Page, width: int) -> None:
    shown.set_viewport_size({"width": width, "height": 900})
    controls = shown.evaluate("""() => [...document.querySelectorAll(
        "button, input, select, .js, [role=button], [role=status]")]
      .filter(e => e.checkVisibility() && !e.closest("form[action]")).map(e => e.outerHTML.slice(0, 80))""")
    assert not controls, controls
    assert shown.locator("main").inner_text().strip()


def test_every_page_says_that_the_province_is_invented(shown: Page, kind: str) -> None:
    assert_says_that_the_province_is_invented(shown, kind)


def test_with_javascript_the_same_controls_are_there(readers: Readers) -> None:
    """This ensures that the test above does not pass because there are no controls at all."""
    page = readers.open(LONGER)
    assert page.get_by_role("button").count() >= 9


@pytest.mark.parametrize("path", [HOME, SAMPLE])
def test_the_content_is_the_same_as_with_javascript(readers: Readers, path: str) -> None:
    plain = readers.open(path, javascript=False)
    plain.evaluate("document.querySelectorAll('.nojs').forEach(e => e.remove())")
    without = plain.locator("main").inner_text()
    page = readers.open(path)
    page.evaluate("document.querySelectorAll('.js').forEach(e => e.remove())")
    assert page.locator("main").inner_text() == without


def test_where_no_script_starts_the_page_is_as_it_is_without_javascript(readers: Readers) -> None:
    """The browser runs scripts, but those of the portal are lost on the line, or it cannot read them."""
    context = readers.new_reader(width=360)
    context.route(re.compile(r"/theme/(site|search)\."), lambda route: route.abort())
    page = context.new_page()
    page.clock.install()
    readers.go(page, LONGER)
    button, recording = page.locator("[data-action=listen]"), page.get_by_role("link", name="Nghe tệp")
    assert not recording.is_visible()
    page.clock.fast_forward(15_000)
    recording.wait_for()
    assert not button.is_visible() and page.locator("audio").is_visible()
    readers.go(page, "/tim-kiem/?q=cua+khau")
    page.evaluate("document.getAnimations().forEach(animation => animation.finish())")
    page.get_by_text("Tìm kiếm cần JavaScript").wait_for()
    assert page.get_by_role("link", name="Lưu trữ theo tháng").is_visible()
    readers.faults.clear()  # the requests that the test aborts


def test_the_system_chooses_night_and_contrast(readers: Readers) -> None:
    def background(scheme: str, contrast: str) -> str:
        page = readers.open(LONGER, javascript=False, scheme=scheme, contrast=contrast)
        return page.evaluate("getComputedStyle(document.documentElement).backgroundColor")

    assert background("light", "no-preference") == "rgb(255, 253, 248)"
    assert background("dark", "no-preference") == "rgb(23, 20, 17)"
    assert background("light", "more") == "rgb(255, 255, 255)"
    assert background("dark", "more") == "rgb(0, 0, 0)"


@pytest.mark.parametrize("javascript", [True, False])
def test_everything_scales_with_the_readers_own_text_size(
    playwright: Playwright, portal: Portal, javascript: bool
) -> None:
    """A browser set to text of 24 px instead of 16: half as large again, with the layout of a narrower screen."""
    browser = launch(playwright, "--blink-settings=defaultFontSize=24")
    readers = Readers(browser, portal.address)
    try:
        page = readers.open(LONGER, javascript=javascript, width=1280)
        assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "24px"
        assert page.locator(".body p").first.evaluate("e => getComputedStyle(e).fontSize") == "27px"
        assert page.locator(".finder").is_visible()  # as on a narrower screen
        assert page.evaluate("document.scrollingElement.scrollWidth <= innerWidth")
        if javascript:
            for _ in range(5):
                page.get_by_role("button", name="Tăng cỡ chữ").press("Enter")
            assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "48px"
    finally:
        readers.leave()
        browser.close()
    assert not readers.faults
