"""Everything can be reached and used by keyboard, in reading order, and the focus is always visible."""

from __future__ import annotations

import io
from itertools import pairwise
from typing import Any

import pytest
from PIL import Image, ImageChops
from playwright.sync_api import Page

from tests.browser.pages import HOME, LONGER, NEWS, SAMPLE
from tests.browser.readers import Readers

# All elements that Tab must reach, in the order of the document, each marked with its number.
REACHABLE = """() => [...document.querySelectorAll("a[href], button, summary, input, select, textarea, [tabindex='0']")]
  .filter(e => e.checkVisibility({ visibilityProperty: true }) && !e.disabled)
  .filter(e => e.type !== "radio" || e === document.getElementsByName(e.name)[0])  // one stop for all of a group
  .map((e, n) => { e.dataset.stop = n; return e.outerHTML.slice(0, 100); })"""

# Where the focus is: number, box, landmark, indicator, and whether something else covers it.
HERE = """() => {
  const e = document.activeElement, box = e.getBoundingClientRect(), style = getComputedStyle(e);
  const part = e.closest("nav, aside, section, article, main, footer, header") || document.body;
  const parts = [...document.querySelectorAll("*")];
  const line = e.getClientRects()[0] || box;
  const top = document.elementFromPoint(line.x + line.width / 2, line.y + line.height / 2);
  return { stop: e.dataset.stop, part: parts.indexOf(part), left: box.left + scrollX, top: box.top + scrollY,
    right: box.right + scrollX, what: e.outerHTML.slice(0, 100),
    ring: style.outlineStyle === "solid" ? parseFloat(style.outlineWidth) : 0,
    shadow: style.boxShadow, inside: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    free: !!top && (e.contains(top) || top.contains(e)) };
}"""


def press_tab(page: Page, steps: int) -> list[dict[str, Any]]:
    """Press Tab so many times; return where the focus is after each, once lazy content nearby has loaded."""
    places = []
    for _ in range(steps):
        page.keyboard.press("Tab")
        for _ in range(600):
            place = page.evaluate(HERE)
            if place["inside"] and place["free"]:
                break
            page.wait_for_timeout(100)
        places.append(place)
    return places


def goes_back(before: dict[str, Any], after: dict[str, Any]) -> bool:
    """Return whether a step within a part of the page goes left in its line, or up but not to a column on the right."""
    if before["part"] != after["part"]:
        return False
    if abs(after["top"] - before["top"]) < 12:
        return after["left"] < before["left"]
    return after["top"] < before["top"] and after["left"] < before["right"] - 12


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("path", [HOME, LONGER, SAMPLE, NEWS])
def test_tab_reaches_every_control_in_reading_order_and_shows_where(readers: Readers, path: str, width: int) -> None:
    page = readers.open(path, width=width)
    if width == 360:
        page.evaluate("document.querySelector('details.menu').open = true")
    controls = page.evaluate(REACHABLE)
    places = press_tab(page, len(controls))
    assert [place["stop"] for place in places] == [str(n) for n in range(len(controls))]
    unseen = [p["what"] for p in places if p["ring"] < 2 or p["shadow"] == "none" or not p["inside"] or not p["free"]]
    assert not unseen, "\n".join(unseen)
    back = [f"{a['what']} -> {b['what']}" for a, b in pairwise(places) if goes_back(a, b)]
    assert not back, "\n".join(back)


def count_different_pixels(one: bytes, other: bytes) -> int:
    """Count the pixels in which two screenshots differ."""
    with Image.open(io.BytesIO(one)) as a, Image.open(io.BytesIO(other)) as b:
        difference = ImageChops.difference(a.convert("RGB"), b.convert("RGB")).convert("L")
        return sum(difference.histogram()[16:])


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_focus_changes_what_is_on_the_screen(readers: Readers, scheme: str) -> None:
    """Every control of the header gets a ring all around it that nothing cuts off."""
    page = readers.open(LONGER, width=360, scheme=scheme)
    for _ in range(page.locator("body > a, body > header :is(a, button, summary):visible").count()):
        page.keyboard.press("Tab")
        box = page.evaluate(
            """() => { const box = document.activeElement.getBoundingClientRect();
              return [box.x, box.y, box.width, box.height]; }"""
        )
        x, y = max(0.0, box[0] - 6), max(0.0, box[1] - 6)
        clip = {"x": x, "y": y, "width": min(360 - x, box[2] + 12), "height": box[3] + 12}
        with_ring = page.screenshot(clip=clip)
        page.evaluate("document.activeElement.style.cssText = 'outline: none; box-shadow: none'")
        without = page.screenshot(clip=clip)
        page.evaluate("document.activeElement.style.cssText = ''")
        sides = 2 * (min(box[2], 340) + box[3])
        assert count_different_pixels(with_ring, without) > 2 * sides, page.evaluate("document.activeElement.outerHTML")


def test_the_first_tab_skips_to_the_content(readers: Readers) -> None:
    page = readers.open(LONGER)
    skip = page.get_by_role("link", name="Tới nội dung chính", exact=True)
    assert skip.bounding_box()["y"] < 0  # out of sight until it is needed
    page.keyboard.press("Tab")
    assert skip.evaluate("e => e === document.activeElement")
    box = skip.bounding_box()
    assert box["y"] >= 0 and box["height"] >= 44
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement === document.querySelector('main')")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.dataset.action") == "listen"


TOOLBAR = {  # name: what its key press changes
    "Tăng cỡ chữ": ("size", "112"),
    "Giảm cỡ chữ": ("size", "90"),
    "Tăng tương phản": ("contrast", "high"),
    "Giảm tương phản": ("contrast", "soft"),
    "Chế độ ban đêm": ("theme", "dark"),
    "Giãn chữ": ("spacing", "wide"),
}


@pytest.mark.parametrize("key", ["Enter", "Space"])
@pytest.mark.parametrize("name", TOOLBAR)
def test_every_reading_tool_works_by_keyboard_and_keeps_the_focus(readers: Readers, name: str, key: str) -> None:
    page = readers.open(LONGER)
    button = page.get_by_role("button", name=name, exact=True)
    button.focus()
    page.keyboard.press(key)
    preference, value = TOOLBAR[name]
    assert page.evaluate("name => document.documentElement.dataset[name]", preference) == value
    assert button.evaluate("e => e === document.activeElement")


@pytest.mark.parametrize("name", ["Cỡ chữ mặc định", "Đặt lại hiển thị"])
def test_the_tools_that_reset_work_by_keyboard(readers: Readers, name: str) -> None:
    page = readers.open(LONGER, chosen={"size": "150"})
    page.get_by_role("button", name=name, exact=True).press("Enter")
    assert page.evaluate("'size' in document.documentElement.dataset") is False


def test_the_page_prints_by_keyboard(readers: Readers) -> None:
    context = readers.new_reader()
    context.add_init_script("window.printed = 0; window.print = () => { window.printed += 1; }")
    page = context.new_page()
    readers.go(page, LONGER)
    page.get_by_role("button", name="In trang", exact=True).press("Enter")
    assert page.evaluate("printed") == 1


@pytest.mark.parametrize("javascript", [True, False])
def test_the_menu_of_a_phone_opens_by_keyboard(readers: Readers, javascript: bool) -> None:
    page = readers.open(LONGER, width=360, javascript=javascript)
    menu = page.get_by_role("navigation", name="Chuyên mục")
    assert not menu.is_visible()
    page.locator("summary").first.press("Enter")
    assert menu.is_visible()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Trang chủ"
    page.locator("summary").first.press("Space")
    assert not menu.is_visible()


def test_code_and_wide_tables_scroll_by_keyboard(readers: Readers) -> None:
    page = readers.open(SAMPLE, width=320)
    frames = page.locator("pre, .scroll")
    wide = [frame for frame in frames.all() if frame.evaluate("e => e.scrollWidth > e.clientWidth")]
    assert {frame.evaluate("e => e.localName") for frame in wide} == {"pre", "section"}
    for frame in wide:
        frame.focus()
        page.keyboard.press("ArrowRight")
        page.wait_for_function("() => document.activeElement.scrollLeft > 0")
