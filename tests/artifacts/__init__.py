"""What outlives a build in the cache, for tests of all rooms."""

from __future__ import annotations

from pathlib import Path

from plugins.artifacts import Cache, Namespace


def made(cache: Path, kind: str) -> dict[str, int]:
    """The files of a kind in a cache folder, and when each was written."""
    folder = cache / "artifacts" / kind
    return (
        {path.name: path.stat().st_mtime_ns for path in folder.glob("[0-9a-f]" * 32 + "*")} if folder.exists() else {}
    )


def kind(
    folder: Path, name: str = "things", module: str = "plugins.artifacts.files", build: str = "a build"
) -> Namespace:
    """A kind of artifacts in a cache of its own."""
    return Cache(folder, build).namespace(name, module)
