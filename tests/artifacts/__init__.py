"""Helpers for tests that look into the artifact cache."""

from __future__ import annotations

from pathlib import Path

from plugins.artifacts import Cache, Namespace


def artifact_times(cache: Path, open_namespace: str) -> dict[str, int]:
    """Return the files of a namespace in a cache folder, and when each was written (ns since 1970)."""
    folder = cache / "artifacts" / open_namespace
    return (
        {path.name: path.stat().st_mtime_ns for path in folder.glob("[0-9a-f]" * 32 + "*")} if folder.exists() else {}
    )


def open_namespace(
    folder: Path, name: str = "things", module: str = "plugins.artifacts.files", build: str = "a build"
) -> Namespace:
    """Return an artifact namespace in a cache of its own."""
    return Cache(folder, build).namespace(name, module)
