"""An address without a page: what was meant is guessed from the address."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.readers import MISSING, Readers

GRAZING = "/bai-viet/hop-truc-tuyen-ve-phong-chong-ret-dam-cho-gia-suc/"


@pytest.mark.parametrize(
    ("path", "guess", "words"),
    [
        ("chuyen-muc/nong-nghep/", "/chuyen-muc/nong-nghiep/", "nong nghep"),
        ("Gioi_Thieu.aspx", "/gioi-thieu/", "gioi thieu"),
        ("tin/hop-truc-tuyen-phong-chong-ret-dam-12345.html", GRAZING, "hop truc tuyen phong chong ret dam"),
        ("l%C6%B0u%20tr%E1%BB%AF", "/luu-tru/", "luu tru"),
    ],
)
def test_the_page_that_was_meant_is_offered(readers: Readers, path: str, guess: str, words: str) -> None:
    page = readers.open(MISSING + path)
    offered = page.locator("#guess a").evaluate_all("all => all.map(e => e.getAttribute('href'))")
    assert offered[0] == guess and len(offered) <= 3
    expect(page.get_by_role("heading", name="Có phải bạn tìm")).to_be_visible()
    expect(page.locator("main").get_by_role("searchbox", name="Từ cần tìm")).to_have_value(words)


@pytest.mark.parametrize("path", ["wp-login.php", "%E0%A4%A", "xyz/123/"])
def test_nothing_is_guessed_from_nothing(readers: Readers, path: str) -> None:
    page = readers.open(MISSING + path)
    expect(page.get_by_role("heading", name="Tin mới")).to_be_visible()
    expect(page.locator("#guess")).to_be_hidden()
