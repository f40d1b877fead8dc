"""Stage: the preview for editors, `tasks.py serve`.

It builds into .cache/preview, with drafts and future articles, serves that on this machine only, with the headers of
production, and builds again whenever a file changes. The page in the browser then reloads, or shows what is wrong.
Visits and votes are counted as on a server.
"""

from __future__ import annotations

import asyncio
import logging
import sys
import threading
import webbrowser
from collections.abc import Iterable, Mapping
from http import HTTPStatus
from pathlib import Path
from typing import Any

import uvicorn
from starlette.responses import PlainTextResponse
from starlette.routing import Mount
from starlette.types import ASGIApp, Receive, Scope, Send
from watchfiles import DefaultFilter, watch

from plugins.desk import ADDRESS as DESK
from plugins.desk import Office, Reviews, history, open_desk, reviews
from plugins.i18n import translate
from plugins.portal import loading
from plugins.problems import ContentError, Problem, display_path, print_problems

from . import headers
from .builder import ROOT, SETTINGS, Builder
from .server import PreviewServer, listening_socket
from .stats_thread import StatsThread

OFFICE_PORT = 8100  # or the next free one
SITE = ROOT / "output"  # the folder that readers see, unless it is another one
FILTER = DefaultFilter(ignore_dirs=(*DefaultFilter.ignore_dirs, history.FOLDER, reviews.FOLDER))
WATCHED = ("theme", "plugins", "pelicanconf.py")


def serve(
    content: Path, output: Path, port: int = 8000, browse: bool = False, site: Path = SITE, with_office: bool = False
) -> int:
    """Build, serve, and build again after every change, until interrupted; the exit status.

    Args:
        content: The content folder.
        output: The folder of the site.
        port: On 127.0.0.1; if it is taken, the next free one.
        browse: Open the portal in the browser.
        site: The folder that readers see.
        with_office: Show drafts to others in this machine's network, by an address of its own and a code.
    """
    if not content.is_dir():
        print_problems([Problem(display_path(content), 0, translate("there is no such folder of content"))])
        return 1
    if not 0 < port < 65536:
        print_problems([Problem(str(port), 0, translate("a port is a number up to 65535"))])
        return 1
    logging.getLogger("watchfiles").setLevel(logging.ERROR)  # it reports Ctrl+C, in English
    print(translate("Building the preview…"), flush=True)
    builder = Builder(content, output, site)
    office = _open_office(content) if with_office else None
    server = PreviewServer(output, port, routes=[Mount(DESK, _Desk(content, output, builder, site, office))])
    server.start()  # before the first build, so that whoever looks already sees how it goes
    server.report_build(_build(builder, server))
    StatsThread(server.log, output, content).start()
    print(translate("The portal is at {address} (stop with Ctrl+C)", address=server.address), flush=True)
    print(translate("The editors' desk is at {address}", address=server.desk_address), flush=True)
    if browse:
        webbrowser.open(server.address)
    # a folder that may not be read is told by the build
    for changes in watch(
        content, *watched_paths(), watch_filter=FILTER, step=20, raise_interrupt=False, ignore_permission_denied=True
    ):
        paths = [path for _, path in changes]
        if _code_changed(paths):
            builder.stop()
        elif builder.render_changed(paths):
            server.report_build("")
        server.report_build(_build(builder, server))
    server.stop()
    builder.stop()
    return 0


def _open_office(content: Path) -> Office:
    """Show drafts in the network, until this process ends."""
    listening = listening_socket(OFFICE_PORT, "0.0.0.0")  # that is what was asked for
    office = Office(Reviews(content.resolve()), listening.getsockname()[1])
    config = uvicorn.Config(
        office.application(), log_config=None, access_log=False, lifespan="off", server_header=False
    )
    threading.Thread(target=uvicorn.Server(config).run, args=[[listening]], daemon=True).start()
    print(
        translate(
            "Others in the office see drafts at port {port}, with the code {code}", port=office.port, code=office.code
        )
    )
    return office


class _Desk:
    """The editors' desk as an ASGI application; while the settings cannot be read, it says what is wrong with them."""

    def __init__(self, content: Path, output: Path, builder: Builder, site: Path, office: Office | None) -> None:
        self._content, self._output, self._builder, self._site = content.resolve(), output, builder, site
        self._office = office
        self._application: ASGIApp | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Open the desk at the first request that finds settings."""
        if self._application is None:
            try:
                self._application = await asyncio.to_thread(self._open)
            except ContentError as error:
                await PlainTextResponse(str(error), HTTPStatus.SERVICE_UNAVAILABLE)(scope, receive, send)
                return
        await self._application(scope, receive, send)

    def _open(self) -> ASGIApp:
        builder = self._builder
        desk = open_desk(
            self._content,
            SETTINGS,
            builder,
            lambda: builder.problems,
            self._page_headers,
            self._site,
            lambda: builder.ended,
            self._output,
            self._office,
        )
        return desk.application()

    def _page_headers(self) -> dict[str, str]:
        return dict(headers.headers_for(headers.read_rules(self._output / "_headers"), "/"))


def watched_paths(settings: Mapping[str, Any] | None = None) -> list[Path]:
    """The files and folders besides content that a portal is built from. settings: by default those of the preview."""
    own = [ROOT / name for name in WATCHED]
    if settings is None:
        try:
            settings = loading.settings(SETTINGS)
        except Exception:  # the build reports what is wrong with them
            return own
    others = [Path(path) for path in (settings["THEME"], *settings["PLUGIN_PATHS"])]
    return own + [path for path in others if path.is_dir() and not any(path.is_relative_to(each) for each in own)]


def _code_changed(paths: Iterable[str]) -> bool:
    """Whether files that the builder process has loaded have changed."""
    return any(path.endswith((".py", ".po")) for path in paths)


def _build(builder: Builder, server: PreviewServer) -> str:
    """Build, what is open in a browser first, print the result, and return the errors; "" if there are none."""
    built = builder.build(server.in_view, lambda: server.report_build(""))
    sys.stderr.write(built.err)
    if built.status == 0:
        print(built.out.splitlines()[0], flush=True)
    return built.err if built.status else ""
