"""A page is light enough for an old phone on a slow line: few bytes, few requests, nothing from other sites."""

from __future__ import annotations

import gzip

import pytest
from playwright.sync_api import Response

from tests.browser.pages import HOME, LONGER, REPORT, SHORTER
from tests.browser.readers import Readers

KB = 1024
FIRST_WINDOW = 14 * KB  # what a server sends before it waits for an acknowledgement (RFC 6928: ten segments)


def compressed_size(response: Response) -> int:
    """Return the bytes on the line: text as a web server compresses it, pictures as they are."""
    body, kind = response.body(), response.headers["content-type"]
    return len(gzip.compress(body, 6)) if kind.startswith("text/") or "svg" in kind else len(body)


def loaded_resources(readers: Readers, path: str, width: int, density: float) -> list[tuple[str, str, int]]:
    """Return (kind, address, compressed bytes) of everything that is loaded for the first screen of a page.

    Pictures further down are lazy; the browser decides how early it fetches them on a fast line.
    """
    page = readers.new_reader(width=width, height=800, density=density).new_page()
    responses: list[Response] = []
    page.on("response", lambda response: responses.append(response))
    readers.go(page, path, wait_until="networkidle")
    later = page.locator("img[loading=lazy]").evaluate_all(
        "all => all.filter(e => e.getBoundingClientRect().top > innerHeight).map(e => e.currentSrc)"
    )
    return [(r.request.resource_type, r.url, compressed_size(r)) for r in responses if r.url not in later]


@pytest.mark.parametrize("path", [LONGER, SHORTER, REPORT])
def test_an_articles_text_style_and_script_fit_the_first_window(readers: Readers, path: str) -> None:
    loaded = loaded_resources(readers, path, 360, 1)
    weight = {kind: sum(size for k, _, size in loaded if k == kind) for kind in ("document", "stylesheet", "script")}
    assert all(weight.values()), weight
    assert weight["stylesheet"] <= 5 * KB, weight
    assert weight["script"] <= 3 * KB, weight
    assert sum(weight.values()) <= FIRST_WINDOW, weight


@pytest.mark.parametrize(("width", "density"), [(360, 1), (360, 2), (1280, 1)])
@pytest.mark.parametrize("path", [LONGER, HOME])
def test_a_page_with_its_lead_picture_is_light(readers: Readers, path: str, width: int, density: float) -> None:
    loaded = loaded_resources(readers, path, width, density)
    assert any(kind == "image" and url.endswith(".avif") for kind, url, _ in loaded), loaded
    assert len(loaded) <= 5, loaded
    assert sum(size for *_, size in loaded) <= 60 * KB, loaded
    assert not [url for kind, url, _ in loaded if kind in ("font", "media") or not url.startswith(readers.address)]


def test_a_smaller_screen_gets_a_smaller_picture(readers: Readers) -> None:
    def picture(width: int, density: float) -> int:
        return max(size for kind, _, size in loaded_resources(readers, LONGER, width, density) if kind == "image")

    assert picture(360, 1) < picture(360, 2) <= picture(1280, 2)


def test_the_first_picture_is_loaded_at_once_and_the_others_when_they_come_near(readers: Readers) -> None:
    page = readers.open(HOME, width=360)
    pictures = page.locator("main img").evaluate_all("all => all.map(e => [e.loading, e.width > 0 && e.height > 0])")
    assert len(pictures) > 5
    assert [loading for loading, _ in pictures] == ["auto", *["lazy"] * (len(pictures) - 1)]
    assert all(has_size for _, has_size in pictures)
