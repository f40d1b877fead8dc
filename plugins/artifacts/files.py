"""Digests, and files that are written completely or not at all."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from hashlib import blake2b
from pathlib import Path
from typing import IO

TEMPORARY_PREFIX = ".new-"  # of the name of a file while it is written


def digest(*parts: str | bytes) -> str:
    """The BLAKE2b digest (128 bits, hexadecimal) of texts and bytes.

    The length of each part counts too, so that ("ab", "c") differs from ("a", "bc").
    """
    state = blake2b(digest_size=16)
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        state.update(b"%d:" % len(data))
        state.update(data)
    return state.hexdigest()


def write_atomically(target: Path, data: bytes | Iterable[bytes]) -> None:
    """Write a file under a temporary name and rename it, so that it is complete or missing."""
    with open_atomically(target) as stream:
        stream.writelines([data] if isinstance(data, bytes) else data)


@contextmanager
def open_atomically(target: Path) -> Iterator[IO[bytes]]:
    """Open a file that gets its name when the block ends without an exception; otherwise nothing is left of it.

    Its bytes are on the disk before it gets its name: after a power failure there is no file of zeros. Drives of a
    network that have no permissions, no `fsync`, or no renaming over a file, do without.
    """
    with tempfile.NamedTemporaryFile(dir=target.parent, prefix=TEMPORARY_PREFIX, delete=False) as stream:
        try:
            yield stream
            stream.flush()
            _sync(stream.fileno())
        except BaseException:
            with suppress(OSError):
                os.unlink(stream.name)
            raise
    try:
        with suppress(PermissionError):
            os.chmod(stream.name, 0o644)
        _replace(stream.name, target)
    except BaseException:
        with suppress(OSError):
            os.unlink(stream.name)
        raise


def _sync(descriptor: int) -> None:
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOSYS, errno.ENOTSUP):
            raise


def _replace(source: str, target: Path) -> None:
    """Rename a file over another one; where that is not possible, put the other one aside first."""
    try:
        os.replace(source, target)
    except (FileExistsError, PermissionError):
        if not target.exists():
            raise
        aside = f"{source}.old"
        os.rename(target, aside)
        try:
            os.rename(source, target)
        except OSError:
            os.rename(aside, target)
            raise
        os.unlink(aside)


@contextmanager
def file_lock(file: Path) -> Iterator[None]:
    """Hold an exclusive lock between processes; the system releases it when the process ends."""
    with file.open("a", encoding="utf-8") as stream:
        with suppress(ImportError):  # Windows: each editor there builds on a machine of their own
            import fcntl

            fcntl.flock(stream, fcntl.LOCK_EX)
        yield
