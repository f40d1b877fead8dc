"""The list of the portal's own files in the published folder, `files.txt`, which survives a lost state.

Only files in this list are ever removed, so whatever else lies in the published folder stays there.
"""

from __future__ import annotations

import os
from pathlib import Path


class OwnedFiles:
    """Names of files of the site, relative to it.

    Args:
        folder: Where the list is stored.

    Attributes:
        file: The list.
        names: What is in it.
    """

    def __init__(self, folder: Path) -> None:
        self.file = folder / "files.txt"
        self.names = read_names(self.file)

    def write(self, names: set[str]) -> None:
        """Replace the list."""
        if names == self.names:
            return
        new = self.file.with_name("files.txt.new")
        new.write_text("".join(f"{name}\n" for name in sorted(names)), encoding="utf-8")
        os.replace(new, self.file)
        self.names = names


def read_names(file: Path) -> set[str]:
    """Return the names in a list; none if there is no such file, and of a damaged one only those inside the site."""
    try:
        text = file.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return set()
    names = set(text.split("\n")) - {""}
    # nearly always all names are fine, and searching the whole text once shows it
    is_suspect = "\0" in text or ".." in text or "\n/" in text or text.startswith("/")
    return set(filter(is_inside_site, names)) if is_suspect else names


def is_inside_site(name: str) -> bool:
    """Whether a name is that of a file inside the site; a damaged list must not lead anywhere else."""
    return bool(name) and not name.startswith("/") and "\0" not in name and ".." not in name.split("/")
