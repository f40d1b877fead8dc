"""Ten thousand random texts as blocks, and five hundred of them in the rich text of a real browser."""

from __future__ import annotations

from pathlib import Path

import hypothesis
from playwright.sync_api import Browser, expect

from tests import portals
from tests.browser.conftest import browser, playwright  # noqa: F401  # fixtures
from tests.browser.previews import editors_folder, serving_preview
from tests.desk.test_blocks import only_what_is_touched_changes
from tests.markdown_reader.test_nothing_is_lost import texts

IN_THE_BROWSER = 500
OPEN = """async text => {
  const area = document.querySelector("#body");
  const toggle = document.querySelector("#view");
  const shown = async isRich => {
    toggle.click();
    while (document.querySelector("#rich").hidden === isRich) await new Promise(done => setTimeout(done, 5));
  };
  await shown(false);
  area.value = text;
  await shown(true);
  return new FormData(document.querySelector("#article")).get("body").replaceAll("\\r\\n", "\\n");
}"""


@hypothesis.settings(max_examples=10_000)
@hypothesis.given(texts())
def test_a_block_is_written_without_changing_others(text: str) -> None:
    only_what_is_touched_changes(text)


def test_what_nobody_touches_stays_in_a_browser(browser: Browser, tmp_path: Path) -> None:  # noqa: F811  # the fixture
    content = editors_folder(tmp_path / "content")
    portals.write_article(content, "bai.md", "Câu thứ nhất.", slug="bai", title="Bài đã có")
    with serving_preview(content, tmp_path, 8470) as address:
        page = browser.new_page()
        page.goto(f"{address}soan/bai/articles/2026/bai.md")
        expect(page.locator("#rich")).to_be_visible()

        @hypothesis.settings(max_examples=IN_THE_BROWSER, phases=[hypothesis.Phase.generate])
        @hypothesis.given(texts())
        def stays(text: str) -> None:
            assert page.evaluate(OPEN, text) == text

        stays()
        page.close()
