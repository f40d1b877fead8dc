"""A lock that keeps two builds from working on one output folder at the same time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from plugins.i18n import translate


@contextmanager
def build_lock(folder: Path) -> Iterator[None]:
    """Hold the lock of an output folder; a second build says so and waits.

    Args:
        folder: The portal's own folder beside the output folder.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        try:
            import fcntl
        except ImportError:  # Windows: editors there build on their own machine
            yield
            return
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print(translate("Another build is at work on {folder}; waiting for it", folder=folder.name), flush=True)
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield
