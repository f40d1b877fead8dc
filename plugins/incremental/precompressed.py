"""Compressed copies beside text files, which a web server sends as they are instead of compressing at each request."""

from __future__ import annotations

import gzip
import os
import zlib
from collections.abc import Collection

from . import files

SUFFIXES = {"gz": ".gz", "br": ".br"}
MIN_SIZE = 1000  # bytes; a smaller file is one packet anyway
_TEXT = (
    ".html",
    ".css",
    ".js",
    ".json",
    ".geojson",
    ".xml",
    ".rss",
    ".atom",
    ".svg",
    ".txt",
    ".csv",
    ".vtt",
    ".ics",
    ".md",
)


def copies(name: str, data: bytes, encodings: Collection[str]) -> dict[str, bytes]:
    """Return the compressed copies of a file by suffix; none if compression does not pay.

    Args:
        name: The file's name.
        data: Its content.
        encodings: "gz" for gzip, "br" for Brotli.
    """
    if len(data) < MIN_SIZE or not name.endswith(_TEXT):
        return {}
    return {SUFFIXES[encoding]: _compress(data, encoding) for encoding in encodings}


def are_current(path: str, name: str, data: bytes, encodings: Collection[str]) -> bool:
    """Return whether just those copies that `copies` returns are beside a published file."""
    is_text = len(data) >= MIN_SIZE and name.endswith(_TEXT)
    for encoding, suffix in SUFFIXES.items():
        if is_text and encoding in encodings:
            if _decompress(files.read_bytes(path + suffix) or b"", encoding) != data:
                return False
        elif os.path.exists(path + suffix):
            return False
    return True


def _compress(data: bytes, encoding: str) -> bytes:
    if encoding == "gz":
        return gzip.compress(data, 9, mtime=0)
    import brotli

    compressed: bytes = brotli.compress(data, mode=brotli.MODE_TEXT, quality=11)
    return compressed


def _decompress(data: bytes, encoding: str) -> bytes | None:
    if encoding == "gz":
        try:
            return gzip.decompress(data) if data else None
        except (OSError, EOFError, zlib.error):
            return None
    import brotli

    try:
        plain: bytes = brotli.decompress(data)
    except brotli.error:
        return None
    return plain
