"""The stamp: a file in .venv that records what the environment was set up from, so that the next start does nothing.

It holds the level and a fingerprint of everything that the set-up depended on. Changed locks, another Python behind
.venv or a moved folder change the fingerprint, and the set-up runs again.
"""

from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path

import environment

# system.py too: those who are set up already must get a newly required system library.
INPUTS = ("build.txt", "test.txt", "audit.txt", "package-lock.json", "system.py")


def path() -> Path:
    """Return the path of the stamp."""
    return environment.VENV / "portal-ready"


def is_current(level: str) -> bool:
    """Return whether .venv was set up for `level` or a higher one, and nothing it depends on has changed since."""
    try:
        written_level, written = path().read_text("utf-8").split()
        reached = environment.LEVELS.index(written_level)
        return reached >= environment.LEVELS.index(level) and written == fingerprint()
    except (OSError, ValueError):  # missing, cut short, or .venv is incomplete
        return False


def write(level: str) -> None:
    """Record that .venv is ready for `level`."""
    path().write_text(f"{level} {fingerprint()}\n", "utf-8")


def fingerprint() -> str:
    """Return a hex digest of the locks, the folder and the Python behind .venv. Raises OSError if one is missing."""
    settings = (environment.VENV / "pyvenv.cfg").read_text("utf-8")
    digest = sha256(f"{environment.ROOT}\n{os.path.realpath(environment.PYTHON, strict=True)}\n{settings}".encode())
    for line in settings.splitlines():
        name, _, value = line.partition(" = ")
        if name == "executable":
            os.stat(value)  # on Windows .venv's own python.exe stays when the Python it starts is gone
    for name in INPUTS:
        digest.update((environment.HERE / name).read_bytes())
    return digest.hexdigest()
