"""Pictures and documents of an old page: found beside it or, if that is allowed, downloaded."""

from __future__ import annotations

import base64
import binascii
import io
import ipaddress
import os
import re
import socket
import unicodedata
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from http.client import HTTPMessage
from pathlib import Path
from typing import IO
from urllib.parse import unquote, urljoin, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from PIL import Image

DOCUMENTS = {"pdf", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "odt", "ods", "odp", "csv", "zip", "txt", "mp3", "mp4"}
PICTURES = {"JPEG": "jpg", "PNG": "png", "GIF": "gif", "WEBP": "webp"}
LARGEST = 40_000_000  # bytes of one picture or document
MOST_PIXELS = 80_000_000  # as plugins/pictures
SUBFOLDERS = ("images", "image", "anh", "files", "media", "uploads")  # where people put the pictures of saved pages
_TIMEOUT = 10  # seconds


@dataclass(frozen=True)
class MediaFile:
    """A file for the portal.

    kind: picture or document; ending: of its name, without the dot; name: the name on the old portal.
    """

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
) -> MediaFile | None:
    """Return the file that a page names, or None if it is not there or is not what it should be.

    Args:
        address: as the page writes it.
        kind: picture or document.
        folder: where the page is.
        root: the folder of the source; nothing outside of it is read.
        page_url: the address of the page on the old portal.
        archive: the files in a Word file by name; nothing else is read then.
        fetch: whether a file that is not there may be downloaded.
    """
    data = _read(address, folder, root, page_url, archive, fetch) if address else None
    if not data:
        return None
    name = "" if address.startswith("data:") else os.path.basename(unquote(urlsplit(address).path))
    if kind == "picture":
        ending = _picture_ending(data)
        return MediaFile("picture", ending, data, name) if ending else None
    ending = name.rsplit(".", 1)[-1].lower() if "." in name else ""
    return MediaFile("document", ending, data, name) if ending in DOCUMENTS and _is_document(ending, data) else None


def _read(
    address: str,
    folder: Path | None,
    root: Path | None,
    page_url: str,
    archive: dict[str, bytes] | None,
    fetch: bool,
) -> bytes | None:
    if address.startswith("data:"):
        return _decode(address)
    if archive is not None:
        return archive.get(unquote(address))
    path = _path_of(address, folder, root)
    if path is not None and path.stat().st_size <= LARGEST:
        return path.read_bytes()
    if fetch:
        return _download(urljoin(page_url, address) if page_url else address)
    return None


def _decode(address: str) -> bytes | None:
    """Return the data of a `data:` address."""
    head, _, code = address.partition(",")
    if "base64" not in head or len(code) >= 2 * LARGEST:
        return None
    with suppress(binascii.Error, ValueError):
        return base64.b64decode(code)
    return None


def digest(data: bytes) -> str:
    """Return a digest for the name of a file."""
    return sha256(data).hexdigest()[:8]


def _path_of(address: str, folder: Path | None, root: Path | None) -> Path | None:
    """Return the file in the page's folder or below the source's, by the path in the address or by its name alone."""
    if folder is None or root is None or "\0" in address:
        return None
    with suppress(ValueError, OSError):
        limit = os.path.realpath(root) + os.sep
        for path in _places(address, folder, root):
            real = os.path.realpath(path)
            if not os.path.isfile(real):
                real = os.path.realpath(_as_spelled(path, Path(root)) or real)
            if real.startswith(limit) and os.path.isfile(real):
                return Path(real)
    return None


def _as_spelled(path: Path, root: Path) -> Path | None:
    """Return the file whose path differs only in case, in spaces or in how its letters are composed; or None."""
    try:
        parts = Path(os.path.normpath(path)).relative_to(os.path.normpath(root)).parts
    except ValueError:
        return None
    found = root
    for part in parts:
        name = _names_in(found).get(_spelling(part))
        if name is None:
            return None
        found = found / name
    return found


@lru_cache(maxsize=64)
def _names_in(folder: Path) -> dict[str, str]:
    """Return the names in a folder by their spelling."""
    with suppress(OSError):
        return {_spelling(name): name for name in sorted(os.listdir(folder), reverse=True)}
    return {}


def clear_caches() -> None:
    """Forget which files are in which folder, at the beginning of a run."""
    _names_in.cache_clear()


def _spelling(name: str) -> str:
    """Return a name as it is compared: composed, in lower case, with one space for several or for +."""
    return " ".join(unicodedata.normalize("NFC", name).replace("+", " ").casefold().split())


def _places(address: str, folder: Path, root: Path) -> list[Path]:
    """Return where a file can be, best first. Raises ValueError for what is no address."""
    address = address.replace("\\", "/")
    parts = urlsplit(address)
    if parts.scheme not in ("", "http", "https"):
        return []
    path = unquote(parts.path)
    relative = path.lstrip("/")
    places = [root / parts.netloc / relative if parts.scheme else folder / relative, root / relative]
    name = os.path.basename(path)
    if name:
        places += [folder / name, *(folder / subfolder / name for subfolder in SUBFOLDERS)]
    return places


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
        return head.startswith((b"\xd0\xcf\x11\xe0", b"{\\rtf"))
    return not re.match(rb"\s*<(?:!doctype|html)", data[:100], re.I)


# --- with --fetch only ------------------------------------------------------------------------------


class _PublicRedirects(HTTPRedirectHandler):
    """Follows redirects to public addresses only."""

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> Request | None:
        """Return the next request, or None if its address is not public."""
        return super().redirect_request(req, fp, code, msg, headers, newurl) if is_public(newurl) else None


def _download(address: str) -> bytes | None:
    if not is_public(address):
        return None
    request = Request(address, headers={"User-Agent": "portal-convert"})
    try:
        with build_opener(_PublicRedirects).open(request, timeout=_TIMEOUT) as response:
            data: bytes = response.read(LARGEST + 1)
    except (OSError, ValueError):
        return None
    return data if len(data) <= LARGEST else None


def is_public(address: str) -> bool:
    """Return whether an address is of the web, and not of this machine or its network."""
    try:
        parts = urlsplit(address)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            return False
        found = {info[4][0] for info in socket.getaddrinfo(parts.hostname, None)}
        return bool(found) and all(ipaddress.ip_address(each).is_global for each in found)
    except (ValueError, OSError, UnicodeError):
        return False
