"""The portal behind a web server, a Chromium, and readers who visit it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Playwright, sync_playwright

import environment
from tests import chromium, portals
from tests.browser import pages
from tests.browser.readers import Readers
from tests.browser.server import Portal, serving

ARGUMENTS = [
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",  # no server outside can answer
    "--no-proxy-server",
    "--force-color-profile=srgb",
    "--font-render-hinting=none",
    # one process draws all pages: a third less CPU time
    "--renderer-process-limit=1",
]


# For this package only: Playwright keeps an event loop running, which other tests must not find.
@pytest.fixture(scope="package")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="package")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """One Chromium for all browser tests."""
    started = launch(playwright)
    yield started
    started.close()


def launch(playwright: Playwright, *more: str) -> Browser:
    """Start the Chromium of this machine, with more command line arguments."""
    return chromium.launch(playwright, *ARGUMENTS, *more)


@pytest.fixture(scope="session")
def sample_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A portal of one article, in both languages, that has everything an article can have."""

    def build_into(folder: Path) -> None:
        content = folder / "content"
        portals.write_article(content, "mau.md", pages.SAMPLE_BODY, **pages.SAMPLE_HEADER)
        english = {"title": "A sample with everything", "authors": "Editorial Board", "category": "Society"}
        portals.write_article(
            content, "mau.en.md", "The same in English.", lang="en", slug=pages.SAMPLE_HEADER["slug"], **english
        )
        (content / "pages").mkdir()
        (content / "images").mkdir()
        shutil.copy(portals.ROOT / "content" / "images" / "deo.png", content / "images")
        pages.draw_pictures(content / "images")
        result = portals.build(folder / "output", content, pdf=True, audio=True)
        assert result.returncode == 0, result.stderr

    return portals.build_once(tmp_path_factory, "sample", build_into) / "output"


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of axe-core."""
    source = environment.NODE_MODULES / "axe-core/axe.min.js"
    assert source.exists(), f"{source} is missing: run `python3 tasks.py test`"
    return source.read_text(encoding="utf-8")


@pytest.fixture(scope="package")
def portal(site: Path, sample_site: Path) -> Iterator[Portal]:
    """The demonstration portal and the sample article behind one address."""
    with serving(Portal(site, sample_site)) as served:
        yield served


@pytest.fixture(scope="package")
def all_readers(browser: Browser, portal: Portal) -> Readers:
    """The readers of all tests."""
    return Readers(browser, portal.address)


@pytest.fixture
def readers(all_readers: Readers) -> Iterator[Readers]:
    """Readers of the portal. A test fails if anything went wrong on a page that it opened."""
    all_readers.faults.clear()
    yield all_readers
    all_readers.leave()
    assert not all_readers.faults, "\n".join(all_readers.faults)


@pytest.fixture(scope="module", params=pages.PAGES)
def kind(request: pytest.FixtureRequest) -> str:
    """Each kind of page, one after another; tests/audit overrides it."""
    return request.param


@pytest.fixture(scope="module")
def reader_options() -> dict[str, Any]:
    """Options of the reader who opens `shown`, see Readers.start; test modules override it."""
    return {}


@pytest.fixture(scope="module")
def shown_page(all_readers: Readers, reader_options: dict[str, Any]) -> Iterator[Page]:
    """The page in which `shown` opens one address after another."""
    context = all_readers.start(**reader_options)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def shown(all_readers: Readers, kind: str, shown_page: Page) -> Page:
    """A page of each kind, loaded once for all tests of a module that only look at it."""
    all_readers.faults.clear()
    all_readers.go(shown_page, pages.ADDRESSES[kind])
    assert not all_readers.faults, "\n".join(all_readers.faults)
    return shown_page
