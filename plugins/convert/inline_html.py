"""Text within a block: runs of one style, and the safe HTML that they make."""

from __future__ import annotations

import re
from html import escape
from typing import NamedTuple
from urllib.parse import urlsplit

from .blocks import clean_text

EDGE = (
    "\u2063"  # invisible; marks where a <span> begins or ends, as labels stand in elements without spaces between them
)


LINE_BREAK = "\u2028"  # a <br>; a line feed in the source is only a space


class Run(NamedTuple):
    """A stretch of text in one style.

    href: where it links to, "" outside links; shift: sub, sup, s (struck through) or ""; role: see Block.role;
    is_button: whether it is a link that only did something on the old page.
    """

    text: str
    bold: bool
    italic: bool
    href: str
    shift: str
    role: str = ""
    is_button: bool = False


def html_of(runs: list[Run], line_break: str = " ") -> str:
    """Return runs as safe inline HTML; neighbours of one style become one element.

    Args:
        runs: the text, in order.
        line_break: what a run that is a line break becomes.
    """
    html = ""
    for run in _merged(runs):
        words = clean_text(run.text)
        if run.text == LINE_BREAK:
            html += line_break
        elif not words:
            html += " "
        else:
            before, behind = run.text[:1].isspace(), run.text[-1:].isspace()
            html += " " * before + _element(run, words) + " " * behind
    html = re.sub(r" {2,}", " ", html).strip()
    breaks = re.escape(line_break)
    return re.sub(rf"^(?:\s*{breaks})+|(?:{breaks}\s*)+$|(?<={breaks})(?:\s*{breaks})+", "", html).strip()


def _merged(runs: list[Run]) -> list[Run]:
    """Return runs in which no two neighbours have one style; roles and edges are left out."""
    merged: list[Run] = []
    for run in (run._replace(role="", is_button=False) for run in runs if run.text != EDGE):
        if LINE_BREAK in (run.text, merged[-1].text if merged else LINE_BREAK):
            merged.append(run)
        elif merged[-1][1:] == run[1:]:
            merged[-1] = run._replace(text=merged[-1].text + run.text)
        elif not run.text.strip():
            merged[-1] = merged[-1]._replace(text=merged[-1].text + " ")
        else:
            merged.append(run)
    return merged


def _element(run: Run, words: str) -> str:
    html = escape(words, quote=False)
    if run.shift:
        html = f"<{run.shift}>{html}</{run.shift}>"
    if run.italic:
        html = f"<em>{html}</em>"
    if run.bold:
        html = f"<strong>{html}</strong>"
    return f'<a href="{escape(run.href)}">{html}</a>' if run.href else html


def is_button(href: str) -> bool:
    """Return whether the address of a link calls a script, or leads nowhere."""
    return href.strip() == "#" or href.strip().lower().startswith("javascript:")


def safe_address(href: str) -> str:
    """Return an address if a link may have it: web, mail, telephone, or relative; else ""."""
    href = href.strip()
    try:
        scheme = urlsplit(href).scheme.lower()
    except ValueError:
        return ""
    if scheme in ("http", "https", "mailto", "tel") or (not scheme and href and not href.startswith(("#", "?"))):
        return href
    return ""


SHORT_LINE = 60  # letters; the lines of a poem or an address are shorter
MOST_POEM_LINES = 60  # more short lines are a list of something
LONGEST_SEGMENTED = 400  # letters of a line whose elements are kept apart; labels are short


def common_style(runs: list[Run]) -> frozenset[str]:
    """Return the styles that hold for all runs."""
    styles = {"bold": all(run.bold for run in runs), "italic": all(run.italic for run in runs)}
    return frozenset(name for name, holds in styles.items() if holds)


def common_role(runs: list[Run]) -> str:
    """Return the role of all runs, "" if they have several: a line of an element may be all of one within it."""
    roles = {run.role for run in runs}
    return roles.pop() if len(roles) == 1 else ""


def segments_of(raw: str, text: str) -> str:
    """Return the texts of the elements in a line with " | " between them, "" if there is one only."""
    return joined_texts([segment for segment in map(clean_text, raw.split(EDGE)) if segment], text)


def joined_texts(texts: list[str], text: str) -> str:
    """Return texts with " | " between them, "" if there is only one, or if they are too long to be labels."""
    return " | ".join(texts) if len(texts) > 1 and len(text) < LONGEST_SEGMENTED else ""


def part_roles_of(runs: list[Run], own_role: str) -> dict[str, str]:
    """Return the texts of runs that have another role than their block, by role."""
    found: dict[str, str] = {}
    for run in runs:
        if run.role and run.role != own_role:
            found[run.role] = f"{found.get(run.role, '')} {clean_text(run.text)}".strip()
    return found


def is_poem(lines: list[list[Run]]) -> bool:
    """Return whether lines are those of a poem or an address: short, and without empty ones between them."""
    texts = [clean_text("".join(run.text for run in line)) for line in lines]
    filled = [text for text in texts if text]
    return 2 < len(filled) < MOST_POEM_LINES and all(len(text) < SHORT_LINE for text in filled) and all(texts[1:-1])
