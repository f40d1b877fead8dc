"""Earlier versions of articles: every save keeps what stood in the file before, in `.history` of the content folder."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from plugins.artifacts.files import write_atomically

FOLDER = ".history"
_TIME = "%Y%m%dT%H%M%S%f"


class Version(NamedTuple):
    """An earlier version of a file: its name in the history, and when it was replaced."""

    name: str
    replaced_at: datetime


class History:
    """Keeps versions of the files below a folder.

    Args:
        content: The content folder.
    """

    def __init__(self, content: Path) -> None:
        self.folder = content / FOLDER

    def keep(self, path: str, data: bytes, now: datetime) -> None:
        """Keep what a file says before it is replaced.

        Args:
            path: Of the file, relative to the content folder.
            data: Its bytes.
            now: When it is replaced.
        """
        folder = self.folder / path
        folder.mkdir(parents=True, exist_ok=True)
        while (file := folder / f"{now:{_TIME}}.md").exists():
            now = now.replace(microsecond=(now.microsecond + 1) % 1_000_000)
        write_atomically(file, data)

    def versions(self, path: str) -> list[Version]:
        """Return the versions of a file, the newest first."""
        folder = self.folder / path
        names = (
            sorted((name for name in os.listdir(folder) if name.endswith(".md")), reverse=True)
            if folder.is_dir()
            else []
        )
        return [Version(name, datetime.strptime(name.removesuffix(".md"), _TIME)) for name in names]

    def read(self, path: str, name: str) -> bytes:
        """Return the bytes of a version. Raises KeyError if there is none of this name."""
        if name not in [version.name for version in self.versions(path)]:
            raise KeyError(name)
        return (self.folder / path / name).read_bytes()
