"""The preview's access log, in nginx's format (deploy/nginx/portal.conf), and nginx's response to a vote."""

from __future__ import annotations

import json
import re
import secrets
import threading
import time
from email.message import Message
from http import HTTPStatus
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from plugins.addresses import RATED_ADDRESS, THANKS, Addresses

MAX_VOTE_SIZE = 1024  # bytes of its body
_LOGGED_HEADERS = {"site": "Sec-Fetch-Site", "dest": "Sec-Fetch-Dest", "purpose": "Sec-Purpose", "range": "Range"}
_write_lock = threading.Lock()


def append(file: Path, address: str, method: str, uri: str, status: int, headers: Message, body: str) -> None:
    """Append the line of a request.

    Args:
        file: The log.
        address: The client's.
        method: The request's.
        uri: The request's.
        status: The response's.
        headers: The request's.
        body: The request's.
    """
    identity = secrets.token_hex(16)
    line = {
        "id": identity,
        "time": f"{time.time():.3f}",
        "address": address,
        "method": method,
        "uri": uri,
        "status": str(int(status)),
    }
    line |= {name: headers.get(header, "") for name, header in _LOGGED_HEADERS.items()}
    line |= {"body": body, "agent": headers.get("User-Agent", ""), "end": identity}
    with _write_lock, file.open("a", encoding="utf-8") as stream:
        stream.write(json.dumps(line, ensure_ascii=True, separators=(",", ":")) + "\n")


def content_length(headers: Message) -> int | None:
    """The length of a request's body in bytes; None if its header is no number."""
    text = headers.get("Content-Length") or "0"
    return int(text) if text.isascii() and text.isdigit() else None


def vote_response(headers: Message) -> HTTPStatus:
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
