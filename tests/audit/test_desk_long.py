"""The whole way of an article at the desk, brought to another folder, until its readers learn that it is gone."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.conftest import axe, launch  # noqa: F401  axe is a fixture
from tests.browser.previews import serving_preview
from tests.browser.test_desk import desk_folder, the_whole_way


def test_an_article_is_published_corrected_undone_and_withdrawn(tmp_path: Path, axe: str) -> None:  # noqa: F811
    target = tmp_path / "target"
    content = desk_folder(tmp_path / "content", f'target = "{target}"\n')
    options = ("--site", str(tmp_path / "site"))
    with serving_preview(content, tmp_path, 8460, *options) as address, sync_playwright() as playwright:
        browser = launch(playwright)
        site = target / "current"
        keys = the_whole_way(browser, content, f"{address}soan/", axe, site, is_undone=True)
        keys.publish(f"{address}soan/", "Đã gỡ")
        shown = (site / "bai-viet/hop-dan-o-na-leng/index.html").read_text("utf-8")
        assert "nhà văn hóa" not in shown and "Họp hoãn." in shown
        browser.close()
