"""Listening to the news of the day on the front page: real recordings, played by a real Chromium."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.pages import HOME, NEWS
from tests.browser.readers import Readers
from tests.browser.test_axe import run_axe
from tests.browser.test_read_aloud import SOUND

OPEN = "Nghe tin hôm nay"
PLAYING = "n => window.sound && sound.currentSrc.endsWith(n) && !sound.paused && sound.currentTime > 0"


def listen(readers: Readers, **reader: object) -> tuple[Page, list[str]]:
    """Press the button on the front page; return the page, and the headlines of the newest day."""
    context = readers.new_reader(**reader)
    context.add_init_script(f"{SOUND} window.SLOWNESS = 0.1;")
    page = context.new_page()
    readers.go(page, HOME)
    page.get_by_role("button", name=OPEN, exact=True).press("Enter")
    news = page.locator("#news-player").evaluate("e => JSON.parse(e.dataset.news)")
    page.wait_for_function(PLAYING, arg=news[0][2])
    return page, [title for title, *_ in news]


def test_one_press_plays_the_news_of_the_newest_day_one_after_the_other(readers: Readers) -> None:
    page, titles = listen(readers)
    newest = (
        readers.open(NEWS)
        .locator(".item")
        .evaluate_all(
            "all => all.map(e => [e.querySelector('time').dateTime.slice(0, 10), e.querySelector('h2').textContent])"
        )
    )
    assert titles == [title for day, title in newest if day == newest[0][0]] and len(titles) > 2
    player = page.get_by_role("region", name="Nghe tin lần lượt")
    expect(player.get_by_role("status")).to_contain_text(f"Bài 1 trên {len(titles)}")
    expect(player.get_by_role("link")).to_have_text(titles[0])
    for number, title in enumerate(titles[1:], start=2):
        page.evaluate("sound.currentTime = sound.duration - 0.05")
        expect(player.get_by_role("link")).to_have_text(title)
        expect(player.get_by_role("status")).to_contain_text(f"Bài {number} trên")
        page.wait_for_function("() => !sound.paused")
    page.evaluate("sound.currentTime = sound.duration - 0.05")
    expect(player).to_be_hidden()
    expect(page.get_by_role("button", name=OPEN, exact=True)).to_be_focused()


def test_the_player_works_by_keyboard(readers: Readers) -> None:
    page, titles = listen(readers)
    player = page.get_by_role("region", name="Nghe tin lần lượt")
    pause = player.get_by_role("button", name="Tạm dừng", exact=True)
    expect(pause).to_be_focused()
    page.keyboard.press("Space")
    expect(player.get_by_role("button", name="Nghe tiếp", exact=True)).to_be_focused()
    assert page.evaluate("sound.paused")
    focus_is_on_play = "() => document.activeElement.matches('.play')"
    page.keyboard.press("Tab")
    for title in titles[1:]:
        page.keyboard.press("Enter")
        expect(player.get_by_role("link")).to_have_text(title)
    assert page.evaluate(focus_is_on_play)  # at an end, the button that was pressed cannot keep the focus
    previous = player.get_by_role("button", name="Bài trước", exact=True)
    for title in titles[-2::-1]:
        previous.press("Enter")
        expect(player.get_by_role("link")).to_have_text(title)
    expect(previous).to_be_disabled()
    assert page.evaluate(focus_is_on_play)
    page.keyboard.press("Escape")
    expect(player).to_be_hidden()
    opener = page.get_by_role("button", name=OPEN, exact=True)
    expect(opener).to_be_focused()
    assert page.evaluate("sound.paused") and opener.get_attribute("aria-expanded") == "false"


def test_while_it_plays_it_is_in_view_and_hides_no_focus(readers: Readers, axe: str) -> None:
    page, _ = listen(readers, width=360, height=740)
    player = page.locator("#news-player")
    assert run_axe(page, axe)["violations"] == []
    page.locator("main a:visible").first.focus()
    for _ in range(20):
        page.keyboard.press("Tab")
        focused = page.evaluate("() => document.activeElement.getBoundingClientRect().bottom")
        box = player.bounding_box()
        assert focused <= box["y"] + 1 and box["y"] + box["height"] <= 741


def test_without_javascript_it_is_a_link_to_the_podcast(readers: Readers) -> None:
    page = readers.open(HOME, javascript=False)
    assert page.get_by_role("link", name=OPEN, exact=True).get_attribute("href") == "/podcast/"
    assert page.get_by_role("button", name=re.compile("^Nghe")).count() == 0


def test_headlines_that_can_be_heard_are_marked_in_words_too(readers: Readers) -> None:
    for path in (HOME, NEWS):
        meta = readers.open(path).locator(".meta:has(.sound)")
        assert meta.count() >= 10
        assert meta.first.get_by_role("img", name="có bản đọc").is_visible()
