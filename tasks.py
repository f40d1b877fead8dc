#!/usr/bin/env python3
"""Every command of the portal: `python3 tasks.py TASK`. Without a task it lists them.

On a fresh machine the first start sets everything up (see environment/). After that the same tasks also run
as `invoke TASK` inside .venv.
"""

from __future__ import annotations

import os
import sys

import environment

if __name__ == "__main__":
    # Sets up what is missing and runs the tasks below inside .venv; never returns.
    # Tasks that need more than a build does are named here.
    environment.start(sys.argv[1:], needs={"test": "test", "bench": "test", "audit": "audit", "lock": "audit"})

from invoke import Context, Exit, task  # noqa: E402  (there only inside .venv)


@task(
    help={
        "content": "folder of articles, pages and pictures (content/)",
        "output": "folder of the finished site (output/)",
        "jobs": "how many processes (all cores)",
        "config": "file of settings (publishconf.py)",
    }
)
def build(
    c: Context,
    content: str | None = None,
    output: str | None = None,
    jobs: int | None = None,
    config: str = "publishconf.py",
) -> None:
    """Build the portal in output/."""
    from plugins.portal import command

    _finish(command.build(config, PATH=_full(content), OUTPUT_PATH=_full(output), JOBS=jobs))


@task
def test(c: Context) -> None:
    """Run the tests; what follows -- goes to pytest (test -- -k search)."""
    import pytest

    os.chdir(environment.ROOT)
    sys.path.insert(0, str(environment.ROOT))
    status = pytest.main(_after_dashes())
    if status:
        raise Exit(code=int(status))


@task(help={"upgrade": "take the newest version of everything"})
def lock(c: Context, upgrade: bool = False) -> None:
    """Pin the packages named in environment/*.in and package.json anew."""
    from environment import locking

    locking.lock(upgrade)


def _full(path: str | None) -> str | None:
    return path and os.path.abspath(path)


def _finish(status: int) -> None:
    if status:
        raise Exit(code=status)


def _after_dashes() -> list[str]:
    """The words after --, as typed (Invoke joins them into one string)."""
    return sys.argv[sys.argv.index("--") + 1 :] if "--" in sys.argv else []
