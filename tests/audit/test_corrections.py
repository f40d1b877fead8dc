"""A correction reaches readers who have the page in their cache, at their next click (real nginx, Chromium)."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from environment import system
from tests import chromium, editors, portals
from tests.statistics.nginx import serving

pytestmark = pytest.mark.skipif(not system.nginx(), reason="no nginx on this machine")
OLD = time.time() - 100 * 86_400  # browsers may keep a page for a tenth of its age without asking


@pytest.mark.parametrize("settings", ["", "RELEASES = 3\nPRECOMPRESSED = ['gz']"])
def test_a_corrected_title_is_seen_at_the_next_click(tmp_path: Path, settings: str) -> None:
    content = editors.write_small_content(tmp_path / "content")
    editors.write_article(content, "bai.md", title="Tiêu đề sai", slug="bai")
    assert portals.build(tmp_path / "output", content, settings=settings).returncode == 0
    for file in (tmp_path / "output").resolve().rglob("*"):
        os.utime(file, (OLD, OLD))
    with serving(tmp_path / "output", tmp_path / "nginx") as served, sync_playwright() as playwright:
        page = chromium.launch(playwright).new_page()
        page.goto(f"{served.address}/tin-moi/")
        page.click("text=Tiêu đề sai")
        assert page.inner_text("h1") == "Tiêu đề sai"
        editors.write_article(content, "bai.md", title="Tiêu đề đúng", slug="bai")
        assert portals.build(tmp_path / "output", content, settings=settings).returncode == 0
        page.go_back()
        page.evaluate("document.querySelector('a[href=\"/bai-viet/bai/\"]').click()")
        page.wait_for_function("document.querySelector('h1').textContent == 'Tiêu đề đúng'")
