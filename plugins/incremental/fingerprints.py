"""What a build depends on besides its sources: settings, code, templates, words, libraries."""

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

# places, numbers of processes and what may be removed change nothing in what is read; of PDFs and recordings each page
# that shows one is told by itself
_PLACES = {
    "FORCE",
    "PATH",
    "OUTPUT_PATH",
    "CACHE_PATH",
    "THEME",
    "JOBS",
    "SCHEDULER",
    "PLUGIN_PATHS",
    "ROOT",
    "THEME_STATIC_PATHS",
}
_PLACES |= {"AUDIO", "PDF_EXPORT", "PDF_EXPORT_SECONDS", "PDF_EXPORT_MEMORY"}
_LOOKS = (".html", ".css", ".js")  # of plugins: what only pages are made from, once all is read


class Fingerprints:
    """Of one build. root: the project. plugins: the loaded ones, wherever they stand."""

    def __init__(self, settings: Mapping[str, Any], root: Path, plugins: Iterable[object] = ()) -> None:
        self.settings = settings
        own = (root / "plugins").resolve()
        files = sorted([*_files(own), *files_outside(plugins, own)])
        self._looks = [_marked(name, path) for name, path in files if name.endswith(_LOOKS)]
        self._rest = [_marked(name, path) for name, path in files if not name.endswith(_LOOKS)]

    @cached_property
    def reading(self) -> str:
        """Of all but the sources that decides what reading a source gives."""
        libraries = sorted(p.name for p in Path(pelican.__file__).parents[1].glob("*.dist-info"))
        lang = os.environ.get("PORTAL_LANG", "")  # problems are kept in the editor's language
        return _digest([sys.version, lang, *libraries, _plain(self.settings), *self._rest])

    @cached_property
    def rendering(self) -> str:
        """Of all but the stories that decides what a page looks like."""
        theme = [_marked(name, path) for name, path in _files(Path(self.settings["THEME"]))]
        return _digest([self.reading, *theme, *self._looks])


def digest_bytes(data: bytes) -> str:
    """Of a file's content."""
    return blake2b(data, digest_size=16).hexdigest()


def _digest(parts: Iterable[str]) -> str:
    return blake2b("\0".join(parts).encode(), digest_size=16).hexdigest()


def _marked(name: str, path: str | Path) -> str:
    with open(path, "rb") as stream:
        return name + digest_bytes(stream.read())


def _plain(settings: Mapping[str, Any]) -> str:
    """Settings as text; of functions and classes the name, and the file that has their code."""

    def name(value: Any) -> Any:
        if isinstance(value, set | frozenset):
            return sorted(map(str, value))
        if isinstance(value, PurePath | date):
            return str(value)
        kind = value if hasattr(value, "__qualname__") else type(value)
        module = getattr(sys.modules.get(getattr(kind, "__module__", None) or ""), "__file__", "")
        code = getattr(getattr(value, "__code__", None), "co_filename", module)
        return [kind.__qualname__, _marked("", code) if code and os.path.isfile(code) else ""]

    own = {key: value for key, value in settings.items() if key not in _PLACES}
    return json.dumps(own, sort_keys=True, default=name, ensure_ascii=False)


def _files(folder: Path) -> Iterator[tuple[str, str]]:
    """Name and path of every file below a folder, but of what Python has compiled, in order."""
    for base, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        for name in sorted(names):
            path = os.path.join(base, name)
            yield os.path.relpath(path, folder), path
