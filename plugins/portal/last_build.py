"""What the last build has published, for commands that run between builds."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from plugins.addresses import Addresses, output_name
from plugins.incremental.state import state_file

from .stories import StoryRow
from .story_addresses import row_url


def published_articles(output: Path) -> dict[str, StoryRow]:
    """Return the published articles by address; nothing if no build has finished.

    Args:
        output: The folder of the published site.
    """
    files = {name for (name,) in _query(output, "SELECT name FROM outputs")}
    rows = (StoryRow.unpack(text) for (text,) in _query(output, "SELECT row FROM sources"))
    articles = {row.url: row for row in rows if row.kind == "article" and output_name(row.url) in files}
    return dict(sorted(articles.items()))


def published_addresses(output: Path) -> Addresses | None:
    """Return the addresses that the portal had when it was published to this folder."""
    rows = _query(output, "SELECT value FROM build WHERE key = 'addresses'")
    return Addresses.unpack(rows[0][0]) if rows and rows[0][0] else None


def moved_articles(articles: Mapping[str, StoryRow], before: Addresses, settings: Mapping[str, Any]) -> dict[str, str]:
    """Map the former address of each article that had one under other settings to its present one.

    Args:
        articles: The articles by their present address.
        before: The addresses under the other settings.
        settings: Pelican's settings.
    """
    pairs = ((row_url(before, row, settings), url) for url, row in articles.items() if row.lang in before.languages)
    return {former: url for former, url in pairs if former != url}


def _query(output: Path, sql: str) -> list[tuple[Any, ...]]:
    file = state_file(output)
    if not file.exists():
        return []
    db = sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True, timeout=10)
    try:
        return db.execute(sql).fetchall()
    except sqlite3.DatabaseError:  # the state may be lost at any time, and the next build writes it anew
        return []
    finally:
        db.close()
