"""Firefox and WebKitGTK, driven as a reader would: by mouse and keys.

Firefox speaks WebDriver BiDi (https://www.w3.org/TR/webdriver-bidi/) by itself, WebKitGTK classic WebDriver
(https://www.w3.org/TR/webdriver2/) through WebKitWebDriver. Both are Debian's packages, and both run without a screen.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any, Protocol

from websockets.sync.client import ClientConnection, connect

from tests import portals
from tests.chromium import PATIENCE

SECONDS = PATIENCE / 1000
FIREFOX, WEBKIT_DRIVER = shutil.which("firefox-esr"), shutil.which("WebKitWebDriver")
MINI_BROWSER = next(Path("/usr/lib").glob("*/webkit2gtk-4.1/MiniBrowser"), None)
KEYS = {"Tab": "\ue004", "Enter": "\ue007", "Escape": "\ue00c", "Space": "\ue00d"}
PREFERENCES = {
    "intl.accept_languages": "vi",
    "network.proxy.type": 0,
    "network.dns.localDomains": "",
    "app.update.disabledForTesting": True,
    "datareporting.policy.dataSubmissionEnabled": False,
    "focusmanager.testmode": True,
}

Action = dict[str, Any]


class Driver(Protocol):
    """What both protocols can do."""

    def go(self, address: str) -> None:
        """Load a page."""

    def run(self, script: str) -> Any:  # whatever JSON the script returns
        """Return the value of an expression in the page; a promise is awaited."""

    def act(self, sources: list[Action]) -> None:
        """Perform actions of pointers and keys."""

    def resize(self, width: int, height: int) -> None:
        """Give the window another size, in CSS px."""


class Engine:
    """A page in an engine. address: of the portal, without a slash at its end."""

    def __init__(self, driver: Driver, address: str) -> None:
        self.driver, self.address = driver, address

    def open(self, path: str) -> None:
        """Go to a page of the portal and wait for its script."""
        self.driver.go(self.address + path)
        self.wait("document.readyState === 'complete' && document.documentElement.dataset.js === 'ready'")

    def run(self, script: str) -> Any:  # whatever JSON the script returns
        """Return the value of an expression in the page."""
        return self.driver.run(script)

    def wait(self, condition: str) -> None:
        """Wait until an expression in the page is true."""
        end = time.monotonic() + SECONDS
        while not self.run(f"!!({condition})"):
            assert time.monotonic() < end, f"never true: {condition}; the page says {self.run(STATE)}"
            time.sleep(0.05)

    def click(self, selector: str) -> None:
        """Click the middle of an element, which is scrolled into view."""
        self.wait(f"document.querySelector({selector!r})")
        x, y = self.run(MIDDLE % repr(selector))
        move = {"type": "pointerMove", "x": x, "y": y, "duration": 0, "origin": "viewport"}
        press = [{"type": "pointerDown", "button": 0}, {"type": "pointerUp", "button": 0}]
        pointer = {"type": "pointer", "id": "mouse", "parameters": {"pointerType": "mouse"}, "actions": [move, *press]}
        self.driver.act([pointer])

    def press(self, *keys: str) -> None:
        """Press keys one after another: names of KEYS, or letters."""
        actions = [{"type": kind, "value": KEYS.get(key, key)} for key in keys for kind in ("keyDown", "keyUp")]
        self.driver.act([{"type": "key", "id": "keys", "actions": actions}])

    def resize(self, width: int, height: int) -> None:
        """Give the window another size."""
        self.driver.resize(width, height)


MIDDLE = """(() => {
  const element = [...document.querySelectorAll(%s)].find(e => e.getClientRects().length);
  element.scrollIntoView({ block: "center", behavior: "instant" });
  const box = element.getBoundingClientRect();
  return [Math.round(box.left + box.width / 2), Math.round(box.top + box.height / 2)];
})()"""
STATE = (
    "[location.href, document.querySelector('#status')?.textContent, document.activeElement?.outerHTML?.slice(0, 99)]"
)


class Bidi:
    """WebDriver BiDi over a web socket."""

    def __init__(self, connection: ClientConnection) -> None:
        self.connection, self.number = connection, 0
        self.command("session.new", capabilities={"alwaysMatch": {"acceptInsecureCerts": True}})
        self.context = self.command("browsingContext.getTree")["contexts"][0]["context"]

    def command(self, method: str, **parameters: Any) -> Any:  # as the protocol says
        """Send a command and return its result. Raises RuntimeError if it failed."""
        self.number += 1
        self.connection.send(json.dumps({"id": self.number, "method": method, "params": parameters}))
        while True:
            message = json.loads(self.connection.recv(timeout=SECONDS))
            if message.get("id") == self.number:
                if message["type"] == "error":
                    raise RuntimeError(f"{method}: {message['error']}: {message['message']}")
                return message["result"]

    def go(self, address: str) -> None:
        """See Driver."""
        self.command("browsingContext.navigate", context=self.context, url=address, wait="complete")

    def run(self, script: str) -> Any:  # whatever JSON the script returns
        """See Driver."""
        expression = f"Promise.resolve({script}).then(value => JSON.stringify(value ?? null))"
        target = {"context": self.context}
        answer = self.command("script.evaluate", expression=expression, target=target, awaitPromise=True)
        if answer["type"] == "exception":
            raise RuntimeError(answer["exceptionDetails"]["text"])
        return json.loads(answer["result"]["value"])

    def act(self, sources: list[Action]) -> None:
        """See Driver."""
        self.command("input.performActions", context=self.context, actions=sources)

    def resize(self, width: int, height: int) -> None:
        """See Driver."""
        self.command("browsingContext.setViewport", context=self.context, viewport={"width": width, "height": height})


class Classic:
    """Classic WebDriver over HTTP. address: of the driver."""

    def __init__(self, address: str, capabilities: dict[str, Any]) -> None:
        self.address = address
        session = self.command("/session", capabilities={"alwaysMatch": capabilities})
        self.address += f"/session/{session['sessionId']}"

    def command(self, path: str, method: str = "POST", **body: Any) -> Any:  # as the protocol says
        """Send a command and return its value."""
        data = json.dumps(body).encode() if method == "POST" else None
        request = urllib.request.Request(self.address + path, data, {"Content-Type": "application/json"}, method=method)
        try:
            with urllib.request.urlopen(request, timeout=SECONDS) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            raise RuntimeError(f"{path}: {error.read().decode()[:500]}") from None

    def go(self, address: str) -> None:
        """See Driver."""
        self.command("/url", url=address)

    def run(self, script: str) -> Any:  # whatever JSON the script returns
        """See Driver."""
        wrapped = f"const done = arguments[0]; Promise.resolve({script}).then(done)"
        return self.command("/execute/async", script=wrapped, args=[])

    def act(self, sources: list[Action]) -> None:
        """See Driver."""
        self.command("/actions", actions=sources)

    def resize(self, width: int, height: int) -> None:
        """See Driver: the window, of which the browser's own bars take a part."""
        inner = self.run("[innerWidth, innerHeight]")
        outer = self.command("/window/rect", "GET")
        size = {"width": outer["width"] + width - inner[0], "height": outer["height"] + height - inner[1]}
        self.command("/window/rect", **size)


@contextmanager
def firefox(home: Path) -> Iterator[Driver]:
    """Start Firefox without a screen. home: an empty folder, for its profile."""
    assert FIREFOX
    lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in PREFERENCES.items()]
    (home / "user.js").write_text("\n".join(lines), encoding="utf-8")
    port_file = home / "WebDriverBiDiServer.json"
    command = [FIREFOX, "--headless", "--no-remote", "--remote-debugging-port=0", "--profile", str(home)]
    with _running(command, settings={"HOME": str(home)}):
        portals.wait_until(lambda: port_file.exists() and port_file.read_text().strip())
        server = json.loads(port_file.read_text())
        address = f"ws://{server['ws_host']}:{server['ws_port']}/session"
        with connect(address, max_size=None, compression=None, proxy=None) as opened:
            yield Bidi(opened)


@contextmanager
def webkit(home: Path) -> Iterator[Driver]:
    """Start WebKitGTK's MiniBrowser on a screen in memory. home: an empty folder."""
    assert WEBKIT_DRIVER and MINI_BROWSER
    screen_file = home / "screen"
    xvfb = ["Xvfb", "-displayfd", "1", "-screen", "0", "1600x1400x24", "-nolisten", "tcp"]
    with screen_file.open("wb") as screen, _running(xvfb, screen):
        portals.wait_until(lambda: screen_file.read_text().strip().isdigit())
        settings = {"DISPLAY": f":{screen_file.read_text().strip()}", "HOME": str(home), "LANG": "vi_VN.UTF-8"}
        settings |= {"WEBKIT_DISABLE_COMPOSITING_MODE": "1", "NO_AT_BRIDGE": "1", "GIO_USE_PROXY_RESOLVER": "dummy"}
        port = _free_port()
        with _running([WEBKIT_DRIVER, f"--port={port}"], settings=settings):
            address = f"http://127.0.0.1:{port}"
            portals.wait_until(lambda: _answers(address + "/status"))
            options = {"binary": str(MINI_BROWSER), "args": ["--automation"]}
            driver = Classic(address, {"webkitgtk:browserOptions": options})
            try:
                yield driver
            finally:
                driver.command("", "DELETE")


@contextmanager
def _running(
    command: list[str], stdout: IO[bytes] | int = subprocess.DEVNULL, settings: dict[str, str] | None = None
) -> Iterator[None]:
    """Run a program until the end of the block."""
    process = subprocess.Popen(command, stdout=stdout, stderr=subprocess.DEVNULL, env=os.environ | (settings or {}))
    try:
        yield
    finally:
        process.terminate()
        process.wait()


def _answers(address: str) -> bool:
    with suppress(OSError), urllib.request.urlopen(address, timeout=5):
        return True
    return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
