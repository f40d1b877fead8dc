"""Text within a block: runs of one look, and the safe HTML that they make."""

from __future__ import annotations

import re
from html import escape
from typing import NamedTuple
from urllib.parse import urlsplit

from .blocks import clean_text

EDGE = "\u2063"  # invisible: here a <span> begins or ends; labels stand in elements without spaces between them


class Run(NamedTuple):
    """A stretch of text with one look; href "" outside links; shift sub, sup or ""."""

    text: str
    bold: bool
    italic: bool
    href: str
    shift: str
    role: str = ""


def html_of(runs: list[Run], line: str = " ") -> str:
    """Runs as safe inline HTML; neighbours with one look become one element."""
    merged: list[Run] = []
    for run in (run._replace(role="") for run in runs if run.text != EDGE):
        text = run.text
        if merged and merged[-1][1:] == run[1:]:
            merged[-1] = run._replace(text=merged[-1].text + text)
        elif not text.strip() and merged and "\n" not in text:
            merged[-1] = merged[-1]._replace(text=merged[-1].text + " ")
        else:
            merged.append(run)
    html = ""
    for run in merged:
        lead, tail = run.text[:1].isspace(), run.text[-1:].isspace()
        words = clean_text(run.text)
        if run.text.strip(" \t\r") == "\n" and line != " ":
            html += line
            continue
        if not words:
            html += " "
            continue
        inner = escape(words, quote=False)
        if run.shift:
            inner = f"<{run.shift}>{inner}</{run.shift}>"
        if run.italic:
            inner = f"<em>{inner}</em>"
        if run.bold:
            inner = f"<strong>{inner}</strong>"
        if run.href:
            inner = f'<a href="{escape(run.href)}">{inner}</a>'
        html += (" " if lead else "") + inner + (" " if tail else "")
    return re.sub(r" {2,}", " ", html).strip()


def address(href: str) -> str:
    """A link that may be kept: web, mail, telephone, or relative. "" for everything else."""
    href = href.strip()
    try:
        scheme = urlsplit(href).scheme.lower()
    except ValueError:
        return ""
    if scheme in ("http", "https", "mailto", "tel") or (not scheme and href and not href.startswith(("#", "?"))):
        return href
    return ""
