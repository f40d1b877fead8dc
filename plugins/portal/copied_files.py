"""Files that are published as they are: linked documents, static files of the theme and of the owner."""

from __future__ import annotations

import hashlib
import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from plugins.incremental.state import State
from plugins.problems import ContentError, Problem, display_path
from plugins.problems.files import MEGABYTE, UnreadableError, read_bytes, reason, stamp, why_unreadable

if TYPE_CHECKING:
    from plugins.incremental.site import Site
    from plugins.pelican_bridge.staging import StagedSite

MAX_SIZE = 500 * MEGABYTE  # of a file
_TOPIC = "copied files"  # of the values in the state: stamp and digest of each file by its name in the site


class CopiedFiles:
    """Adds copies of files to a site, each with the digest of its content as fingerprint.

    Args:
        state: What the last build knew, so that only files that may have changed are read.
    """

    def __init__(self, state: State) -> None:
        self._state = state
        self._known = state.feature_values(_TOPIC)
        self._added: dict[str, str] = {}

    def add(self, site: Site | StagedSite, name: str, file: Path) -> None:
        """Add a copy of a file, under a name relative to the site. Raises ContentError if it cannot be read."""
        known_stamp, _, digest = self._known.get(name, "").rpartition(" ")
        try:
            now = stamp(file.stat())
            digest = digest if known_stamp == now else _digest(file)
        except OSError as error:
            raise _unreadable(file, reason(file, error)) from None
        self._added[name] = f"{now} {digest}"
        site.add_output(name, digest, partial(_read, file))

    def store(self) -> None:
        """Store what the next build needs to know, once all files are added."""
        new = {name: value for name, value in self._added.items() if self._known.get(name) != value}
        self._state.store_feature_values(_TOPIC, new, self._known.keys() - self._added.keys())


def _digest(file: Path) -> str:
    why = why_unreadable(file, MAX_SIZE)
    if why:
        raise _unreadable(file, why)
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, lambda: hashlib.blake2b(digest_size=16)).hexdigest()


def _read(file: Path) -> bytes:
    try:
        return read_bytes(file, MAX_SIZE)
    except UnreadableError as error:
        raise _unreadable(file, str(error)) from None


def _unreadable(file: str | os.PathLike[str], why: str) -> ContentError:
    return ContentError([Problem(display_path(file), 0, why)])
