"""Makes the lock files: every package pinned, with the hash of every file it may be installed from."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import environment

NOTE = "python3 tasks.py lock"  # what the locks name as the command that made them


def lock(upgrade: bool = False) -> None:
    """Compile build.in, test.in and audit.in, in that order, and package.json.

    Versions stay as they are unless the .in files ask for others; with `upgrade` all go to the newest. One lock
    serves Linux, macOS and Windows. Raises Problem when no versions fit together; uv or npm has then said why.
    """
    settings = {**os.environ, "UV_CUSTOM_COMPILE_COMMAND": NOTE}
    below: list[str] = []
    for level in environment.LEVELS:
        command = [
            sys.executable, "-m", "uv", "pip", "compile", "--quiet", "--universal", "--generate-hashes",
            "--system-certs", "--python-version", "3.11", *(["--upgrade"] if upgrade else []), *below,
            f"environment/{level}.in", "--output-file", f"environment/{level}.txt",
        ]  # fmt: skip
        run(command, environment.ROOT, settings)
        below = ["--constraints", f"environment/{level}.txt"]  # a package has one version at every level
    npm = [*environment.npm(), "update" if upgrade else "install", "--package-lock-only", "--ignore-scripts"]
    # No addresses in the lock: it works with whatever registry npm is set to.
    run([*npm, "--omit-lockfile-registry-resolved", "--no-audit", "--no-fund"], environment.HERE, settings)


def run(command: list[str], folder: Path, settings: dict[str, str]) -> None:
    """Run `command` in `folder`, its output going to the terminal; raise Problem if it fails."""
    if subprocess.run(command, cwd=folder, env=settings).returncode:
        raise environment.Problem("The locks are not up to date: put right what is said above, then run it again.")
