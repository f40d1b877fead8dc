"""Reads what search publishes of articles, as the search page does."""

from __future__ import annotations

import json
import zlib
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
    found = settings(page)
    names = [f"{name}.{ending}" for segment in found["segments"] for ending, name in segment["files"].items()]
    heads = [Path(address).name for address in found["heads"].values() if address]
    return [*(name for name in names if not name.endswith(".head")), *heads]


def articles(page: Path) -> list[list[str]]:
    """Return title, address, date, category, language and text of each article, the oldest first.

    Args:
        page: The folder of the search page.
    """
    published = []
    size = settings(page)["card"]
    for segment in settings(page)["segments"]:
        cards, texts = (
            (page / "chi-muc" / f"{segment['files'][ending]}.{ending}").read_bytes() for ending in ("cards", "texts")
        )
        for at in range(0, len(cards), size):
            card = json.loads(cards[at : at + size])
            if len(card) == 2:  # it is too long for its place
                card = json.loads(texts[card[0] : sum(card)])
            start, packed, first = card[5:]
            whole = zlib.decompress(texts[start : start + packed], wbits=-zlib.MAX_WBITS).decode() if packed else first
            published.append([*card[:5], whole])
    return published
