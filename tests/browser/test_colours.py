"""Colours have enough contrast: in all six palettes, with every system setting, and in forced colours."""

from __future__ import annotations

import io
import re

import pytest
from PIL import Image
from playwright.sync_api import Page

from tests.browser.colours import blend, channels, contrast, tokens
from tests.browser.pages import HOME, LONGER, SAMPLE
from tests.browser.readers import Readers

PALETTES = [(theme, level) for theme in ("light", "dark") for level in ("soft", "standard", "high")]
GROUNDS = ["--paper", "--tint"]
LETTERS = ["--ink", "--ink-2", "--red", "--seen"]
NAMES = [*GROUNDS, *LETTERS, "--mark", "--edge", "--ring", "--ring-in"]


def all_palettes(page: Page) -> dict[tuple[str, str], dict[str, str]]:
    """The tokens of every palette that a reader can choose."""
    palettes = {}
    for theme, level in PALETTES:
        page.evaluate(
            "chosen => Object.assign(document.documentElement.dataset, chosen)", {"theme": theme, "contrast": level}
        )
        palettes[theme, level] = tokens(page, *NAMES)
    return palettes


def test_contrast_is_measured_as_wcag_defines_it() -> None:
    assert contrast("rgb(0, 0, 0)", "rgb(255, 255, 255)") == pytest.approx(21)
    assert contrast("rgb(119, 119, 119)", "rgb(255, 255, 255)") == pytest.approx(4.48, abs=0.005)


def test_text_has_a_contrast_of_seven_to_one_in_every_palette(readers: Readers) -> None:
    pairs = [(letters, ground) for letters in LETTERS for ground in GROUNDS] + [
        ("--paper", "--red"),
        ("--ink", "--mark"),
    ]
    weak = [
        f"{palette}: {one} on {other} {contrast(colours[one], colours[other]):.2f}"
        for palette, colours in all_palettes(readers.open(HOME)).items()
        for one, other in pairs
        if contrast(colours[one], colours[other]) < 7
    ]
    assert not weak, "\n".join(weak)


def test_edges_of_controls_and_the_focus_have_a_contrast_of_three_to_one_in_every_palette(readers: Readers) -> None:
    for palette, c in all_palettes(readers.open(HOME)).items():
        assert contrast(c["--edge"], c["--paper"]) >= 3, palette
        assert max(contrast(c["--ring"], c["--paper"]), contrast(c["--ring-in"], c["--paper"])) >= 3, palette
        assert contrast(c["--ring"], c["--ring-in"]) >= 3, palette


def test_the_levels_of_contrast_rise(readers: Readers) -> None:
    palettes = all_palettes(readers.open(HOME))
    for theme in ("light", "dark"):
        soft, standard, high = (
            contrast(palettes[theme, level]["--ink"], palettes[theme, level]["--paper"])
            for level in ("soft", "standard", "high")
        )
        assert soft < standard < high, theme
        assert high == pytest.approx(21)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("system", "level"), [("less", "soft"), ("no-preference", "standard"), ("more", "high")])
def test_without_a_choice_the_system_decides(readers: Readers, scheme: str, system: str, level: str) -> None:
    page = readers.new_reader(javascript=False).new_page()
    readers.go(page, HOME)
    features = [{"name": "prefers-color-scheme", "value": scheme}, {"name": "prefers-contrast", "value": system}]
    page.context.new_cdp_session(page).send("Emulation.setEmulatedMedia", {"features": features})
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == scheme
    system_tokens = tokens(page, *NAMES)
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == system_tokens["--paper"]
    assert system_tokens == all_palettes(page)[scheme, level]


def test_the_colours_on_the_screen_are_those_of_the_tokens(readers: Readers) -> None:
    """Background, text, quiet text, links and marked text of an article take the palette's colours."""
    page = readers.open(SAMPLE)
    expected = {"body p": "--ink", ".rail dt": "--ink-2", ".body p > a": "--red", "mark": "--ink"}
    page.locator("mark").evaluate("mark => { mark.insertAdjacentHTML('beforeend', '<a href=/en/>liên kết</a>') }")
    expected["mark a"] = "--ink"  # a link's own colours have too little contrast there, whatever the accent
    for theme, level in PALETTES:
        page.evaluate(
            "chosen => Object.assign(document.documentElement.dataset, chosen)", {"theme": theme, "contrast": level}
        )
        colours = tokens(page, *NAMES)
        for selector, token in expected.items():
            actual = page.locator(f"main {selector.removeprefix('body ')}").first.evaluate(
                "e => getComputedStyle(e).color"
            )
            assert actual == colours[token], (theme, level, selector)
        marked = page.locator("mark").evaluate("e => getComputedStyle(e).backgroundColor")
        assert marked == colours["--mark"], (theme, level)


def test_the_end_of_a_scale_is_readable_and_marked_by_more_than_colour(readers: Readers) -> None:
    for width in (360, 1280):
        page = readers.open(HOME, width=width, chosen={"size": "200"})
        end, other = (page.get_by_role("button", name=f"{word} cỡ chữ") for word in ("Tăng", "Giảm"))
        appearance = """e => { const s = getComputedStyle(e);
          return [s.borderTopStyle, s.backgroundImage, s.textDecorationLine]; }"""
        assert end.evaluate(appearance) != other.evaluate(appearance)
        assert "line-through" not in end.evaluate(appearance)
        opacity = end.locator("span").first.evaluate("e => getComputedStyle(e).opacity")
        for palette, colours in all_palettes(page).items():
            shown = blend(f"rgba{colours['--ink-2'][3:-1]}, {opacity})", colours["--paper"])
            assert contrast(shown, colours["--paper"]) >= 4.5, palette


CONTROLS = """() => [...document.querySelectorAll("a, button, summary, input, select, textarea, [tabindex='0']")]
  .filter(e => e.checkVisibility({ visibilityProperty: true }) && !e.closest(".vh"))
  .map(e => {
    e.focus();
    const style = getComputedStyle(e), edge = style.borderTopStyle !== "none" && parseFloat(style.borderTopWidth) > 0;
    return { what: e.outerHTML.slice(0, 90), words: e.innerText.trim(), svg: !!e.querySelector("svg, img"),
      colour: style.color, edge: edge ? style.borderTopColor : "",
      ring: style.outlineStyle, width: parseFloat(style.outlineWidth),
      ringColour: style.outlineColor };
  })"""
TEXTS = """() => [...document.querySelectorAll("body *")]
  .filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()))
  .filter(e => e.checkVisibility({ visibilityProperty: true }))
  .map(e => {
    let under = e;
    const clear = e => /^rgba.*, 0[)]$/.test(getComputedStyle(e).backgroundColor);
    while (under.parentElement && clear(under)) under = under.parentElement;
    return [e.outerHTML.slice(0, 90), getComputedStyle(e).color, getComputedStyle(under).backgroundColor];
  })"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", [HOME, LONGER, SAMPLE])
def test_in_forced_colours_every_control_shows_and_so_does_the_focus(readers: Readers, path: str, scheme: str) -> None:
    page = readers.open(path, forced_colours=True, scheme=scheme, width=360)
    page.locator("summary").first.press("Enter")  # by keyboard, so that the focus is visible
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    ground = (
        ground if channels(ground)[3] else page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    )
    controls = page.evaluate(CONTROLS)
    assert len(controls) > 15
    for control in controls:
        visible = [control["colour"]] if control["words"] or control["svg"] else []
        visible += [control["edge"]] if control["edge"] else []
        # the browser draws radio buttons
        assert any(contrast(blend(c, ground), ground) >= 3 for c in visible) or re.search(
            'scroll|type="radio"', control["what"]
        ), control
        assert control["ring"] == "solid" and control["width"] >= 2, control
        assert contrast(blend(control["ringColour"], ground), ground) >= 3, control
    hidden = [e for e in page.evaluate(TEXTS) if contrast(blend(e[1], e[2]), e[2]) < 3]
    assert not hidden, hidden


def test_in_forced_colours_the_system_sets_the_colours_so_colour_controls_are_hidden(readers: Readers) -> None:
    page = readers.open(HOME, forced_colours=True)
    assert page.get_by_role("button", name="Tăng cỡ chữ").is_visible()
    for name in ("Tăng tương phản", "Giảm tương phản", "Chế độ ban đêm"):
        assert not page.get_by_role("button", name=name).is_visible(), name


def without_edges(screenshot: bytes) -> bytes:
    """Return the pixels of a screenshot without its edges, where a picture may blend with the background."""
    with Image.open(io.BytesIO(screenshot)) as image:
        return image.convert("RGB").crop((2, 2, image.width - 2, image.height - 2)).tobytes()


@pytest.mark.parametrize("path", [HOME, LONGER])
def test_pictures_are_the_same_by_day_and_by_night(readers: Readers, path: str) -> None:
    page = readers.open(path)
    picture = page.locator("main img").first
    picture.scroll_into_view_if_needed()
    page.wait_for_function("() => document.querySelector('main img').complete")
    pixels = {}
    for theme, level in PALETTES:
        page.evaluate(
            "chosen => Object.assign(document.documentElement.dataset, chosen)", {"theme": theme, "contrast": level}
        )
        pixels[theme, level] = without_edges(picture.screenshot())
        changed = picture.evaluate("""e => { const effects = [];
          for (let at = e; at; at = at.parentElement) { const s = getComputedStyle(at);
            effects.push(s.filter, s.backdropFilter, s.mixBlendMode, s.opacity); }
          return effects.filter(value => !["none", "normal", "1"].includes(value)); }""")
        assert not changed
    assert len(set(pixels.values())) == 1
    assert len(set(pixels["light", "standard"])) > 50  # a picture, not an empty box
