"""Readers: people with different screens, settings and needs, who open pages in one Chromium.

Whatever goes wrong on a page (a message in the console, a violation of the Content-Security-Policy, a request that
fails or leaves the site) is recorded in `faults`; every test ends by checking them.
"""

from __future__ import annotations

import json
from typing import Any

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, Response

KEY = "hien-thi"  # where the site stores a reader's choices
MISSING = "/khong-co-trang-nay/"  # an address without a page

NO_STORAGE = """Object.defineProperty(window, "localStorage", {
  get() { throw new DOMException("Access is denied for this document.", "SecurityError"); } });"""


class Readers:
    """Opens pages, each for a reader who has not visited before.

    Starting a context of Chromium costs as much as loading a page. So the contexts of readers who only open pages are
    reused from test to test, by the options of the reader; what a page has stored is deleted.

    address: of the site, without a slash at its end.
    """

    def __init__(self, browser: Browser, address: str) -> None:
        self.browser, self.address = browser, address
        self.faults: list[str] = []
        self._contexts: list[BrowserContext] = []
        self._kept: dict[str, BrowserContext] = {}

    def new_reader(self, **options: Any) -> BrowserContext:
        """Start a browser context of its own, for tests that change more than a page: scripts, routes, permissions.

        options: see `start`.
        """
        context = self.start(**options)
        self._contexts.append(context)
        return context

    def start(
        self,
        *,
        width: int = 1280,
        height: int = 900,
        scheme: str = "light",
        contrast: str = "no-preference",
        forced_colours: bool = False,
        less_motion: bool = False,
        javascript: bool = True,
        storage: bool = True,
        density: float = 1,
        chosen: dict[str, str] | None = None,
    ) -> BrowserContext:
        """Start a browser context, which the caller closes.

        contrast: no-preference or more. chosen: choices made on an earlier visit, name -> value.
        """
        stored = [{"name": KEY, "value": json.dumps(chosen)}] if chosen else []
        options: dict[str, Any] = {
            "viewport": {"width": width, "height": height},
            "color_scheme": scheme,
            "contrast": contrast,
            "forced_colors": "active" if forced_colours else "none",
            "reduced_motion": "reduce" if less_motion else "no-preference",
            "java_script_enabled": javascript,
            "device_scale_factor": density,
            "locale": "vi-VN",
            "storage_state": {"cookies": [], "origins": [{"origin": self.address, "localStorage": stored}]},
        }
        context = self.browser.new_context(**options)
        if not storage:
            context.add_init_script(NO_STORAGE)
        context.on("console", self._on_console)
        context.on("weberror", lambda error: self.faults.append(f"script: {error.error}"))
        context.on("requestfailed", self._on_failure)
        context.on("response", self._on_response)
        return context

    def open(self, path: str, **reader: Any) -> Page:
        """Open a page as a new reader; for the options see `start`."""
        if "chosen" in reader:
            page = self.new_reader(**reader).new_page()
        else:
            key = repr(sorted(reader.items()))
            if key not in self._kept:
                self._kept[key] = self.start(**reader)
            page = self._kept[key].new_page()
        self.go(page, path)
        return page

    def go(self, page: Page, path: str, wait_until: Any = "load") -> None:
        """Go to a path of the site in an open page."""
        page.goto(self.address + path, wait_until=wait_until)

    def leave(self) -> None:
        """Close every page and delete what it has stored, after the browser has reported everything."""
        for context in [*self._contexts, *self._kept.values()]:
            for page in context.pages:
                page.evaluate("() => { try { localStorage.clear(); } catch { /* blocked, or no page of the site */ } }")
                page.close()
        for context in self._contexts:
            context.close()
        self._contexts.clear()

    def _on_console(self, message: ConsoleMessage) -> None:
        place = message.location.get("url", "")
        if message.type in ("error", "warning") and MISSING not in place:
            self.faults.append(f"console: {message.text} ({place})")

    def _on_failure(self, request: Request) -> None:
        if request.failure == "net::ERR_ABORTED":
            return  # the browser no longer wants it: the page was left, or another size of a picture fits better
        self.faults.append(f"request failed: {request.url} ({request.failure})")

    def _on_response(self, response: Response) -> None:
        if not response.url.startswith(self.address + "/"):
            self.faults.append(f"request leaves the site: {response.url}")
        elif response.status >= 400 and MISSING not in response.url:
            self.faults.append(f"answer {response.status}: {response.url}")
