"""The only way for WeasyPrint to read files: those it is given by name. No network, no other file."""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping

from weasyprint.urls import URLFetcher, URLFetcherResponse

CONTENT_TYPES = {".jpg": "image/jpeg", ".svg": "image/svg+xml", ".png": "image/png"}
MAX_SIZE = 8 << 20  # bytes of a file


class RestrictedFetcher(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
    """Serves a fixed set of files and refuses every other address.

    Args:
        files: The path of a file by its address, or its bytes (PNG).

    Attributes:
        refused: The addresses that were asked for in vain, cut to 80 characters.
    """

    def __init__(self, files: Mapping[str, str | bytes]) -> None:
        super().__init__(allowed_protocols=(), allow_redirects=False)
        self.files = files
        self.refused: list[str] = []

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        """Return the file at an address. Raises PermissionError for any other address."""
        file = self.files.get(url)
        if file is None:
            self.refused.append(url[:80])
            raise PermissionError(f"refused: {url[:80]}")
        if isinstance(file, bytes):
            return URLFetcherResponse(url, file, {"Content-Type": CONTENT_TYPES[".png"]})
        content_type = CONTENT_TYPES[os.path.splitext(file)[1].lower()]
        return URLFetcherResponse(url, _read(file), {"Content-Type": content_type})


def _read(path: str) -> bytes:
    """Read a regular file of plausible size, without following a symbolic link."""
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0))
    with open(descriptor, "rb") as stream:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode) or status.st_size > MAX_SIZE:
            raise ValueError(f"no file, or too large: {os.path.basename(path)}")
        return stream.read()
