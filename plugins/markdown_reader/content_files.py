"""Files of the content folder by the paths that editors write."""

from __future__ import annotations

import os
import sys
from functools import cache
from urllib.parse import unquote

from plugins.problems.files import why_unreadable
from plugins.unicode_text import normalize

DISK_IGNORES_CASE = sys.platform in ("darwin", "win32")


def resolve_path(reference: str, source: str, content_folder: str) -> str | None:
    """Resolve a path that is written in the file `source`.

    Returns the path relative to the content folder, or None where no such file is inside of that folder.
    """
    root = _real_folder(content_folder)
    written = unquote(reference)
    if "\0" in written:
        return None
    folder = _real_folder(os.path.dirname(source))
    full = _existing(_real_path(folder, written, root), root)
    if full is None and "\\" in written:  # as Windows writes paths
        full = _existing(_real_path(folder, written.replace("\\", "/"), root), root)
    return os.path.relpath(full, root).replace(os.sep, "/") if full else None


@cache
def _real_folder(folder: str) -> str:
    """A folder without symbolic links; it does not move while a process runs."""
    return os.path.realpath(folder)


def _real_path(folder: str, path: str, root: str) -> str:
    """A path below a real folder without symbolic links.

    `os.path.realpath` looks at every folder from the top of the disk on; here only what is below `root` is looked at.
    """
    full = os.path.normpath(os.path.join(folder, path))
    has_detour = ".." in path.lstrip("./")
    below = full.removeprefix(root + os.sep)
    if has_detour or below == full:
        return os.path.realpath(os.path.join(folder, path))
    part = root
    for name in below.split(os.sep):
        part = f"{part}{os.sep}{name}"
        if os.path.islink(part):
            return os.path.realpath(full)
    return full


def why_no_file(reference: str, source: str, content_folder: str) -> str:
    """Why what lies at a path that `resolve_path` cannot resolve is no file to be read; "" if nothing lies there."""
    path = os.path.normpath(os.path.join(os.path.dirname(source), unquote(reference)))
    is_inside = f"{path}{os.sep}".startswith(os.path.join(os.path.abspath(content_folder), ""))
    if "\0" in path or not is_inside or not os.path.lexists(path):
        return ""
    why = why_unreadable(path)
    return f"{reference}: {why}" if why else ""


def _existing(path: str, root: str) -> str | None:
    """A file below a folder, with the names that it has on the disk.

    The path may have them in another case, as where Windows and macOS find it, or composed (NFC) where they are not:
    so a portal that is written there is the same on a server.
    """
    if not path.startswith(root + os.sep):
        return None
    if not DISK_IGNORES_CASE and os.path.isfile(path):
        return path
    found = root
    for name in os.path.relpath(path, root).split(os.sep):
        others = os.listdir(found) if os.path.isdir(found) else []
        if name not in others:
            same = [other for other in others if normalize(other) == normalize(name)]
            same = same or [other for other in others if normalize(other).casefold() == normalize(name).casefold()]
            if not same:
                return None
            name = min(same)
        found = os.path.join(found, name)
    return found if os.path.isfile(found) else None
