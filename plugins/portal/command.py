"""The commands `build`, `check`, `due` and `new`: settings, one run, and what it did in a line; features' commands."""

from __future__ import annotations

import os
import sqlite3
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from pelican.log import init as init_logging
from pelican.settings import read_settings

from plugins import i18n
from plugins.drafting import new_article
from plugins.features import Feature, apply_default_settings, features_of
from plugins.i18n import translate
from plugins.pelican_bridge import loading
from plugins.pelican_bridge.log import published_as_before
from plugins.problems import ContentError, Problem, display_path, print_problems

from .build import Portal, no_content
from .editions import checked_addresses, editions
from .reading import now

ROOT = Path(__file__).resolve().parents[2]


def settings_file(config: str) -> Path:
    """The file of settings that is meant: in the project's folder, or else from where one is."""
    path = ROOT / config
    return path if path.is_file() else Path.cwd() / config


def settings(config: str = "publishconf.py", **overrides: Any) -> dict[str, Any]:
    """The settings of a file (see `settings_file`); overrides that are None are left out.

    Raises ContentError where it is not there or cannot be read.
    """
    init_logging(level="ERROR")  # its warnings mean nothing to an editor
    file = settings_file(config)
    if not file.is_file():
        raise ContentError([Problem(config, 0, translate("there is no such file of settings"))])
    try:
        return read_settings(str(file), override={k: v for k, v in overrides.items() if v is not None})
    except Exception as error:
        raise ContentError([_unreadable(error, file)]) from error


def _unreadable(error: Exception, file: Path) -> Problem:
    """What is wrong with settings that raise an exception, in the owner's line that raised it."""
    lines = [(frame.filename, frame.lineno or 0) for frame in traceback.extract_tb(error.__traceback__)]
    if isinstance(error, SyntaxError) and error.filename:
        lines.append((error.filename, error.lineno or 0))
    ours = (ROOT / "plugins", ROOT / "environment", Path(sys.prefix), Path(sys.base_prefix))
    owners = [
        (path, line) for path, line in lines if os.path.isfile(path) and not any(map(Path(path).is_relative_to, ours))
    ]
    path, line = owners[-1] if owners else (str(file), 0)
    reason = f"{type(error).__name__}: {error.msg if isinstance(error, SyntaxError) else error}"
    return Problem(display_path(path), line, translate("these settings cannot be read: {reason}", reason=reason))


def features(settings: dict[str, Any]) -> list[Feature]:
    """The features of a portal that is not being built; a plugin that cannot be loaded is told."""
    loaded, problems = loading.register(settings)
    print_problems(problems)
    i18n.add_catalogues(settings["THEME"], loaded)
    found = features_of(loaded)
    apply_default_settings(settings, found)
    return found


def feature_tasks(own: Iterable[str]) -> tuple[dict[str, Any], dict[str, Callable[..., int | None]]]:
    """The settings, and the tasks that features bring, by name. own: names of the portal's tasks, which stay."""
    chosen = settings()
    tasks: dict[str, Callable[..., int | None]] = {}
    for feature in features(chosen):
        for name, function in feature.commands.items():
            if name in tasks or name in own:
                print_problems([Problem(feature.name, 0, translate("there is a command {name} already", name=name))])
            else:
                tasks[name] = function
    return chosen, tasks


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
        portal.build()
    except Exception as error:
        problems = portal.problems_of(error)
        if not problems:
            raise
        errors = print_problems(problem for problem in problems if problem.level != "review")
        if not isinstance(error, OSError | sqlite3.Error):
            print(published_as_before(errors), file=sys.stderr)
        return 1
    print_problems(note for note in portal.notes if note.level == "warning")
    if explain:
        for name, why in portal.site.explanations():
            print(f"{name}: {why}")
    print(summary(portal))
    return 0


def _verify(portal: Portal, config: str, overrides: dict[str, Any]) -> int:
    """Build once more, from nothing and with an empty cache, and compare every byte; the exit status."""
    with tempfile.TemporaryDirectory(dir=portal.settings["CACHE_PATH"], prefix="verify-") as folder:
        apart = {"OUTPUT_PATH": os.path.join(folder, "output"), "CACHE_PATH": os.path.join(folder, "cache")}
        clean = Portal(settings(config, **overrides | apart))
        clean.build()
        names = sorted(set(clean.site.requested) | set(portal.site.requested))
        here, there = Path(portal.output_path), Path(clean.output_path)
        different = [name for name in names if _bytes(here / name) != _bytes(there / name)]
    for name in different:
        print(translate("{name}: differs from a clean build", name=name), file=sys.stderr)
    if not different:
        print(translate("All {count} files are those of a clean build.", count=len(names)))
    return 1 if different else 0


def _bytes(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def check(config: str = "publishconf.py", **overrides: Any) -> int:
    """Say everything that a person should look at, in drafts too, and build nothing; the exit status."""
    found = portal(config, **{"SHOW_DRAFTS": True, "PDF_EXPORT": False} | overrides)
    if found is None:
        return 1
    problems = found.check()
    errors = print_problems(problems, sys.stdout)
    count = {level: sum(p.level == level for p in set(problems)) for level in ("warning", "review")}
    print(
        translate(
            "{errors} errors, {warnings} warnings, {reviews} open reviews",
            errors=errors,
            warnings=count["warning"],
            reviews=count["review"],
        )
    )
    return 1 if errors else 0


def due(config: str = "publishconf.py", **overrides: Any) -> int:
    """Say when the portal should be built again though no file has changed; the exit status.

    One line, the moment as ISO 8601, for a program that waits for it; no line where there is no such moment.
    """
    found = portal(config, **{"PDF_EXPORT": False, "AUDIO": False, "SEARCH_INDEX": False} | overrides)
    if found is None:
        return 1
    try:
        moment = found.due()
    except ContentError as error:
        print_problems(error.problems)
        return 1
    if moment:
        print(moment.isoformat(timespec="seconds"))
    return 0


def new(title: str, config: str = "publishconf.py", **overrides: Any) -> int:
    """Create the draft of an article and say where it is; the exit status."""
    chosen = _settings(config, overrides)
    if chosen is None:
        return 1
    try:
        edition = next(iter(editions(chosen, checked_addresses(chosen)).values()))
        category = next(iter(edition.menu_names), "")
        path = new_article(title, Path(chosen["PATH"]), category, now(chosen))
    except ContentError as error:
        print_problems(error.problems)
        return 1
    print(translate("Write in {path}; it is a draft until its status is published", path=display_path(path)))
    return 0


def portal(config: str = "publishconf.py", **overrides: Any) -> Portal | None:
    """The portal of a file of settings, or None where a file or folder is missing, which is told."""
    chosen = _settings(config, overrides)
    if chosen is None:
        return None
    problems = no_content(chosen)
    print_problems(problems)
    return None if problems else Portal(chosen)


def _settings(config: str, overrides: dict[str, Any]) -> dict[str, Any] | None:
    """The settings, or None where a file or folder is missing, which is told."""
    content = overrides.get("PATH")
    if content and not os.path.isdir(content):
        print_problems([Problem(display_path(content), 0, translate("there is no such folder of content"))])
        return None
    try:
        return settings(config, **overrides)
    except ContentError as error:
        print_problems(error.problems)
        return None


def summary(portal: Portal) -> str:
    """One line on what a build did, one on where to look."""
    done = translate(
        "{articles} articles: {read} read, {rendered} files made, {written} written, {unchanged} unchanged, {removed} removed, {seconds:.1f} s",
        articles=portal.articles,
        read=portal.read,
        seconds=portal.seconds,
        **vars(portal.changes),
    )
    if portal.foreign:
        every = translate("{plugins}: with a plugin that was written for any Pelican site, every build makes everything anew",
                    plugins=", ".join(portal.foreign))  # fmt: skip
        done = f"{done}\n{every}"
    where = translate(
        "The portal is in {folder}. To look at it: python3 tasks.py serve",
        folder=display_path(portal.output_path) + "/",
    )
    return f"{done}\n{where}"
