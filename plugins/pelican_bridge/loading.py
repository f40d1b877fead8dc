"""Loads and registers the plugins of PLUGINS, and tells the portal's own from those for any Pelican site."""

from __future__ import annotations

import importlib
import importlib.util
import logging
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from jinja2 import TemplateSyntaxError

from plugins.features import Feature, features_of, fragment_at
from plugins.i18n import translate
from plugins.jobs import traceback_locations
from plugins.problems import Problem

from .pelican_internals import get_plugin_name, load_legacy_plugin

NAMESPACE = "pelican.plugins"
logger = logging.getLogger(__name__)


def load(plugin: Any, folders: list[str]) -> Any:
    """The module of a plugin. plugin: its name, or what the settings hold in its place. folders: PLUGIN_PATHS.

    Pelican's own loader imports every plugin that is installed on the machine before it looks for one; this one imports
    what is asked for.
    """
    if not isinstance(plugin, str):
        return plugin
    short = plugin.removeprefix(f"{NAMESPACE}.")
    if "." not in short:
        found = importlib.util.find_spec(f"{NAMESPACE}.{short}")
        if found and found.submodule_search_locations is not None:
            return importlib.import_module(f"{NAMESPACE}.{short}")
    return load_legacy_plugin(plugin, folders)


def register(settings: Mapping[str, Any]) -> tuple[list[Any], list[Problem]]:
    """Load and register the plugins of PLUGINS, in its order; and an error for each with which that fails."""
    loaded: list[Any] = []
    problems: list[Problem] = []
    for plugin in settings.get("PLUGINS") or ():
        try:
            module = load(plugin, settings.get("PLUGIN_PATHS") or [])
            module.register()
            loaded.append(module)
        except Exception as error:
            logger.debug("Cannot load %s", plugin, exc_info=error)
            text = translate("this plugin cannot be loaded: {reason}", reason=_reason(error))
            problems.append(Problem(f"PLUGINS: {plugin}", 0, text))
    return loaded, problems


def is_foreign(plugin: Any) -> bool:
    """Whether a plugin was written for any Pelican site: no Feature, and nothing of the folder plugins/."""
    return not isinstance(getattr(plugin, "feature", None), Feature) and not _package(plugin).startswith("plugins.")


def foreign_names(plugins: Iterable[Any]) -> list[str]:
    """The names of the plugins that were written for any Pelican site."""
    return [get_plugin_name(plugin) for plugin in plugins if is_foreign(plugin)]


def plugin_problem(error: BaseException, plugins: Iterable[Any]) -> Problem | None:
    """The problem that an exception is, where it was raised in a plugin that is not the portal's own, or in a fragment."""
    plugins = list(plugins)
    others = [plugin for plugin in plugins if not _package(plugin).startswith("plugins.")]
    for module, line in reversed(_passed(error)):
        if module.startswith("slots/"):
            return _failed(fragment_at(features_of(plugins), module, line), error)
        for plugin in others:
            package = _package(plugin)
            if module == package or module.startswith(f"{package}."):
                return _failed(get_plugin_name(plugin), error)
            if (
                module.endswith(".html")
                and Path(module).parent == Path(getattr(plugin, "__file__", None) or "/").parent
            ):
                return _failed(f"{get_plugin_name(plugin)}/{Path(module).name}:{line}", error)
    return None


def _failed(where: str, error: BaseException) -> Problem:
    logger.debug("Raised in %s", where, exc_info=error)
    return Problem(f"PLUGINS: {where}", 0, translate("this plugin has failed: {reason}", reason=_reason(error)))


def _passed(error: BaseException) -> list[tuple[str, int]]:
    """As jobs.passed; a template that cannot be compiled is no part of a traceback."""
    if isinstance(error, TemplateSyntaxError):
        return [*traceback_locations(error), (error.filename or error.name or "", error.lineno)]
    return traceback_locations(error)


def plugin_of(module: str, plugins: Iterable[Any]) -> str:
    """The name in PLUGINS of the plugin that a module is part of; "" where there is none."""
    found = (plugin for plugin in plugins if module == _package(plugin) or module.startswith(f"{_package(plugin)}."))
    return next(map(get_plugin_name, found), "")


def _package(plugin: Any) -> str:
    return getattr(plugin, "__module__", None) or getattr(plugin, "__name__", "") or type(plugin).__module__


def _reason(error: BaseException) -> str:
    said = error.message if isinstance(error, TemplateSyntaxError) else str(error)
    return f"{type(error).__name__}: {' '.join((said or '').split())}"
