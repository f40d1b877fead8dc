"""The preview's access log, in nginx's format (deploy/nginx/portal.conf), and nginx's response to a vote."""

from __future__ import annotations

import json
import re
import secrets
import threading
import time
from collections.abc import Mapping
from http import HTTPStatus
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from plugins.addresses import RATED_ADDRESS, THANKS, Addresses

MAX_VOTE_SIZE = 1024  # bytes of its body
_LOGGED_HEADERS = {"site": "Sec-Fetch-Site", "dest": "Sec-Fetch-Dest", "purpose": "Sec-Purpose", "range": "Range"}
_write_lock = threading.Lock()


class AccessLog:
    """ASGI middleware (https://asgi.readthedocs.io) that logs each request as nginx does, for `stats`.

    Args:
        app: The application.
        file: The log.
        left_out: Requests below this path are not logged.
    """

    def __init__(self, app: ASGIApp, file: Path, left_out: str) -> None:
        self.app, self.file, self.left_out = app, file, left_out

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the application respond, and log with which status it does."""
        if scope["type"] != "http" or scope["path"].startswith(self.left_out):
            await self.app(scope, receive, send)
            return

        async def send_and_log(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._append(Request(scope), message["status"])
            await send(message)

        await self.app(scope, receive, send_and_log)

    def _append(self, request: Request, status: int) -> None:
        identity = secrets.token_hex(16)
        query = f"?{request.url.query}" if request.url.query else ""
        line = {
            "id": identity,
            "time": f"{time.time():.3f}",
            "address": request.client.host if request.client else "",
            "method": request.method,
            "uri": f"{request.scope['raw_path'].decode('ascii', 'replace')}{query}",
            "status": str(int(status)),
        }
        line |= {name: request.headers.get(header, "") for name, header in _LOGGED_HEADERS.items()}
        line |= {"body": getattr(request.state, "body", ""), "agent": request.headers.get("User-Agent", "")}
        line["end"] = identity
        with _write_lock, self.file.open("a", encoding="utf-8") as stream:
            stream.write(json.dumps(line, ensure_ascii=True, separators=(",", ":")) + "\n")


def content_length(headers: Mapping[str, str]) -> int | None:
    """The length of a request's body in bytes; None if its header is no number."""
    text = headers.get("Content-Length") or "0"
    return int(text) if text.isascii() and text.isdigit() else None


def vote_response(headers: Mapping[str, str]) -> HTTPStatus:
    """The status with which nginx responds to a vote, apart from its rate limit. headers: of the request."""
    site, host = headers.get("Sec-Fetch-Site", ""), headers.get("Host", "")
    origin = headers.get("Origin") or headers.get("Referer", "")
    is_same_origin = site == "same-origin" or (
        not site and f"{origin}/".startswith((f"http://{host}/", f"https://{host}/"))
    )
    if not is_same_origin:
        return HTTPStatus.FORBIDDEN
    size = content_length(headers)
    if size is None:
        return HTTPStatus.BAD_REQUEST
    if size > MAX_VOTE_SIZE:
        return HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    is_navigation = headers.get("Sec-Fetch-Dest") == "document" or (
        "Sec-Fetch-Dest" not in headers and "text/html" in headers.get("Accept", "")
    )
    return HTTPStatus.SEE_OTHER if is_navigation else HTTPStatus.NO_CONTENT


def thanks_page(addresses: Addresses, uri: str) -> str:
    """Where a reader is thanked for a vote: at the rated article, or on a page in its language. uri: of the vote."""
    in_plain_letters = re.search(rf"[?&]bai=({RATED_ADDRESS})(?:&|$)", uri, re.I)
    if in_plain_letters:
        return f"{addresses.base}{in_plain_letters[1]}#{THANKS}"
    rated = addresses.resolve(parse_qs(urlsplit(uri).query).get("bai", [""])[0])
    return addresses.path(addresses.url(rated.lang if rated else addresses.languages[0], "thanks"))
