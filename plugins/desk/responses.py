"""What the desk answers its script: JSON, and why something is refused."""

from __future__ import annotations

from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import JSONResponse, Response


def refused(message: str) -> Response:
    """Return the answer that something is not done, and why."""
    return JSONResponse({"message": message}, HTTPStatus.UNPROCESSABLE_ENTITY)


def length(request: Request) -> float:
    """Return how many bytes a request has; more than any limit if it does not say."""
    declared = request.headers.get("content-length", "")
    return int(declared) if declared.isdigit() else float("inf")
