"""What Python-Markdown cannot read in a moment, found before it begins.

It calls itself once for every level of lists and quotations, so that some hundred levels end in a
RecursionError; and from every opening bracket it looks for the closing one anew, so that ten
thousand open ones take minutes. No article that a person writes comes near these limits.
"""

from __future__ import annotations

import re

MAX_LEVELS = 50
MAX_STEPS = 30_000_000  # about a second
_BRACKET = 10  # a character between brackets costs as much as ten within a tag

_LEAD = re.compile(r"(?:[ \t]+|>|(?:[-+*]|\d+[.)])(?=[ \t]))*")
_MARKER = re.compile(r"[->*+]|\d+[.)]")
_TOKEN = re.compile(r"\\.|(?<=\])\(|[\[\])>]|<(?=[A-Za-z!?/])|\n[ \t]*(?=\n)", re.S)
_OPEN = {"]": "[", ")": "("}


def find_excessive_nesting(text: str) -> int | None:
    """The 0-based line of a Markdown text that is nested too deeply, or None."""
    for number, line in enumerate(text.split("\n")):
        if line[:1].isalpha():
            continue
        lead = _LEAD.match(line)[0].expandtabs(4)
        markers = len(_MARKER.findall(lead))
        if markers and markers + (len(lead) - len(lead.lstrip())) // 4 > MAX_LEVELS:
            return number
    worst = sum(map(text.count, "[(<")) * len(text) * _BRACKET  # each open to the end
    return _too_many_open(text) if worst > MAX_STEPS else None


def _too_many_open(text: str) -> int | None:
    """Add up how far it is from each opening bracket to its closing one, or to the end of the paragraph."""
    opened: dict[str, list[int]] = {"[": [], "(": [], "<": []}
    steps = 0
    for found in [*_TOKEN.finditer(text), None]:
        at, token = (found.start(), found[0]) if found else (len(text), "")
        begun: list[int] = []
        if token in opened:
            opened[token].append(at)
        elif token in _OPEN and opened[_OPEN[token]]:
            begun = [opened[_OPEN[token]].pop()]
            steps += (at - begun[0]) * _BRACKET
        elif token in (">", ""):
            begun, opened["<"] = opened["<"], []
            steps += sum(at - b for b in begun)
        if token[:1] in ("\n", ""):
            begun = begun + opened["["] + opened["("]
            steps += sum(at - b for b in opened["["] + opened["("]) * _BRACKET
            opened["["], opened["("] = [], []
        if steps > MAX_STEPS:
            return text.count("\n", 0, min(begun))
    return None
