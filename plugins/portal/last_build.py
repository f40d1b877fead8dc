"""What the last build has published, for commands that run between builds."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from plugins.addresses import Addresses, output_name

from .editions import row_url
from .stories import StoryRow


def published_articles(output: Path) -> dict[str, StoryRow]:
    """The published articles by address; none where no build has ended."""
    files = {name for (name,) in _known(output, "SELECT name FROM outputs")}
    lines = (StoryRow.unpack(line) for (line,) in _known(output, "SELECT line FROM sources"))
    found = {line.url: line for line in lines if line.kind == "article" and output_name(line.url) in files}
    return dict(sorted(found.items()))


def published_addresses(output: Path) -> Addresses | None:
    """The addresses that the portal had then."""
    rows = _known(output, "SELECT value FROM build WHERE key = 'addresses'")
    return Addresses.unpack(rows[0][0]) if rows and rows[0][0] else None


def moved_articles(articles: Mapping[str, StoryRow], before: Addresses, settings: Mapping[str, Any]) -> dict[str, str]:
    """Of articles that had another address under other settings: that one -> the one they have now."""
    pairs = ((row_url(before, line, settings), url) for url, line in articles.items() if line.lang in before.languages)
    return {former: url for former, url in pairs if former != url}


def _known(output: Path, question: str) -> list[tuple]:
    file = Path(f"{output}.state") / "build.sqlite"
    if not file.exists():
        return []
    db = sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True, timeout=10)
    try:
        return db.execute(question).fetchall()
    except sqlite3.DatabaseError:  # it only ever saves work, and the next build makes it anew
        return []
    finally:
        db.close()
