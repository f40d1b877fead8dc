"""Makes the lock files: every package pinned, with the hash of every file that it may be installed from."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import environment

COMMAND = "python3 tasks.py lock"  # named in the locks as the command that made them


def lock(upgrade: bool = False) -> None:
    """Compile build.in, test.in and audit.in, in that order, and package.json.

    One lock serves Linux, macOS and Windows.

    Args:
        upgrade: move all packages to their newest versions; otherwise only what the .in files require moves.

    Raises:
        CommandError: if no versions fit together; uv or npm has then printed why.
    """
    settings = {**os.environ, "UV_CUSTOM_COMPILE_COMMAND": COMMAND}
    below: list[str] = []
    for name in dict.fromkeys(environment.LOCKS.values()):
        command = [
            sys.executable, "-m", "uv", "pip", "compile", "--quiet", "--universal", "--generate-hashes",
            "--system-certs", "--python-version", "3.11", "--overrides", "environment/overrides.in",
            *(["--upgrade"] if upgrade else []), *below,
            f"environment/{name}.in", "--output-file", f"environment/{name}.txt",
        ]  # fmt: skip
        run(command, environment.ROOT, settings)
        below = ["--constraints", f"environment/{name}.txt"]  # a package has one version at every level
    npm = [*environment.npm(), "update" if upgrade else "install", "--package-lock-only", "--ignore-scripts"]
    # Without addresses the lock works with whatever registry npm is set to.
    run([*npm, "--omit-lockfile-registry-resolved", "--no-audit", "--no-fund"], environment.HERE, settings)


def run(command: list[str], folder: Path, settings: dict[str, str]) -> None:
    """Run `command` in `folder` with its output on the terminal; raise CommandError if it fails."""
    if subprocess.run(command, cwd=folder, env=settings).returncode:
        raise environment.CommandError("The locks are not up to date: put right what is said above, then run it again.")
