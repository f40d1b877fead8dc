"""Helpers for tests that look into the cache of artifacts."""

from __future__ import annotations

from pathlib import Path

from plugins.artifacts import Cache, Namespace


def made(cache: Path, namespace: str) -> dict[str, int]:
    """The files of a namespace in a cache folder, and when each was written (ns since 1970)."""
    folder = cache / "artifacts" / namespace
    return (
        {path.name: path.stat().st_mtime_ns for path in folder.glob("[0-9a-f]" * 32 + "*")} if folder.exists() else {}
    )


def namespace(
    folder: Path, name: str = "things", module: str = "plugins.artifacts.files", build: str = "a build"
) -> Namespace:
    """A namespace of artifacts in a cache of its own."""
    return Cache(folder, build).namespace(name, module)
