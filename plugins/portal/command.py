"""The command `build`: settings, one run, and a summary; problems in one line each."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from pelican.log import init as init_logging
from pelican.settings import read_settings

from plugins.checks import ContentError, Problem, report, short
from plugins.i18n import say

from .build import Portal

ROOT = Path(__file__).resolve().parents[2]


def settings(config: str = "publishconf.py", **overrides: Any) -> dict[str, Any]:
    """The settings of a file in the project's folder; overrides that are None are left out."""
    init_logging(level="WARNING")
    return read_settings(str(ROOT / config), override={k: v for k, v in overrides.items() if v is not None})


def build(config: str = "publishconf.py", **overrides: Any) -> int:
    """Build and say what was done; the exit status."""
    chosen = settings(config, **overrides)
    if not os.path.isdir(chosen["PATH"]):
        report([Problem(short(chosen["PATH"]), 0, say("there is no such folder of content"))])
        return 1
    portal = Portal(chosen)
    try:
        portal.run()
    except ContentError as error:
        errors = report(error.problems)
        print(say("{count} errors; the published site is as it was. Correct them and build again.", count=errors), file=sys.stderr)
        return 1
    report(note for note in portal.notes if note.level == "warning")
    print(summary(portal))
    return 0


def summary(portal: Portal) -> str:
    """One line on what a build did, one on where to look."""
    done = say(
        "{articles} articles: {written} files written, {unchanged} unchanged, {removed} removed, {seconds:.1f} s",
        articles=portal.articles,
        seconds=portal.seconds,
        **vars(portal.changes),
    )
    where = say("The portal is in {folder}. To look at it: python3 tasks.py serve", folder=short(portal.output_path) + "/")
    return f"{done}\n{where}"
