"""What the last build has published, for commands that run between builds."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

# Articles are asked for month by month (generators.py), each month as one room of the writer.
_MONTH = re.compile(r"(?:[a-z]{2}/)?\d{4}-\d{1,2}")


def articles(output: Path) -> list[str]:
    """Addresses of the articles in an output folder, such as "bai-viet/mo-cua-khau/"; none where no build has ended."""
    file = Path(f"{output}.state") / "build.sqlite"
    if not file.exists():
        return []
    db = sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True, timeout=10)
    try:
        rows = db.execute("SELECT name, room FROM outputs WHERE room <> ''").fetchall()
    except sqlite3.DatabaseError:  # it only ever saves work, and the next build makes it anew
        return []
    finally:
        db.close()
    return sorted(name.removesuffix("index.html") for name, room in rows if _MONTH.fullmatch(room) and name.endswith("/index.html"))
