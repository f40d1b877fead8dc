"""Stage: what a portal's owner has written in portal.toml, the file of settings in the content folder.

`reading.py` reads the file, and `syntax.py` says what is no TOML in it. `schema.py` checks it by portal.schema.json
with the forms in `formats.py`, `checks.py` looks for what does not fit, and `positions.py` knows the lines: what is
wrong is told with line and remedy, all at once. `settings.py` makes settings of it, which pelicanconf.py takes over.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any

from plugins.i18n import translate
from plugins.languages import SETTINGS_FILE
from plugins.problems import ContentError, Problem, display_path

from . import checks, schema
from .positions import Path as KeyPath
from .positions import line_of, lines_of
from .reading import FILE_NAME, OwnerFile, read
from .schema import Found
from .settings import key_of, own_features, settings_of

__all__ = ["FILE_NAME", "content_folder", "located", "of_content", "problem", "problems", "settings", "unread"]

ROOT = Path(__file__).resolve().parents[2]
OWN_FOLDER = "portal"  # the content folder of an owner who has one portal
_chosen: ContextVar[str] = ContextVar("content folder", default="")


def content_folder() -> Path:
    """Return the content folder.

    It is that of `of_content`, or else of the variable PORTAL_CONTENT, or else portal/, which git ignores, if there is
    one with a portal.toml, or else content/.
    """
    own = ROOT / OWN_FOLDER
    usual = own if (own / FILE_NAME).exists() else ROOT / "content"
    return Path(os.path.abspath(_chosen.get() or os.environ.get("PORTAL_CONTENT") or usual))


@contextmanager
def of_content(folder: object) -> Iterator[None]:
    """Let settings that are loaded meanwhile be those of a content folder, a path; None for the usual one."""
    token = _chosen.set(str(folder or ""))
    try:
        yield
    finally:
        _chosen.reset(token)


def settings(plugins: Sequence[str]) -> dict[str, Any]:
    """Return the settings of the content folder: PATH, and what its portal.toml says.

    Args:
        plugins: The features of every portal, which the file may switch off.

    Raises:
        ContentError: Something in the file is wrong.
    """
    content = content_folder()
    found: dict[str, Any] = {"PATH": str(content)}
    file = read(content)
    if file is None:  # the settings may come from elsewhere
        return found
    wrong = problems(file, plugins)
    if wrong:
        raise ContentError(wrong)
    return {**found, **settings_of(file.tables, content, plugins), "PORTAL_FILE": str(file.path)}


def unread(settings: Mapping[str, Any]) -> list[Problem]:
    """Return what is wrong if settings do not come from the portal.toml of their content folder.

    A portal whose owner gives everything in a file of settings, in Python, needs none.
    """
    path = Path(settings["PATH"], FILE_NAME)
    if not path.is_file():
        if "AGENCY" in settings:
            return []
        text = translate(
            "there is no portal.toml; python3 tasks.py init {folder} makes a new portal with one",
            folder=display_path(path.parent),
        )
        return [Problem(display_path(path.parent), 0, text)]
    read_file = settings.get("PORTAL_FILE", "")
    if read_file and os.path.samefile(read_file, path):
        return []
    text = translate(
        "this file has not been read; run the command again with PORTAL_CONTENT={folder}", folder=path.parent
    )
    if not read_file:
        text = translate(
            "this file has not been read, since your file of settings does not begin with "
            "from publishconf import *; move what it says here (docs/cap-nhat.md)"
        )
    return [Problem(display_path(path), 0, text)]


def located(settings: Mapping[str, Any], found: Iterable[Found], level: str = "error") -> list[Problem]:
    """Return what a build has found wrong with the owner's settings as problems, each with its line.

    Args:
        settings: Pelican's settings.
        found: Paths of keys in portal.toml, and what is wrong with them.
        level: "error" or "warning".
    """
    found, path = list(found), settings.get("PORTAL_FILE")
    if not path or not found:  # settings may be given in Python
        return [Problem(SETTINGS_FILE, 0, f"{schema.name(keys)}: {text}", level) for keys, text in found]
    file = read(Path(path).parent)
    lines = lines_of(file.text if file else "")
    name = display_path(path)
    return [Problem(name, line_of(lines, keys), f"{schema.name(keys)}: {text}", level) for keys, text in found]


def problem(settings: Mapping[str, Any], setting: str, text: str, level: str = "error", item: object = None) -> Problem:
    """Return a problem with a setting, with the line of portal.toml that it is from.

    Args:
        settings: Pelican's settings.
        setting: The name of the setting there.
        text: What is wrong, and what to do.
        level: As that of a `Problem`.
        item: Which item of a list is meant.
    """
    content, key = Path(settings.get("PATH") or ""), key_of(setting)
    try:
        file = read(content) if settings.get("PORTAL_FILE") and key else None
    except ContentError:
        file = None
    line = line_of(lines_of(file.text), _path_of(item, file.tables, key)) if file else 0
    if file is None or not line:  # given in Python, or a default
        return Problem(SETTINGS_FILE, 0, text, level)
    return Problem(display_path(file.path), line, text, level)


def _path_of(item: object, tables: Any, path: KeyPath) -> KeyPath:  # noqa: ANN401  # whatever TOML can say
    """Return where an item stands in a list at a path or below it; () if it does not, the path for None."""
    if item is None:
        return path
    value = tables
    for key in path:
        value = value.get(key, {})
    rows = value.items() if isinstance(value, Mapping) else [("", value)]
    for key, row in rows:
        if isinstance(row, list) and item in row:
            return (*path, *([key] if key else []), row.index(item))
    return ()


def problems(file: OwnerFile, plugins: Iterable[str]) -> list[Problem]:
    """Return everything that is wrong with a file, in the order of its lines."""
    content = file.path.parent
    found = list(schema.mistakes(file.tables))
    if not found:
        features = [*(name.removeprefix("plugins.") for name in plugins), *own_features(content)]
        found = list(checks.contradictions(file.tables, content, features))
    found_at = dict(reversed(found))  # the first thing of each key
    lines, name = lines_of(file.text), display_path(file.path)
    return sorted(
        Problem(name, line_of(lines, path), f"{schema.name(path)}: {text}")
        for path, text in found_at.items()
        if not any(path[:end] in found_at for end in range(1, len(path)))  # of what is wrong, its parts wait
    )
