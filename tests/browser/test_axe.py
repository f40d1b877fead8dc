"""axe-core finds no accessibility problem on any page (https://dequeuniversity.com/rules/axe/)."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.pages import ADDRESSES, HOME, LONGER, SAMPLE
from tests.browser.readers import Readers

WCAG = [f"wcag{version}{level}" for version in ("2", "21", "22") for level in ("a", "aa", "aaa")]
OFF_BY_DEFAULT = [
    "color-contrast-enhanced",
    "identical-links-same-purpose",
    "meta-refresh-no-exceptions",
    "target-size",
]
OPTIONS = {
    "runOnly": {"type": "tag", "values": [*WCAG, "best-practice"]},
    "rules": {name: {"enabled": True} for name in OFF_BY_DEFAULT},
    "resultTypes": ["violations", "incomplete"],
}
PALETTES = [(theme, contrast) for theme in ("light", "dark") for contrast in ("soft", "standard", "high")]
WEAKEST = [("light", "soft"), ("dark", "soft")]  # palettes differ in colours only, and these have the least contrast
IN_ALL_PALETTES = {"home", "article (everything)", "search", "map"}  # test_colours measures all colours in all of them


COLOURS_ONLY = {**OPTIONS, "runOnly": ["color-contrast", "color-contrast-enhanced", "link-in-text-block"]}


def run_axe(page: Page, axe: str, options: dict[str, Any] = OPTIONS) -> dict[str, Any]:
    """Return axe-core's results for a page in its present state."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(axe)
    return page.evaluate("options => axe.run(options)", options)


def result_lines(results: list[dict[str, Any]]) -> list[str]:
    """Format results as lines: rule, element, reason."""
    return [
        f"{rule['id']}: {node['target']} {(node.get('failureSummary') or '').splitlines()[1:]}"
        for rule in results
        for node in rule["nodes"]
    ]


def axe_violations(page: Page, axe: str, state: str, options: dict[str, Any] = OPTIONS) -> list[str]:
    """Return violations as lines; what axe could not decide is printed if there are any."""
    result = run_axe(page, axe, options)
    lines = [f"{state}: {line}" for line in result_lines(result["violations"])]
    if lines:
        print(f"{state}: not decided:", *result_lines(result["incomplete"]), sep="\n  ")
    return lines


def choose(page: Page, **values: str) -> None:
    """Set display choices on a loaded page, as its controls do."""
    page.evaluate("values => Object.assign(document.documentElement.dataset, values)", values)


def test_a_page_has_no_violation_in_any_palette(readers: Readers, axe: str, kind: str) -> None:
    page = readers.open(ADDRESSES[kind])
    violations = axe_violations(page, axe, "at first")
    for theme, contrast in PALETTES if kind in IN_ALL_PALETTES else WEAKEST:
        choose(page, theme=theme, contrast=contrast)
        violations += axe_violations(page, axe, f"{theme} {contrast}", COLOURS_ONLY)
    assert not violations, "\n".join(violations)


@pytest.mark.parametrize("path", [HOME, LONGER, SAMPLE])
def test_a_phone_with_its_menu_open_and_large_wide_text_has_no_violation(readers: Readers, axe: str, path: str) -> None:
    page = readers.open(path, width=360, height=740, chosen={"size": "200", "spacing": "wide"})
    page.locator("summary").first.click()
    violations = axe_violations(page, axe, "menu open")
    assert not violations, "\n".join(violations)


def test_a_violation_would_be_found(readers: Readers, axe: str) -> None:
    """Low contrast (also at level AAA), a small target, a picture without a name and a link without a name."""
    page = readers.open(HOME)
    page.evaluate("""() => {
      document.querySelector("main").insertAdjacentHTML("beforeend",
        "<p id=grey>Chữ xám</p><a href='/x/'></a><p><button class=s>a</button><button class=s>b</button></p>");
      const picture = document.querySelector(".brand img").cloneNode();
      picture.removeAttribute("alt");
      document.querySelector("main").append(picture);
      document.getElementById("grey").style.color = "#666";
      for (const button of document.querySelectorAll(".s"))
        button.style.cssText = "width: 9px; height: 9px; padding: 0; border: 0";
    }""")
    rules = {rule["id"] for rule in run_axe(page, axe)["violations"]}
    assert {"color-contrast-enhanced", "image-alt", "link-name", "target-size"} <= rules
