"""Copies of the whole project, whose code tests may edit, built in processes of their own."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from tests import artifacts, editors, portals

LEFT = (".git", ".venv", ".cache", "output", "output.*", "tests", "node_modules", "content", "docs", "__pycache__")
BUILD = """
import sys
from plugins.portal import command
sys.exit(command.build("conf.py", verify="--verify" in sys.argv, PATH="../content", OUTPUT_PATH="../output"))
"""


class Project:
    """A copy of the project, with its content, output and cache in one folder."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.content, self.output, self.cache, self.code = (
            root / name for name in ("content", "output", "cache", "code")
        )

    @classmethod
    def new(cls, root: Path, settings: str = "") -> Project:
        """Create a project with three articles, one of which has a picture and a link to another."""
        self = cls(root)
        shutil.copytree(portals.ROOT, self.code, ignore=shutil.ignore_patterns(*LEFT))
        lines = [
            "from publishconf import *",
            'SITEURL = "https://vanson.example"',
            'CACHE_PATH = "../cache"',
            "JOBS = 1",
            "BOUNDARY_MAP = {}",
        ]
        (self.code / "conf.py").write_text("\n".join([*lines, settings]), encoding="utf-8")
        editors.write_small_content(self.content)
        portals.give_settings(self.content)
        editors.write_file(self.content, "images/anh.png", editors.photo(400, 300))
        body = "Đường lên bản.\n\n![Con đường](../../images/anh.png)\n\n[Bài kia](mot-bai.md) cũng đáng đọc.\n"
        editors.write_article(self.content, "duong.md", body, title="Đường mới", date="2026-01-02 08:30")
        return self

    def copy(self, root: Path) -> Project:
        """Copy the project to another folder."""
        shutil.copytree(self.root, root, dirs_exist_ok=True)
        return Project(root)

    def build(self, *options: str, code: int = 0) -> subprocess.CompletedProcess[str]:
        """Build, and return the finished process with what it printed."""
        command = [sys.executable, "-c", BUILD, *options]
        result = subprocess.run(command, cwd=self.code, capture_output=True, text=True, timeout=portals.PATIENCE)
        assert result.returncode == code, result.stdout + result.stderr
        return result

    def add(self, file: str, text: str) -> None:
        """Append text to a file of the code."""
        with (self.code / file).open("a", encoding="utf-8") as stream:
            stream.write(text)

    def artifact_times(self, *kinds: str) -> dict[str, int]:
        """Return the artifacts of some namespaces, and when each was made."""
        return {
            f"{kind}/{name}": at for kind in kinds for name, at in artifacts.artifact_times(self.cache, kind).items()
        }
