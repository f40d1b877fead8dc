"""Sources of ten megabytes for `convert`: nested tags, open comments and the like."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.convert.test_hostile import HUGE, outcome


@pytest.mark.parametrize("name", HUGE)
def test_huge_pages_are_rejected_or_read_in_time(name: str, tmp_path: Path) -> None:
    ending, raw = HUGE[name]
    outcome(raw, ending, tmp_path)
