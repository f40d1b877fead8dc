"""A conversion of 2,000 pages, killed at random moments."""

from __future__ import annotations

from pathlib import Path

from tests.convert import archives


def test_two_thousand_pages_and_five_kills(tmp_path: Path) -> None:
    archives.compare_interrupted_run(tmp_path, pages=2000, kills=5)
