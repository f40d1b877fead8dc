"""A part of a file, as players ask for it to begin anywhere in a recording (RFC 9110, 14.1.2)."""

from __future__ import annotations

import re

_ONE = re.compile(r"bytes=(\d*)-(\d*)\Z")


def byte_range(asked: str | None, size: int) -> tuple[int, int] | None:
    """The first byte and the one after the last that a Range header asks for; None where the whole file is to be sent.

    Raises ValueError where there is no such part (416).
    """
    match = _ONE.match(asked or "")
    if not match or not (match[1] or match[2]):
        return None
    if not match[1]:
        start, stop = max(0, size - int(match[2])), size
    else:
        start, stop = int(match[1]), min(size, int(match[2]) + 1 if match[2] else size)
    if start >= stop:
        raise ValueError(asked)
    return start, stop
