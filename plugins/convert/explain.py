"""Shows which rules decided what becomes of the blocks of a page: `python3 -m plugins.convert.explain PAGE…`.

For contributors who add a rule or tune its points; see rules.py.
"""

from __future__ import annotations

import sys
import tempfile
from enum import Enum
from pathlib import Path

from . import conversion, rules
from .article import article_of
from .errors import SourceError
from .sources import Item, items

SHOWN = 80  # letters of a block


def explain(item: Item, raw: bytes) -> list[rules.Decision]:
    """Return all decisions about the blocks of a source, in order. Raises SourceError if it cannot be read."""
    with rules.recorded() as decisions:
        page = conversion.read_page(item, raw)[0]
        if page.document is None:
            article_of(page)
    return decisions


def line_of(decision: rules.Decision) -> str:
    """Return a decision as a line of text: table, verdict, the rules that applied, the block."""
    if decision.score is None:
        verdict = decision.verdict.name.lower() if isinstance(decision.verdict, Enum) else str(decision.verdict).lower()
        reasons = ", ".join(decision.rules) or "no rule applied"
    else:
        verdict = f"{str(decision.verdict).lower()}, {decision.score:g} points"
        reasons = ", ".join(f"{name} {points:+g}" for name, points in decision.rules.items()) or "no rule applied"
    return f"{decision.table}: {verdict} ({reasons}): {decision.text[:SHOWN]}"


def main(paths: list[str]) -> None:
    """Print the decisions about the pages in files, folders and archives."""
    with tempfile.TemporaryDirectory(prefix="convert-") as unpacked:
        for path in paths:
            for item in items(path, Path(unpacked)):
                print(f"# {item.label}")
                if item.status:
                    print(item.reason)
                    continue
                try:
                    for decision in explain(item, conversion.read_bytes(item)):
                        print(line_of(decision))
                except SourceError as error:
                    print(error.message)


if __name__ == "__main__":
    import environment

    environment.use_utf8()
    main(sys.argv[1:])
