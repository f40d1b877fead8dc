"""Small portals with plugins and settings as users of Pelican have them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pelicanconf
from tests import editors, portals, warm_commands
from tests.incremental import builds
from tests.incremental.builds import Built

FEATURES = [name for name in pelicanconf.PLUGINS if name != "plugins.boundary_map"]  # its pages only take time
SITEURL = "https://vanson.example"


@dataclass
class Portal:
    """A portal in a folder of its own. settings: for every build."""

    folder: Path
    settings: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.content, self.output, self.cache = (self.folder / name for name in ("content", "output", "cache"))
        self.plugins: list[str] = []
        if not self.content.exists():
            editors.write_small_content(self.content)

    def plugin(self, name: str, code: str) -> None:
        """Write a plugin and load it in every build.

        The plugin's code may call `record(value)`, which appends a line of JSON to a file that `recorded` reads.
        """
        head = (
            "import json\nfrom pathlib import Path\nfrom pelican import signals\n"
            f"RECORD = Path({str(self.folder / name)!r} + '.recorded')\n"
            "def record(*values):\n"
            "    with RECORD.open('a', encoding='utf-8') as file: print(json.dumps(values), file=file)\n"
        )
        editors.write_file(self.folder / "elsewhere", f"{name}.py", head + code)
        self.plugins.append(name)

    def recorded(self, name: str) -> list[Any]:
        """Return the values that a plugin has recorded since the last call."""
        file = self.folder / f"{name}.recorded"
        lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
        file.unlink(missing_ok=True)
        return [json.loads(line) for line in lines]

    def build(self, **settings: Any) -> Built:
        """Build in a forked copy of this process, in English."""
        own = {
            "SITEURL": SITEURL, "PLUGINS": [*FEATURES, *self.plugins], "PLUGIN_PATHS": [str(self.folder / "elsewhere")],
            "BOUNDARY_MAP": {},
        }  # fmt: skip
        return builds.build(self.output, self.content, self.cache, **own | self.settings | settings)

    def build_successfully(self, **settings: Any) -> Built:
        """Build, and assert that it succeeds without complaints."""
        result = self.build(**settings)
        assert (result.status, result.crash) == (0, ""), f"{result.crash}{result.complaints}"
        return result

    def text(self, name: str) -> str:
        """Return the text of a file of the published site."""
        return (self.output / name).read_text(encoding="utf-8")

    def files(self) -> dict[str, bytes]:
        """Return all files of the published site."""
        return builds.contents(self.output)


def command(folder: Path, *more: str, settings: str = "", env: dict[str, str] | None = None) -> list[str]:
    """Return the command `pelican` for the content of a folder, with its settings as a file.

    settings: Python lines.
    """
    conf = folder / "conf.py"
    lines = [
        f"import os, sys; sys.path.insert(0, {str(portals.ROOT)!r})",
        f"os.environ['PORTAL_CONTENT'] = {str(folder / 'content')!r}",
        "from publishconf import *",
        f"CACHE_PATH = {str(folder / 'cache')!r}",
        "PDF_EXPORT = AUDIO = SEARCH_INDEX = False",
        "BOUNDARY_MAP = {}",
        settings,
    ]
    builds.share_templates(folder / "cache")
    if (folder / "content/articles").is_dir():
        portals.give_settings(folder / "content")
    text = "\n".join(lines)
    if not conf.exists() or conf.read_text(encoding="utf-8") != text:
        conf.write_text(text, encoding="utf-8")
    content, output = str(folder / "content"), str(folder / "output")
    return [sys.executable, "-m", "pelican", content, "-s", str(conf), "-o", output, *more]


ENVIRONMENT = {**os.environ, "COLUMNS": "250", "PORTAL_LANG": "en"}  # wide enough for every line of the log


def pelican(
    folder: Path, *more: str, settings: str = "", env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run `pelican` and wait."""
    arguments = command(folder, *more, settings=settings)[3:]
    return warm_commands.run("pelican", arguments, folder, ENVIRONMENT | (env or {}))
