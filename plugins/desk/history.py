"""Earlier versions of articles: every save keeps what stood in the file before, in `.history` of the content folder."""

from __future__ import annotations

import os
import re
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from plugins.artifacts.files import write_atomically

FOLDER = ".history"
_TIME = "%Y%m%dT%H%M%S%f"
_NO_NAME = re.compile(r"[^\w .-]+")  # what a name of a file may not have everywhere
LONGEST_NAME = 40


class Version(NamedTuple):
    """An earlier version of a file: its name in the history, when it was replaced, and by whom, "" if unknown."""

    name: str
    replaced_at: datetime
    by: str


class History:
    """Keeps versions of the files below a folder.

    Args:
        content: The content folder.
    """

    def __init__(self, content: Path) -> None:
        self.folder = content / FOLDER

    def keep(self, path: str, data: bytes, now: datetime, by: str = "") -> None:
        """Keep what a file says before it is replaced.

        Args:
            path: Of the file, relative to the content folder.
            data: Its bytes.
            now: When it is replaced.
            by: Who replaces it.
        """
        folder = self.folder / path
        folder.mkdir(parents=True, exist_ok=True)
        if not (ignored := self.folder / ".gitignore").exists():
            ignored.write_text("*\n", encoding="utf-8")  # a repository has a history of its own
        name = " ".join(_NO_NAME.sub(" ", by).split())[:LONGEST_NAME].strip(" .")
        ending = f"_{name}.md" if name else ".md"
        while (file := folder / f"{now:{_TIME}}{ending}").exists():
            now = now.replace(microsecond=(now.microsecond + 1) % 1_000_000)
        write_atomically(file, data)

    def versions(self, path: str) -> list[Version]:
        """Return the versions of a file, the newest first."""
        folder = self.folder / path
        names = os.listdir(folder) if folder.is_dir() else []
        versions = (_version(name) for name in names if name.endswith(".md"))
        return sorted(filter(None, versions), key=lambda version: version.name, reverse=True)

    def read(self, path: str, name: str) -> bytes:
        """Return the bytes of a version. Raises KeyError if there is none of this name."""
        if name not in [version.name for version in self.versions(path)]:
            raise KeyError(name)
        return (self.folder / path / name).read_bytes()

    def follow(self, path: str, new: str) -> None:
        """Take the versions of a file that has moved along to its new place."""
        before, after = self.folder / path, self.folder / new
        after.mkdir(parents=True, exist_ok=True)
        for version in self.versions(path):
            os.replace(before / version.name, after / version.name)

    def deleted(self, content: Path) -> list[tuple[str, Version]]:
        """Return the paths of files that are no longer there, each with its last version, the newest first."""
        found = []
        for folder, _, names in os.walk(self.folder):
            path = Path(folder).relative_to(self.folder).as_posix()
            if path.endswith(".md") and names and not (content / path).exists():
                found += [(path, version) for version in self.versions(path)[:1]]
        return sorted(found, key=lambda each: each[1].name, reverse=True)


def _version(name: str) -> Version | None:
    """Take the name of a version apart; None if it is none."""
    time, _, by = name.removesuffix(".md").partition("_")
    try:
        return Version(name, datetime.strptime(time, _TIME), by)
    except ValueError:
        return None
