"""Lines that were broken at the width of a page or a screen, in the middle of a sentence."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

SHORTEST = 40  # letters of a line that is full
WIDTHS = range(45, 121)  # letters of the lines of a wrapped paragraph
ALIKE = 15  # letters by which such lines differ
FEWEST = 3  # lines that show that a paragraph is wrapped
_ENDS = (".", "!", "?", ":", ";", "…", "”", '"', ")")


def goes_on(line: str, following: str) -> bool:
    """Return whether a sentence goes on in the next line."""
    return len(line) >= SHORTEST and not line.rstrip().endswith(_ENDS) and following.lstrip()[:1].islower()


def paragraphs(lines: Sequence[str]) -> list[str]:
    """Return the paragraphs of lines between which none is empty."""
    if _is_wrapped(lines):
        return [" ".join(line.strip() for line in lines)]
    joined: list[str] = []
    for line in lines:
        if joined and goes_on(joined[-1], line):
            joined[-1] = f"{joined[-1].rstrip()} {line.strip()}"
        else:
            joined.append(line)
    return joined


def _is_wrapped(lines: Sequence[str]) -> bool:
    """Return whether lines are all but the last of one width, and none of them ends a sentence."""
    lengths = [len(line.strip()) for line in lines[:-1]]
    if len(lines) < FEWEST or not all(length in WIDTHS for length in lengths) or max(lengths) - min(lengths) > ALIKE:
        return False
    goes = [goes_on(first, second) for first, second in itertools.pairwise(lines)]
    return any(goes) and not any(line.rstrip().endswith(_ENDS[:6]) for line in lines[:-1])
