"""docs/tuan-thu.md names files that are there."""

from __future__ import annotations

import re

from tests import portals


def test_whatever_the_list_of_rules_names_is_there() -> None:
    text = (portals.ROOT / "docs/tuan-thu.md").read_text()
    named = set(re.findall(r"`((?:tests|plugins|docs|deploy|content|theme|environment)/[^`*]+)`", text))
    assert len(named) > 40
    assert sorted(name for name in named if not (portals.ROOT / name).exists()) == []
    cells = [row.split("|") for row in text.splitlines() if row.startswith("|")]
    assert all(len(row) == 6 for row in cells)
