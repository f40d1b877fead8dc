"""A page is light enough for an old phone on a slow line: few bytes, few requests, nothing from other sites.

What the portal adds to the text of an article is limited, however long the text is.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable
from functools import cache
from pathlib import Path

import brotli
import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Response

from tests.browser.pages import HOME, LONGER
from tests.browser.readers import Readers

KB = 1024
OWN_TEXT = "h1, .lead, .rail, .body, .changes, .end > .tags"  # what the editor has written


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
    return [
        (r.request.resource_type, r.url, compressed_size(r))
        for r in responses
        if r.url not in later and r.status != 204
    ]


@cache
def brotli_size(data: bytes) -> int:
    """Return the bytes of what a web server sends that has compressed its files beforehand."""
    return len(brotli.compress(data, quality=11))


@cache
def gzip_size(data: bytes) -> int:
    """Return the bytes for browsers without Brotli."""
    return len(gzip.compress(data, 9))


def added_to_text(page: Path, size: Callable[[bytes], int]) -> int:
    """Return how many compressed bytes an article's page, style and script have beyond the article's own text.

    The style for paper, the same for all pages, is apart: browsers load it after everything else.
    """
    html = page.read_text(encoding="utf-8")
    soup = BeautifulSoup(html, "html.parser")
    own = " ".join(map(str, soup.select(OWN_TEXT)))
    root = next(parent for parent in page.parents if (parent / "_headers").exists())
    files = [*soup.select("link[rel=stylesheet]:not([media=print])"), *soup.select("script[src*='/site.']")]
    assets = [(root / str(file.get("href") or file["src"]).lstrip("/")).read_bytes() for file in files]
    assert len(assets) == (3 if soup.select(".changes") else 2)  # a note brings its style
    return size(html.encode()) - size(own.encode()) + sum(map(size, assets))


@pytest.mark.parametrize(("size", "most"), [(brotli_size, 9.75 * KB), (gzip_size, 11.25 * KB)])
def test_what_the_portal_adds_to_an_articles_text_is_light(
    site: Path, sample_site: Path, size: Callable[[bytes], int], most: float
) -> None:
    pages = [*site.glob("**/bai-viet/*/index.html"), *sample_site.glob("**/bai-viet/*/index.html")]
    articles = [page for page in pages if "<article>" in page.read_text("utf-8")]  # others lead on, or are withdrawn
    weights = {page.parent.name: added_to_text(page, size) for page in articles}
    assert len(weights) >= 30
    heavy = {name: weight for name, weight in weights.items() if weight > most}
    assert not heavy, heavy
    (paper,) = site.glob("theme/print.*.css")
    assert size(paper.read_bytes()) < 0.9 * KB


@pytest.mark.parametrize(("width", "density"), [(360, 1), (360, 2), (1280, 1)])
@pytest.mark.parametrize("path", [LONGER, HOME])
def test_a_page_with_its_lead_picture_is_light(readers: Readers, path: str, width: int, density: float) -> None:
    loaded = loaded_resources(readers, path, width, density)
    assert any(kind == "image" and url.endswith(".avif") for kind, url, _ in loaded), loaded
    assert len(loaded) <= 7, loaded
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
