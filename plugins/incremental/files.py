"""Writes, moves and removes files of the site, on any disk and with the modes that a web server needs."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import PurePosixPath

FILE_MODE, FOLDER_MODE = 0o644, 0o755  # whatever the umask is: a web server runs as another user


def write_file(path: str, data: bytes) -> os.stat_result:
    """Write a file, create its folders if they are missing, and return its stat."""
    try:
        stream = open(path, "wb", buffering=0)
    except FileNotFoundError:
        make_folders(os.path.dirname(path))
        stream = open(path, "wb", buffering=0)
    with stream:
        rest = memoryview(data)
        while rest:
            rest = rest[stream.write(rest) :]
        os.chmod(path, FILE_MODE)
        return os.fstat(stream.fileno())


def replace_file(path: str, data: bytes) -> None:
    """Write a file in one step: a reader gets the old one or the new one, never a part of it."""
    unfinished = beside(path)
    write_file(unfinished, data)
    os.replace(unfinished, path)


def make_folders(path: str) -> None:
    """Create a folder and those that it is in, where they are missing."""
    if os.path.isdir(path):
        return
    parent = os.path.dirname(path)
    if parent and parent != path:
        make_folders(parent)
    with suppress(FileExistsError):  # another process was faster
        os.mkdir(path)
        os.chmod(path, FOLDER_MODE)


def read_bytes(path: str) -> bytes | None:
    """Return the content of a file; None if it cannot be read."""
    try:
        with open(path, "rb") as stream:
            return stream.read()
    except OSError:
        return None


def moves(source: str, target: str) -> Iterator[tuple[str, str]]:
    """Yield the moves that bring all that is in one folder into another; a folder that is new there moves whole."""
    with os.scandir(source) as entries:
        for entry in entries:
            to = f"{target}/{entry.name}"
            if entry.is_dir() and os.path.isdir(to):
                yield from moves(entry.path, to)
            else:
                yield entry.path, to


def move(source: str, target: str) -> None:
    """Move a file or a whole folder to its place in one step, from another disk in one step per file."""
    try:
        os.replace(source, target)
    except OSError as error:
        if error.errno != errno.EXDEV:  # such as a volume that is mounted within the site
            raise
        if os.path.isdir(source):
            make_folders(target)
            for one in moves(source, target):
                move(*one)
        else:
            copy_file(source, target)
            os.unlink(source)


def copy_file(source: str, target: str) -> None:
    """Copy a file in one step, with its modification time."""
    unfinished = beside(target)
    shutil.copyfile(source, unfinished)
    shutil.copystat(source, unfinished)
    os.replace(unfinished, target)


def remove_file(folder: str, name: str) -> bool:
    """Remove a file and the folders that are empty then; return whether it was there.

    Args:
        folder: The folder of the site.
        name: The file's name relative to it.
    """
    try:
        os.unlink(f"{folder}/{name}")
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError, PermissionError):
        if os.path.isfile(f"{folder}/{name}"):
            raise
        return False
    for parent in PurePosixPath(name).parents:
        try:
            if parent.name:
                os.rmdir(f"{folder}/{parent}")
        except OSError:
            break  # something else is in it
    return True


def repair_modes(folder: str) -> None:
    """Let everybody read all files of a site."""
    os.chmod(folder, FOLDER_MODE)
    for base, folders, names in os.walk(folder):
        for name in folders:
            os.chmod(f"{base}/{name}", FOLDER_MODE)
        for name in names:
            os.chmod(f"{base}/{name}", FILE_MODE)


def beside(path: str) -> str:
    """Return the name of an unfinished file in the same folder; web servers do not serve it."""
    folder, name = os.path.split(path)
    return f"{folder}/.{name[:200]}.new"
