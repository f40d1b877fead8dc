"""Bring a folder of finished files into the published folder: only what differs is touched.

The list of the files that a build has published is kept beside the folder, so that what is no
longer made is removed and what somebody else put there is not.
"""

from __future__ import annotations

import filecmp
import os
import shutil
from dataclasses import dataclass
from pathlib import Path, PurePosixPath


@dataclass
class Changes:
    """How many files were written, left as they were, removed."""

    written: int = 0
    unchanged: int = 0
    removed: int = 0


def publish(made: Path, output: Path, manifest: Path) -> Changes:
    """Move the files of `made` into `output`; `manifest` lists what the last call published."""
    changes = Changes()
    names = sorted(p.relative_to(made).as_posix() for p in made.rglob("*") if p.is_file())
    owned = set(manifest.read_text(encoding="utf-8").splitlines()) if manifest.exists() else set()
    manifest.parent.mkdir(parents=True, exist_ok=True)
    _replace_text(manifest, "".join(f"{name}\n" for name in sorted(owned.union(names))))
    gone = owned.difference(names)
    blocking = _blocking(gone, names)
    for name in sorted(blocking, reverse=True):
        changes.removed += _remove(output, name)
    for name in names:
        source, target = made / name, output / name
        if target.is_file() and filecmp.cmp(source, target, shallow=False):
            changes.unchanged += 1
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(source, target.with_name(f".{target.name}.new"))
        os.replace(target.with_name(f".{target.name}.new"), target)
        changes.written += 1
    for name in sorted(gone - blocking, reverse=True):
        changes.removed += _remove(output, name)
    _replace_text(manifest, "".join(f"{name}\n" for name in names))
    return changes


def _blocking(gone: set[str], names: list[str]) -> set[str]:
    """The files among `gone` where now a folder must stand, or in a folder where now a file must."""
    folders = {str(folder) for name in names for folder in PurePosixPath(name).parents}
    return {old for old in gone if old in folders or not {str(f) for f in PurePosixPath(old).parents}.isdisjoint(names)}


def _remove(output: Path, name: str) -> int:
    target = output / name
    try:
        target.unlink()
    except FileNotFoundError:
        return 0
    for folder in target.relative_to(output).parents:
        try:
            if folder != Path("."):
                (output / folder).rmdir()
        except OSError:
            break  # something else is in it
    return 1


def _replace_text(path: Path, text: str) -> None:
    new = path.with_name(path.name + ".new")
    new.write_text(text, encoding="utf-8")
    os.replace(new, path)
