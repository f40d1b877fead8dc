"""A web server for one person on one machine: serves a finished portal with its headers, and reloads pages.

It adds a script to every HTML page that listens to server-sent events
(https://html.spec.whatwg.org/multipage/server-sent-events.html) and reloads when a build has changed the page.
"""

from __future__ import annotations

import asyncio
import json
import mimetypes
import os
import socket
import threading
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from http import HTTPStatus
from pathlib import Path
from urllib.parse import unquote

import uvicorn
from sse_starlette import EventSourceResponse
from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from plugins import i18n
from plugins.addresses import ERROR_PAGE, SERVER_FILES, STATS_NAME, URLS, VOTE, Addresses
from plugins.desk import ADDRESS as DESK
from plugins.i18n import translate
from plugins.portal import last_build

from . import access_log, headers

SCRIPT = "/_preview/reload.js"
EVENTS = "/_preview/events"
HOSTS = ("127.0.0.1", "localhost")  # another name is that of a site that wants to read this one (DNS rebinding)
PING = 15  # seconds after which an open page hears that the server is there
_TAG = f'<script src="{SCRIPT}" data-page="%s" defer></script></body>'


class OwnHosts(TrustedHostMiddleware):
    """ASGI middleware that answers this machine's own names only, and says so to who asks for another one."""

    def __init__(self, app: ASGIApp) -> None:
        super().__init__(app, HOSTS, www_redirect=False)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let requests to this machine through, and refuse others in the editor's language."""
        host = Headers(scope=scope).get("host", "").partition(":")[0] if scope["type"] == "http" else HOSTS[0]
        if host in HOSTS:
            await super().__call__(scope, receive, send)
        else:
            text = translate("This server answers on this machine only, at http://{host}.", host=HOSTS[0])
            await PlainTextResponse(text, HTTPStatus.BAD_REQUEST)(scope, receive, send)


class PreviewServer:
    """Serves a finished portal on 127.0.0.1.

    Args:
        folder: Of the site.
        port: If it is taken, the next free one.
        live_reload: Add the script that reloads pages.
        routes: What is served besides the portal, see `starlette.routing`.
    """

    def __init__(self, folder: Path, port: int, live_reload: bool = True, routes: Sequence[BaseRoute] = ()) -> None:
        self.folder, self.live_reload = folder, live_reload
        self.log = folder.with_name(folder.name + ".log")
        self.base = self.addresses.base  # the path of the portal that was built last
        self.builds, self.errors = 0, ""  # how many builds have ended, and the errors of the last
        self._socket = listening_socket(port)
        self.port = self._socket.getsockname()[1]
        own = [Route(EVENTS, self._events), Route(SCRIPT, FileResponse(Path(__file__).with_name("reload.js")))]
        every_method = ["GET", "HEAD", "POST"]
        app = Starlette(
            routes=[
                *routes,
                *(own if live_reload else ()),
                Route("/{path:path}", self._portal, methods=every_method),
            ],
            middleware=[
                Middleware(access_log.AccessLog, file=self.log, left_out="/_preview/"),
                Middleware(OwnHosts),
            ],
        )
        config = uvicorn.Config(app, log_config=None, access_log=False, lifespan="off", server_header=False)
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._build_ended = asyncio.Event()
        self._open_pages: Counter[str] = Counter()

    @property
    def in_view(self) -> list[str]:
        """The files of the site that are open in a browser."""
        files = {self._find(page)[0] for page in [*self._open_pages]}
        return sorted(file.relative_to(self.folder).as_posix() for file in files if file.is_file())

    @property
    def addresses(self) -> Addresses:
        """The addresses of the portal that was built last."""
        return last_build.published_addresses(self.folder) or Addresses(["vi"], URLS)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}{self.base}"

    @property
    def desk_address(self) -> str:
        """Where the editors' desk is, if it is among the routes."""
        return f"http://127.0.0.1:{self.port}{DESK}/"

    def start(self) -> None:
        """Serve in the background."""
        self._thread.start()

    def stop(self) -> None:
        """Stop serving, also pages that are open, and give the port back."""
        self._server.should_exit = self._server.force_exit = True
        if self._thread.is_alive():
            self._thread.join()
        self._socket.close()

    def report_build(self, errors: str) -> None:
        """Tell every open page that a build has ended. errors: "" if it went well."""
        self.base, self.builds, self.errors = self.addresses.base, self.builds + 1, errors
        if self._loop:
            self._loop.call_soon_threadsafe(self._wake)

    def _run(self) -> None:
        self._server.run(sockets=[self._socket])

    def _wake(self) -> None:
        self._build_ended.set()
        self._build_ended = asyncio.Event()

    async def _events(self, request: Request) -> Response:
        """Send an event at once and after every build, until the page is closed."""
        self._loop = asyncio.get_running_loop()
        page = unquote(request.url.query)

        async def events() -> AsyncIterator[dict[str, str]]:
            self._open_pages[page] += 1
            try:
                async for state in states():
                    yield {"data": json.dumps(state)}
            finally:
                self._open_pages -= Counter([page])

        async def states() -> AsyncIterator[dict[str, str]]:
            while True:
                ended, builds = self._build_ended, self.builds
                state = {"errors": self.errors, "title": translate("Not built"), "page": _stamp(self._find(page)[0])}
                yield state
                if builds == self.builds:
                    await ended.wait()

        return EventSourceResponse(events(), ping=PING)

    async def _portal(self, request: Request) -> Response:
        """Respond as the portal's web server will."""
        path, is_vote = request.url.path, request.url.path == f"{self.base}{VOTE}"
        if is_vote and request.method == "POST":
            return await self._vote(request)
        if is_vote or request.method == "POST":
            return Response(status_code=HTTPStatus.METHOD_NOT_ALLOWED)
        if path in ("/", self.base[:-1]) and path != self.base:
            return RedirectResponse(self.base, HTTPStatus.FOUND)
        file, status = self._find(path)
        if file.is_dir():
            return RedirectResponse(f"{path}/", HTTPStatus.MOVED_PERMANENTLY)
        if _is_stats_file(file) and not file.exists():  # nothing was counted yet; nginx responds the same
            return Response(status_code=HTTPStatus.NO_CONTENT)
        return self._file(path, file, status)

    def _file(self, path: str, file: Path, status: HTTPStatus) -> Response:
        """Return the response with the file at a path."""
        rules = headers.headers_for(headers.read_rules(self.folder / "_headers"), self._below_base(path))
        sent = {name: value for name, value in rules if name != "Cache-Control"} | {"Cache-Control": "no-cache"}
        media_type = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        if media_type != "text/html" or not self.live_reload:
            if not file.is_file():
                return Response(status_code=HTTPStatus.NOT_FOUND)
            return FileResponse(file, status, sent, media_type)
        stamp = _stamp(file)
        try:
            data = file.read_bytes()
        except OSError:  # no build has ended well yet: not even the page for what is missing is there
            data = _waiting_page()
        return Response(data.replace(b"</body>", (_TAG % stamp).encode(), 1), status, sent, media_type)

    def _find(self, path: str) -> tuple[Path, HTTPStatus]:
        """Return the file for a path, and the status; a folder if the path lacks its slash at the end."""
        missing = self.folder / ERROR_PAGE, HTTPStatus.NOT_FOUND
        try:
            file = Path(os.path.normpath(f"{self.folder}/{self._below_base(path)}"))
            if not file.is_relative_to(self.folder):
                return missing
            if file.is_dir() and path.endswith("/"):
                # the statistics page as `stats` has filled it takes precedence, as in nginx; see plugins/visit_counter
                stats_page = file / f"{STATS_NAME}.html"
                file = stats_page if stats_page.is_file() else file / "index.html"
            return (file, HTTPStatus.OK) if file.exists() or _is_stats_file(file) else missing
        except (OSError, ValueError):  # no file can have such a name
            return missing

    def _below_base(self, path: str) -> str:
        """Return a path of the host as if the portal were at its root; where there is nothing, if it is outside."""
        return path[len(self.base) - 1 :] if path.startswith(self.base) else f"/{SERVER_FILES}none"

    async def _vote(self, request: Request) -> Response:
        """Accept a vote, as nginx does; the log has it."""
        status = access_log.vote_response(request.headers)
        if status in (HTTPStatus.NO_CONTENT, HTTPStatus.SEE_OTHER):
            request.state.body = (await request.body()).decode("utf-8", "replace")
        response = Response(status_code=status)
        if status == HTTPStatus.SEE_OTHER:
            response.headers["Location"] = access_log.thanks_page(
                self.addresses, f"{request.url.path}?{request.url.query}"
            )
        return response


def _waiting_page() -> bytes:
    """The page until there is a portal; the script that is added to it shows what is wrong, and reloads it then."""
    lang, text = i18n.editors_language(), translate("Building the preview…")
    head = f'<!DOCTYPE html>\n<html lang="{lang}">\n<head><meta charset="utf-8"><title>{text}</title></head>\n'
    return f"{head}<body><main><h1>{text}</h1></main></body>\n</html>\n".encode()


def listening_socket(port: int, host: str = "127.0.0.1") -> socket.socket:
    """Return a socket that listens, at the first free port from `port` on."""
    for candidate in (*range(port, port + 20), 0):
        try:
            return socket.create_server((host, candidate))
        except OSError:
            continue  # taken
    raise OSError("no port is free")


def _is_stats_file(path: Path) -> bool:
    """Return whether it is one of the files that `stats` writes."""
    return path.name == f"{STATS_NAME}.json" or path.name.endswith(f".{STATS_NAME}.json")


def _stamp(path: Path) -> str:
    """Return a text that changes with a file; "" if there is none."""
    try:
        stat = path.stat()
    except OSError:
        return ""
    return f"{stat.st_mtime_ns} {stat.st_size}"
