"""A reader's choices apply before the first paint: a page never appears in other colours first."""

from __future__ import annotations

import io
import re

import pytest
from PIL import Image
from playwright.sync_api import Page

from tests.browser.colours import channels
from tests.browser.pages import HOME, LONGER
from tests.browser.readers import Readers
from tests.browser.server import Portal

NIGHT = {"theme": "dark", "contrast": "high", "size": "150"}
BLACK = "rgb(0, 0, 0)"
CHOICES = {
    "none": None,
    "small high": {"size": "90", "contrast": "high"},
    "large wide": {"size": "150", "spacing": "wide"},
}

# Records, in every frame that is about to be painted, what the page would show.
WATCH = """window.frames_seen = [];
requestAnimationFrame(function note() {
  const style = getComputedStyle(document.documentElement);
  if (document.body) frames_seen.push(style.backgroundColor + " " + style.fontSize);
  requestAnimationFrame(note);
});"""


def assert_no_flash(readers: Readers, portal: Portal, path: str) -> None:
    """Open a page whose scripts and pictures are slow, and check its first frames and its first screenshot."""
    with portal.slow_line() as rest_may_go:
        context = readers.new_reader(chosen=NIGHT)
        context.add_init_script(WATCH)
        page = context.new_page()
        readers.go(page, path, wait_until="commit")
        page.wait_for_function("() => window.frames_seen.length >= 2")
        screenshot = page.screenshot()
        rest_may_go.set()
        page.wait_for_load_state("load")
        page.wait_for_function(
            "before => window.frames_seen.length > before + 1", arg=page.evaluate("frames_seen.length")
        )
        frames = page.evaluate("frames_seen")
    assert set(frames) == {f"{BLACK} 24px"}, frames
    assert corner(screenshot) == channels(BLACK)[:3]


def corner(screenshot: bytes) -> tuple[int, ...]:
    """Return red, green and blue of the pixel at the lower left, which is the page's background."""
    with Image.open(io.BytesIO(screenshot)) as image:
        return image.convert("RGB").getpixel((1, image.height - 2))


@pytest.mark.parametrize("path", [HOME, LONGER])
def test_the_first_frame_already_has_the_readers_choices(readers: Readers, portal: Portal, path: str) -> None:
    assert_no_flash(readers, portal, path)


def test_a_page_that_applies_them_late_would_be_caught(readers: Readers, portal: Portal) -> None:
    """The same page with its inline script moved into a deferred file flashes, and the check above detects it."""
    html = (portal.read(LONGER) or b"").decode()
    inline = re.search(r"<script>(.*?)</script>", html)
    assert inline
    late = html.replace(inline[0], '<script src="/theme/late.js" defer></script>')
    portal.extra = {"/muon/": late.encode(), "/theme/late.js": inline[1].encode()}
    try:
        with pytest.raises(AssertionError, match="255, 253, 248"):
            assert_no_flash(readers, portal, "/muon/")
    finally:
        portal.extra = {}


# The browser reports layout shifts in order, but at a time of its choosing. So a box of the test's own shifts until
# that is reported: all earlier shifts are then known.
SHIFTS = """() => new Promise(done => {
  const box = document.body.appendChild(document.createElement("div")), shifts = [];
  box.style.cssText = "position: fixed; inset: 0 auto auto 0; width: 50vw; height: 50vh; background: red; z-index: 9";
  let known = false;
  const observer = new PerformanceObserver(list => {
    for (const { value, sources } of list.getEntries()) {
      const moved = sources.map(source => source.node).filter(node => node !== box);
      if (moved.length) shifts.push(`${value}: ${moved.map(node => node?.outerHTML?.slice(0, 60) ?? "gone")}`);
      else known = true;
    }
  });
  observer.observe({ type: "layout-shift", buffered: true });
  requestAnimationFrame(function jump() {
    if (known) { observer.disconnect(); box.remove(); return done(shifts); }
    box.style.top = box.style.top === "0px" ? "200px" : "0px";
    requestAnimationFrame(jump);
  });
})"""


def shifts(page: Page) -> list[str]:
    """Return the layout shifts so far, each with what has moved (https://web.dev/articles/cls)."""
    return page.evaluate(SHIFTS)


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("path", [HOME, LONGER])
@pytest.mark.parametrize("chosen", CHOICES)
def test_nothing_shifts_while_a_page_loads(
    readers: Readers, portal: Portal, path: str, width: int, chosen: str
) -> None:
    """Not even when script and pictures arrive after the first paint."""
    with portal.slow_line() as rest_may_go:
        context = readers.new_reader(width=width, chosen=CHOICES[chosen])
        context.add_init_script(WATCH)
        page = context.new_page()
        readers.go(page, path, wait_until="commit")
        page.wait_for_function("() => window.frames_seen.length >= 3")
        rest_may_go.set()
        page.wait_for_load_state("load")
    for _ in range(6):
        page.mouse.wheel(0, 900)
        count = page.evaluate("frames_seen.length")
        page.wait_for_function("count => window.frames_seen.length > count + 2", arg=count)
    assert not shifts(page)


def test_a_shift_would_be_measured(readers: Readers) -> None:
    page = readers.open(LONGER)
    page.wait_for_function("() => performance.getEntriesByType('paint').length > 0")
    page.evaluate("document.querySelector('main').style.marginTop = '200px'")
    page.wait_for_function(
        """() => new Promise(done => new PerformanceObserver(list => list.getEntries().length && done(true))
          .observe({ type: "layout-shift", buffered: true }))"""
    )
    assert any("main" in shift for shift in shifts(page))
