"""Pictures and documents beside an old page: found where the page says, or fetched when that is allowed, and never from anywhere else."""

from __future__ import annotations

import base64
import binascii
import io
import ipaddress
import os
import re
import socket
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from PIL import Image

DOCUMENTS = {"pdf", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "odt", "ods", "odp", "csv", "zip", "txt", "mp3", "mp4"}
PICTURES = {"JPEG": "jpg", "PNG": "png", "GIF": "gif", "WEBP": "webp"}
LARGEST = 40_000_000  # bytes of one picture or document
MOST_PIXELS = 80_000_000  # as plugins/pictures
_TIMEOUT = 10  # seconds


@dataclass(frozen=True)
class Found:
    """A file for the portal. kind: picture or document; ending without dot."""

    kind: str
    ending: str
    data: bytes
    name: str


def find(
    address: str,
    kind: str,
    folder: Path | None,
    root: Path | None,
    page_url: str,
    archive: dict[str, bytes] | None,
    fetch: bool,
) -> Found | None:
    """The file that a page names. folder: where the page lies; root: nothing outside it is read; archive: files inside a .docx."""
    data = None
    if address.startswith("data:"):
        head, _, code = address.partition(",")
        if "base64" in head and len(code) < 2 * LARGEST:
            with suppress(binascii.Error, ValueError):
                data = base64.b64decode(code)
    elif archive is not None:
        data = archive.get(unquote(address))
    else:
        path = _beside(address, folder, root)
        if path is not None and path.stat().st_size <= LARGEST:
            data = path.read_bytes()
        elif fetch:
            data = _fetched(urljoin(page_url, address) if page_url else address)
    if not data:
        return None
    name = os.path.basename(unquote(urlsplit(address).path)) if not address.startswith("data:") else ""
    if kind == "picture":
        ending = _picture_ending(data)
        return Found("picture", ending, data, name) if ending else None
    ending = name.rsplit(".", 1)[-1].lower() if "." in name else ""
    return Found("document", ending, data, name) if ending in DOCUMENTS and _is_document(ending, data) else None


def digest(data: bytes) -> str:
    """What tells two files apart."""
    return sha256(data).hexdigest()[:8]


def _beside(address: str, folder: Path | None, root: Path | None) -> Path | None:
    """A file in the page's folder or below the source's, by the path that the page writes, or by its name alone."""
    if folder is None or root is None:
        return None
    with suppress(ValueError, OSError):
        parts = urlsplit(address)
        if parts.scheme not in ("", "http", "https") or "\0" in address:
            return None
        path = unquote(parts.path)
        tries = (
            [folder / path.lstrip("/"), root / path.lstrip("/")]
            if not parts.scheme
            else [root / parts.netloc / path.lstrip("/"), root / path.lstrip("/")]
        )
        name = os.path.basename(path)
        tries += [folder / name, *(each / name for each in _companions(str(folder)))] if name else []
        limit = os.path.realpath(root) + os.sep
        for each in tries:
            real = os.path.realpath(each)
            if real.startswith(limit) and os.path.isfile(real):
                return Path(real)
    return None


def _companions(folder: str) -> list[Path]:
    """Folders that browsers make beside a saved page: `Trang_files`, and the usual `images`."""
    return [Path(folder) / name for name in ("images", "image", "anh", "files", "media", "uploads")]


def _picture_ending(data: bytes) -> str:
    try:
        with Image.open(io.BytesIO(data)) as image:
            good = image.width * image.height <= MOST_PIXELS and min(image.size) >= 2
            image.verify()
            return PICTURES.get(image.format or "", "") if good else ""
    except Exception:  # whatever Pillow raises for a broken or hostile file
        return ""


def _is_document(ending: str, data: bytes) -> bool:
    head = data[:8]
    if ending == "pdf":
        return b"%PDF" in data[:1024]
    if ending in ("docx", "xlsx", "pptx", "odt", "ods", "odp", "zip"):
        return head.startswith(b"PK")
    if ending in ("doc", "xls", "ppt"):
        return head.startswith(b"\xd0\xcf\x11\xe0") or head.startswith(b"{\\rtf")
    return not re.match(rb"\s*<(?:!doctype|html)", data[:100], re.I)


# --- with --fetch only ------------------------------------------------------------------------------


class _Careful(HTTPRedirectHandler):
    def redirect_request(self, req, fp, code, msg, headers, newurl):
        return super().redirect_request(req, fp, code, msg, headers, newurl) if _public(newurl) else None


def _fetched(address: str) -> bytes | None:
    if not _public(address):
        return None
    try:
        with build_opener(_Careful).open(
            Request(address, headers={"User-Agent": "portal-convert"}), timeout=_TIMEOUT
        ) as answer:
            data = answer.read(LARGEST + 1)
    except (OSError, ValueError):
        return None
    return data if len(data) <= LARGEST else None


def _public(address: str) -> bool:
    """Whether an address is of the web, and not of this machine or its network."""
    try:
        parts = urlsplit(address)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            return False
        found = {info[4][0] for info in socket.getaddrinfo(parts.hostname, None)}
        return bool(found) and all(ipaddress.ip_address(each).is_global for each in found)
    except (ValueError, OSError, UnicodeError):
        return False
