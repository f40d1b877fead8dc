"""Nothing moves on its own."""

from __future__ import annotations

import pytest

from tests.browser.pages import HOME, LONGER, NEWS
from tests.browser.readers import Readers

MOVING = """() => {
  const moving = document.getAnimations().map(a => `animation of ${a.effect.target.outerHTML.slice(0, 60)}`);
  for (const e of document.querySelectorAll("*")) {
    const style = getComputedStyle(e);
    if (style.scrollBehavior === "smooth") moving.push(`smooth scrolling of ${e.localName}`);
    if (e.matches("marquee, blink, video[autoplay], audio[autoplay]")) moving.push(e.localName);
    if (parseFloat(style.transitionDuration)) moving.push(`transition of ${e.outerHTML.slice(0, 60)}`);
  }
  return moving;
}"""


@pytest.mark.parametrize("less_motion", [True, False])
@pytest.mark.parametrize("path", [HOME, LONGER, NEWS])
def test_nothing_moves(readers: Readers, path: str, less_motion: bool) -> None:
    page = readers.open(path, less_motion=less_motion)
    assert page.evaluate(MOVING) == []
    page.get_by_role("button", name="Chế độ ban đêm").click()
    page.keyboard.press("Tab")
    assert page.evaluate(MOVING) == []


@pytest.mark.parametrize(("less_motion", "moves"), [(False, 3), (True, 0)])
def test_reduced_motion_stops_all_motion_even_of_future_features(
    readers: Readers, less_motion: bool, moves: int
) -> None:
    """This also shows that motion would be found."""
    page = readers.open(LONGER, less_motion=less_motion)
    page.evaluate("""() => {
      document.documentElement.style.scrollBehavior = "smooth";
      const main = document.querySelector("main");
      main.style.transition = "opacity 9s linear";
      getComputedStyle(main).opacity;
      main.style.opacity = "0.9";
    }""")
    assert len(page.evaluate(MOVING)) == moves
