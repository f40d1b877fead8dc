"""Fault injection for builds: the process is killed at any step, or the disk is full."""

from __future__ import annotations

import errno
import os
import signal
import sqlite3
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from plugins.incremental import site

WRITES = {"write_bytes", "write_text", "temporary file", "commit"}
Action = Callable[[str], None]  # called before a step with its kind


def before_each_step(action: Action) -> None:
    """Have `action` called before every change that this process makes to files and databases."""

    def with_action(kind: str, function: Callable) -> Callable:
        def call_with_action(*arguments: Any, **options: Any) -> Any:
            action(kind)
            return function(*arguments, **options)

        return call_with_action

    class Connection(sqlite3.Connection):
        def commit(self) -> None:
            action("commit")
            super().commit()

    connect = sqlite3.connect
    sqlite3.connect = lambda *arguments, **options: connect(*arguments, **options, factory=Connection)
    for name in ("replace", "unlink", "mkdir", "rmdir"):
        setattr(os, name, with_action(name, getattr(os, name)))
    for name in ("write_bytes", "write_text"):
        setattr(Path, name, with_action(name, getattr(Path, name)))
    site.write_file = with_action("write_bytes", site.write_file)
    tempfile.NamedTemporaryFile = with_action("temporary file", tempfile.NamedTemporaryFile)


def record_steps(file: Path) -> None:
    """Record the kind of each step in a file, one per line."""
    stream = os.open(file, os.O_CREAT | os.O_WRONLY | os.O_APPEND)
    before_each_step(lambda kind: os.write(stream, f"{kind}\n".encode()))


def record_steps_and_wait(file: Path, size: int) -> None:
    """Record each step as `record_steps` does; once the file has `size` bytes, wait there to be killed."""
    stream = os.open(file, os.O_CREAT | os.O_WRONLY | os.O_APPEND)

    def action(kind: str) -> None:
        os.write(stream, f"{kind}\n".encode())
        while os.fstat(stream).st_size >= size:
            signal.pause()

    before_each_step(action)


def kill_before_step(number: int) -> None:
    """Kill this process before its n-th step (from 0); a file that it was about to write is left half written."""
    count = 0
    originals = Path.write_bytes, site.write_file

    def action(kind: str) -> None:
        nonlocal count
        if count == number:
            os.kill(os.getpid(), signal.SIGKILL)
        count += 1

    def write_half_first(write: Callable, with_action: Callable) -> Callable:
        def write_half(path: Any, data: bytes) -> Any:
            if count == number:
                write(path, data[: len(data) // 2])
            return with_action(path, data)

        return write_half

    before_each_step(action)
    Path.write_bytes = write_half_first(originals[0], Path.write_bytes)
    site.write_file = write_half_first(originals[1], site.write_file)


def fill_disk_from_write(number: int) -> None:
    """From the n-th write on (from 0) the disk is full."""
    count = 0

    def action(kind: str) -> None:
        nonlocal count
        if kind not in WRITES:
            return
        count += 1
        if count <= number:
            return
        if kind == "commit":
            raise sqlite3.OperationalError("database or disk is full")
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    before_each_step(action)


def respect_permissions() -> None:
    """Open a database that is not writable read-only, as the system does for everybody except root."""
    connect = sqlite3.connect

    def connect_by_permissions(file: Path, **options: Any) -> sqlite3.Connection:
        if file.exists() and not file.stat().st_mode & 0o200:
            return connect(f"file:{file}?mode=ro", uri=True, **options)
        return connect(file, **options)

    sqlite3.connect = connect_by_permissions
