"""Files of the content folder by the paths that editors write."""

from __future__ import annotations

import os
from functools import cache
from urllib.parse import unquote

from plugins.problems.files import why_unreadable
from plugins.unicode_text import normalize


def resolve_path(reference: str, source: str, content_folder: str) -> str | None:
    """Resolve a path that is written in the file `source`.

    Returns the path relative to the content folder, or None where no such file is inside of that folder.
    """
    root = _real_folder(content_folder)
    written = unquote(reference)
    if "\0" in written:
        return None
    full = _existing(_real_path(_real_folder(os.path.dirname(source)), written, root), root)
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
    """A file below a folder, by a path whose names may be composed (NFC) where those on the disk are not."""
    if not path.startswith(root + os.sep):
        return None
    if os.path.isfile(path):
        return path
    if path.isascii():
        return None
    found = root
    for name in os.path.relpath(path, root).split(os.sep):
        known = os.path.join(found, name)
        if not os.path.exists(known):
            others = os.listdir(found) if os.path.isdir(found) else []
            same = [other for other in others if normalize(other) == normalize(name)]
            if not same:
                return None
            known = os.path.join(found, same[0])
        found = known
    return found if os.path.isfile(found) else None
