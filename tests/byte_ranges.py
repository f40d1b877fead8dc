"""Byte ranges of HTTP, by which players seek in a recording, and search reads its index (RFC 9110, 14)."""

from __future__ import annotations

import re

BOUNDARY = "portal-5f2c1d9a7b"  # between the parts of an answer with several
_SINGLE_RANGE = re.compile(r"bytes=(\d*)-(\d*)\Z")


def byte_range(header: str | None, size: int) -> tuple[int, int] | None:
    """The part of a file that a Range header asks for: its first byte, and the one after its last.

    Args:
        header: The value of the header, if there is one.
        size: Of the file, in bytes.

    Returns:
        None if the whole file is to be sent: without a header, with several ranges, or with one that is malformed.

    Raises:
        ValueError: The file has no such part (status 416).
    """
    match = _SINGLE_RANGE.match(header or "")
    if not match or not (match[1] or match[2]):
        return None
    if not match[1]:
        start, stop = max(0, size - int(match[2])), size
    else:
        start, stop = int(match[1]), min(size, int(match[2]) + 1 if match[2] else size)
    if start >= stop:
        raise ValueError(header)
    return start, stop


def several_ranges(header: str | None, data: bytes, content_type: str) -> bytes | None:
    """The parts of a file that a Range header with several ranges asks for, as multipart/byteranges.

    Args:
        header: The value of the header, if there is one.
        data: The whole file.
        content_type: Of the file.

    Returns:
        None if the header has not several ranges, or one that is malformed or not in the file.
    """
    unit, _, ranges = (header or "").partition("=")
    if unit != "bytes" or "," not in ranges:
        return None
    parts = []
    for each in ranges.split(","):
        try:
            part = byte_range(f"bytes={each.strip()}", len(data))
        except ValueError:
            part = None
        if part is None:
            return None
        head = f"Content-Type: {content_type}\r\nContent-Range: bytes {part[0]}-{part[1] - 1}/{len(data)}"
        parts.append(f"--{BOUNDARY}\r\n{head}\r\n\r\n".encode() + data[slice(*part)] + b"\r\n")
    return b"".join(parts) + f"--{BOUNDARY}--\r\n".encode()
