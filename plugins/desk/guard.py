"""What keeps other sites, and other people's programs, from writing through the desk."""

from __future__ import annotations

import secrets
from http import HTTPStatus

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from plugins.i18n import translate

from .responses import length, refused

TOKEN_HEADER = "X-Desk-Token"
SAFE_METHODS = ("GET", "HEAD")
# Scripts and styles of the desk only. The page that is being written has a frame, and a policy of its own.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; connect-src 'self'; "
    "frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


class Guard:
    """ASGI middleware for the desk: its headers, and the proof that a request to change something comes from it.

    The token is in the desk's own pages only, which no other site can read; it is another one at each start.

    Args:
        app: The application.
        token: The token, from `new_token`.
        limit: How many bytes a request may have; one that does not say how many it has is refused too.
    """

    def __init__(self, app: ASGIApp, token: str, limit: int) -> None:
        self.app, self.token, self.limit = app, token, limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse what is not from the desk's own pages."""
        if scope["type"] == "http" and scope["method"] not in SAFE_METHODS:
            headers = Headers(scope=scope)
            origin = headers.get("origin")
            is_own = origin is None or origin.partition("://")[2] == headers.get("host")
            if not is_own or not secrets.compare_digest(headers.get(TOKEN_HEADER, "").encode(), self.token.encode()):
                text = translate("This request does not come from a page of the desk. Load the page again.")
                await PlainTextResponse(text, HTTPStatus.FORBIDDEN)(scope, receive, send)
                return
            if length(headers) > self.limit:
                size = self.limit // 1_000_000
                await refused(translate("the file is larger than {size} MB; make it smaller", size=size))(
                    scope, receive, send
                )
                return
        await self.app(scope, receive, send)


def new_token() -> str:
    """Return a token that nobody can guess."""
    return secrets.token_urlsafe(24)
