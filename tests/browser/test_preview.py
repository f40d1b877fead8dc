"""An editor's preview: the page in the browser follows what is saved."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests import portals
from tests.browser.previews import editors_folder, serving_preview


def printed_builds(folder: Path) -> int:
    """Return how many builds the preview has reported."""
    return (folder / "printed").read_text(encoding="utf-8").count("bài viết")


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """An editor's folder with one article and one draft."""
    folder = editors_folder(tmp_path / "content")
    portals.write_article(folder, "bai.md", "Câu thứ nhất.", slug="bai")
    portals.write_article(folder, "nhap.md", "Còn viết dở.", slug="nhap", status="draft", title="Bản nháp của tôi")
    return folder


@pytest.fixture
def address(content: Path, tmp_path: Path) -> Iterator[str]:
    """The address at which `tasks.py serve` shows that folder."""
    with serving_preview(content, tmp_path, 8400) as address:
        yield address


def test_the_page_follows_what_is_saved(browser: Browser, content: Path, address: str) -> None:
    page = browser.new_page()
    page.goto(address + "bai-viet/bai/")
    _shows(page, "Câu thứ nhất.")
    portals.write_article(content, "bai.md", "Câu đã sửa.", slug="bai")
    _shows(page, "Câu đã sửa.")
    portals.write_article(content, "bai.md", "Câu đã sửa.", slug="bai", date="hôm qua")
    expect(page.get_by_role("alert")).to_contain_text("bai.md:3: date:")
    _shows(page, "Câu đã sửa.")
    portals.write_article(content, "bai.md", "Câu sau cùng.", slug="bai")
    _shows(page, "Câu sau cùng.")
    expect(page.get_by_role("alert")).to_have_count(0)
    page.close()


def test_a_page_that_has_not_changed_is_not_reloaded(
    browser: Browser, content: Path, address: str, tmp_path: Path
) -> None:
    other, page = browser.new_page(), browser.new_page()
    other.goto(address + "bai-viet/nhap/")
    other.evaluate("window.marked = true")
    page.goto(address + "bai-viet/bai/")
    builds = printed_builds(tmp_path)
    portals.write_article(content, "bai.md", "Câu đã sửa.", slug="bai")
    _shows(page, "Câu đã sửa.")
    portals.wait_until(lambda: printed_builds(tmp_path) > builds)
    assert other.evaluate("window.marked")
    portals.write_article(content, "nhap.md", "Xong rồi.", slug="nhap", status="draft")
    _shows(other, "Xong rồi.")
    other.close()
    page.close()


def test_drafts_are_shown_and_marked(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(address + "bai-viet/nhap/")
    _shows(page, "Còn viết dở.")
    expect(page.get_by_text("Bản nháp", exact=True)).to_be_visible()
    page.close()


def _shows(page: Page, words: str) -> None:
    expect(page.locator(".body")).to_have_text(words)
