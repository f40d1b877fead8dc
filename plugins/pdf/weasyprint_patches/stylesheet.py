"""WeasyPrint's own style sheet, without what no document here needs."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import weasyprint

from .libraries import WEASYPRINT

FILE = Path(weasyprint.__file__).parent / "css" / "html5_ua.css"
# Of each element it speaks as of a footnote's call and mark: there are none here, and the styles to compute are doubled
_NOTES = re.compile(r"^::(footnote|note)-\w+ {.*}$", re.M)
_MARKER = re.compile(r"^::marker(?= {)", re.M)  # those of lists and summaries are all there are
_whole = WEASYPRINT.require(weasyprint.HTML, "_ua_stylesheets", "self", "forms")


def lean(text: str) -> str:
    """The text of html5_ua.css without what is said of all elements. Raises PatchError where it is not as expected."""
    for pattern, instead in ((_NOTES, ""), (_MARKER, ":is(li, summary)::marker")):
        text, found = pattern.subn(instead, text)
        if not found:
            raise WEASYPRINT.mismatch_error(f"css/html5_ua.css: {pattern.pattern}")
    return text


@cache
def _basis() -> weasyprint.CSS:
    return weasyprint.CSS(string=lean(FILE.read_text(encoding="utf-8")))


def ua_stylesheets(self: Any, forms: bool = False) -> list[weasyprint.CSS]:
    """As `HTML._ua_stylesheets`."""
    return [_basis(), *_whole(self, forms)[1:]]
