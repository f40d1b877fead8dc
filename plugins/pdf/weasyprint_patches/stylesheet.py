"""WeasyPrint's user agent style sheet, without rules that cost time and that no document here needs."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

import weasyprint
from weasyprint import CSS, HTML

from .libraries import WEASYPRINT

FILE = Path(weasyprint.__file__).parent / "css" / "html5_ua.css"
# These rules apply to the footnote pseudo-elements of every element, and so double the number of styles to compute.
_FOOTNOTE_RULES = re.compile(r"^::(footnote|note)-\w+ {.*}$", re.M)
_MARKER_RULE = re.compile(r"^::marker(?= {)", re.M)  # only list items and summaries have markers
_ua_stylesheets: Callable[[HTML, bool], list[CSS]] = WEASYPRINT.require(HTML, "_ua_stylesheets", "self", "forms")


def trim(css: str) -> str:
    """Remove from html5_ua.css the rules that apply to all elements. Raises PatchError where it lacks one of them."""
    for pattern, replacement in ((_FOOTNOTE_RULES, ""), (_MARKER_RULE, ":is(li, summary)::marker")):
        css, count = pattern.subn(replacement, css)
        if not count:
            raise WEASYPRINT.mismatch_error(f"css/html5_ua.css: {pattern.pattern}")
    return css


@cache
def _trimmed_stylesheet() -> CSS:
    return CSS(string=trim(FILE.read_text(encoding="utf-8")))


def ua_stylesheets(self: HTML, forms: bool = False) -> list[CSS]:
    """Replaces `HTML._ua_stylesheets`."""
    return [_trimmed_stylesheet(), *_ua_stylesheets(self, forms)[1:]]
