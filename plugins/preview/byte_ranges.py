"""Byte ranges of HTTP, by which players seek in a recording (RFC 9110, 14.1.2)."""

from __future__ import annotations

import re

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
