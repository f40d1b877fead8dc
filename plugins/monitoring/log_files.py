"""Whether the logs are as the privacy page says: no line older than LOG_DAYS, no whole address of a reader."""

from __future__ import annotations

import gzip
import ipaddress
import json
import os
import zlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from plugins.statistics.logs import whole_lines
from plugins.statistics.networks import network_of

SAMPLE = 64 << 10  # bytes


def oldest_line(files: Iterable[Path]) -> float | None:
    """Return when the oldest line was written, in seconds since 1970; None if none can be read."""
    times = (float(line["time"]) for file in files for line in _parsed(_first_bytes(file)))
    return min(times, default=None)


def has_whole_address(files: Iterable[Path]) -> bool:
    """Return whether the newest lines of a log have more than the network of a reader."""
    return any(_is_whole(str(line.get("address", ""))) for file in files for line in _parsed(_last_bytes(file)))


def _is_whole(address: str) -> bool:
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return False  # the first half of an IPv6 address
    return not parsed.is_loopback and parsed != ipaddress.ip_network(network_of(address)).network_address


def _parsed(block: bytes) -> Iterator[Mapping[str, Any]]:
    for line in whole_lines(block).splitlines():
        try:
            found = json.loads(line)
            float(found["time"])
        except (ValueError, KeyError, TypeError):
            continue
        yield found


def _first_bytes(file: Path) -> bytes:
    try:
        with gzip.open(file) if file.suffix == ".gz" else file.open("rb") as stream:
            return stream.read(SAMPLE).rpartition(b"\n")[0] + b"\n"
    except (OSError, EOFError, zlib.error):
        return b""


def _last_bytes(file: Path) -> bytes:
    if file.suffix == ".gz":
        return b""
    try:
        with file.open("rb") as stream:
            stream.seek(max(0, os.fstat(stream.fileno()).st_size - SAMPLE))
            return stream.read()  # whole_lines() leaves out what is cut in two
    except OSError:
        return b""
