"""What WeasyPrint may read: the files it is given by name, and nothing else. No network, no other file."""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping

from weasyprint.urls import URLFetcher, URLFetcherResponse

TYPES = {".jpg": "image/jpeg", ".svg": "image/svg+xml", ".png": "image/png"}
LARGEST = 8 << 20  # bytes


class ClosedFetcher(URLFetcher):
    """files: address -> the file's path, or its bytes (PNG). Every other address is refused, and noted in `refused`."""

    def __init__(self, files: Mapping[str, str | bytes]) -> None:
        super().__init__(allowed_protocols=(), allow_redirects=False)
        self.files, self.refused = files, []

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        found = self.files.get(url)
        if found is None:
            self.refused.append(url[:80])
            raise PermissionError(f"refused: {url[:80]}")
        if isinstance(found, bytes):
            return URLFetcherResponse(url, found, {"Content-Type": TYPES[".png"]})
        return URLFetcherResponse(url, _read(found), {"Content-Type": TYPES[os.path.splitext(found)[1].lower()]})


def _read(path: str) -> bytes:
    """The bytes of a regular file of a size that can be right; a link in its place is not followed."""
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0))
    with open(descriptor, "rb") as stream:
        about = os.fstat(descriptor)
        if not stat.S_ISREG(about.st_mode) or about.st_size > LARGEST:
            raise ValueError(f"no file, or too large: {os.path.basename(path)}")
        return stream.read()
