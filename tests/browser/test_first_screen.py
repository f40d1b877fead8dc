"""The first screen: the head leaves room, and what readers came for is there, also with large text."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.pages import HOME, LONGER, SHORTER
from tests.browser.readers import Readers
from tests.browser.test_layout import apply_layout

DECISION = "/van-ban/41-2026-qd-ubnd/"  # a headline of 270 letters
SCREENS = [(360, 640), (768, 1024), (1280, 800), (1366, 768)]
SIZES = ["100", "150", "200"]
ACTIONS = ["Đọc nội dung", "In trang", "Xuất PDF"]
TOOLS = [
    "Giảm cỡ chữ",
    "Cỡ chữ mặc định",
    "Tăng cỡ chữ",
    "Giảm tương phản",
    "Tăng tương phản",
    "Chế độ ban đêm",
    "Giãn chữ",
    "Đặt lại hiển thị",
]
SECTIONS = ["Chính quyền", "Kinh tế – Cửa khẩu", "Nông nghiệp", "Văn hóa – Du lịch", "Xã hội", "Văn bản"]


def head_height(page: Page) -> float:
    return page.locator("body > header").evaluate("e => e.getBoundingClientRect().height")


def show(page: Page, width: int, height: int, size: str) -> None:
    apply_layout(page, width, size)
    page.set_viewport_size({"width": width, "height": height})


@pytest.mark.parametrize("path", [LONGER, SHORTER])
def test_reading_aloud_printing_and_pdf_are_on_the_first_screen(readers: Readers, path: str) -> None:
    """At 200 % within one and a half screens."""
    page = readers.open(path)
    below = []
    for width, height in SCREENS:
        for size in SIZES:
            show(page, width, height, size)
            for name in ACTIONS:
                box = page.locator(".top .acts").get_by_text(name).locator("..").bounding_box()
                end = box["y"] + box["height"]
                if end > (1.5 if size == "200" else 1) * height:
                    below.append(f"{width}×{height}, {size} %: {name} ends at {end}")
    assert not below, "\n".join(below)


@pytest.mark.parametrize("path", [HOME, LONGER])
def test_the_head_leaves_the_screen_to_the_page(readers: Readers, path: str) -> None:
    page = readers.open(path)
    for width, height, size, most in ((360, 640, "100", 130), (360, 640, "200", 0.35 * 640), (768, 1024, "100", 150)):
        show(page, width, height, size)
        assert head_height(page) <= most, (width, size)


def test_above_the_headline_is_only_the_crumb_in_one_line_and_under_it_the_actions_in_one_row(readers: Readers) -> None:
    page = readers.open(LONGER)
    for width, height in SCREENS:
        for size in SIZES:
            show(page, width, height, size)
            crumb, headline = page.locator(".crumb").bounding_box(), page.locator("h1").bounding_box()
            assert head_height(page) <= crumb["y"] and crumb["y"] + crumb["height"] <= headline["y"] + 1
            assert crumb["height"] < 90 and headline["y"] - head_height(page) < 60, (width, size)
    show(page, 360, 640, "100")
    rows = page.locator(".top .acts > :is(a, button):visible").evaluate_all(
        "all => all.map(e => e.getBoundingClientRect().top)"
    )
    assert len(rows) == 4 and len(set(rows)) == 1
    order = [page.locator(s).first.bounding_box()["y"] for s in ("h1", ".top .acts", ".rail dt:first-child", ".lead")]
    assert order == sorted(order)


def test_on_a_phone_an_action_shows_a_word_of_its_name(readers: Readers) -> None:
    page = readers.open(LONGER, width=360)
    for role, name, word in (
        ("button", "Đọc nội dung", "Đọc"),
        ("button", "In trang", "In"),
        ("link", "Xuất PDF", "PDF"),
        ("link", "Chia sẻ", "Chia sẻ"),
    ):
        action = page.locator(".top .acts").get_by_role(role, name=name)
        assert word in name
        assert action.get_by_text(word, exact=True).last.bounding_box()["width"] > 10, name
    page.locator(".top .acts").get_by_role("link", name="Chia sẻ").click()
    expect(page.get_by_role("link", name="Chia sẻ lên Zalo")).to_be_in_viewport()


def test_a_long_official_headline_is_smaller_but_never_smaller_than_the_text(readers: Readers) -> None:
    size = """() => ["h1", ".body p"].map(s => parseFloat(getComputedStyle(document.querySelector(s)).fontSize))"""
    ordinary, long = readers.open(LONGER), readers.open(DECISION)
    for width, height in SCREENS:
        for text_size in SIZES:
            show(ordinary, width, height, text_size)
            show(long, width, height, text_size)
            headline, text = long.evaluate(size)
            assert text <= headline < ordinary.evaluate(size)[0], (width, text_size)
    show(long, 360, 640, "100")
    assert long.locator("h1").bounding_box()["height"] < 400
    show(long, 1280, 800, "100")
    assert long.locator("h1").bounding_box()["height"] < 260


def test_the_level_of_contrast_is_seen_at_every_width(readers: Readers) -> None:
    for width, size in ((360, "100"), (360, "200"), (768, "100"), (1280, "100")):
        page = readers.open(HOME, width=width, chosen={"size": size})
        group = page.locator(".tb .colour").first
        seen = []
        for step in ("Giảm tương phản", "Tăng tương phản", "Tăng tương phản"):
            page.get_by_role("button", name=step, exact=True).click()
            words = page.locator("#contrast").evaluate("e => e.getBoundingClientRect().width > 80 ? e.innerText : ''")
            bar = group.locator(".level").evaluate("e => e.checkVisibility() && getComputedStyle(e).backgroundSize")
            seen.append((words, bar))
        assert len(set(seen)) == 3, (width, size, seen)


def test_all_sections_are_seen_on_a_tablet(readers: Readers) -> None:
    page = readers.open(LONGER, width=768, height=1024)
    boxes = [page.locator(".sections").get_by_text(name, exact=True).bounding_box() for name in SECTIONS]
    assert len({round(box["y"]) for box in boxes}) == 1 and boxes[-1]["x"] + boxes[-1]["width"] <= 768
    assert not page.locator("summary").first.is_visible()


@pytest.mark.parametrize("width", [360, 768])
def test_a_labelled_button_opens_the_search_field(readers: Readers, width: int) -> None:
    page = readers.open(HOME, width=width)
    button, field = page.get_by_role("button", name="Tìm kiếm", exact=True), page.locator("header [type=search]")
    assert not field.is_visible() and button.get_by_text("Tìm kiếm", exact=True).is_visible()
    button.focus()
    page.keyboard.press("Enter")
    expect(field).to_be_focused()
    expect(button.first).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Escape")
    expect(field).to_be_hidden()
    expect(button.first).to_be_focused()
    button.first.click()
    page.keyboard.type("chè")
    page.keyboard.press("Enter")
    page.wait_for_url("**/tim-kiem/?q=*")


def test_without_javascript_search_is_a_link_on_a_phone(readers: Readers) -> None:
    page = readers.open(LONGER, width=360, javascript=False)
    page.locator("header").get_by_role("link", name="Tìm kiếm", exact=True).click()
    page.wait_for_url("**/tim-kiem/")
    assert readers.open(LONGER, width=1280, javascript=False).locator("header [type=search]").is_visible()
