"""What a build depends on besides its sources: settings, code, templates, libraries."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Mapping
from datetime import date
from hashlib import blake2b
from pathlib import Path, PurePath
from typing import Any

import pelican

# places, numbers of processes and what may be removed change nothing in what is read; of PDFs and recordings each page
# that shows one is told by itself
_PLACES = {"FORCE", "PATH", "OUTPUT_PATH", "CACHE_PATH", "THEME", "JOBS", "SCHEDULER", "PLUGIN_PATHS", "ROOT", "THEME_STATIC_PATHS"}
_PLACES |= {"AUDIO", "PDF_EXPORT", "PDF_EXPORT_SECONDS", "PDF_EXPORT_MEMORY"}


def of_reading(settings: Mapping[str, Any], root: Path) -> str:
    """Of all but the sources that decides what reading a source gives."""
    libraries = sorted(p.name for p in Path(pelican.__file__).parents[1].glob("*.dist-info"))
    lang = os.environ.get("PORTAL_LANG", "")  # problems are kept in the editor's language
    return _digest([sys.version, lang, *libraries, _plain(settings), *_files(root / "plugins", {".py", ".po"})])


def of_rendering(reading: str, settings: Mapping[str, Any], root: Path) -> str:
    """Of all but the stories that decides what a page looks like."""
    fragments = _files(root / "plugins", {".html", ".css", ".js"})
    return _digest([reading, *_files(Path(settings["THEME"])), *fragments])


def of_bytes(data: bytes) -> str:
    """Of a file's content."""
    return blake2b(data, digest_size=16).hexdigest()


def _digest(parts: Iterable[str]) -> str:
    return blake2b("\0".join(parts).encode(), digest_size=16).hexdigest()


def _plain(settings: Mapping[str, Any]) -> str:
    """Settings as text; of functions and classes the name."""

    def name(value: Any) -> Any:
        if isinstance(value, set | frozenset):
            return sorted(map(str, value))
        if isinstance(value, PurePath | date):
            return str(value)
        return getattr(value, "__qualname__", type(value).__qualname__)

    own = {key: value for key, value in settings.items() if key not in _PLACES}
    return json.dumps(own, sort_keys=True, default=name, ensure_ascii=False)


def _files(folder: Path, endings: set[str] | None = None) -> Iterable[str]:
    """Name and content of every file below a folder, in order."""
    for base, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        for name in sorted(names):
            if endings is None or os.path.splitext(name)[1] in endings:
                path = os.path.join(base, name)
                with open(path, "rb") as stream:
                    yield os.path.relpath(path, folder) + of_bytes(stream.read())
