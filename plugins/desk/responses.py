"""What the desk's script sends and is answered: who sends it, and why something is refused."""

from __future__ import annotations

from http import HTTPStatus
from urllib.parse import unquote

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

ADDRESS = "/soan"
NAME_HEADER = "X-Desk-Name"  # who sends a request, as somebody has typed it
LONGEST_NAME = 80


def editor(request: Request) -> str:
    """Return the name of whoever sends a request, "" if nobody has said."""
    return " ".join(unquote(request.headers.get(NAME_HEADER, "")).split())[:LONGEST_NAME]


def refused(message: str) -> Response:
    """Return the answer that something is not done, and why."""
    return JSONResponse({"message": message}, HTTPStatus.UNPROCESSABLE_ENTITY)


def length(headers: Headers) -> float:
    """Return how many bytes a request has, given its headers; more than any limit if it does not say."""
    declared = headers.get("content-length", "")
    return int(declared) if declared.isdigit() else float("inf")
