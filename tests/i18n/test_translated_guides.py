"""Guides that there are in Vietnamese and in English say the same: headings, commands, names."""

from __future__ import annotations

import re

import pytest

from tests.portals import ROOT

PAIRS = [("README.md", "README.vi.md"), ("docs/operations.md", "docs/van-hanh.md")]
_BLOCK = re.compile(r"^```\w*\n(.*?)^```", re.M | re.S)
_INDENTED = re.compile(r"^    \S.*$", re.M)


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def commands(guide: str) -> list[str]:
    """Return the lines to type, without remarks."""
    lines = "\n".join([*_BLOCK.findall(guide), *_INDENTED.findall(guide)]).splitlines()
    return [line for line in (re.sub(r"\s+# .*|\s+$", "", line) for line in lines) if line]


@pytest.mark.parametrize(("english", "vietnamese"), PAIRS)
def test_the_sections_and_commands_are_the_same(english: str, vietnamese: str) -> None:
    one, other = text(english), text(vietnamese)
    assert re.findall(r"^#+ ", _BLOCK.sub("", one), re.M) == re.findall(r"^#+ ", _BLOCK.sub("", other), re.M)
    assert commands(one) == commands(other)
    assert vietnamese.rpartition("/")[2] in one and english.rpartition("/")[2] in other


def test_the_names_in_the_guides_for_operators_are_the_same() -> None:
    one, other = (set(re.findall(r"`([^`\n]+)`", _BLOCK.sub("", text(name)))) for name in PAIRS[1])
    assert one == other
