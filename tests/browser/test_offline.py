"""Reading without a line, behind nginx: what is kept says how old it is, and never stands in the way of the portal."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from environment import system
from tests import editors, portals
from tests.browser.pages import HOME, NEWS, SAMPLE
from tests.browser.readers import Readers
from tests.statistics.nginx import Served, serving

pytestmark = pytest.mark.skipif(not system.nginx(), reason="no nginx on this machine")
SAVED = "/bai-da-luu/"
RELEASES = "RELEASES = 3"
EXPECTED = ("503", "net::ERR_", "service-worker.js")  # without a line, and where the feature was taken out
ASK = """([job, values]) => navigator.serviceWorker.ready.then(({ active }) => new Promise(resolve => {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = ({ data }) => resolve(data);
  active.postMessage({ job, lang: "vi", path: location.pathname, version: "", ...values }, [port2]);
}))"""
WHATEVER_IS_KEPT = "() => Promise.all([navigator.serviceWorker.getRegistrations(), caches.keys()]).then(a => a.flat())"
PART = """([address, Range]) => fetch(address, { headers: { Range } }).then(async answer =>
  [answer.status, [...new Uint8Array(await answer.arrayBuffer())]])"""
STATUS = "#status"


def ask(page: Page, job: str, **values: Any) -> Any:
    """Have the worker do a job (plugins/offline/worker/jobs.js), and wait until it has. "sync" keeps all."""
    return page.evaluate(ASK, [job, values])


@contextmanager
def reader(browser: Browser, served: Served, **options: Any) -> Iterator[Page]:
    """Yield an empty page of a reader whose browser keeps pages. A test fails if anything goes wrong while online."""
    readers = Readers(browser, served.address)
    with_line = readers.new_reader(worker=True, **options)
    yield with_line.new_page()
    with_line.close()
    unexpected = [fault for fault in readers.faults if not any(text in fault for text in EXPECTED)]
    assert not unexpected, unexpected


@pytest.fixture(scope="module")
def nginx(sample_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The sample article, with its recording, behind nginx."""
    with serving(sample_site, tmp_path_factory.mktemp("nginx") / "run") as served:
        yield served


def test_without_a_line_what_is_kept_is_read_and_says_how_old_it_is(browser: Browser, nginx: Served) -> None:
    with reader(browser, nginx, width=360) as page:
        page.goto(nginx.address + HOME)
        ask(page, "sync")
        expect(page.locator(".kept-line")).to_have_count(0)
        page.context.set_offline(True)
        for path in (HOME, SAMPLE):  # the second was never opened
            page.goto(nginx.address + path)
            assert page.locator("h1").count() and page.locator("main").inner_text()
            assert "đang xem bản lưu lúc" in page.inner_text(".kept-line")
            assert page.evaluate("getComputedStyle(document.querySelector('main')).maxWidth") == "1200px"  # styled
        answer = page.goto(nginx.address + NEWS)
        assert answer and answer.status == 503
        assert page.inner_text("h1") == "Không có mạng" and "chưa được lưu" in page.inner_text(".kept-line")
        expect(page.locator(STATUS)).to_contain_text("chưa được lưu")
        expect(page.locator(f"[data-list=ahead] a[href='{SAMPLE}']")).to_be_visible()
        page.goto(nginx.address + SAMPLE)
        expect(page.locator(STATUS)).to_contain_text("đang xem bản lưu lúc")
        page.context.set_offline(False)
        expect(page.locator(".kept-line")).to_have_count(0)


def test_an_article_and_its_recording_are_saved_and_removed_by_keyboard(
    browser: Browser, nginx: Served, sample_site: Path
) -> None:
    with reader(browser, nginx) as page:
        page.goto(nginx.address + SAMPLE)
        page.locator(".keep button").press("Enter")
        expect(page.locator(STATUS)).to_have_text("Đã lưu: đọc được bài này khi không có mạng.")
        page.get_by_role("button", name="Tải cả bài nghe (").press("Enter")
        expect(page.locator(STATUS)).to_have_text("Đã tải: nghe được khi không có mạng.")
        sound = page.locator("[data-sound]").get_attribute("data-sound")
        page.context.set_offline(True)
        page.goto(nginx.address + SAMPLE)
        whole = (sample_site / f"{sound}.mp3".lstrip("/")).read_bytes()
        for asked, part in (("100-199", whole[100:200]), ("-50", whole[-50:]), (f"{len(whole) - 9}-", whole[-9:])):
            status, content = page.evaluate(PART, [f"{sound}.mp3", f"bytes={asked}"])
            assert (status, bytes(content)) == (206, part)
        page.locator("[data-action=listen]").click()
        expect(page.locator(".player")).to_be_visible()
        page.context.set_offline(False)
        page.goto(nginx.address + SAVED)
        for name, said in (("Xóa bài nghe khỏi máy", "Đã xóa bài nghe khỏi máy."), ("Bỏ lưu", "Đã bỏ lưu.")):
            page.get_by_role("button", name=name).press("Enter")
            expect(page.locator(STATUS)).to_have_text(said)
        expect(page.locator(".nothing")).to_be_visible()
        page.locator("[data-action=keep-nothing]").click()
        expect(page.locator("[data-action=keep-nothing]")).to_have_text("Lại lưu trang trên máy này")
        assert page.evaluate(WHATEVER_IS_KEPT) == []


def test_a_browser_that_stores_nothing_shows_the_portal_without_a_fault(browser: Browser, nginx: Served) -> None:
    readers = Readers(browser, nginx.address)
    context = readers.new_reader(worker=True)
    refuse = "() => Promise.reject(new DOMException('blocked', 'SecurityError'))"
    context.add_init_script(f"""if (navigator.serviceWorker) {{
        ServiceWorkerContainer.prototype.register = {refuse}; CacheStorage.prototype.open = {refuse}; }}""")
    page = context.new_page()
    page.goto(nginx.address + SAVED)
    expect(page.locator(".impossible")).to_be_visible()
    page.goto(nginx.address + SAMPLE)
    page.wait_for_selector("meta[name=theme-color]", state="attached")
    assert page.locator(".keep").count() == 0
    context.close()
    assert not readers.faults


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A portal of two articles, in releases."""
    content = editors.write_small_content(tmp_path / "content")
    editors.write_article(content, "khac.md", title="Bài khác")
    build(tmp_path)
    return tmp_path


def build(folder: Path, title: str = "", **options: Any) -> None:
    if title:
        editors.write_article(folder / "content", "mot-bai.md", title=title)
    result = portals.build(folder / "output", folder / "content", settings=RELEASES, **options)
    assert result.returncode == 0, result.stderr


def test_a_release_and_a_rollback_are_seen_at_the_next_visit_with_and_without_a_line(
    browser: Browser, small: Path
) -> None:
    with serving(small / "output", small / "nginx") as served, reader(browser, served) as page:

        def titles(path: str) -> tuple[str, str]:
            """Return the title of a page with a line, and then without one."""
            page.goto(served.address + path)
            online = page.inner_text("h1")
            ask(page, "sync")
            page.context.set_offline(True)
            page.goto(served.address + path)
            assert page.locator(".kept-line").count()
            offline = page.inner_text("h1")
            page.context.set_offline(False)
            return online, offline

        assert titles("/bai-viet/mot-bai/") == ("Một bài bình thường",) * 2
        build(small, title="Bản thứ hai")
        page.goto(served.address + "/bai-viet/khac/")
        ask(page, "sync")
        page.context.set_offline(True)
        page.goto(served.address + "/bai-viet/mot-bai/")  # not visited since: kept ahead anew
        assert page.inner_text("h1") == "Bản thứ hai"
        page.context.set_offline(False)
        assert portals.tasks("rollback", "--output", str(small / "output")).returncode == 0
        assert titles("/bai-viet/mot-bai/") == ("Một bài bình thường",) * 2
        editors.write_article(small / "content", "mot-bai.md", status="withdrawn", reason='"1/3/2026: Nhầm."')
        build(small)
        page.goto(served.address + "/bai-viet/khac/")
        ask(page, "sync")
        assert page.evaluate("caches.match('/bai-viet/mot-bai/').then(Boolean)") is False


def test_taken_out_the_worker_is_gone_at_the_next_visit_with_all_that_it_kept(browser: Browser, small: Path) -> None:
    with serving(small / "output", small / "nginx") as served, reader(browser, served) as page:
        page.goto(served.address + "/bai-viet/mot-bai/")
        ask(page, "sync")
        assert len(page.evaluate(WHATEVER_IS_KEPT)) > 3
        build(small, without="offline")
        page.goto(served.address + "/bai-viet/khac/")
        page.wait_for_function(f"() => ({WHATEVER_IS_KEPT})().then(kept => !kept.length)")
        assert page.inner_text("h1") == "Bài khác"
