"""A web server for one person on one machine: a finished portal, its headers, and reloading.

Every HTML page gets one script more, that listens (server-sent events,
https://html.spec.whatwg.org/multipage/server-sent-events.html) and reloads when a build has changed the page.
"""

from __future__ import annotations

import json
import threading
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote

from plugins.addresses import ERROR_PAGE, STATS_NAME, URLS, VOTE, Addresses
from plugins.i18n import translate
from plugins.portal import last_build

from . import access_log, byte_ranges, headers

SCRIPT = "/_preview/reload.js"
EVENTS = "/_preview/events"
_TAG = f'<script src="{SCRIPT}" data-page="%s" defer></script></body>'


class PreviewServer(ThreadingHTTPServer):
    """Serves `folder` on 127.0.0.1, on `port` or the next free one."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, folder: Path, port: int, reloading: bool = True) -> None:
        handler = partial(_Handler, directory=str(folder))
        for candidate in (*range(port, port + 20), 0):
            try:
                super().__init__(("127.0.0.1", candidate), handler)
                break
            except OSError:
                continue  # taken
        self.folder, self.reloading = folder, reloading
        self.log = folder.with_name(folder.name + ".log")
        self.news = threading.Condition()
        self.builds, self.errors = 0, ""

    @property
    def addresses(self) -> Addresses:
        """Those of the portal that was built last."""
        return last_build.published_addresses(self.folder) or Addresses(["vi"], URLS)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/"

    def start(self) -> None:
        """Serve in the background."""
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def say(self, errors: str) -> None:
        """Tell every open page that a build has ended; errors is "" where it went well."""
        with self.news:
            self.builds, self.errors = self.builds + 1, errors
            self.news.notify_all()


class _Handler(SimpleHTTPRequestHandler):
    server: PreviewServer
    body = ""

    @property
    def _misled(self) -> bool:
        """Whether another site's name was used for this machine: DNS rebinding."""
        return self.headers.get("Host", "").partition(":")[0] not in ("127.0.0.1", "localhost")

    def do_POST(self) -> None:
        """A vote, as nginx takes it."""
        status = access_log.vote_response(self.headers)
        if self._misled or self.path.partition("?")[0] != f"/{VOTE}":
            status = HTTPStatus.METHOD_NOT_ALLOWED
        elif status in (HTTPStatus.NO_CONTENT, HTTPStatus.SEE_OTHER):
            self.body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode("utf-8", "replace")
        self.send_response(status)
        if status == HTTPStatus.SEE_OTHER:
            self.send_header("Location", access_log.thanks_page(self.server.addresses, self.path))
        self.send_header("Content-Length", "0")
        self.end_headers()

    def do_GET(self) -> None:
        if self._misled:
            self.send_error(HTTPStatus.MISDIRECTED_REQUEST)
        elif self.path.partition("?")[0] == f"/{VOTE}":
            self.send_error(HTTPStatus.METHOD_NOT_ALLOWED)
        elif self.server.reloading and self.path.partition("?")[0] == EVENTS:
            self._events()
        elif self.server.reloading and self.path == SCRIPT:
            self._send((Path(__file__).parent / "reload.js").read_bytes(), "text/javascript; charset=utf-8")
        else:
            self._file()

    do_HEAD = do_GET

    def _file(self) -> None:
        path, status = self._found(self.path)
        if path.is_dir():
            super().do_GET()  # redirects to the address with a slash
            return
        if _is_figures(path) and not path.exists():  # no figures yet, as nginx says it
            self.send_response(HTTPStatus.NO_CONTENT)
            self.end_headers()
            return
        state = _state(path)
        try:
            data = path.read_bytes()
        except OSError:
            self.send_error(HTTPStatus.NOT_FOUND)
            return
        kind = self.guess_type(str(path))
        if kind == "text/html" and self.server.reloading:
            data = data.replace(b"</body>", (_TAG % state).encode(), 1)
        self._send(data, f"{kind}; charset=utf-8" if kind.startswith("text/") else kind, status)

    def _found(self, address: str) -> tuple[Path, HTTPStatus]:
        """The file of an address; a folder where the address lacks its last slash."""
        path = Path(self.translate_path(address))
        if path.is_dir() and address.partition("?")[0].endswith("/"):
            filled = (
                path / f"{STATS_NAME}.html"
            )  # the page of figures as `stats` has filled it, as nginx does; see plugins/visit_counter
            path = filled if filled.is_file() else path / "index.html"
        if path.exists() or _is_figures(path):
            return path, HTTPStatus.OK
        return self.server.folder / ERROR_PAGE, HTTPStatus.NOT_FOUND

    def _send(self, data: bytes, kind: str, status: HTTPStatus = HTTPStatus.OK) -> None:
        size = len(data)
        try:
            part = byte_ranges.byte_range(self.headers.get("Range"), size) if status == HTTPStatus.OK else None
        except ValueError:
            self.send_error(HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE)
            return
        if part:
            data, status = data[slice(*part)], HTTPStatus.PARTIAL_CONTENT
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Accept-Ranges", "bytes")
        if part:
            self.send_header("Content-Range", f"bytes {part[0]}-{part[1] - 1}/{size}")
        for name, value in headers.headers_for(headers.read(self.server.folder / "_headers"), self.path):
            if name != "Cache-Control":
                self.send_header(name, value)
        self.send_header("Cache-Control", "no-cache")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def _events(self) -> None:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-cache")
        self.end_headers()
        told, page = -1, unquote(self.path.partition("?")[2])
        try:
            while True:
                with self.server.news:
                    if self.server.builds == told:
                        self.server.news.wait(timeout=15)
                    state = {"errors": self.server.errors, "title": translate("Not built")}
                    told = self.server.builds
                state["page"] = _state(self._found(page)[0])
                self.wfile.write(f"data: {json.dumps(state)}\n\n".encode())
                self.wfile.flush()
        except OSError:
            pass  # the page was closed

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """A line like nginx's, for `stats`; the preview's own requests left out."""
        path = getattr(self, "path", "")
        if path and not path.startswith("/_preview/") and hasattr(self, "headers"):
            access_log.append(
                self.server.log, self.client_address[0], self.command, path, int(code), self.headers, self.body
            )

    def log_message(self, format: str, *args: object) -> None:
        """The terminal is for what the build says."""


def _is_figures(path: Path) -> bool:
    return path.name == f"{STATS_NAME}.json" or path.name.endswith(f".{STATS_NAME}.json")


def _state(path: Path) -> str:
    """What changes with a file; "" where there is none."""
    try:
        stat = path.stat()
    except OSError:
        return ""
    return f"{stat.st_mtime_ns} {stat.st_size}"
