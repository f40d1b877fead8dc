"""What a build depends on besides its sources: settings, code, templates, translations, libraries."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property
from hashlib import blake2b
from pathlib import Path, PurePath
from typing import Any

import pelican

from plugins.artifacts.code_digest import files_outside

# Settings that change nothing in what is read: places, numbers of processes and releases, and whether much may be
# removed. PDFs and recordings are part of the key of each page that links to one.
_IGNORED_SETTINGS = {
    "RELEASES",
    "KEPT_BUILDS",
    "FORCE",
    "KEEP_ADDRESSES",
    "PATH",
    "PORTAL_FILE",
    "PUBLIC_ADDRESS",
    "OUTPUT_PATH",
    "CACHE_PATH",
    "THEME",
    "JOBS",
    "SCHEDULER",
    "PLUGIN_PATHS",
    "ROOT",
    "THEME_STATIC_PATHS",
    "AUDIO",
    "PDF_EXPORT",
    "PDF_EXPORT_SECONDS",
    "PDF_EXPORT_MEMORY",
    "PDF_SCRIPTS",
}
_RENDERING_ONLY = (".html", ".css", ".js")  # files of plugins that only pages are made from, when all is read


class Fingerprints:
    """The fingerprints of one build.

    Args:
        settings: Pelican's settings.
        root: The folder of the project.
        plugins: The loaded plugins, wherever their files are.
    """

    def __init__(self, settings: Mapping[str, Any], root: Path, plugins: Iterable[object] = ()) -> None:
        self.settings = settings
        project = (root / "plugins").resolve()
        files = sorted((name, str(path)) for name, path in (*_files(project), *files_outside(plugins, project)))
        self._rendering_files = [_digest_file(name, path) for name, path in files if name.endswith(_RENDERING_ONLY)]
        self._reading_files = [_digest_file(name, path) for name, path in files if not name.endswith(_RENDERING_ONLY)]

    @cached_property
    def reading(self) -> str:
        """A fingerprint of all but the sources that decides what reading a source gives."""
        libraries = sorted(p.name for p in Path(pelican.__file__).parents[1].glob("*.dist-info"))
        lang = os.environ.get("PORTAL_LANG", "")  # problems are stored in the editor's language
        return _digest([sys.version, lang, *libraries, _settings_text(self.settings), *self._reading_files])

    @cached_property
    def rendering(self) -> str:
        """A fingerprint of all but the stories that decides what a page looks like."""
        theme = [_digest_file(name, path) for name, path in _files(Path(self.settings["THEME"]))]
        return _digest([self.reading, *theme, *self._rendering_files])


def digest_bytes(data: bytes) -> str:
    """Return a digest of a file's content (BLAKE2b, 128 bits, in hexadecimal)."""
    return blake2b(data, digest_size=16).hexdigest()


def _digest(parts: Iterable[str]) -> str:
    return blake2b("\0".join(parts).encode(), digest_size=16).hexdigest()


def _digest_file(name: str, path: str | Path) -> str:
    with open(path, "rb") as stream:
        return name + digest_bytes(stream.read())


def _settings_text(settings: Mapping[str, Any]) -> str:
    """Return settings as text; for a function or class, its name and a digest of the file that has its code."""

    def to_json(value: object) -> object:
        if isinstance(value, set | frozenset):
            return sorted(map(str, value))
        if isinstance(value, PurePath | date):
            return str(value)
        definition = value if hasattr(value, "__qualname__") else type(value)
        module = getattr(sys.modules.get(getattr(definition, "__module__", None) or ""), "__file__", "")
        file = getattr(getattr(value, "__code__", None), "co_filename", module)
        return [definition.__qualname__, _digest_file("", file) if file and os.path.isfile(file) else ""]

    relevant = {key: value for key, value in settings.items() if key not in _IGNORED_SETTINGS}
    return json.dumps(relevant, sort_keys=True, default=to_json, ensure_ascii=False)


def _files(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield name and path of every file below a folder, in order, without what Python has compiled."""
    for base, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        for name in sorted(names):
            path = os.path.join(base, name)
            yield os.path.relpath(path, folder), path
