"""Digests, and files that are written at once or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from hashlib import blake2b
from pathlib import Path
from typing import IO

UNFINISHED = ".new-"  # what the name of a file begins with while it is written


def digest(*parts: str | bytes) -> str:
    """A digest of texts and bytes, each with its length, so that none runs into the next (BLAKE2b, 128 bits)."""
    state = blake2b(digest_size=16)
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        state.update(b"%d:" % len(data))
        state.update(data)
    return state.hexdigest()


def write_atomically(target: Path, data: bytes | Iterable[bytes]) -> None:
    """Write a file aside and rename it, so that it is whole or not there."""
    with open_atomically(target) as stream:
        stream.writelines([data] if isinstance(data, bytes) else data)


@contextmanager
def open_atomically(target: Path) -> Iterator[IO[bytes]]:
    """A stream for a file that comes to its place when the block ends well, and leaves nothing when it does not.

    Its bytes are on the disk before it has its name: a machine that loses its power leaves no file of zeros.
    """
    with tempfile.NamedTemporaryFile(dir=target.parent, prefix=UNFINISHED, delete=False) as stream:
        try:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        except BaseException:
            with suppress(OSError):
                os.unlink(stream.name)
            raise
    os.chmod(stream.name, 0o644)
    os.replace(stream.name, target)


@contextmanager
def file_lock(file: Path) -> Iterator[None]:
    """Hold a lock that only one process can hold; it goes with the process."""
    with file.open("a") as stream:
        with suppress(ImportError):  # Windows: editors there build on their own machine
            import fcntl

            fcntl.flock(stream, fcntl.LOCK_EX)
        yield
