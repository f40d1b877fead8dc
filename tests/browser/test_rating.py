"""Rating an article in a real browser, with the server and the counting of the preview behind it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from plugins.addresses import STATS_NAME
from plugins.preview.server import PreviewServer
from plugins.preview.stats_thread import StatsThread
from tests import editors, portals
from tests.browser.pages import LONGER
from tests.browser.readers import Readers
from tests.browser.test_axe import run_axe

ONE, TWO = "bai-viet/mot/", "en/bai-viet/hai/"
GROUP = "Đánh giá bài viết"


class Preview:
    """A portal of two articles behind the preview's server, and its readers."""

    def __init__(self, server: PreviewServer, browser: Browser) -> None:
        self.server, self.browser = server, browser

    def open(self, path: str, agent: str = "A", javascript: bool = True) -> Page:
        agent = f"Mozilla/5.0 (Linux; Android 9; {agent}) AppleWebKit/537.36 Chrome/98.0.4758.101 Mobile Safari/537.36"
        page = self.browser.new_context(
            user_agent=agent, java_script_enabled=javascript, viewport={"width": 360, "height": 740}
        ).new_page()
        page.goto(self.server.address + path)
        return page

    def count(self) -> None:
        StatsThread(self.server.log, self.server.folder).count()

    def figures(self, article: str) -> dict[str, object]:
        return json.loads((self.server.folder / article / f"{STATS_NAME}.json").read_text(encoding="utf-8"))


@pytest.fixture
def preview(browser: Browser, tmp_path: Path) -> Iterator[Preview]:
    content = editors.write_small_content(tmp_path / "content")
    editors.write_article(content, "mot.md", title="Một")
    editors.write_article(content, "hai.en.md", title="Two", category="Society")
    assert portals.build(tmp_path / "output", content, settings="SHOW_DRAFTS = True").returncode == 0
    server = PreviewServer(tmp_path / "output", 8000, live_reload=False)
    server.start()
    others = browser.contexts
    yield Preview(server, browser)
    for context in browser.contexts:
        if context not in others:
            context.close()
    server.stop()


def expect_message(page: Page) -> object:
    page.get_by_role("group", name=GROUP).scroll_into_view_if_needed()
    return expect(page.locator("form output"))


def rate(page: Page, grade: str) -> None:
    page.get_by_role("radio", name=grade, exact=True).check()
    page.get_by_role("button", name="Gửi đánh giá").click()


def test_votes_are_thanked_for_and_counted_the_last_one_of_each_reader(preview: Preview) -> None:
    page = preview.open(ONE)
    expect_message(page).to_have_text("Chưa có đánh giá")
    rate(page, "Rất kém")
    expect_message(page).to_have_text("Cảm ơn bạn đã đánh giá. Điểm của bạn sẽ được tính trong ít phút nữa.")
    assert page.url == preview.server.address + ONE
    rate(page, "Tốt")
    expect_message(page).to_have_text("Cảm ơn bạn đã đánh giá. Điểm của bạn sẽ được tính trong ít phút nữa.")
    other = preview.open(ONE, agent="B")
    rate(other, "Rất tốt")
    expect_message(other).to_contain_text("Cảm ơn bạn")
    preview.count()
    assert preview.figures(ONE)["grades"] == [0, 0, 0, 1, 1]
    page.reload()
    expect_message(page).to_have_text("4,5 trên 5, 2 lượt đánh giá; mỗi mạng được tính nhiều nhất 10 lượt một ngày")


def test_without_javascript_the_form_leads_back_to_the_article_which_thanks(preview: Preview) -> None:
    page = preview.open(ONE, javascript=False)
    rate(page, "Kém")
    assert page.url == preview.server.address + ONE + "#cam-on"
    expect(page.get_by_text("Cảm ơn bạn đã đánh giá")).to_be_in_viewport()
    page.goto(preview.server.address + ONE)
    expect(page.get_by_text("Cảm ơn bạn đã đánh giá")).to_be_hidden()
    english = preview.open(TWO, agent="B", javascript=False)
    english.get_by_role("radio", name="Very good").check()
    english.get_by_role("button", name="Send rating").click()
    assert english.url == preview.server.address + TWO + "#cam-on"
    expect(english.get_by_text("Thank you for your rating")).to_be_in_viewport()
    preview.count()
    assert preview.figures(ONE)["grades"] == [0, 1, 0, 0, 0] and preview.figures(TWO)["grades"] == [0, 0, 0, 0, 1]


def test_a_form_without_a_grade_is_not_sent(preview: Preview) -> None:
    for javascript in (True, False):
        page = preview.open(ONE, javascript=javascript)
        page.get_by_role("button", name="Gửi đánh giá").click()
        assert page.url == preview.server.address + ONE
    assert "POST" not in preview.server.log.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("status", "words"),
    [(429, "Mạng của bạn vừa gửi quá nhiều đánh giá"), (500, "Chưa gửi được đánh giá"), (0, "Chưa gửi được đánh giá")],
)
def test_a_vote_that_is_rejected_is_reported(preview: Preview, status: int, words: str) -> None:
    page = preview.open(ONE)
    expect_message(page).to_have_text("Chưa có đánh giá")
    page.route(re.compile("/danh-gia"), lambda route: route.fulfill(status=status) if status else route.abort())
    rate(page, "Tốt")
    expect_message(page).to_contain_text(words)


def test_an_article_is_rated_by_keyboard_alone(preview: Preview) -> None:
    page = preview.open(ONE)
    expect_message(page).to_have_text("Chưa có đánh giá")
    page.get_by_role("radio", name="Rất kém").focus()
    for _ in range(4):
        page.keyboard.press("ArrowRight")
    expect(page.get_by_role("radio", name="Rất tốt")).to_be_checked()
    assert "POST" not in preview.server.log.read_text(encoding="utf-8"), "looking at the grades sends no vote"
    page.keyboard.press("Enter")
    expect_message(page).to_contain_text("Cảm ơn bạn")


def test_figures_are_loaded_when_the_form_comes_near_and_not_before(readers: Readers) -> None:
    page = readers.new_reader(width=360).new_page()
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.route(
        "**/so-lieu.json",
        lambda route: route.fulfill(json={"views": 1, "votes": 1, "average": 3.0, "grades": [0, 0, 1, 0, 0]}),
    )
    page.route("**/thong-ke.json", lambda route: route.fulfill(json={"today": {"visits": 1}, "total": {"visits": 1}}))
    readers.go(page, LONGER, wait_until="networkidle")
    assert not [url for url in requests if "rate-" in url or "so-lieu" in url]
    expect_message(page).to_have_text("3 trên 5, 1 lượt đánh giá")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_form_and_its_messages_have_no_violations(preview: Preview, axe: str, scheme: str) -> None:
    page = preview.open(ONE)
    page.emulate_media(color_scheme=scheme)
    rate(page, "Bình thường")
    expect_message(page).to_contain_text("Cảm ơn bạn")
    assert run_axe(page, axe)["violations"] == []
    assert (
        page.locator("form[method=post]").aria_snapshot()
        == """- group "Đánh giá bài viết":
  - heading "Đánh giá bài viết" [level=2]
  - radio "Rất kém"
  - text: Rất kém
  - radio "Kém"
  - text: Kém
  - radio "Bình thường" [checked]
  - text: Bình thường
  - radio "Tốt"
  - text: Tốt
  - radio "Rất tốt"
  - text: Rất tốt
- button "Gửi đánh giá"
- status: Cảm ơn bạn đã đánh giá. Điểm của bạn sẽ được tính trong ít phút nữa."""
    )


def test_no_answer_is_called_wrong_before_the_reader_has_given_one(readers: Readers) -> None:
    page = readers.open(LONGER)
    nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    radios = [node for node in nodes if node.get("role", {}).get("value") == "radio"]
    states = [p["value"]["value"] for node in radios for p in node["properties"] if p["name"] == "invalid"]
    assert len(radios) == 5 and states == ["false"] * 5


@pytest.mark.parametrize("size", ["100", "200"])
def test_answers_grow_with_the_text_and_sending_stands_below_them(readers: Readers, size: str) -> None:
    page = readers.open(LONGER, width=360, chosen={"size": size})
    radios = page.locator("[name=diem]").evaluate_all("all => all.map(e => e.getBoundingClientRect().width)")
    assert all(width == pytest.approx(20 * int(size) / 100) for width in radios)
    answers = page.locator(".rate label").evaluate_all("all => all.map(e => e.getBoundingClientRect().bottom)")
    send, answer = page.get_by_role("button", name="Gửi đánh giá"), page.locator(".rate label").first
    assert send.evaluate("e => e.getBoundingClientRect().top") >= max(answers)
    border = "e => getComputedStyle(e).borderTopWidth"
    assert send.evaluate(border) != answer.evaluate(border)
