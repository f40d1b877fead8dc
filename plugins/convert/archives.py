"""ZIP archives: what is safe in one is unpacked into a folder, everything else is told."""

from __future__ import annotations

import re
import stat
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from .archive_names import name_of
from .errors import SourceError

LARGEST_FILE = 300_000_000  # bytes, unpacked, of one file
LARGEST_ARCHIVE = 8_000_000_000  # bytes, of all
MOST_FILES = 300_000
RATIO = 200  # times as large unpacked as packed, from LARGE_ARCHIVE on; pages of text have 10
LONGEST_NAME = 200  # letters of the name of an unpacked file or folder
CHUNK = 1 << 20  # bytes
LARGE_ARCHIVE = 50_000_000  # bytes, unpacked


@dataclass
class Budget:
    """How much an archive, with those within it, may still unpack to."""

    files: int = MOST_FILES
    size: int = LARGEST_ARCHIVE


@dataclass(frozen=True)
class Refused:
    """A file of an archive that is not unpacked. error: see errors.message_of."""

    name: str
    error: str


def unpack(path: Path, target: Path, budget: Budget) -> Iterator[Refused]:
    """Unpack an archive; yield the files that are not unpacked. Raises SourceError for the archive as a whole.

    Args:
        path: the archive.
        target: the folder for its files.
        budget: reduced by what is unpacked.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            members = [member for member in archive.infolist() if not member.is_dir()]
            _check_members(members, path.stat().st_size, budget)
            made: set[Path] = set()
            for member in members:
                name = name_of(member)
                try:
                    _unpack(archive, member, target.joinpath(*_safe_parts(name, member)), made)
                except SourceError as error:
                    yield Refused(name, error.kind)
    except (zipfile.BadZipFile, OSError, ValueError, EOFError, NotImplementedError):
        raise SourceError("zip") from None


def _check_members(members: list[zipfile.ZipInfo], packed: int, budget: Budget) -> None:
    """Raise SourceError for an archive that unpacks to more than it should. packed: bytes of the archive."""
    total = sum(member.file_size for member in members)
    budget.files -= len(members)
    budget.size -= total
    if budget.files < 0 or budget.size < 0 or (total > LARGE_ARCHIVE and total > RATIO * packed):
        raise SourceError("bomb")


def _unpack(archive: zipfile.ZipFile, member: zipfile.ZipInfo, path: Path, made: set[Path]) -> None:
    """Unpack one file. made: folders that exist. Raises SourceError if it is broken, empty or too large."""
    if member.file_size == 0:
        raise SourceError("empty")
    if member.file_size > LARGEST_FILE:
        raise SourceError("bomb")
    try:
        if path.parent not in made:
            path.parent.mkdir(parents=True, exist_ok=True)
            made.add(path.parent)
        with archive.open(member) as source, path.open("wb") as copy:
            _copy(source, copy, member.file_size)
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError, OSError):
        path.unlink(missing_ok=True)
        raise SourceError("zip") from None


def _safe_parts(name: str, member: zipfile.ZipInfo) -> tuple[str, ...]:
    """Return the parts of a member's path. Raises SourceError for a link, or a path out of the archive."""
    parts = PurePosixPath(name).parts
    if name.startswith("/") or ".." in parts or "\0" in name or re.match(r"[A-Za-z]:", name):
        raise SourceError("outside")
    if stat.S_ISLNK(member.external_attr >> 16):
        raise SourceError("outside")
    return tuple(part[:LONGEST_NAME] for part in parts)


def _copy(source: IO[bytes], copy: IO[bytes], size: int) -> None:
    """Copy a file that has `size` bytes. Raises SourceError if it has more than the archive says."""
    while chunk := source.read(min(CHUNK, size + 1)):
        size -= len(chunk)
        if size < 0:
            raise SourceError("bomb")
        copy.write(chunk)
