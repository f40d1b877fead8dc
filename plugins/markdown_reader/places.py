"""Places on a page that a link can lead to: the ids in its HTML, and the fragments of addresses that name them.

Every id in a text begins with a prefix, so that it cannot clash with the page's own; that of a note with NOTES. Editors
may write it or leave it out.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection
from urllib.parse import quote, unquote

from plugins.i18n import translate

from .accessible import ID_PREFIX, heading_id

NOTES = "fn"
_ID = re.compile(r'<[^>]*? id="([^"]*)"')
_DIRECTIVE = ":~:"  # begins what browsers look for in the text (https://wicg.github.io/scroll-to-text-fragment/)


def ids_of(html: str) -> set[str]:
    """Return the ids of a sanitized text."""
    return set(_ID.findall(html))


def place_of(fragment: str) -> str:
    """Return what a fragment says of a place; "" for the whole page, which needs no id."""
    place = fragment.partition(_DIRECTIVE)[0]
    return "" if place.lower() == "top" else place


def id_in_text(place: str) -> str:
    """Return the id in a text that an editor means by a place: `muc-ho-so` by `ho-so` and by `muc-ho-so`."""
    return place if place.startswith((ID_PREFIX, NOTES)) or not place else ID_PREFIX + place


def fragment_in_text(fragment: str) -> str:
    """Return a fragment that leads to a place in the text of an article, whether it has the prefix or not."""
    place, directive, words = fragment.partition(_DIRECTIVE)
    place = place_of(unquote(place))
    return quote(id_in_text(place), safe=":") + directive + words if place else fragment


def suggestions(place: str, ids: Collection[str]) -> str:
    """Return the places of a page that may have been meant, as editors write them: up to three."""
    known = sorted(ids)
    near = [id_in_text(place)] if id_in_text(place) in ids else []
    near = near or difflib.get_close_matches(heading_id(place.removeprefix(ID_PREFIX), "-"), known, 3, 0.3)
    return ", ".join(f"#{name}" for name in near or known[:3]) or translate("none")
