"""An editor's `serve` for tests: the real command, in a process of its own."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests import portals

ADDRESS = r"http://127\.0\.0\.1:\d+/"


def editors_folder(folder: Path) -> Path:
    """Return a content folder with the settings of a portal, and no page yet."""
    (folder / "pages").mkdir(parents=True)
    portals.give_settings(folder)
    return folder


@contextmanager
def serving_preview(content: Path, folder: Path, port: int, *options: str) -> Iterator[str]:
    """Serve a content folder, and yield the address when changes are watched.

    Args:
        content: The content folder, with an article of 2026.
        folder: For the preview, and the file `printed` with what the command says.
        port: Where to look for a free one from.
        options: More options of the command.
    """
    command = [sys.executable, str(portals.ROOT / "tasks.py"), "serve", "--port", str(port)]
    command += ["--content", str(content), "--output", str(folder / "preview"), *options]
    printed = folder / "printed"
    with printed.open("w") as out:
        serving = subprocess.Popen(command, cwd=portals.ROOT, stdout=out, stderr=subprocess.DEVNULL)
    portals.wait_until(lambda: "/soan/" in printed.read_text())  # the line after that of the portal
    portals.wait_until(lambda: portals.is_watched(content / "articles/2026"))
    yield re.search(ADDRESS, printed.read_text())[0]
    serving.terminate()  # a test run in the background may ignore Ctrl+C
    serving.wait(portals.PATIENCE)
