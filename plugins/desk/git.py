"""The content folder as a git repository, where it is one: what was published is committed, with who did it.

Every save is kept in the desk's own history (history.py); a commit for each would bury what matters. One is made
whenever somebody publishes. Decision 0145.
"""

from __future__ import annotations

import subprocess
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from .history import FOLDER

LONGEST = 50  # commits of a file that are listed
MARK = "git-"  # begins the name of a version


class Commit(NamedTuple):
    """A version of a file: its name among the versions, when and by whom it was published."""

    name: str
    replaced_at: datetime
    by: str


class Git:
    """The repository that a content folder is in. content: the folder."""

    def __init__(self, content: Path) -> None:
        self.content = content

    def _run(self, *arguments: str) -> str | None:
        """Return what git prints; None if it fails, or is not there."""
        command = ["git", "-C", str(self.content), "-c", "core.quotePath=false", *arguments]
        try:
            done = subprocess.run(command, capture_output=True, stdin=subprocess.DEVNULL, check=False)
        except OSError:
            return None
        return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else None

    def is_there(self) -> bool:
        """Whether the folder is in a repository that tracks it."""
        return bool(self._run("ls-files", "--", "portal.toml"))

    def commit(self, message: str, name: str) -> bool:
        """Commit what has changed in the content folder, and nothing else; return whether that went well.

        Args:
            message: What was done.
            name: Who did it, "" if that is not known.
        """
        who = name or "Bàn biên tập"
        identity = ("-c", f"user.name={who}", "-c", "user.email=desk@localhost")
        if self._run("add", "--all", "--", ".", f":(exclude){FOLDER}") is None:
            return False
        if self._run("diff", "--cached", "--quiet", "--", ".") is not None:
            return True
        return self._run(*identity, "commit", "--quiet", "--message", message, "--", ".") is not None

    def versions(self, path: str) -> list[Commit]:
        """Return the commits of a file, the newest first."""
        printed = self._run("log", f"-{LONGEST}", "--format=%H%x09%at%x09%an", "--", path) or ""
        rows = (line.split("\t", 2) for line in printed.splitlines())
        return [Commit(MARK + commit, datetime.fromtimestamp(int(time)), name) for commit, time, name in rows]

    def read(self, path: str, name: str) -> str:
        """Return the text of a version. Raises KeyError if there is none of this name."""
        commit = name.removeprefix(MARK)
        text = self._run("show", f"{commit}:./{path}") if commit.isalnum() else None
        if text is None or not name.startswith(MARK):
            raise KeyError(name)
        return text
