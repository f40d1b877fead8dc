"""Readers: people with different screens, settings and needs, who open pages in one Chromium.

Whatever goes wrong on a page (a message in the console, a violation of the Content-Security-Policy, a request that
fails or leaves the site) is recorded in `faults`; every test ends by checking them.
"""

from __future__ import annotations

import json
from typing import Any, Literal

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, Response

KEY = "hien-thi"  # where the site stores a reader's choices
MISSING = "/khong-co-trang-nay/"  # an address without a page

NO_STORAGE = """Object.defineProperty(window, "localStorage", {
  get() { throw new DOMException("Access is denied for this document.", "SecurityError"); } });"""


EMPTY = "/robots.txt"  # a file of the site; coming from another site, Chromium would start a process for a page
NO_WORKER = "Service Worker registration blocked by Playwright"
FORGET = "() => { try { localStorage.clear(); sessionStorage.clear(); } catch { /* blocked */ } }"

Scheme = Literal["light", "dark"]
Contrast = Literal["no-preference", "more"]


def media(scheme: Scheme, contrast: Contrast, forced_colours: bool, less_motion: bool) -> dict[str, Any]:
    """Return the system's settings of a reader as options of a context or of a page."""
    return {
        "color_scheme": scheme,
        "contrast": contrast,
        "forced_colors": "active" if forced_colours else "none",
        "reduced_motion": "reduce" if less_motion else "no-preference",
    }


class Readers:
    """Opens pages, each for a reader who has not visited before.

    Chromium takes twice as long to start a page as to load one, and three times as long to start a context. So pages
    are reused from test to test: what distinguishes readers is set anew, and what a page has stored is deleted.

    address: of the site, without a slash at its end.
    """

    def __init__(self, browser: Browser, address: str) -> None:
        self.browser, self.address = browser, address
        self.faults: list[str] = []
        self._contexts: list[BrowserContext] = []
        self._idle: dict[str, list[Page]] = {}
        self._in_use: list[tuple[str, Page]] = []

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
        scheme: Scheme = "light",
        contrast: Contrast = "no-preference",
        forced_colours: bool = False,
        less_motion: bool = False,
        javascript: bool = True,
        storage: bool = True,
        density: float = 1,
        worker: bool = False,
        chosen: dict[str, str] | None = None,
    ) -> BrowserContext:
        """Start a browser context, which the caller closes.

        worker: whether the portal may have its service worker, which answers until the context is closed.
        chosen: choices made on an earlier visit, name -> value.
        """
        stored = [{"name": KEY, "value": json.dumps(chosen)}] if chosen else []
        context = self.browser.new_context(
            viewport={"width": width, "height": height},
            **media(scheme, contrast, forced_colours, less_motion),
            java_script_enabled=javascript,
            device_scale_factor=density,
            service_workers="allow" if worker else "block",
            locale="vi-VN",
            storage_state={"cookies": [], "origins": [{"origin": self.address, "localStorage": stored}]},
        )
        if not storage:
            context.add_init_script(NO_STORAGE)
        context.on("console", self._on_console)
        context.on("weberror", lambda error: self.faults.append(f"script: {error.error}"))
        context.on("requestfailed", self._on_failure)
        context.on("response", self._on_response)
        return context

    def open(self, path: str, **reader: Any) -> Page:
        """Open a page as a new reader; for the options see `start`. Tests must not add scripts or routes to it."""
        page = self.take(**reader)
        self.go(page, path)
        return page

    def take(
        self,
        *,
        width: int = 1280,
        height: int = 900,
        scheme: Scheme = "light",
        contrast: Contrast = "no-preference",
        forced_colours: bool = False,
        less_motion: bool = False,
        chosen: dict[str, str] | None = None,
        **fixed: Any,
    ) -> Page:
        """Return an empty page for a new reader: an idle one, or a new one if there is none with the same context.

        fixed: the options of `start` that a context keeps for good: javascript, storage, density.
        """
        key = repr(sorted(fixed.items()))
        idle = self._idle.setdefault(key, [])
        page = idle.pop() if idle else self.start(**fixed).new_page()
        self._in_use.append((key, page))
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(**media(scheme, contrast, forced_colours, less_motion))
        if chosen:
            if page.url == "about:blank":
                self.go(page, EMPTY)
            page.evaluate("([key, value]) => localStorage.setItem(key, value)", [KEY, json.dumps(chosen)])
        return page

    def go(self, page: Page, path: str, wait_until: Any = "load") -> None:
        """Go to a path of the site in an open page."""
        page.goto(self.address + path, wait_until=wait_until)

    def leave(self) -> None:
        """Delete what pages have stored and empty them, after the browser has reported everything."""
        for context in self._contexts:
            for page in context.pages:
                page.evaluate("1")
            context.close()
        for key, page in self._in_use:
            page.evaluate(FORGET)
            page.mouse.move(0, 0)
            page.emulate_media(media="null")
            self.go(page, EMPTY)
            self._idle[key].append(page)
        self._contexts.clear()
        self._in_use.clear()

    def _on_console(self, message: ConsoleMessage) -> None:
        place = message.location.get("url", "")
        if message.text == NO_WORKER:
            return
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
