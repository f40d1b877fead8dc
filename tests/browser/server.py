"""A web server for tests: finished portals with the headers of their `_headers` file, as a static host sends them."""

from __future__ import annotations

import mimetypes
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from fnmatch import fnmatchcase
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

from tests import byte_ranges

mimetypes.add_type("image/avif", ".avif")
mimetypes.add_type("text/javascript", ".js")
mimetypes.add_type("text/vtt", ".vtt")


class Portal:
    """The folders of one or more finished portals behind one address; the first that has a file serves it.

    address: such as http://127.0.0.1:40123, without a slash at its end.
    extra: path -> bytes that replace, or are added to, the files.
    knows_ranges, sends_several: whether it answers requests for parts of files, and for several at once.
    """

    def __init__(self, *folders: Path) -> None:
        self.folders = folders
        self.rules = parse_headers((folders[0] / "_headers").read_text(encoding="utf-8"))
        self.extra: dict[str, bytes] = {}
        self.address = ""
        self.knows_ranges = self.sends_several = True
        self._rest_may_go = threading.Event()
        self._rest_may_go.set()

    def read(self, path: str) -> bytes | None:
        """Return the bytes at a path of the site; None if there is no file."""
        if path in self.extra:
            return self.extra[path]
        inside = path.lstrip("/") + ("index.html" if path.endswith("/") else "")
        for folder in self.folders:
            file = (folder / inside).resolve()
            if file.is_relative_to(folder.resolve()) and file.is_file():
                return file.read_bytes()
        return None

    def headers(self, path: str) -> Iterator[tuple[str, str]]:
        """Return the headers that the portal declares for a path."""
        for pattern, headers in self.rules:
            if fnmatchcase(path, pattern):
                yield from headers

    @contextmanager
    def slow_line(self) -> Iterator[threading.Event]:
        """Delay scripts and pictures until the event that this yields is set, or until the end."""
        self._rest_may_go.clear()
        try:
            yield self._rest_may_go
        finally:
            self._rest_may_go.set()

    def wait_for_turn(self, path: str) -> None:
        """On a slow line, wait until the first paint is over."""
        if path.endswith((".js", ".avif", ".jpg", ".png", ".svg")):
            self._rest_may_go.wait(timeout=300)


def parse_headers(text: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the rules of a `_headers` file as (pattern, [(name, value), …]), in order."""
    rules: list[tuple[str, list[tuple[str, str]]]] = []
    for line in text.splitlines():
        if line.startswith(" "):
            name, _, value = line.partition(":")
            rules[-1][1].append((name.strip(), value.strip()))
        elif line.strip():
            rules.append((line.strip(), []))
    return rules


def parts_of(portal: Portal, asked: str | None, body: bytes, headers: list[tuple[str, str]]) -> tuple[int, bytes]:
    """Return status and body of an answer to a request for parts of a file, and change its headers accordingly."""
    part, several = byte_ranges.byte_range(asked, len(body)), byte_ranges.several_ranges(asked, body, headers[0][1])
    if several and portal.sends_several:
        headers[0] = ("Content-Type", f"multipart/byteranges; boundary={byte_ranges.BOUNDARY}")
        return 206, several
    if part:
        headers.append(("Content-Range", f"bytes {part[0]}-{part[1] - 1}/{len(body)}"))
        return 206, body[slice(*part)]
    return 200, body


@contextmanager
def serving(portal: Portal) -> Iterator[Portal]:
    """Serve `portal` at a free port of this machine."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_GET(self) -> None:
            path = unquote(urlsplit(self.path).path)
            body, status = portal.read(path), 200
            if body is None and portal.read(path + "/") is not None:
                self._send(301, b"", [("Location", path + "/")])
                return
            if body is None and path.endswith("/so-lieu.json"):
                self._send(204, b"", [])  # nothing counted yet, as nginx answers
                return
            if body is None:
                body, status = portal.read("/404.html") or b"", 404
            name = path + "index.html" if path.endswith("/") else path
            kind = mimetypes.guess_type(name)[0] if status == 200 else "text/html"
            if kind is None or kind.startswith("text/"):
                kind = f"{kind or 'text/html'}; charset=utf-8"
            portal.wait_for_turn(path)
            headers = [("Content-Type", kind), ("Accept-Ranges", "bytes"), *portal.headers(path)]
            if status == 200 and portal.knows_ranges:
                status, body = parts_of(portal, self.headers.get("Range"), body, headers)
            self._send(status, body, headers)

        def _send(self, status: int, body: bytes, headers: list[tuple[str, str]]) -> None:
            self.send_response(status)
            for name, value in [*headers, ("Content-Length", str(len(body)))]:
                self.send_header(name, value)
            self.end_headers()
            with suppress(ConnectionError):  # the reader may have left the page
                self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Print nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    portal.address = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield portal
    finally:
        server.shutdown()
        server.server_close()
