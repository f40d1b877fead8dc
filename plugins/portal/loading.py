"""Loads what the commands work on: the settings of a portal, its features, and the portal itself."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable, Container
from pathlib import Path
from typing import Any

from pelican.log import init as init_logging
from pelican.settings import read_settings

from plugins import i18n, owner_settings
from plugins.features import Feature, apply_default_settings, features_of
from plugins.i18n import translate
from plugins.pelican_bridge.loading import register
from plugins.problems import ContentError, Problem, display_path, print_problems

from .build import Portal
from .content_checks import missing_content

ROOT = Path(__file__).resolve().parents[2]
Settings = dict[str, Any]


def settings_file(config: str) -> Path:
    """Return the path of a file of settings: in the project's folder, or else relative to the working directory."""
    path = ROOT / config
    return path if path.is_file() else Path.cwd() / config


def settings(config: str = "publishconf.py", **overrides: object) -> Settings:
    """Load a file of settings.

    Args:
        config: The file, see `settings_file`.
        overrides: Settings that take precedence; those that are None are ignored. With PATH, the settings are those of
            the portal.toml in that folder.

    Raises:
        ContentError: The file does not exist or cannot be read, or portal.toml is missing or wrong.
    """
    init_logging(level="ERROR")  # Pelican's warnings mean nothing to an editor
    file = settings_file(config)
    if not file.is_file():
        raise ContentError([Problem(config, 0, translate("there is no such file of settings"))])
    given = {name: value for name, value in overrides.items() if value is not None}
    sys.modules.pop("pelicanconf", None)  # read anew: it may have been that of another content folder
    with owner_settings.of_content(given.get("PATH")):
        try:
            loaded: Settings = read_settings(str(file), override=given)
        except ContentError:
            raise
        except Exception as error:
            raise ContentError([_settings_problem(error, file)]) from error
    problems = owner_settings.unread(loaded)
    if problems:
        raise ContentError(problems)
    return loaded


def _settings_problem(error: Exception, file: Path) -> Problem:
    """Return what is wrong with settings that raise an exception, with the line of the owner that raised it."""
    locations = [(frame.filename, frame.lineno or 0) for frame in traceback.extract_tb(error.__traceback__)]
    if isinstance(error, SyntaxError) and error.filename:
        locations.append((error.filename, error.lineno or 0))
    not_the_owners = (ROOT / "plugins", ROOT / "environment", Path(sys.prefix), Path(sys.base_prefix))
    owners = [
        (path, line)
        for path, line in locations
        if os.path.isfile(path) and not any(map(Path(path).is_relative_to, not_the_owners))
    ]
    path, line = owners[-1] if owners else (str(file), 0)
    reason = f"{type(error).__name__}: {error.msg if isinstance(error, SyntaxError) else error}"
    return Problem(display_path(path), line, translate("these settings cannot be read: {reason}", reason=reason))


def features(settings: Settings) -> list[Feature]:
    """Load the features of a portal that is not being built, and print problems of plugins that cannot be loaded."""
    plugins, problems = register(settings)
    print_problems(problems)
    i18n.add_catalogues(settings["THEME"], plugins, settings.get("WORDS"))
    active = features_of(plugins)
    apply_default_settings(settings, active)
    return active


def feature_tasks(reserved: Container[str]) -> tuple[Settings, dict[str, Callable[..., int | None]]]:
    """Return the settings, and the tasks that features bring, by name.

    Args:
        reserved: The names of the portal's own tasks, which no feature can replace.
    """
    loaded = settings()
    tasks: dict[str, Callable[..., int | None]] = {}
    for feature in features(loaded):
        for name, function in feature.commands.items():
            if name in tasks or name in reserved:
                print_problems([Problem(feature.name, 0, translate("there is a command {name} already", name=name))])
            else:
                tasks[name] = function
    return loaded, tasks


def portal(config: str = "publishconf.py", **overrides: object) -> Portal | None:
    """Return the portal of a file of settings; if a file or folder is missing, print that and return None."""
    loaded = settings_or_none(config, **overrides)
    if loaded is None:
        return None
    problems = missing_content(loaded)
    print_problems(problems)
    return None if problems else Portal(loaded)


def settings_or_none(config: str = "publishconf.py", **overrides: object) -> Settings | None:
    """Load the settings; if a file or folder is missing, print that and return None."""
    content = overrides.get("PATH")
    if isinstance(content, str | Path) and str(content) and not os.path.isdir(content):
        print_problems([Problem(display_path(content), 0, translate("there is no such folder of content"))])
        return None
    try:
        return settings(config, **overrides)
    except ContentError as error:
        print_problems(error.problems)
        return None
