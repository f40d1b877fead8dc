"""A reader's display choices: each does what it says, is announced, is remembered, and can be reset."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.colours import tokens
from tests.browser.pages import CATEGORY, HOME, LONGER, SAMPLE
from tests.browser.readers import KEY, Readers

STEPS = [90, 100, 112.5, 125, 150, 175, 200]  # per cent


def tool_button(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True)


def root_size(page: Page) -> float:
    """Return the text size that everything is measured in, in per cent of the reader's own 16 px."""
    return page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)") / 16 * 100


def background(page: Page) -> str:
    return page.evaluate("getComputedStyle(document.documentElement).backgroundColor")


def stored_choices(page: Page) -> dict[str, str]:
    return json.loads(page.evaluate("key => localStorage.getItem(key)", KEY) or "{}")


def expect_announced(page: Page, words: str) -> None:
    """Wait until the status line has announced these words."""
    expect(page.locator("#status[role=status]")).to_have_text(words)


def test_text_goes_from_90_to_200_per_cent_in_seven_steps(readers: Readers) -> None:
    page = readers.open(LONGER)
    text = page.locator(".body p").first
    smaller, larger = tool_button(page, "Giảm cỡ chữ"), tool_button(page, "Tăng cỡ chữ")
    smaller.click()
    sizes = [root_size(page)]
    expect(smaller).to_have_attribute("aria-disabled", "true")
    expect_announced(page, "Cỡ chữ 90 %")
    small = text.evaluate("e => parseFloat(getComputedStyle(e).fontSize)")
    for _ in STEPS[1:]:
        expect(larger).to_have_attribute("aria-disabled", "false")
        larger.click()
        sizes.append(root_size(page))
    assert sizes == pytest.approx(STEPS)
    expect(larger).to_have_attribute("aria-disabled", "true")
    expect(smaller).to_have_attribute("aria-disabled", "false")
    assert text.evaluate("e => parseFloat(getComputedStyle(e).fontSize)") == pytest.approx(small / 90 * 200)
    larger.click(force=True)  # at the end of the scale it says so and changes nothing
    assert root_size(page) == 200
    expect_announced(page, "Cỡ chữ 200 %")
    tool_button(page, "Cỡ chữ mặc định").click()
    assert root_size(page) == 100
    expect_announced(page, "Cỡ chữ 100 %")
    assert stored_choices(page) == {}


@pytest.mark.parametrize("path", [HOME, LONGER, SAMPLE])
def test_all_letters_grow_with_the_text_size(readers: Readers, path: str) -> None:
    """Twice as large at 200 per cent, on a screen where the layout stays the same.

    Only the largest headlines grow less, and stay as large as the text: at twice their size two words fill a line. The
    head is bounded by the screen's width, so that it leaves room for the page; its tools are large from the start.
    """
    page = readers.open(path, width=320)
    sizes = """() => [...document.querySelectorAll("body *")]
      .filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()))
      .filter(e => !e.closest("body > header"))
      .map(e => [e.outerHTML.slice(0, 80), parseFloat(getComputedStyle(e).fontSize)])"""
    before = page.evaluate(sizes)
    page.evaluate("document.documentElement.dataset.size = '200'")
    after = page.evaluate(sizes)
    assert len(before) > 30
    small = [
        what
        for (what, size), (_, larger) in zip(before, after, strict=True)
        if larger < min(1.99 * size, 36 if what.startswith("<h1") else 44)
    ]
    assert not small, small
    text = max(size for what, size in after if what.startswith("<p"))
    assert [size for what, size in after if what.startswith(("<h1", "<h2"))] and text < 44


def test_contrast_goes_up_and_down_in_three_levels(readers: Readers) -> None:
    page = readers.open(LONGER)
    up, down = tool_button(page, "Tăng tương phản"), tool_button(page, "Giảm tương phản")
    standard = background(page)
    up.click()
    assert background(page) == "rgb(255, 255, 255)"
    expect_announced(page, "Tương phản: cao")
    expect(up).to_have_attribute("aria-disabled", "true")
    up.click(force=True)
    assert background(page) == "rgb(255, 255, 255)"
    down.click()
    assert background(page) == standard
    expect_announced(page, "Tương phản: chuẩn")
    expect(up).to_have_attribute("aria-disabled", "false")
    down.click()
    assert background(page) not in (standard, "rgb(255, 255, 255)")
    expect_announced(page, "Tương phản: dịu")
    expect(down).to_have_attribute("aria-disabled", "true")
    assert stored_choices(page) == {"contrast": "soft"}


def test_contrast_starts_from_the_system_setting(readers: Readers) -> None:
    page = readers.open(LONGER, contrast="more")
    expect(tool_button(page, "Tăng tương phản")).to_have_attribute("aria-disabled", "true")
    assert background(page) == "rgb(255, 255, 255)"
    tool_button(page, "Giảm tương phản").click()
    expect_announced(page, "Tương phản: chuẩn")
    assert stored_choices(page) == {"contrast": "standard"}
    assert background(page) != "rgb(255, 255, 255)"  # the choice overrides the system setting


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_night_mode_starts_from_the_system_setting_then_obeys_the_reader(readers: Readers, scheme: str) -> None:
    page = readers.open(LONGER, scheme=scheme)
    night = tool_button(page, "Chế độ ban đêm")
    was_night = scheme == "dark"
    expect(night).to_have_attribute("aria-pressed", str(was_night).lower())
    before = background(page)
    night.click()
    expect(night).to_have_attribute("aria-pressed", str(not was_night).lower())
    expect_announced(page, "Đã tắt chế độ ban đêm" if was_night else "Đã bật chế độ ban đêm")
    assert background(page) != before
    chosen = background(page)
    page.emulate_media(color_scheme="dark" if scheme == "light" else "light")
    page.emulate_media(color_scheme=scheme)
    assert background(page) == chosen
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == ("light" if was_night else "dark")


def test_without_a_choice_the_controls_follow_the_system_as_it_changes(readers: Readers) -> None:
    page = readers.open(LONGER)
    day = background(page)
    page.emulate_media(color_scheme="dark", contrast="more")
    expect(tool_button(page, "Chế độ ban đêm")).to_have_attribute("aria-pressed", "true")
    expect(tool_button(page, "Tăng tương phản")).to_have_attribute("aria-disabled", "true")
    assert (day, background(page)) == ("rgb(255, 253, 248)", "rgb(0, 0, 0)")


def test_wide_spacing_spaces_lines_letters_words_and_paragraphs(readers: Readers) -> None:
    """At least as much as WCAG 2.2, 1.4.12 demands."""
    page = readers.open(LONGER)
    button = tool_button(page, "Giãn chữ")
    expect(button).to_have_attribute("aria-pressed", "false")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    expect_announced(page, "Đã bật giãn chữ")
    style = page.locator(".body p").first.evaluate("""e => { const s = getComputedStyle(e);
      const names = ["lineHeight", "letterSpacing", "wordSpacing", "marginBottom"];
      return names.map(name => parseFloat(s[name]) / parseFloat(s.fontSize)); }""")
    assert all(value >= least - 0.001 for value, least in zip(style, [1.5, 0.12, 0.16, 2], strict=True)), style
    button.click()
    expect(button).to_have_attribute("aria-pressed", "false")
    expect_announced(page, "Đã tắt giãn chữ")


def test_choices_last_from_page_to_page_until_they_are_reset(readers: Readers) -> None:
    page = readers.open(LONGER)
    for name in ("Tăng cỡ chữ", "Tăng tương phản", "Chế độ ban đêm", "Giãn chữ"):
        tool_button(page, name).click()
    for path in (CATEGORY, HOME, "/en/"):
        readers.go(page, path)
        assert root_size(page) == pytest.approx(112.5)
        assert background(page) == "rgb(0, 0, 0)"
        assert page.evaluate("document.documentElement.dataset.spacing") == "wide"
    readers.go(page, CATEGORY)
    tool_button(page, "Đặt lại hiển thị").click()
    expect_announced(page, "Đã đặt lại hiển thị")
    assert stored_choices(page) == {}
    assert (root_size(page), background(page)) == (100, "rgb(255, 253, 248)")
    for name in ("Chế độ ban đêm", "Giãn chữ"):
        expect(tool_button(page, name)).to_have_attribute("aria-pressed", "false")
    page.reload()
    assert (root_size(page), background(page)) == (100, "rgb(255, 253, 248)")


def test_two_open_pages_stay_in_sync(readers: Readers) -> None:
    context = readers.new_reader()
    one, other = context.new_page(), context.new_page()
    readers.go(one, LONGER)
    readers.go(other, HOME)
    tool_button(one, "Chế độ ban đêm").click()
    tool_button(one, "Tăng cỡ chữ").click()
    expect(tool_button(other, "Chế độ ban đêm")).to_have_attribute("aria-pressed", "true")
    expect(other.locator("#text-size")).to_have_text("Cỡ chữ 112 %")
    assert (background(other), root_size(other)) == (background(one), root_size(one))
    tool_button(other, "Đặt lại hiển thị").click()
    expect(tool_button(one, "Chế độ ban đêm")).to_have_attribute("aria-pressed", "false")
    assert root_size(one) == 100


def test_a_page_from_the_back_forward_cache_takes_the_newest_choices(readers: Readers) -> None:
    page = readers.open(LONGER)
    page.evaluate('key => localStorage.setItem(key, \'{"theme":"dark"}\')', KEY)
    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    expect(tool_button(page, "Chế độ ban đêm")).to_have_attribute("aria-pressed", "true")


def test_with_storage_blocked_choices_last_for_the_page(readers: Readers) -> None:
    page = readers.open(LONGER, storage=False)
    tool_button(page, "Tăng cỡ chữ").click()
    tool_button(page, "Chế độ ban đêm").click()
    assert root_size(page) == pytest.approx(112.5)
    assert tokens(page, "--paper")["--paper"] == background(page) == "rgb(23, 20, 17)"
    expect_announced(page, "Đã bật chế độ ban đêm")
    tool_button(page, "Đặt lại hiển thị").click()
    assert (root_size(page), background(page)) == (100, "rgb(255, 253, 248)")


@pytest.mark.parametrize(
    "stored", ["", "null", "[]", "7", "{", '{"theme":"pink","size":"999","x":"y"}', '{"theme":["dark"],"size":150}']
)
def test_nonsense_in_storage_does_no_harm(readers: Readers, stored: str) -> None:
    context = readers.new_reader()
    context.add_init_script(
        f"if (location.protocol === 'http:') localStorage.setItem({json.dumps(KEY)}, {json.dumps(stored)})"
    )
    page = context.new_page()
    readers.go(page, LONGER)
    assert (root_size(page), background(page)) == (100, "rgb(255, 253, 248)")
    assert page.evaluate("Object.keys(document.documentElement.dataset)") == ["js"]
    tool_button(page, "Tăng cỡ chữ").click()
    assert stored_choices(page) == {"size": "112"}


BOXES = """() => [...document.querySelectorAll(".tb button, .tb .st, .brand, h1")].map(e => {
  const box = e.getBoundingClientRect();
  return [e.textContent.trim().slice(0, 20), box.x, box.y, box.width, box.height]; })"""


@pytest.mark.parametrize(("width", "size"), [(360, "100"), (360, "200"), (768, "100"), (1280, "100"), (1280, "200")])
def test_no_tool_moves_when_it_is_pressed(readers: Readers, width: int, size: str) -> None:
    def boxes() -> list[list]:
        return [[name.split(":")[0], *map(round, box)] for name, *box in page.evaluate(BOXES)]

    page = readers.open(LONGER, width=width, chosen={"size": size})
    before = boxes()
    for name in ("Chế độ ban đêm", "Tăng tương phản", "Giảm tương phản", "Giảm tương phản", "Chế độ ban đêm"):
        tool_button(page, name).click()
        assert boxes() == before, name


@pytest.mark.parametrize("width", [768, 1280])
def test_the_tools_stay_within_the_pages_edges(readers: Readers, width: int) -> None:
    page = readers.open(LONGER, width=width, scheme="dark")
    edge = page.locator(".mast").evaluate(
        "e => e.getBoundingClientRect().right - parseFloat(getComputedStyle(e).paddingRight)"
    )
    signs = page.locator(".tb :is(.ic, .a, .pm, .sh, .lb, .st)")
    assert max(signs.evaluate_all("all => all.map(e => e.getBoundingClientRect().right)")) <= edge


WORDS = ["Chế độ ban đêm", "Giãn chữ", "Đặt lại hiển thị"]


@pytest.mark.parametrize("width", [1100, 1280])
def test_the_tools_have_labels_and_report_their_state(readers: Readers, width: int) -> None:
    page = readers.open(LONGER, width=width)
    for words in ("Cỡ chữ 100 %", "Tương phản: chuẩn", *WORDS):
        shown = page.locator(".tb").get_by_text(words, exact=True).first.bounding_box()
        assert shown["width"] > 40 and 12 < shown["height"] < 25, words


@pytest.mark.parametrize(("width", "size"), [(320, "100"), (360, "100"), (412, "125"), (768, "150"), (1280, "200")])
def test_on_a_phone_a_short_label_is_under_each_tool(readers: Readers, width: int, size: str) -> None:
    page = readers.open(LONGER, width=width, chosen={"size": size})
    for words in ("Đêm", "Giãn", "Đặt lại"):
        word = page.locator(".tb").get_by_text(words, exact=True)
        button, box = word.locator("..").bounding_box(), word.bounding_box()
        assert box["width"] > 20 and box["x"] >= 0 and box["x"] + box["width"] <= width
        assert button["y"] < box["y"] and box["y"] + box["height"] <= button["y"] + button["height"] + 1
        assert word.evaluate("e => e.parentElement.innerText.toLowerCase().includes(e.textContent.toLowerCase())")
    assert page.locator("#text-size").inner_text().replace("\n", " ") == f"Cỡ chữ {size} %"
    caption = page.locator("#text-size").bounding_box()
    assert caption["width"] > 60 and (width == 320 or caption["height"] < 20 * int(size) / 100)  # one line
