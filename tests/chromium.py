"""The Chromium that tests drive, and how long they wait for it."""

from __future__ import annotations

from playwright.sync_api import Browser, Playwright, expect

import environment

PATIENCE = 120_000  # ms; a busy machine makes no test fail. `--costs` shows the tests that wait long.

expect.set_options(timeout=PATIENCE)


def launch(playwright: Playwright, *arguments: str) -> Browser:
    """Start the Chromium of this machine, with more command line arguments."""
    path = environment.chromium()
    assert path, "no Chromium is installed: run `python3 tasks.py test`, which installs it or says how"
    browser = playwright.chromium.launch(executable_path=path, args=list(arguments), timeout=PATIENCE)
    browser.on("context", lambda context: context.set_default_timeout(PATIENCE))
    return browser
