"""Layout: no page scrolls sideways, no line cuts off a stacked mark, and every target is large enough to hit."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.pages import ADDRESSES
from tests.browser.readers import Readers

STACKED = "Ẩ Ễ Ộ Ữ Ậ Ặ Ẵ ậ ệ ữ ỵ gjy – Quyền được đọc của mỗi người"
SIZES = ["100", "150", "200"]  # per cent of the reader's own
SCREENS = [(320, size, True) for size in SIZES] + [
    (width, size, False) for width in (360, 768, 1280) for size in ("100", "200")
]

# Elements that extend beyond the screen, except what scrolls in a frame of its own.
SIDEWAYS = """() => {
  const page = document.scrollingElement, over = [];
  if (page.scrollWidth > innerWidth) over.push(`page ${page.scrollWidth} > ${innerWidth}`);
  for (const e of document.querySelectorAll("body *")) {
    const box = e.getBoundingClientRect();
    if (box.right <= innerWidth + 0.5 || !box.width || e.closest(".vh, .skip")) continue;
    let frame = e.parentElement;
    while (frame && getComputedStyle(frame).overflowX !== "auto") frame = frame.parentElement;
    if (!frame) over.push(`${e.tagName}.${e.className} ${box.right} ${e.innerText?.slice(0, 40)}`);
  }
  return over;
}"""

# Text whose lines are too close, or that is cut off.
TIGHT = """() => {
  const faults = [], text = "p, li, dd, dt, td, th, figcaption, blockquote, caption, address";
  for (const e of document.querySelectorAll("body *")) {
    if (![...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()) || !e.checkVisibility()) continue;
    const style = getComputedStyle(e), size = parseFloat(style.fontSize);
    const what = `${e.tagName}.${e.getAttribute("class")} ${e.textContent.slice(0, 40)}`;
    if (e.closest(".vh, sup, sub") || style.clip !== "auto") continue;
    const lead = Math.round(1000 * parseFloat(style.lineHeight) / size) / 1000;
    const lines = new Set([...textRects(e)].map(box => Math.round(box.top)));
    const least = e.closest("h1, h2, h3, h4, h5, h6, a, b, button, summary, .lead") ? 1.3 : e.closest(text) ? 1.5 : 1.3;
    if (!(lead >= least) && (least > 1.3 || lines.size > 1 || e.closest("h1, h2, h3, h4, h5, h6")))
      faults.push(`lines ${lead} of ${least}: ${what}`);
    if (style.overflowY !== "visible" && e.scrollHeight > e.clientHeight + 1) faults.push(`cut off: ${what}`);
    if (style.textOverflow === "ellipsis" || style.webkitLineClamp !== "none") faults.push(`shortened: ${what}`);
  }
  return faults;
  function textRects(e) {
    const range = document.createRange();
    range.selectNodeContents(e);
    return range.getClientRects();
  }
}"""

# Targets smaller than 44 by 44 CSS pixels, or covered by something else.
SMALL = """() => {
  const small = [], targets = "a[href], button, summary, input, select, textarea";
  for (const e of document.querySelectorAll(targets)) {
    const box = (e.closest("label") || e).getBoundingClientRect();
    const what = `${e.tagName}.${e.className} ${(e.innerText || e.name || "").trim().slice(0, 40)}`;
    if (!e.checkVisibility({ visibilityProperty: true }) || e.matches(".skip:not(:focus)")) continue;
    if (inSentence(e) || onMap(e)) continue;
    if (box.width < 43.5 || box.height < 43.5) small.push(`${Math.round(box.width)}×${Math.round(box.height)} ${what}`);
    e.scrollIntoView({ block: "center" });
    const now = e.getBoundingClientRect();
    const top = document.elementFromPoint(now.x + now.width / 2, now.y + now.height / 2);
    if (!top || !(e.contains(top) || top.contains(e))) small.push(`covered by ${top?.outerHTML.slice(0, 60)}: ${what}`);
  }
  return small;
  /* A place on a map, where a link of full size leads to the same page
     (2.5.5, exceptions "essential" and "equivalent"). */
  function onMap(e) {
    return e.ownerSVGElement && document.querySelector(`a[href="${e.getAttribute("href")}"]:not(svg *)`);
  }
  /* A link among the words of an article's or page's text (WCAG 2.2, 2.5.5, exception "inline"). */
  function inSentence(e) {
    const block = e.closest(".body :is(p, li, td, th, dd, figcaption, blockquote)");
    return e.localName === "a" && block && getComputedStyle(e).display === "inline";
  }
}"""


def apply_layout(page: Page, width: int, size: str, wide: bool = False) -> None:
    """Give a loaded page another width, text size and spacing."""
    page.set_viewport_size({"width": width, "height": 800})
    page.evaluate(
        """([size, wide]) => {
          const chosen = document.documentElement.dataset;
          chosen.size = size;
          if (wide) chosen.spacing = "wide";
          else delete chosen.spacing;
        }""",
        [size, wide],
    )


def measure_on_screens(page: Page, measure: str, screens: list[tuple[int, str, bool]]) -> list[str]:
    """Return what `measure` finds on a page on all the screens."""
    faults: list[str] = []
    for width, size, wide in screens:
        apply_layout(page, width, size, wide)
        finds: list[Any] = page.evaluate(measure)
        faults += [f"{width} px, {size} %{', wide spacing' if wide else ''}: {find}" for find in finds]
    return faults


def test_no_page_scrolls_sideways(shown: Page) -> None:
    faults = measure_on_screens(shown, SIDEWAYS, SCREENS)
    assert not faults, "\n".join(faults)


def assert_says_that_the_province_is_invented(page: Page, kind: str) -> None:
    """Assert that the notice stands at the top of a page of some kind, on every screen."""
    words = (
        "Demonstration: the province of Vân Sơn is invented"
        if "English" in kind
        else "Cổng mẫu: tỉnh Vân Sơn không có thật"
    )
    for width in (320, 768, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        notice = page.get_by_text(words, exact=True)
        assert notice.is_visible() and notice.bounding_box()["y"] < 60, width


def test_every_page_says_that_the_province_is_invented(shown: Page, kind: str) -> None:
    apply_layout(shown, 320, "100")
    assert_says_that_the_province_is_invented(shown, kind)


def test_stacked_marks_are_not_cut_off(readers: Readers, kind: str) -> None:
    page = readers.open(ADDRESSES[kind])
    page.evaluate(
        """words => { for (const e of document.querySelectorAll("h1, h2, h3, .lead, .deck, .news a, .brand b")) {
          const last = [...e.querySelectorAll("*")].pop() || e; last.textContent = words; } }""",
        STACKED,
    )
    faults = measure_on_screens(page, TIGHT, [(320, "100", False), (320, "200", False), (1280, "100", False)])
    assert not faults, "\n".join(faults)


def test_every_target_is_large_enough_to_hit(readers: Readers, kind: str) -> None:
    page = readers.open(ADDRESSES[kind])
    faults = measure_on_screens(page, SMALL, [(1280, "100", False), (1280, "200", False)])
    page.set_viewport_size({"width": 360, "height": 800})
    page.locator("summary").first.click()
    faults += measure_on_screens(page, SMALL, [(360, "100", False), (360, "200", False)])
    assert not faults, "\n".join(faults)


def test_layout_faults_would_be_found(readers: Readers) -> None:
    """The three measures find a wide word, a cut line and a small button."""
    page = readers.open(ADDRESSES["page"], width=320)
    page.evaluate("""() => {
      const main = document.querySelector("main");
      main.insertAdjacentHTML("beforeend",
        "<p id=w>Rộng</p><h2 id=t>Chật</h2><p id=c>Cụt<br>Cụt</p><button id=s>Nhỏ</button>");
      const style = (id, text) => { document.getElementById(id).style.cssText = text; };
      style("w", "width: 400px"); style("t", "line-height: 1.1"); style("s", "min-height: 0; padding: 0; border: 0");
      style("c", "height: 20px; overflow: hidden");
    }""")
    assert any("page 4" in find for find in page.evaluate(SIDEWAYS))
    assert {find.split(":")[0] for find in page.evaluate(TIGHT)} == {"lines 1.1 of 1.3", "cut off"}
    assert [find.split(" ", 1)[1] for find in page.evaluate(SMALL)] == ["BUTTON. Nhỏ"]


@pytest.mark.parametrize("size", ["100", "200"])
@pytest.mark.parametrize("width", [320, 360, 768, 1280])
def test_the_other_language_is_one_tap_away_at_every_width(readers: Readers, width: int, size: str) -> None:
    page = readers.open(ADDRESSES["article (longer)"], width=width, chosen={"size": size})
    link = page.get_by_role("link", name="English", exact=True)
    assert link.is_visible() and not link.evaluate("e => !!e.closest('nav')")
    box = link.bounding_box()
    assert box["width"] >= 44 and box["height"] >= 44 and box["x"] + box["width"] <= width
    assert [link.get_attribute(name) for name in ("lang", "hreflang", "href")] == ["en", "en", "/en/"]
    readers.go(page, "/en" + ADDRESSES["article (everything)"])  # the same article, if it has a translation
    assert (
        page.get_by_role("link", name="Tiếng Việt", exact=True).get_attribute("href")
        == ADDRESSES["article (everything)"]
    )


@pytest.mark.parametrize(("width", "size"), [(320, "200"), (360, "150"), (360, "200"), (412, "200")])
def test_on_a_phone_with_large_text_the_menu_has_no_row_of_its_own(readers: Readers, width: int, size: str) -> None:
    page = readers.open(ADDRESSES["home"], width=width, chosen={"size": size})
    menu = page.locator("summary").first.bounding_box()
    beside = [page.locator(where).bounding_box() for where in (".brand", ".finder")]
    row = [box for box in beside if box["y"] < menu["y"] + menu["height"] / 2 < box["y"] + box["height"]]
    assert row and menu["x"] >= row[0]["x"] + row[0]["width"]
    assert float(page.locator(".lead-story h2").evaluate("e => parseFloat(getComputedStyle(e).fontSize)")) <= 50


@pytest.mark.parametrize("width", [320, 1280])
def test_a_picture_in_the_text_is_not_enlarged_and_fits_the_screen(readers: Readers, width: int) -> None:
    page = readers.open(ADDRESSES["article (everything)"], width=width, height=800)
    for alt, (own_width, own_height) in (("Tấm bảng cao", (900, 1500)), ("Phù hiệu nhỏ", (160, 120))):
        picture = page.locator(f"img[alt^='{alt}']")
        picture.scroll_into_view_if_needed()
        box = picture.bounding_box()
        assert box["width"] <= own_width and box["height"] <= min(own_height, 0.85 * 800) + 0.5
        assert picture.evaluate("e => getComputedStyle(e).objectFit") == "contain"  # never distorted
    assert box["width"] == 160 and box["height"] == 120


def test_a_table_pasted_as_html_scrolls_in_its_frame(readers: Readers) -> None:
    page = readers.open(ADDRESSES["article (everything)"], width=320)
    region = page.get_by_role("region", name="Bảng 2. Bảng dán từ Word")
    assert region.evaluate("e => e.scrollWidth > e.clientWidth && e.tabIndex === 0")
    assert page.evaluate("document.scrollingElement.scrollWidth") == 320


def test_only_a_table_that_does_not_fit_is_a_region_that_can_be_focused(readers: Readers) -> None:
    page = readers.open(ADDRESSES["article (everything)"], width=320)
    for width, wide in ((320, [True, False, True]), (1280, [False, False, False]), (320, [True, False, True])):
        page.set_viewport_size({"width": width, "height": 800})
        page.wait_for_function(
            """wide => [...document.querySelectorAll("section.scroll")].every((e, i) =>
              [e.scrollWidth > e.clientWidth, e.tabIndex === 0, !!e.ariaLabel].every(each => each === wide[i]))""",
            arg=wide,
        )
