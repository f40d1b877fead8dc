"""The worker of a portal below a path, beside another one, and before a server that does not answer."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from environment import system
from tests import chromium, editors, portals
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
