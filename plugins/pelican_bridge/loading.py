"""Loads and registers the plugins of PLUGINS, and tells the portal's own from those for any Pelican site."""

from __future__ import annotations

import difflib
import importlib
import importlib.util
import logging
import pkgutil
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from jinja2 import TemplateSyntaxError

import plugins as portal_plugins
from plugins import owner_settings
from plugins.features import Feature, features_of, fragment_at
from plugins.i18n import translate
from plugins.jobs import traceback_locations
from plugins.problems import Problem

from .pelican_internals import get_plugin_name, load_legacy_plugin

NAMESPACE = "pelican.plugins"
_NAME = re.compile(r"[\w-]+(?:\.[\w-]+)*")
logger = logging.getLogger(__name__)


def load(plugin: object, folders: list[str]) -> Any:  # noqa: ANN401  # a module, or an object in its place
    """Load a plugin, and return its module.

    Pelican's own loader imports every plugin that is installed on the machine before it looks for one; this one imports
    only what is asked for.

    Args:
        plugin: The name of a plugin. Anything else is returned as it is: the settings may hold the module itself.
        folders: The setting PLUGIN_PATHS.
    """
    if not isinstance(plugin, str):
        return plugin
    if not _NAME.fullmatch(plugin):
        raise ImportError(plugin)
    short_name = plugin.removeprefix(f"{NAMESPACE}.")
    if "." not in short_name:
        spec = importlib.util.find_spec(f"{NAMESPACE}.{short_name}")
        if spec and spec.submodule_search_locations is not None:
            return importlib.import_module(f"{NAMESPACE}.{short_name}")
    return load_legacy_plugin(plugin, folders)


def register(settings: Mapping[str, Any]) -> tuple[list[Any], list[Problem]]:
    """Load and register the plugins of PLUGINS, in this order.

    Returns:
        The plugins, each once, and an error for each that could not be loaded.
    """
    plugins: list[Any] = []
    names = settings.get("PLUGINS")
    if not isinstance(names, list | tuple):  # Pelican has made None of a text
        text = translate("PLUGINS must be a list of names; without one the portal has no features")
        return [], [Problem("PLUGINS", 0, text, "warning" if names is None else "error")]
    problems: list[Problem] = []
    for plugin in names:
        try:
            module = load(plugin, settings.get("PLUGIN_PATHS") or [])
            text, level = _what_is_wrong(module, plugins)
            if not text:
                module.register()
                plugins.append(module)
        except Exception as error:
            logger.debug("Cannot load %s", plugin, exc_info=error)
            text, level = _why_not_loaded(plugin, error), "error"
        if text:
            found = owner_settings.problem(settings, "PLUGINS", f"{plugin}: {text}", level, item=plugin)
            problems.append(found if found.line else Problem(f"PLUGINS: {plugin or repr(plugin)}", 0, text, level))
    return plugins, problems


def _what_is_wrong(plugin: object, loaded: Sequence[object]) -> tuple[str, str]:
    """Return what is wrong with a plugin that is loaded, and the level of that problem; "" if it can be registered."""
    if any(plugin is other for other in loaded):
        return translate("stands twice in PLUGINS; take one of the two lines out"), "warning"
    if callable(getattr(plugin, "register", None)):
        return "", ""
    if not isinstance(plugin, ModuleType):
        return translate("is no name of a plugin; put the name in quotation marks, or take it out of PLUGINS"), "error"
    if _module_name(plugin).partition(".")[0] == "plugins":
        return translate("is a part that every portal has, and no plugin; take it out of PLUGINS"), "error"
    return translate("is no plugin, since it has no function register; take it out of PLUGINS"), "error"


def _why_not_loaded(plugin: object, error: Exception) -> str:
    name = str(plugin)
    missing = getattr(error, "name", None) or ""
    if isinstance(error, ImportError) and (not missing or name == missing or name.startswith(f"{missing}.")):
        own = [package.name for package in pkgutil.iter_modules(portal_plugins.__path__)]
        last = next(reversed(re.findall(r"\w+", name)), "")
        similar = difflib.get_close_matches(last, own, n=1, cutoff=0.75)
        if similar:
            return translate("there is no such plugin; did you mean {name}?", name=f"plugins.{similar[0]}")
        return translate("there is no such plugin; correct its name or take it out of PLUGINS")
    if isinstance(error, ModuleNotFoundError):
        return translate("needs the Python module {name}; install it into .venv", name=missing)
    return translate("this plugin cannot be loaded: {reason}", reason=_reason(error))


def is_foreign(plugin: object) -> bool:
    """Whether a plugin was written for any Pelican site: it has no Feature, and is not in the folder plugins/."""
    has_feature = isinstance(getattr(plugin, "feature", None), Feature)
    return not has_feature and not _module_name(plugin).startswith("plugins.")


def foreign_names(plugins: Iterable[object]) -> list[str]:
    """Return the names of the plugins that were written for any Pelican site."""
    return [get_plugin_name(plugin) for plugin in plugins if is_foreign(plugin)]


def plugin_problem(error: BaseException, plugins: Iterable[Any]) -> Problem | None:
    """Return a problem that names the plugin or fragment that an exception comes from.

    Args:
        error: The exception.
        plugins: The loaded plugins. The portal's own are not blamed, but their fragments are.

    Returns:
        None if the exception was raised elsewhere.
    """
    plugins = list(plugins)
    others = [plugin for plugin in plugins if not _module_name(plugin).startswith("plugins.")]
    for location, line in reversed(_locations(error)):
        if location.startswith("slots/"):
            return _failure(fragment_at(features_of(plugins), location, line), error)
        for plugin in others:
            if _is_part_of(location, plugin):
                return _failure(get_plugin_name(plugin), error)
            folder = Path(getattr(plugin, "__file__", None) or "/").parent
            if location.endswith(".html") and Path(location).parent == folder:
                return _failure(f"{get_plugin_name(plugin)}/{Path(location).name}:{line}", error)
    return None


def _failure(where: str, error: BaseException) -> Problem:
    logger.debug("Raised in %s", where, exc_info=error)
    return Problem(f"PLUGINS: {where}", 0, translate("this plugin has failed: {reason}", reason=_reason(error)))


def _locations(error: BaseException) -> list[tuple[str, int]]:
    """As `jobs.traceback_locations`, with a template that cannot be compiled, which is no part of a traceback."""
    if isinstance(error, TemplateSyntaxError):
        return [*traceback_locations(error), (error.filename or error.name or "", error.lineno)]
    return traceback_locations(error)


def plugin_of(module: str, plugins: Iterable[object]) -> str:
    """Return the name in PLUGINS of the plugin that a module belongs to, or ""."""
    return next((get_plugin_name(plugin) for plugin in plugins if _is_part_of(module, plugin)), "")


def _is_part_of(module: str, plugin: object) -> bool:
    name = _module_name(plugin)
    return module == name or module.startswith(f"{name}.")


def _module_name(plugin: object) -> str:
    """Return the name of a plugin's module; a plugin may also be a class or an object."""
    return getattr(plugin, "__module__", None) or getattr(plugin, "__name__", "") or type(plugin).__module__


def _reason(error: BaseException) -> str:
    message = error.message if isinstance(error, TemplateSyntaxError) else str(error)
    return f"{type(error).__name__}: {' '.join((message or '').split())}"
