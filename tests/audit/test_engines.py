"""Everything that a reader does with the portal works in Firefox and in WebKit, the engine of Safari, too."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from plugins.preview.server import PreviewServer
from tests.audit import engines
from tests.audit.engines import Engine
from tests.browser.pages import HOME, LONGER, NEWS

STARTED = {"firefox": engines.FIREFOX, "webkit": engines.WEBKIT_DRIVER and engines.MINI_BROWSER}
STATUS = "document.getElementById('status').textContent"
DATA = "document.documentElement.dataset"
LEFT = "document.querySelector('.player [type=range]').value"
PLACES = f"JSON.parse(localStorage.nghe).places['{LONGER}']"


@pytest.fixture(scope="module")
def output(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the portal, beside which the server writes its log."""
    return Path(shutil.copytree(site, tmp_path_factory.mktemp("engines") / "output"))


@pytest.fixture(scope="module", params=STARTED)
def engine(request: pytest.FixtureRequest, output: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """A page in each engine that is installed, as wide as a phone."""
    if not STARTED[request.param]:
        pytest.skip(f"{request.param} is not installed")
    server = PreviewServer(output, 8800, live_reload=False)
    server.start()
    with getattr(engines, request.param)(tmp_path_factory.mktemp(request.param)) as driver:
        started = Engine(driver, server.address.rstrip("/"))
        started.resize(360, 740)
        yield started
    server.stop()


@pytest.fixture
def page(engine: Engine) -> Engine:
    """The page of a reader who has chosen nothing yet."""
    engine.open("/so-do-trang/")
    engine.run("localStorage.clear()")
    return engine


def test_tools_act_say_so_and_are_kept_on_the_next_page(page: Engine) -> None:
    page.open(HOME)
    page.click("[data-action=larger]")
    page.wait(f"{STATUS} === 'Cỡ chữ 112 %'")
    page.click("[data-action=stronger]")
    page.click("[data-action=night]")
    page.wait(f"{STATUS} === 'Đã bật chế độ ban đêm'")
    page.click("[data-action=space]")
    page.open(LONGER)
    assert page.run(f"[{DATA}.size, {DATA}.contrast, {DATA}.theme, {DATA}.spacing]") == ["112", "high", "dark", "wide"]
    assert page.run("getComputedStyle(document.documentElement).backgroundColor") == "rgb(0, 0, 0)"
    assert page.run("getComputedStyle(document.documentElement).fontSize") == "18px"
    page.click("[data-action=reset]")
    page.wait(f"!{DATA}.size && !{DATA}.theme")
    assert page.run("getComputedStyle(document.documentElement).fontSize") == "16px"


def test_keys_reach_the_tools_and_the_content(page: Engine) -> None:
    page.open(LONGER)
    page.press("Tab", "Tab")
    page.wait("document.activeElement.dataset.action === 'smaller'")
    if "Firefox" not in page.run("navigator.userAgent"):  # without a screen its keys press no button, on any page
        page.press("Space")
        page.wait(f"{DATA}.size === '90'")
    page.open(LONGER)
    page.press("Tab")
    page.wait("document.activeElement.className === 'skip'")
    page.press("Enter")
    page.wait("location.hash === '#noi-dung'")


def test_an_article_is_read_aloud_and_goes_on_where_one_stopped(page: Engine) -> None:
    page.open(LONGER)
    page.click("[data-action=listen]")
    page.wait(f"document.querySelector('.player') && {LEFT} > 1")
    for _ in range(6):
        page.click(".player .next")
    page.wait(f"{LEFT} > 20 && {PLACES} >= 6")
    place = page.run(PLACES)
    page.press("Escape")
    page.wait("document.querySelector('.player').hidden")
    page.open(LONGER)
    page.click("[data-action=listen]")
    page.wait(f"document.querySelector('.player') && {LEFT} > 20")
    assert page.run(PLACES) >= place
    page.wait("document.querySelector('.line').textContent.length > 5")
    top, bottom = page.run(
        "(box => [box.top, innerHeight - box.bottom])(document.querySelector('.player').getBoundingClientRect())"
    )
    assert top > 0 and bottom >= -1
    page.click(".player .stop")


def test_search_finds_shows_and_leads_to_an_article(page: Engine) -> None:
    page.open("/tim-kiem/")
    page.click("#search-words")
    page.press(*"cua khau", "Enter")
    page.wait("document.getElementById('results').dataset.count > 5")
    assert page.run("location.search") == "?q=cua+khau"
    assert not page.run("document.getElementById('no-results').getClientRects().length")
    page.click("#first-results h3 a")
    page.wait("document.querySelector('article h1')")


def test_an_article_is_rated(page: Engine) -> None:
    page.open(LONGER)
    page.click(".rate output")  # into view, so that its script is loaded
    page.wait("document.querySelector('.rate output').textContent")
    page.click(".rate label:nth-of-type(4)")
    page.click(".rate [type=submit]")
    page.wait("document.querySelector('.rate output').textContent.startsWith('Cảm ơn')")


def test_the_map_leads_to_a_commune_and_its_table_is_sorted(page: Engine) -> None:
    page.open("/ban-do/")
    page.click("[href='#gap-2']")
    page.wait("location.hash === '#gap-2'")
    page.click("th:nth-of-type(1) .sort")
    page.wait("document.querySelector('[aria-sort]')")
    page.click(".wide tbody th a")
    page.wait("location.pathname.split('/').length === 4 && document.querySelector('.unit')")


def test_the_address_is_copied_or_there_is_no_button_for_it(page: Engine) -> None:
    page.open(LONGER)
    if page.run("!!document.querySelector('[data-action=copy]')"):
        page.click("[data-action=copy]")
        page.wait(f"{STATUS} === 'Sao chép liên kết ✓'")
    else:
        assert page.run("!navigator.clipboard")
    assert urlsplit(page.run("document.querySelector('.share a').href")).hostname == "www.facebook.com"


def test_a_phone_shows_its_menu_and_its_search_field(page: Engine) -> None:
    page.open(NEWS)
    page.click(".menu summary")
    page.wait("document.querySelector('.sections').getClientRects().length")
    page.click(".finder")
    page.wait("document.activeElement.name === 'q'")
    assert page.run("document.scrollingElement.scrollWidth <= innerWidth")


def test_where_no_script_starts_the_page_is_as_it_is_without_javascript(page: Engine, output: Path) -> None:
    """Engines that cannot read the scripts: after 15 seconds on an article, after six on the search page."""
    (output / "theme/broken.js").write_text("let let;")
    for path in (LONGER, "/tim-kiem/"):
        folder = output / path.strip("/")
        html = (folder / "index.html").read_text(encoding="utf-8")
        broken, count = re.subn(r"/theme/(site|search)\.[^\"]*\.js", "/theme/broken.js", html)
        assert count == 1 + (path != LONGER)
        (folder / "broken.html").write_text(broken, encoding="utf-8")
    page.driver.go(page.address + LONGER + "broken.html")
    page.wait("document.querySelector('.nojs audio').getClientRects().length")
    assert not page.run("document.querySelector('[data-action=listen]').getClientRects().length")
    page.driver.go(page.address + "/tim-kiem/broken.html")
    page.wait("getComputedStyle(document.getElementById('no-results')).visibility === 'visible'")
