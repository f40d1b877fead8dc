"""The files of a site with their digests, as `sha256sum` writes and checks them."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from pathlib import Path


def read_folder(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of each file by its name relative to a folder; unfinished files and hidden ones are left out.

    `.well-known/` is not hidden: browsers and issuers of certificates look there.
    """
    found = {}
    for base, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith(".") or name == ".well-known")
        for name in sorted(names):
            path = os.path.join(base, name)
            if not name.startswith(".") and os.path.isfile(path):
                with open(path, "rb") as stream:
                    found[os.path.relpath(path, folder).replace(os.sep, "/")] = hashlib.file_digest(
                        stream, "sha256"
                    ).hexdigest()
    return found


def to_text(files: Mapping[str, str]) -> str:
    """Return a list that `sha256sum -c` reads."""
    return "".join(f"{digest}  {name}\n" for name, digest in sorted(files.items()))


def from_text(text: str) -> dict[str, str]:
    """Return the digests by name of a list that `sha256sum` has written."""
    lines = (line.split("  ", 1) for line in text.splitlines() if "  " in line)
    return {name.removeprefix("./"): digest for digest, name in lines}
