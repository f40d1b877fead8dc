"""Texts of JSON that are costly to make and the same for every output folder, kept in the cache by what they are made from."""

from __future__ import annotations

import os
from collections.abc import Callable
from hashlib import blake2b
from pathlib import Path

MOST = 20  # kept in a folder


def kept(folder: Path, key: str, make: Callable[[], str]) -> str:
    """As it was made for this key before, or made now: an array or object of JSON. folder: of texts of one kind; it may be deleted at any time."""
    file = folder / f"{blake2b(key.encode(), digest_size=16).hexdigest()}.json"
    text = file.read_text(encoding="utf-8") if file.exists() else ""
    if text[:1] + text[-1:] in ("[]", "{}"):  # whole; a machine that lost its power leaves zeros
        return text
    text = make()
    folder.mkdir(parents=True, exist_ok=True)
    new = file.with_suffix(f".{os.getpid()}")
    new.write_text(text, encoding="utf-8")
    os.replace(new, file)
    for old in sorted(folder.glob("*.json"), key=lambda path: path.stat().st_mtime_ns)[:-MOST]:
        old.unlink(missing_ok=True)
    return text
