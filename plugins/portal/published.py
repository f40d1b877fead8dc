"""What the last build has published, for commands that run between builds."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

from .stories import Line

# Articles are asked for month by month (generators.py), each month as one room of the writer.
_MONTH = re.compile(r"(?:[a-z]{2}/)?\d{4}-\d{1,2}")


def articles(output: Path) -> list[str]:
    """Addresses of the articles in an output folder, such as "bai-viet/mo-cua-khau/"; none where no build has ended."""
    rows = _known(output, "SELECT name, room FROM outputs WHERE room <> ''")
    return sorted(name.removesuffix("index.html") for name, room in rows if _MONTH.fullmatch(room) and name.endswith("/index.html"))


def sections(output: Path, url: str, default: str) -> dict[str, str]:
    """Address -> category of the articles that the last build has read. url: ARTICLE_URL; default: the first edition's language."""
    found = {}
    for (line,) in _known(output, "SELECT line FROM sources"):
        story = Line.unpack(line)
        if story.kind == "article":
            found[("" if story.lang == default else f"{story.lang}/") + url.format(slug=story.slug)] = story.category
    return found


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
