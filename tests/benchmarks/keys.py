"""How long a key lasts at the desk until it is seen, in an article of 10,000 words: the text area and the rich text."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import replace

from playwright.sync_api import Page, sync_playwright

from tests import chromium

from . import RESULTS, corpus
from .desk import WORK, serving

WORDS, KEYS = 10_000, 100
PAUSE = 80  # milliseconds between two keys: about 150 words a minute
# The duration of an interaction is that of its longest event (https://w3c.github.io/event-timing/).
OBSERVE = """() => {
  window.lasted = new Map();
  new PerformanceObserver(list => {
    for (const { interactionId, duration } of list.getEntries())
      if (interactionId) lasted.set(interactionId, Math.max(duration, lasted.get(interactionId) || 0));
  }).observe({ type: "event", durationThreshold: 16, buffered: false });
}"""


def main(sizes: Sequence[int], runs: int) -> None:
    """Measure every size; print and save the table."""
    head = "| Articles | text area: 98 of 100 keys, the slowest | rich text: 98 of 100 keys, the slowest |"
    lines = [f"Milliseconds; {KEYS * runs} keys in an article of {WORDS} words.", "", head, "|---:|---:|---:|"]
    for size in sizes:
        cells = [f"{high:.0f}, {slowest:.0f}" for high, slowest in measure_size(size, runs)]
        lines.append(f"| {size} | {' | '.join(cells)} |")
        print(lines[-1], flush=True)
    text = "\n".join(lines) + "\n"
    (RESULTS / "keys.md").write_text(text, "utf-8")
    print(f"\n{text}")


def measure_size(size: int, runs: int) -> list[tuple[float, float]]:
    """Return the 98th of 100 and the slowest key of each view."""
    shutil.rmtree(WORK, ignore_errors=True)
    content = WORK / "content"
    corpus.write(content, size)
    first = next(corpus.articles(1))
    body = "\n\n".join([first.body] * (WORDS // len(first.body.split()) + 1))
    corpus.write_article(content, replace(first, number=size, title="Bài dài", body=body))
    (article,) = (path for path in content.glob("articles/*/*.md") if "Bài dài" in path.read_text("utf-8"))
    try:
        with serving(content) as (address, _, _), sync_playwright() as playwright:
            browser = chromium.launch(playwright)
            page = browser.new_page()
            page.goto(f"{address}soan/bai/{article.relative_to(content).as_posix()}")
            page.locator("#rich [role=textbox]").wait_for()
            rich = _type(page, "#rich [role=textbox]", runs)
            page.locator("#view").click()
            plain = _type(page, "#body", runs)
            browser.close()
        return [plain, rich]
    finally:
        shutil.rmtree(WORK, ignore_errors=True)


def _type(page: Page, place: str, runs: int) -> tuple[float, float]:
    page.locator(place).click()
    page.evaluate(OBSERVE)
    for _ in range(runs):
        page.keyboard.type("x" * KEYS, delay=PAUSE)
    page.wait_for_timeout(2000)
    lasted = sorted(page.evaluate("[...lasted.values()]"))
    count = KEYS * runs  # keys below the threshold are not among them
    return ([0.0] * (count - len(lasted)) + lasted)[int(count * 0.98) - 1], lasted[-1] if lasted else 0.0
