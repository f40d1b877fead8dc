"""Files of the content folder, found by a path that a browser sends, and their text."""

from __future__ import annotations

import codecs
import re
from pathlib import Path, PurePosixPath

_NOT_ON_WINDOWS = re.compile(r'[<>:"|?*\x00-\x1f]|[. ]\Z|\A(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|\Z)', re.I)


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


def is_portable(path: str) -> bool:
    """Whether Windows, too, can have files and folders of these names (learn.microsoft.com, "Naming Files")."""
    return not any(map(_NOT_ON_WINDOWS.search, path.split("/")))


def decoded(data: bytes) -> str:
    """Return the text of a file with line feeds. Raises UnicodeDecodeError."""
    is_utf16 = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return data.decode("utf-16" if is_utf16 else "utf-8-sig").replace("\r\n", "\n")
