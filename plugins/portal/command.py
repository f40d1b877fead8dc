"""The commands `build`, `check` and `new`: settings, one run, and what it did in a line."""

from __future__ import annotations

import os
import sqlite3
import sys
import tempfile
from pathlib import Path
from typing import Any

from pelican.log import init as init_logging
from pelican.settings import read_settings

from plugins.checks import ContentError, Problem, report, short
from plugins.drafting import new_article
from plugins.i18n import say

from .build import Portal
from .reading import now

ROOT = Path(__file__).resolve().parents[2]


def settings(config: str = "publishconf.py", **overrides: Any) -> dict[str, Any]:
    """The settings of a file in the project's folder; overrides that are None are left out."""
    init_logging(level="ERROR")  # its warnings mean nothing to an editor
    return read_settings(str(ROOT / config), override={k: v for k, v in overrides.items() if v is not None})


def build(config: str = "publishconf.py", explain: bool = False, verify: bool = False, **overrides: Any) -> int:
    """Build and say what was done; the exit status.

    explain: say of each file why it was made. verify: compare with a clean build.
    """
    found = portal(config, **overrides)
    status = run(found, explain) if found else 1
    return _verify(found, config, overrides) if verify and not status else status


def run(portal: Portal, explain: bool = False) -> int:
    """Build and say what was done, or what is wrong; the exit status."""
    try:
        portal.run()
    except ContentError as error:
        errors = report(problem for problem in error.problems if problem.level != "review")
        text = say("{count} errors; the published site is as it was. Correct them and build again.", count=errors)
        print(text, file=sys.stderr)
        return 1
    except (OSError, sqlite3.Error) as error:  # a full disk, a folder of somebody else's
        reason = getattr(error, "strerror", None) or str(error)
        where = short(getattr(error, "filename", None) or portal.output_path)
        report([Problem(where, 0, say("{reason}; free some space or ask whoever looks after this machine", reason=reason))])
        return 1
    report(note for note in portal.notes if note.level == "warning")
    if explain:
        for name, why in portal.site.explained():
            print(f"{name}: {why}")
    print(summary(portal))
    return 0


def _verify(portal: Portal, config: str, overrides: dict[str, Any]) -> int:
    """Build once more, from nothing and with an empty cache, and compare every byte; the exit status."""
    with tempfile.TemporaryDirectory(dir=portal.settings["CACHE_PATH"], prefix="verify-") as folder:
        apart = {"OUTPUT_PATH": os.path.join(folder, "output"), "CACHE_PATH": os.path.join(folder, "cache")}
        clean = Portal(settings(config, **overrides | apart))
        clean.run()
        names = sorted(set(clean.site.asked) | set(portal.site.asked))
        here, there = Path(portal.output_path), Path(clean.output_path)
        different = [name for name in names if _bytes(here / name) != _bytes(there / name)]
    for name in different:
        print(say("{name}: differs from a clean build", name=name), file=sys.stderr)
    if not different:
        print(say("All {count} files are those of a clean build.", count=len(names)))
    return 1 if different else 0


def _bytes(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def check(config: str = "publishconf.py", **overrides: Any) -> int:
    """Say everything that a person should look at, in drafts too, and build nothing; the exit status."""
    found = portal(config, **{"SHOW_DRAFTS": True, "PDF_EXPORT": False} | overrides)
    if found is None:
        return 1
    problems = found.check()
    errors = report(problems, sys.stdout)
    count = {level: sum(p.level == level for p in set(problems)) for level in ("warning", "review")}
    print(say("{errors} errors, {warnings} warnings, {reviews} open reviews",
              errors=errors, warnings=count["warning"], reviews=count["review"]))
    return 1 if errors else 0


def new(title: str, config: str = "publishconf.py", **overrides: Any) -> int:
    """Create the draft of an article and say where it is; the exit status."""
    chosen = _settings(config, overrides)
    if chosen is None:
        return 1
    category = chosen["CATEGORIES"][0][chosen["DEFAULT_LANG"]][0]
    try:
        path = new_article(title, Path(chosen["PATH"]), category, now(chosen))
    except ContentError as error:
        report(error.problems)
        return 1
    print(say("Write in {path}; it is a draft until its status is published", path=short(path)))
    return 0


def portal(config: str = "publishconf.py", **overrides: Any) -> Portal | None:
    """The portal of a file of settings, or None where a file or folder is missing, which is told."""
    chosen = _settings(config, overrides)
    if chosen is None:
        return None
    if not any(os.path.isdir(os.path.join(chosen["PATH"], folder)) for folder in chosen["ARTICLE_PATHS"]):
        folders = " ".join(chosen["ARTICLE_PATHS"])
        report([Problem(short(chosen["PATH"]), 0, say("this is no folder of content: it has no {folders}", folders=folders))])
        return None
    return Portal(chosen)


def _settings(config: str, overrides: dict[str, Any]) -> dict[str, Any] | None:
    """The settings, or None where a file or folder is missing, which is told."""
    content = overrides.get("PATH")
    if content and not os.path.isdir(content):
        report([Problem(short(content), 0, say("there is no such folder of content"))])
        return None
    if not (ROOT / config).is_file():
        report([Problem(config, 0, say("there is no such file of settings"))])
        return None
    return settings(config, **overrides)


def summary(portal: Portal) -> str:
    """One line on what a build did, one on where to look."""
    done = say(
        "{articles} articles: {read} read, {rendered} files made, {written} written, {unchanged} unchanged, {removed} removed, {seconds:.1f} s",
        articles=portal.articles,
        read=portal.read,
        seconds=portal.seconds,
        **vars(portal.changes),
    )
    where = say("The portal is in {folder}. To look at it: python3 tasks.py serve", folder=short(portal.output_path) + "/")
    return f"{done}\n{where}"
