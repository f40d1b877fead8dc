"""Long form of tests/search/test_exactness.py: ten thousand articles."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import sync_playwright

from tests import chromium, portals
from tests.search import archive
from tests.search.archive import QUERIES, Truth

COUNT = 10_000


def test_every_count_is_that_of_fts5_on_ten_thousand(tmp_path: Path) -> None:
    archive.write(tmp_path / "content", COUNT)
    result = portals.build(tmp_path / "output", tmp_path / "content")
    assert result.returncode == 0, result.stderr
    truth = Truth().fill(archive.articles(COUNT))
    with sync_playwright() as playwright:
        page = chromium.launch(playwright).new_page(locale="vi-VN")
        with archive.reading(page, tmp_path / "output") as reader:
            counts = {query: reader.count(query) for query in QUERIES}
            true = {query: len(truth.slugs(query, reader.categories, reader.authors)) for query in QUERIES}
    assert counts == true
