"""Finds the texts that would take Python-Markdown minutes, or crash it, before they are converted.

Python-Markdown recurses once for every level of lists and quotations, so that a few hundred levels end in a
RecursionError; and from every opening bracket it searches for the closing one anew, so that ten thousand open brackets
take minutes. Nothing that a person writes comes near these limits.
"""

from __future__ import annotations

import re

MAX_LEVELS = 50
MAX_STEPS = 30_000_000  # characters to search: about a second
_BRACKET_COST = 10  # a character between brackets costs as much time as ten within a tag

_LEAD = re.compile(r"(?:[ \t]+|>|(?:[-+*]|\d+[.)])(?=[ \t]))*")
_MARKER = re.compile(r"[->*+]|\d+[.)]")
_TOKEN = re.compile(r"\\.|(?<=\])\(|[\[\])>]|<(?=[A-Za-z!?/])|\n[ \t]*(?=\n)", re.S)
_OPENING = {"]": "[", ")": "("}


def find_excessive_nesting(text: str) -> int | None:
    """The index of the first line of a Markdown text that is nested too deeply, or None."""
    for number, line in enumerate(text.split("\n")):
        if line[:1].isalpha():
            continue
        match = _LEAD.match(line)
        lead = match[0].expandtabs(4) if match else ""
        markers = len(_MARKER.findall(lead))
        if markers and markers + (len(lead) - len(lead.lstrip())) // 4 > MAX_LEVELS:
            return number
    worst_case = sum(map(text.count, "[(<")) * len(text) * _BRACKET_COST  # no bracket is ever closed
    return _find_costly_brackets(text) if worst_case > MAX_STEPS else None


def _find_costly_brackets(text: str) -> int | None:
    """The index of the line of a bracket at which the distances to closing brackets exceed the limit, or None.

    The distance is that to the closing bracket, or else to the end of the paragraph.
    """
    opened: dict[str, list[int]] = {"[": [], "(": [], "<": []}
    steps = 0
    for match in [*_TOKEN.finditer(text), None]:
        position, token = (match.start(), match[0]) if match else (len(text), "")
        ended: list[int] = []  # positions of the brackets whose search ends here
        if token in opened:
            opened[token].append(position)
        elif token in _OPENING and opened[_OPENING[token]]:
            ended = [opened[_OPENING[token]].pop()]
            steps += (position - ended[0]) * _BRACKET_COST
        elif token in (">", ""):
            ended, opened["<"] = opened["<"], []
            steps += sum(position - start for start in ended)
        if token[:1] in ("\n", ""):
            ended = ended + opened["["] + opened["("]
            steps += sum(position - start for start in opened["["] + opened["("]) * _BRACKET_COST
            opened["["], opened["("] = [], []
        if steps > MAX_STEPS:
            return text.count("\n", 0, min(ended))
    return None
