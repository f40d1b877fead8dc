"""Addresses of articles within a document: "Điều 5" is at #dieu-5."""

from __future__ import annotations

import re

from plugins.markdown_reader.accessible import ID_PREFIX
from plugins.markdown_reader.header_values import slug_of

_CLAUSE = re.compile(
    r"(?P<before><(?:p|h[2-6]|li)\b[^>]*>(?:<(?:strong|em|b|i|u)>)*\s*)(?P<name>Điều\s+(?P<number>\d+[a-zđ]?))(?!\w)",
    re.I,
)


def add_ids(html: str) -> str:
    """Give each article of a legal text an id.

    Annexes begin with "Điều 1" again; the second one is at #dieu-1-2. A link from a file (`x.md#dieu-5`) gets the
    prefix of places in a text, so each has both ids.

    Args:
        html: Sanitized HTML.
    """
    seen: dict[str, int] = {}

    def add_id(match: re.Match[str]) -> str:
        name = f"dieu-{slug_of(match['number'])}"
        seen[name] = seen.get(name, 0) + 1
        place = name if seen[name] == 1 else f"{name}-{seen[name]}"
        own = f"{ID_PREFIX}{place}"
        words = match["name"] if f'id="{own}"' in html else f'<span id="{own}">{match["name"]}</span>'
        return f'{match["before"]}<span id="{place}">{words}</span>'

    return _CLAUSE.sub(add_id, html) if "iều" in html else html
