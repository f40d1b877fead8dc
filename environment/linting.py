"""Runs the checkers of the code: ruff, mypy, djlint, biome and eslint.

Their settings are in pyproject.toml, biome.jsonc and eslint.config.mjs beside this file.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import environment

TEMPLATE_FOLDERS = ("theme", "plugins")


def lint(root: Path, fix: bool = False) -> int:
    """Run every checker over the project in `root`, also after one has found something.

    Args:
        root: the folder with pyproject.toml and biome.jsonc.
        fix: mend what the tools can mend by themselves; what is left is shown.

    Returns:
        The exit status: 0 if there are no findings, 1 if there are.
    """
    failed = []
    for name, command in commands(fix):
        print(f"{name}:", flush=True)
        if subprocess.run(command, cwd=root).returncode:
            failed.append(name)
    if not failed:
        print("lint: no findings")
        return 0
    advice = "mend what is shown above" if fix else "`python3 tasks.py lint --fix` mends a part, the rest is by hand"
    print(f"lint: findings of {', '.join(failed)}; {advice}", file=sys.stderr)
    return 1


def commands(fix: bool) -> Iterator[tuple[str, list[str]]]:
    """Name and command line of each checker; mypy and djlint only report."""
    python = [sys.executable, "-m"]
    biome = [environment.node(), str(environment.NODE_MODULES / "@biomejs/biome/bin/biome")]
    yield "ruff check", [*python, "ruff", "check", *(["--fix"] if fix else [])]
    # Text files without an encoding, which Windows would give the console's; in pyproject.toml it would change other
    # rules too.
    encodings = ["--preview", "--select", "PLW1514", *(["--fix", "--unsafe-fixes"] if fix else [])]
    yield "ruff encodings", [*python, "ruff", "check", *encodings]
    yield "ruff format", [*python, "ruff", "format", *([] if fix else ["--check"])]
    yield "mypy", [*python, "mypy"]
    yield "djlint", [*python, "djlint", "--lint", "--quiet", *TEMPLATE_FOLDERS]
    eslint = [environment.node(), str(environment.NODE_MODULES / "eslint/bin/eslint.js")]
    config = ["--config", str(environment.HERE / "eslint.config.mjs")]
    yield "eslint", [*eslint, *config, "--no-error-on-unmatched-pattern", *TEMPLATE_FOLDERS]
    yield "biome", [*biome, "check", "--error-on-warnings", *(["--write"] if fix else [])]
