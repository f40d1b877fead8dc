"""Reading without a line: below a path, beside another portal, with a silent server, in Firefox; axe."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from environment import system
from tests import chromium, editors, portals
from tests.audit import engines
from tests.browser.conftest import axe  # noqa: F401  # a fixture of the tests below
from tests.browser.test_axe import COLOURS_ONLY, PALETTES, axe_violations, choose
from tests.browser.test_offline import ASK, WHATEVER_IS_KEPT
from tests.statistics.nginx import Served, serving

pytestmark = pytest.mark.skipif(not system.nginx(), reason="no nginx on this machine")
ARTICLE, OTHER = "bai-viet/mot-bai/", "bai-viet/khac/"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A portal below the path /xa/ behind nginx."""
    folder = tmp_path_factory.mktemp("portal")
    content = editors.write_small_content(folder / "content")
    editors.write_article(content, "khac.md", title="Bài khác")
    result = portals.build(folder / "output", content, settings='SITEURL = "https://tinh.example/xa"')
    assert result.returncode == 0, result.stderr
    (folder / "root").mkdir()
    (folder / "root/xa").symlink_to(folder / "output")
    with serving(folder / "output", folder / "nginx", root=folder / "root") as served:
        yield served


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        yield chromium.launch(playwright)


def open_page(browser: Browser, served: Served) -> Page:
    page = browser.new_context(locale="vi-VN").new_page()
    page.goto(f"{served.address}/xa/{ARTICLE}")
    return page


def test_below_a_path_the_worker_has_the_portal_and_nothing_else(browser: Browser, served: Served) -> None:
    page = open_page(browser, served)
    page.evaluate(ASK, ["sync", {}])
    assert page.evaluate("navigator.serviceWorker.ready.then(r => new URL(r.scope).pathname)") == "/xa/"
    page.context.set_offline(True)
    for path, title in (
        (OTHER, "Bài khác"),
        ("en/bai-viet/an-article/", "Không có mạng"),
        ("khong-co/", "Không có mạng"),
    ):
        page.goto(f"{served.address}/xa/{path}")
        assert page.inner_text("h1") == title


def test_a_server_that_does_not_answer_gives_way_to_the_copy_until_it_does(browser: Browser, served: Served) -> None:
    page = open_page(browser, served)
    page.evaluate(ASK, ["sync", {}])
    workers = [int(pid) for pid in os.popen(f"pgrep -P {served.process.pid}").read().split()]
    for pid in workers:
        os.kill(pid, signal.SIGSTOP)  # the kernel takes connections, and nobody answers
    try:
        page.goto(f"{served.address}/xa/{OTHER}")
        assert page.inner_text("h1") == "Bài khác"
        assert "đang xem bản lưu lúc" in page.inner_text(".kept-line")
    finally:
        for pid in workers:
            os.kill(pid, signal.SIGCONT)
    expect(page.locator(".kept-line")).to_have_count(0)


def test_another_portal_on_the_same_host_is_left_alone(browser: Browser, served: Served) -> None:
    page = open_page(browser, served)
    page.evaluate(ASK, ["sync", {}])
    page.evaluate("caches.open('/khac/ read').then(cache => cache.put('/khac/', new Response('x')))")
    page.evaluate(ASK, ["clear", {}])
    assert [name for name in page.evaluate(WHATEVER_IS_KEPT) if isinstance(name, str)] == ["/khac/ read"]


def test_axe_finds_nothing_on_what_is_shown_for_it_in_any_palette(
    browser: Browser,
    served: Served,
    axe: str,  # noqa: F811
) -> None:
    page, violations = open_page(browser, served), []

    def look(state: str) -> None:
        violations.extend(axe_violations(page, axe, state))
        for theme, contrast in PALETTES:
            choose(page, theme=theme, contrast=contrast)
            violations.extend(axe_violations(page, axe, f"{state}, {theme} {contrast}", COLOURS_ONLY))

    page.locator(".keep button").click()
    expect(page.locator("#status")).to_contain_text("Đã lưu")
    look("article")
    page.evaluate(ASK, ["sync", {}])
    page.goto(f"{served.address}/xa/bai-da-luu/")
    expect(page.locator("[data-list=saved] li")).to_have_count(1)
    look("saved")
    page.context.set_offline(True)
    page.goto(f"{served.address}/xa/{OTHER}")
    expect(page.locator("#status")).to_contain_text("bản lưu")
    look("copy")
    page.goto(f"{served.address}/xa/khong-co/")
    expect(page.locator("[data-list=saved] li")).to_have_count(1)
    look("not kept")
    assert not violations, "\n".join(violations)


@pytest.mark.skipif(not engines.FIREFOX, reason="Firefox is not installed")
@pytest.mark.parametrize("is_blocked", [True, False])  # the second ends the server
def test_firefox_reads_without_a_line_unless_it_may_store_nothing(
    served: Served,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    is_blocked: bool,
) -> None:
    monkeypatch.setitem(engines.PREFERENCES, "network.cookie.cookieBehavior", 2 if is_blocked else 5)
    with engines.firefox(tmp_path) as driver:
        engine = engines.Engine(driver, f"{served.address}/xa/")
        engine.open("bai-da-luu/")
        if is_blocked:
            engine.wait("document.querySelector('.impossible').hidden === false")
            engine.open(ARTICLE)
            engine.wait("document.querySelector('[name=theme-color]')")
            assert engine.run("document.querySelectorAll('.keep').length") == 0
            return
        engine.wait("document.querySelector('.lists').hidden === false")
        engine.run(f"({ASK})({json.dumps(['sync', {}])})")
        with suppress(RuntimeError):  # the driver tells the failed request, whatever is shown
            os.kill(served.process.pid, signal.SIGTERM)
            served.process.wait()
            driver.go(f"{served.address}/xa/{OTHER}")
        engine.wait("document.querySelector('.kept-line')")
        assert engine.run("document.querySelector('h1').textContent") == "Bài khác"
