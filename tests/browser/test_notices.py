"""Notices come first, move nothing, are read once and end by the clock, whether anybody builds again or not."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests import editors, portals
from tests.browser.server import Portal, serving

ENDS = datetime.now().astimezone().replace(microsecond=0) + timedelta(hours=2)
ARTICLE, NOTICE = "/bai-viet/mot-bai/", "/thong-bao/lu/"
WATCH = """window.shifted = 0;
new PerformanceObserver(list => { for (const shift of list.getEntries()) window.shifted += shift.value })
    .observe({ type: "layout-shift", buffered: true })"""


@pytest.fixture(scope="module")
def warned(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    """A portal with a warning, an urgent notice and a piece of information in force."""
    root = tmp_path_factory.mktemp("warned")
    content = editors.write_small_content(root / "content")
    editors.write_article(content, "mot-bai.md", "\n\n".join(["Một đoạn."] * 40))
    begins = f"{ENDS - timedelta(hours=5):%Y-%m-%d %H:%M:%S%z}"
    for slug, level, end in (("lu", "khẩn", ENDS), ("ret", "cảnh báo", ENDS), ("moi", "thông tin", ENDS)):
        header = f"title: Tin {slug}\nlevel: {level}\nfrom: {begins}\nuntil: {end:%Y-%m-%d %H:%M:%S%z}\nphone: '112'"
        editors.write_file(content, f"thong-bao/{slug}.md", f"---\n{header}\n---\n\nViệc cần làm.\n")
    assert portals.build(root / "output", content).returncode == 0
    with serving(Portal(root / "output")) as portal:
        yield portal


@contextmanager
def reader(browser: Browser, portal: Portal, path: str, **options: Any) -> Iterator[Page]:
    """Open a page for a reader whose clock the test moves."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, **options)
    page = context.new_page()
    page.clock.install(time=ENDS - timedelta(hours=1))
    page.add_init_script(WATCH)
    page.goto(portal.address + path)
    yield page
    context.close()


@pytest.mark.parametrize("path", ["/", ARTICLE, NOTICE])
def test_a_notice_is_first_moves_nothing_is_read_once_and_ends(browser: Browser, warned: Portal, path: str) -> None:
    with reader(browser, warned, path) as page:
        page.clock.run_for(3000)
        band = page.locator(".skip + .alerts")
        expect(band.locator("li").first).to_be_visible()
        expected = {"/": "Khẩn: Tin lu", ARTICLE: "Khẩn: Tin lu", NOTICE: "Cảnh báo: Tin ret"}[path]
        assert band.locator("li").first.inner_text().startswith(expected)
        assert page.get_by_role("region", name="Thông báo đang có hiệu lực").count() == 1
        assert page.locator("body").aria_snapshot().count(f'link "{expected.partition(": ")[2]}"') == 1
        assert page.evaluate("window.shifted") == 0
        page.clock.fast_forward("01:01:00")
        page.clock.run_for(1000)
        expect(page.locator(".alerts")).to_have_count(0)
        assert page.locator("[data-until]").count() == 0
        if path == NOTICE:
            assert "Thông báo này đã hết hiệu lực" in page.locator(".alert-head").inner_text()


def test_a_warning_can_be_hidden_until_the_tab_is_closed_an_urgent_one_cannot(browser: Browser, warned: Portal) -> None:
    with reader(browser, warned, ARTICLE) as page:
        page.clock.run_for(3000)
        expect(page.locator(".late li").first).to_be_visible()
        assert page.locator(".late button").count() == 0
    script = (warned.folders[0] / "thong-bao.js").read_text("utf-8")
    only_warning = script.replace("</p></section>", "<button type=button>Ẩn</button></p></section>")
    warned.extra["/thong-bao.js"] = only_warning.encode()
    try:
        with reader(browser, warned, ARTICLE) as page:
            page.clock.run_for(3000)
            page.locator(".late button").click()
            assert page.evaluate("document.activeElement.tagName") == "MAIN"
            page.goto(warned.address + ARTICLE)
            page.clock.run_for(3000)
            page.wait_for_load_state("networkidle")
            assert page.locator(".late").count() == 0
    finally:
        del warned.extra["/thong-bao.js"]


def test_without_scripts_it_is_on_the_front_page(browser: Browser, warned: Portal) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(warned.address + "/")
    assert page.locator(".skip + .alerts li").count() == 3
    context.close()
