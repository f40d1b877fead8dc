"""Files of the content folder: found by a path that a browser sends, read, and replaced whole or not at all."""

from __future__ import annotations

import hashlib
import os
import secrets
from pathlib import Path, PurePosixPath


class PathError(ValueError):
    """A path that leads to no file that the desk may open."""


def safe_path(content: Path, path: str, folders: tuple[str, ...]) -> Path:
    """Return the file at a path.

    Args:
        content: The content folder.
        path: Relative to it, with slashes.
        folders: Where files may be, relative to it.

    Raises:
        PathError: The path leads elsewhere, also by a link, or is hidden, or names no Markdown file.
    """
    pure = PurePosixPath(path)
    is_plain = pure.suffix == ".md" and not any(part.startswith(".") for part in pure.parts) and "\\" not in path
    if not is_plain or pure.is_absolute() or "\0" in path or not any(pure.is_relative_to(folder) for folder in folders):
        raise PathError(path)
    file = content / pure
    if not file.resolve().is_relative_to(content.resolve()):
        raise PathError(path)
    return file


def version_of(data: bytes) -> str:
    """Return a text that differs for each content of a file."""
    return hashlib.sha256(data).hexdigest()[:16]


def write_whole(file: Path, data: bytes) -> None:
    """Write a file so that it has all of its new bytes or, after a crash or on a full disk, all of the old ones.

    Raises:
        OSError: It could not be written, and is as it was.
    """
    unfinished = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
    try:
        with unfinished.open("xb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(unfinished, file)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
