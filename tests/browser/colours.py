"""Colours as Chromium resolves them, and their contrast (WCAG 2.2, https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio)."""

from __future__ import annotations

import re

from playwright.sync_api import Page

RESOLVE = """names => {
  const probe = document.body.appendChild(document.createElement("i"));
  const values = {};
  for (const name of names) {
    probe.style.color = "rgb(1, 2, 3)";
    probe.style.color = `var(${name})`;
    values[name] = getComputedStyle(probe).color;
  }
  probe.remove();
  return values;
}"""


def tokens(page: Page, *names: str) -> dict[str, str]:
    """Return the value that each custom property has on a page, as rgb(…)."""
    return page.evaluate(RESOLVE, list(names))


def channels(colour: str) -> tuple[float, float, float, float]:
    """Return red, green, blue (0 to 255) and opacity (0 to 1) of rgb(…) or rgba(…)."""
    numbers = [float(n) for n in re.findall(r"[\d.]+", colour)]
    return numbers[0], numbers[1], numbers[2], numbers[3] if len(numbers) > 3 else 1.0


def luminance(colour: str) -> float:
    """Return the relative luminance, 0 to 1."""
    linear = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (n / 255 for n in channels(colour)[:3])
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: str, second: str) -> float:
    """Return the contrast of two colours, 1 to 21."""
    dark, light = sorted((luminance(first), luminance(second)))
    return (light + 0.05) / (dark + 0.05)


def blend(colour: str, background: str) -> str:
    """Return the colour of a translucent colour on a background."""
    *top, opacity = channels(colour)
    mixed = [opacity * a + (1 - opacity) * b for a, b in zip(top, channels(background)[:3], strict=True)]
    return "rgb({}, {}, {})".format(*mixed)
