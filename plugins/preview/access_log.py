"""The preview's log, in the lines that nginx writes (deploy/nginx/portal.conf), and its answer to a vote."""

from __future__ import annotations

import json
import secrets
import threading
import time
from collections.abc import Mapping
from http import HTTPStatus
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from plugins.addresses import Addresses

LARGEST = 1024  # bytes of a vote's body
_HEADERS = {"site": "Sec-Fetch-Site", "dest": "Sec-Fetch-Dest", "purpose": "Sec-Purpose", "range": "Range"}
_writing = threading.Lock()


def append(file: Path, address: str, method: str, uri: str, status: int, headers: Mapping[str, str], body: str) -> None:
    """Write the line of one request."""
    identity = secrets.token_hex(16)
    line = {
        "id": identity,
        "time": f"{time.time():.3f}",
        "address": address,
        "method": method,
        "uri": uri,
        "status": str(int(status)),
    }
    line |= {name: headers.get(header, "") for name, header in _HEADERS.items()}
    line |= {"body": body, "agent": headers.get("User-Agent", ""), "end": identity}
    with _writing, file.open("a", encoding="utf-8") as stream:
        stream.write(json.dumps(line, ensure_ascii=True, separators=(",", ":")) + "\n")


def vote_response(headers: Mapping[str, str]) -> HTTPStatus:
    """What nginx would answer to a vote, but for its limit."""
    site, host = headers.get("Sec-Fetch-Site", ""), headers.get("Host", "")
    origin = headers.get("Origin") or headers.get("Referer", "")
    own = site == "same-origin" or (not site and f"{origin}/".startswith((f"http://{host}/", f"https://{host}/")))
    if not own:
        return HTTPStatus.FORBIDDEN
    if int(headers.get("Content-Length") or 0) > LARGEST:
        return HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    goes_there = headers.get("Sec-Fetch-Dest") == "document" or (
        "Sec-Fetch-Dest" not in headers and "text/html" in headers.get("Accept", "")
    )
    return HTTPStatus.SEE_OTHER if goes_there else HTTPStatus.NO_CONTENT


def thanks_page(addresses: Addresses, uri: str) -> str:
    """The page that says thanks for a vote, in the language of the article that was rated."""
    rated = addresses.resolve(parse_qs(urlsplit(uri).query).get("bai", [""])[0])
    return "/" + addresses.url(rated.lang if rated else addresses.languages[0], "thanks")
