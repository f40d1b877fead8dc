"""Places on a page that a link can lead to: the ids in its HTML, and the fragments of addresses that name them."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection

from plugins.i18n import translate

from .accessible import ID_PREFIX, heading_id

_ID = re.compile(r'<[^>]*? id="([^"]*)"')
_DIRECTIVE = ":~:"  # begins what browsers look for in the text (https://wicg.github.io/scroll-to-text-fragment/)


def ids_of(html: str) -> set[str]:
    """Return the ids of a sanitized text."""
    return set(_ID.findall(html))


def place_of(fragment: str) -> str:
    """Return what a fragment says of a place; "" for the whole page, which needs no id."""
    place = fragment.partition(_DIRECTIVE)[0]
    return "" if place.lower() == "top" else place


def suggestions(place: str, ids: Collection[str]) -> str:
    """Return the places of a page that may have been meant, as editors write them: up to three."""
    known = sorted(ids)
    near = [ID_PREFIX + place] if ID_PREFIX + place in ids else []
    near = near or difflib.get_close_matches(heading_id(place.removeprefix(ID_PREFIX), "-"), known, 3, 0.3)
    return ", ".join(f"#{name}" for name in near or known[:3]) or translate("none")
