"""Finds the Chromium that tests and audits drive."""

from __future__ import annotations

import os
import re
import shutil
import sys
from pathlib import Path

DEBIAN = "/usr/lib/chromium/chromium-headless-shell"
FEDORA = "/usr/lib64/chromium-browser/headless_shell"


def find() -> str | None:
    """Return the path of the browser, or None.

    The first of: the variable CHROMIUM, the system's package, Playwright's download. Ubuntu's snap is left out, because
    its sandbox cannot read pages under /tmp.
    """
    if os.environ.get("CHROMIUM"):
        return os.environ["CHROMIUM"]
    for candidate in (DEBIAN, FEDORA, shutil.which("chromium")):
        if candidate and os.access(candidate, os.X_OK) and "/snap/" not in os.path.realpath(candidate):
            return candidate
    return from_playwright(playwright_folder())


def playwright_folder() -> Path:
    """Return the folder of the browsers that Playwright downloads."""
    chosen = os.environ.get("PLAYWRIGHT_BROWSERS_PATH")
    if chosen:
        return Path(chosen)
    caches = {"darwin": "~/Library/Caches", "win32": "~/AppData/Local"}
    return Path(caches.get(sys.platform, "~/.cache")).expanduser() / "ms-playwright"


def from_playwright(folder: Path) -> str | None:
    """Return the newest headless shell in Playwright's folder, or None."""
    found = [
        path
        for name in ("chrome-headless-shell", "headless_shell")
        for suffix in ("", ".exe")
        for path in folder.glob(f"chromium_headless_shell-*/*/{name}{suffix}")
    ]
    return str(max(found, key=_revision)) if found else None


def _revision(path: Path) -> int:
    match = re.search(r"-(\d+)$", path.parent.parent.name)
    return int(match.group(1)) if match else 0
