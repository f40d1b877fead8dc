"""What WeasyPrint may read: the files it is given by name, and nothing else. No network, no other file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from weasyprint.urls import URLFetcher, URLFetcherResponse

TYPES = {".jpg": "image/jpeg", ".svg": "image/svg+xml", ".png": "image/png"}
LARGEST = 8 << 20  # bytes


class ClosedFetcher(URLFetcher):
    """files: address -> the file's path, or its bytes (SVG). Every other address is refused, and noted in `refused`."""

    def __init__(self, files: Mapping[str, str | bytes]) -> None:
        super().__init__(allowed_protocols=(), allow_redirects=False)
        self.files, self.refused = files, []

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        found = self.files.get(url)
        if found is None:
            self.refused.append(url[:80])
            raise PermissionError(f"refused: {url[:80]}")
        if isinstance(found, bytes):
            return URLFetcherResponse(url, found, {"Content-Type": TYPES[".svg"]})
        path = Path(found)
        if path.stat().st_size > LARGEST:
            raise ValueError(f"too large: {url[:80]}")
        return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": TYPES[path.suffix.lower()]})
