"""A web server for one person on one machine: serves a finished portal with its headers, and reloads pages.

It adds a script to every HTML page that listens to server-sent events
(https://html.spec.whatwg.org/multipage/server-sent-events.html) and reloads when a build has changed the page.
"""

from __future__ import annotations

import json
import threading
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote

from plugins.addresses import ERROR_PAGE, SERVER_FILES, STATS_NAME, URLS, VOTE, Addresses
from plugins.i18n import translate
from plugins.portal import last_build

from . import access_log, byte_ranges, headers

SCRIPT = "/_preview/reload.js"
EVENTS = "/_preview/events"
_TAG = f'<script src="{SCRIPT}" data-page="%s" defer></script></body>'


class PreviewServer(ThreadingHTTPServer):
    """Serves a finished portal on 127.0.0.1.

    Args:
        folder: Of the site.
        port: If it is taken, the next free one.
        live_reload: Add the script that reloads pages.
    """

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, folder: Path, port: int, live_reload: bool = True) -> None:
        handler = partial(_Handler, directory=str(folder))
        for candidate in (*range(port, port + 20), 0):
            try:
                super().__init__(("127.0.0.1", candidate), handler)
                break
            except OSError:
                continue  # taken
        self.folder, self.live_reload = folder, live_reload
        self.log = folder.with_name(folder.name + ".log")
        self.build_ended = threading.Condition()
        self.base = self.addresses.base  # the path of the portal that was built last
        self.builds, self.errors = 0, ""  # how many builds have ended, and the errors of the last

    @property
    def addresses(self) -> Addresses:
        """The addresses of the portal that was built last."""
        return last_build.published_addresses(self.folder) or Addresses(["vi"], URLS)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}{self.base}"

    def start(self) -> None:
        """Serve in the background."""
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def report_build(self, errors: str) -> None:
        """Tell every open page that a build has ended. errors: "" if it went well."""
        with self.build_ended:
            self.base, self.builds, self.errors = self.addresses.base, self.builds + 1, errors
            self.build_ended.notify_all()


class _Handler(SimpleHTTPRequestHandler):
    server: PreviewServer
    timeout = 30  # seconds; whoever sends or reads nothing any more keeps no thread
    body = ""  # of a vote

    @property
    def _has_foreign_host(self) -> bool:
        """Whether the request names another site as its host, as in a DNS rebinding attack."""
        return self.headers.get("Host", "").partition(":")[0] not in ("127.0.0.1", "localhost")

    def do_POST(self) -> None:
        """Accept a vote, as nginx does."""
        status = access_log.vote_response(self.headers)
        if self._has_foreign_host or self.path.partition("?")[0] != f"{self.server.base}{VOTE}":
            status = HTTPStatus.METHOD_NOT_ALLOWED
        elif status in (HTTPStatus.NO_CONTENT, HTTPStatus.SEE_OTHER):
            self.body = self.rfile.read(access_log.content_length(self.headers) or 0).decode("utf-8", "replace")
        self.send_response(status)
        if status == HTTPStatus.SEE_OTHER:
            self.send_header("Location", access_log.thanks_page(self.server.addresses, self.path))
        self.send_header("Content-Length", "0")
        self.end_headers()

    def do_GET(self) -> None:
        if self._has_foreign_host:
            self.send_error(HTTPStatus.MISDIRECTED_REQUEST)
        elif self.path.partition("?")[0] == f"{self.server.base}{VOTE}":
            self.send_error(HTTPStatus.METHOD_NOT_ALLOWED)
        elif self.server.live_reload and self.path.partition("?")[0] == EVENTS:
            self._send_events()
        elif self.server.live_reload and self.path == SCRIPT:
            self._send((Path(__file__).parent / "reload.js").read_bytes(), "text/javascript; charset=utf-8")
        elif self.path in ("/", self.server.base[:-1]) and self.path != self.server.base:
            self.send_response(HTTPStatus.FOUND)
            self.send_header("Location", self.server.base)
            self.end_headers()
        else:
            self._send_file()

    def _below(self, path: str) -> str:
        """An address of the host as if the portal were at its root; where there is nothing, if it is outside."""
        base = self.server.base
        return path[len(base) - 1 :] if path.startswith(base) else f"/{SERVER_FILES}none"

    def translate_path(self, path: str) -> str:
        """The file at an address of the host."""
        return super().translate_path(self._below(path))

    def do_HEAD(self) -> None:
        self.do_GET()

    def _send_file(self) -> None:
        path, status = self._resolve(self.path)
        if path.is_dir():
            super().do_GET()  # redirects to the address with a trailing slash
            return
        if _is_stats_file(path) and not path.exists():  # nothing was counted yet; nginx responds the same
            self.send_response(HTTPStatus.NO_CONTENT)
            self.end_headers()
            return
        stamp = _stamp(path)
        try:
            data = path.read_bytes()
        except OSError:
            self.send_error(HTTPStatus.NOT_FOUND)
            return
        media_type = self.guess_type(str(path))
        if media_type == "text/html" and self.server.live_reload:
            data = data.replace(b"</body>", (_TAG % stamp).encode(), 1)
        content_type = f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type
        self._send(data, content_type, status)

    def _resolve(self, address: str) -> tuple[Path, HTTPStatus]:
        """The file to send for an address, and the status; a folder if the address lacks its trailing slash."""
        try:
            return self._find(address)
        except (OSError, ValueError):  # no file can have such a name
            return self.server.folder / ERROR_PAGE, HTTPStatus.NOT_FOUND

    def _find(self, address: str) -> tuple[Path, HTTPStatus]:
        path = Path(self.translate_path(address))
        if path.is_dir() and address.partition("?")[0].endswith("/"):
            # the statistics page as `stats` has filled it takes precedence, as in nginx; see plugins/visit_counter
            stats_page = path / f"{STATS_NAME}.html"
            path = stats_page if stats_page.is_file() else path / "index.html"
        if path.exists() or _is_stats_file(path):
            return path, HTTPStatus.OK
        return self.server.folder / ERROR_PAGE, HTTPStatus.NOT_FOUND

    def _send(self, data: bytes, content_type: str, status: HTTPStatus = HTTPStatus.OK) -> None:
        size, asked = len(data), self.headers.get("Range")
        several = byte_ranges.several_ranges(asked, data, content_type) if status == HTTPStatus.OK else None
        try:
            part = byte_ranges.byte_range(asked, size) if status == HTTPStatus.OK else None
        except ValueError:
            self.send_error(HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE)
            return
        if part:
            data, status = data[slice(*part)], HTTPStatus.PARTIAL_CONTENT
        elif several:
            data, status = several, HTTPStatus.PARTIAL_CONTENT
            content_type = f"multipart/byteranges; boundary={byte_ranges.BOUNDARY}"
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Accept-Ranges", "bytes")
        if part:
            self.send_header("Content-Range", f"bytes {part[0]}-{part[1] - 1}/{size}")
        for name, value in headers.headers_for(
            headers.read_rules(self.server.folder / "_headers"), self._below(self.path)
        ):
            if name != "Cache-Control":
                self.send_header(name, value)
        self.send_header("Cache-Control", "no-cache")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def _send_events(self) -> None:
        """Send an event at once and after every build, until the page is closed."""
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-cache")
        self.end_headers()
        sent, page = -1, unquote(self.path.partition("?")[2])
        try:
            while True:
                with self.server.build_ended:
                    if self.server.builds == sent:
                        self.server.build_ended.wait(timeout=15)
                    event = {"errors": self.server.errors, "title": translate("Not built")}
                    sent = self.server.builds
                event["page"] = _stamp(self._resolve(page)[0])
                self.wfile.write(f"data: {json.dumps(event)}\n\n".encode())
                self.wfile.flush()
        except OSError:
            pass  # the page was closed

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Log a request as nginx does, for `stats`; the preview's own requests are left out."""
        path = getattr(self, "path", "")
        if path and not path.startswith("/_preview/") and hasattr(self, "headers"):
            access_log.append(
                self.server.log, self.client_address[0], self.command, path, int(code), self.headers, self.body
            )

    def log_message(self, format: str, *args: object) -> None:
        """Print nothing: the terminal is for the messages of builds."""


def _is_stats_file(path: Path) -> bool:
    """Whether it is one of the files that `stats` writes."""
    return path.name == f"{STATS_NAME}.json" or path.name.endswith(f".{STATS_NAME}.json")


def _stamp(path: Path) -> str:
    """A text that changes with a file; "" if there is none."""
    try:
        stat = path.stat()
    except OSError:
        return ""
    return f"{stat.st_mtime_ns} {stat.st_size}"
