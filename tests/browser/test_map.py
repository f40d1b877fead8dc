"""The boundary map in a real browser: by keyboard, with a screen reader, enlarged, sorted, on paper, without
JavaScript.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.colours import contrast
from tests.browser.pages import HOME, REPORT
from tests.browser.readers import Readers

MAP, UNIT = "/ban-do/", "/ban-do/xa-khau-muoi/"
NAME = "Bản đồ địa giới hành chính"

EXPECTED_SNAPSHOT = """
- main:
  - heading "Bản đồ địa giới hành chính" [level=1]
  - paragraph: 2 phường, 18 xã. Mỗi nơi có một trang riêng, với những bài viết nhắc đến nơi ấy.
  - link "Toàn bản đồ":
    - /url: "#ca-tinh"
  - link "Phóng to 2 lần":
    - /url: "#gap-2"
  - link "Phóng to 4 lần":
    - /url: "#gap-4"
  - link "Bỏ qua bản đồ, tới bảng":
    - /url: "#bang"
  - group "Bản đồ địa giới hành chính":
    - link "Phường Trung Tâm":
      - /url: /ban-do/phuong-trung-tam/
    - link "Phường Hoa Đào":
      - /url: /ban-do/phuong-hoa-dao/
    - link "Xã Khau Mười":
      - /url: /ban-do/xa-khau-muoi/
"""


def test_what_a_screen_reader_announces_for_the_map(readers: Readers) -> None:
    snapshot = readers.open(MAP).locator("main").aria_snapshot()
    assert snapshot.strip().startswith(EXPECTED_SNAPSHOT.strip()), snapshot[:2500]
    assert 'table "Bản đồ dưới dạng bảng"' in snapshot and 'columnheader "Diện tích (km²)"' in snapshot
    assert 'row "Xã Khau Mười 99003 279,6 9.400 9"' in snapshot and snapshot.count('"Bản đồ dưới dạng bảng"') == 2


def test_the_keyboard_goes_through_the_map_or_past_it(readers: Readers) -> None:
    page = readers.open(MAP)
    page.get_by_role("link", name="Bỏ qua bản đồ, tới bảng").focus()
    page.keyboard.press("Tab")
    first = page.get_by_role("group", name=NAME).get_by_role("link").first
    expect(first).to_be_focused()
    assert first.locator("path").evaluate("e => getComputedStyle(e).strokeWidth") == "6px"
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Phường Trung Tâm")
    page.go_back()
    page.get_by_role("link", name="Bỏ qua bản đồ, tới bảng").press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('table') !== null")


def test_a_commune_can_be_clicked(readers: Readers) -> None:
    page = readers.open(MAP)
    page.get_by_role("group", name=NAME).get_by_role("link", name="Xã Lũng Vầu").click()
    assert page.url.endswith("/ban-do/xa-lung-vau/")


# The text of each label that is shown, and its size in px.
SHOWN = """all => Object.fromEntries(all.map(e => {
    const scale = e.ownerSVGElement.clientWidth / e.ownerSVGElement.viewBox.baseVal.width;
    return [e.textContent, parseFloat(getComputedStyle(e).fontSize) * scale];
  }).filter(([, size]) => size > 0))"""


@pytest.mark.parametrize("size", ["100", "200"])
@pytest.mark.parametrize("width", [320, 360, 768, 1280])
def test_every_place_has_its_name_or_its_number_in_the_table(readers: Readers, width: int, size: str) -> None:
    page = readers.open(MAP, width=width, chosen={"size": size})
    texts = page.locator(".frame text").evaluate_all(SHOWN)
    assert len(texts) == 20 and min(texts.values()) >= 12 * int(size) / 100
    numbers = dict(zip(page.locator(".no").all_inner_texts(), page.locator("tbody a").all_inner_texts(), strict=True))
    named = {numbers[text] if text.isdecimal() else text for text in texts}
    assert len(named) == 20
    assert page.locator(".code").first.is_visible() == ((width >= 768 and size == "100") or width == 1280)
    heading = page.get_by_role("heading", name="Bản đồ dưới dạng bảng")
    box = heading.bounding_box()
    assert box and box["x"] + box["width"] <= width
    assert page.evaluate("document.scrollingElement.scrollWidth") <= width


def test_wards_stand_out_in_every_palette(readers: Readers) -> None:
    page = readers.open(MAP)
    for theme in ("light", "dark"):
        for level in ("soft", "standard", "high"):
            page.evaluate(
                "chosen => Object.assign(document.documentElement.dataset, chosen)", {"theme": theme, "contrast": level}
            )
            ward, commune = (
                page.locator(f".legend path{which}").evaluate("e => getComputedStyle(e).fill")
                for which in (".ward", ":not(.ward)")
            )
            assert contrast(ward, commune) >= 3, (theme, level)


@pytest.mark.parametrize("javascript", [True, False])
def test_the_map_grows_with_more_names_in_letters_of_one_size(readers: Readers, javascript: bool) -> None:
    page = readers.new_reader(width=360, javascript=javascript).new_page()
    readers.go(page, MAP)

    def size_and_names() -> tuple[float, int]:
        """Return the width of the drawing in px, and how many names are shown; every other place has its number."""
        texts = page.locator(".frame text").evaluate_all(SHOWN)
        assert len(texts) == 20 and min(texts.values()) >= 12, texts
        names = [text for text in texts if not text.isdecimal()]
        return page.locator(".frame svg").bounding_box()["width"], len(names)  # type: ignore[index]

    narrow, few = size_and_names()
    page.get_by_role("link", name="Phóng to 4 lần").click()
    wide, many = size_and_names()
    assert wide == pytest.approx(4 * narrow, rel=0.02) and many == 20 > few > 3
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.get_by_role("link", name="Toàn bản đồ").click()
    assert size_and_names() == (narrow, few)


def test_the_centre_stays_the_centre_when_the_map_grows(readers: Readers) -> None:
    page = readers.open(MAP)
    page.get_by_role("link", name="Phóng to 2 lần").click()
    expect(page.get_by_role("link", name="Phóng to 2 lần")).to_have_attribute("aria-current", "true")
    middle = "e => (e.scrollLeft + e.clientWidth / 2) / e.scrollWidth"
    frame = page.locator(".frame")
    assert frame.evaluate(middle) == pytest.approx(0.5, abs=0.02)
    frame.evaluate("""e => new Promise(done => {
      e.addEventListener("scroll", () => done(), { once: true });  // after the page's own listener
      e.scrollLeft = 0;
    })""")
    before = frame.evaluate(middle)
    page.get_by_role("link", name="Phóng to 4 lần").click()
    expect(page.get_by_role("link", name="Phóng to 4 lần")).to_have_attribute("aria-current", "true")
    assert frame.evaluate(middle) == pytest.approx(before, abs=0.02)


def test_the_table_is_sorted_by_the_heading_that_is_clicked(readers: Readers) -> None:
    page = readers.open(MAP)
    names = page.locator("tbody th a")
    area = page.get_by_role("columnheader", name="Diện tích (km²)")
    area.get_by_role("button").press("Enter")
    expect(area).to_have_attribute("aria-sort", "descending")
    expect(names.first).to_have_text("Xã Nậm Chanh")
    area.get_by_role("button").press("Space")
    expect(names.first).to_have_text("Phường Hoa Đào")
    page.get_by_role("columnheader", name="Tên").get_by_role("button").click()
    assert names.all_inner_texts()[:3] == ["Phường Hoa Đào", "Phường Trung Tâm", "Xã Bản Lềnh"]
    assert area.get_attribute("aria-sort") is None


def test_without_javascript_only_sorting_is_missing(readers: Readers) -> None:
    page = readers.new_reader(javascript=False).new_page()
    readers.go(page, MAP)
    assert page.get_by_role("group", name=NAME).get_by_role("link").count() == 20
    assert (
        page.locator("tbody tr").count() == 20 and page.get_by_role("columnheader").get_by_role("button").count() == 0
    )


def test_the_front_page_shows_a_small_map(readers: Readers) -> None:
    page = readers.open(HOME)
    link = page.get_by_role("complementary").get_by_role("link", name=NAME)
    link.scroll_into_view_if_needed()
    expect(link.locator("img")).to_be_visible()
    page.wait_for_function("() => document.querySelector('.small-map img').naturalWidth > 0")
    link.click()
    assert page.url.endswith(MAP)


def test_a_unit_stands_out_among_its_neighbours(readers: Readers) -> None:
    page = readers.open(UNIT)
    around = page.get_by_role("group", name="Xã Khau Mười và các nơi xung quanh")
    assert (
        around.get_by_role("link", name="Xã Nà Lẹng").count() == 1
        and around.get_by_role("link", name="Xã Khau Mười").count() == 0
    )
    red = page.locator(".here").evaluate("e => getComputedStyle(e).stroke")
    assert red != page.locator(".near a path").first.evaluate("e => getComputedStyle(e).stroke")


def test_the_whole_map_and_the_table_are_on_paper(readers: Readers) -> None:
    page = readers.open(MAP + "#gap-4", width=700)
    page.emulate_media(media="print")
    box = page.locator(".frame svg").bounding_box()
    assert box and box["width"] <= 700
    assert not page.get_by_role("link", name="Phóng to 2 lần").is_visible()
    assert page.locator("tbody tr").last.is_visible()


@pytest.mark.parametrize("width", [360, 1280])
def test_beside_an_article_the_places_that_it_mentions_are_on_a_map(readers: Readers, width: int) -> None:
    page = readers.open(REPORT, width=width)
    box = page.get_by_role("region", name="Bản đồ địa giới hành chính")
    places = box.get_by_role("listitem").all_text_contents()
    assert "Xã Khau Mười" in places and 1 < len(places) <= 4
    box.scroll_into_view_if_needed()
    picture = box.locator("img")
    page.wait_for_function("e => e.complete && e.naturalWidth > 0", arg=picture.element_handle())
    frame = picture.bounding_box()
    for dot in box.locator("circle").all():
        at = dot.bounding_box()
        assert frame["x"] <= at["x"] and at["x"] + at["width"] <= frame["x"] + frame["width"]
        assert frame["y"] <= at["y"] and at["y"] + at["height"] <= frame["y"] + frame["height"]
    assert box.locator("circle").count() == len(places)
    box.get_by_role("link", name="Xã Khau Mười").click()
    page.wait_for_url("**/ban-do/xa-khau-muoi/")
