"""Moves, renames and deletes files that editors write, with their history and the links that lead to them."""

from __future__ import annotations

import os
from pathlib import Path

from plugins.artifacts.files import digest
from plugins.proofreading.mending import rewrite_file

from . import relinking
from .documents import NEW_MODE, ConflictError, Documents, Opened
from .files import PathError, decoded, safe_path


class TakenError(ValueError):
    """There is a file already where one should go."""


def move(documents: Documents, path: str, new: str, version: str, text: str, by: str = "") -> list[str]:
    """Move a file, within the folder of its kind.

    Whenever this is interrupted, the text is at the old place, at the new one, or at both.

    Args:
        documents: The files that editors write.
        path: Where it is, relative to the content folder.
        new: Where it goes.
        version: That with which it was opened.
        text: What it says there, with line feeds.
        by: The name of whoever moves it.

    Returns:
        The other files whose links were written anew.

    Raises:
        PathError, ConflictError, OSError: See `Documents.save`.
        TakenError: There is a file.
    """
    folders = tuple(documents.keys)
    old_file, new_file = safe_path(documents.content, path, folders), safe_path(documents.content, new, folders)
    if documents.keys_of(path) is not documents.keys_of(new):
        raise PathError(new)
    data = old_file.read_bytes()
    if digest(data) != version:
        raise ConflictError(documents.open(path))
    new_file.parent.mkdir(parents=True, exist_ok=True)
    _reserve(new_file, data)
    exists = lambda target: (documents.content / target).exists()  # noqa: E731  # one line, used once
    moved = relinking.moved_itself(text, path, new, exists)
    documents.save(new, moved, version, by)
    documents.history.follow(path, new)
    relinked = _relink(documents, path, new, by)
    old_file.unlink()
    return relinked


def _reserve(file: Path, data: bytes) -> None:
    """Write a file that is not there yet."""
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), NEW_MODE)
    except FileExistsError:
        raise TakenError(file.name) from None
    with open(descriptor, "wb") as stream:
        stream.write(data)


def _relink(documents: Documents, old: str, new: str, by: str) -> list[str]:
    """Let links in other files lead to the new place of one, and return these files."""
    changed = []
    for entry in documents.entries.all():
        file = documents.content / entry.path
        if entry.path in (old, new) or not relinking.may_name(file.read_bytes(), old):
            continue
        before = file.read_bytes()
        try:
            rewrite_file(file, lambda text, path=entry.path: relinking.named_other(text, path, old, new))  # type: ignore[misc]  # no lambda type
        except ValueError:
            continue  # not in UTF-8: the reader tells
        if file.read_bytes() != before:
            documents.history.keep(entry.path, before, documents.clock(), by)
            changed.append(entry.path)
    return changed


def delete(documents: Documents, path: str, version: str, by: str = "") -> None:
    """Delete a file; its text stays in the history, from where it can be restored.

    Raises:
        PathError, ConflictError, OSError: See `Documents.save`.
    """
    file = safe_path(documents.content, path, tuple(documents.keys))
    data = file.read_bytes()
    if digest(data) != version:
        raise ConflictError(documents.open(path))
    documents.history.keep(path, data, documents.clock(), by)
    file.unlink()


def restore(documents: Documents, path: str, by: str = "") -> Opened:
    """Put a deleted file back, with the text that it had.

    Raises:
        PathError: It may not be opened, or there is no history of it.
        ConflictError: There is a file.
        OSError: It could not be written.
    """
    safe_path(documents.content, path, tuple(documents.keys))
    versions = documents.history.versions(path)
    if not versions:
        raise PathError(path)
    text = decoded(documents.history.read(path, versions[0].name))
    return documents.save(path, text, "", by)
