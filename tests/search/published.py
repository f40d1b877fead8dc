"""Reads what search publishes of articles, as the search page does."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests import editors


def settings(page: Path) -> dict[str, Any]:
    """Return what the search page tells its script. page: its folder."""
    form = editors.read_page(page / "index.html").select_one("#search-form")
    assert form
    found: dict[str, Any] = json.loads(str(form["data-settings"]))
    return found


def index_files(page: Path) -> list[str]:
    """Return the names of the files of the index that the search page in a folder names."""
    segments = settings(page)["segments"]
    return [f"{name}.{ending}" for segment in segments for ending, name in segment["files"].items()]


def articles(page: Path) -> list[list[str]]:
    """Return title, address, date, category, language and text of each article, the oldest first.

    Args:
        page: The folder of the search page.
    """
    found = []
    for segment in settings(page)["segments"]:
        names, folder = segment["files"], page / "chi-muc"
        cards = (folder / f"{names['cards']}.cards").read_bytes()[segment["cards"] :].decode()
        texts = (folder / f"{names['texts']}.texts").read_bytes()
        at = 0
        while at < len(cards):
            card, at = json.JSONDecoder().raw_decode(cards, at)
            start, size = card[5:7]
            found.append([*card[:5], texts[start : start + size].decode()])
            at += len(cards[at:]) - len(cards[at:].lstrip(" "))
    return found
