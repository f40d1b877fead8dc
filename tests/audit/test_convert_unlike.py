"""What `convert` makes of two more sets of pages that its rules had not seen: see tests/convert/test_unlike.py."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.convert.test_unlike import LOWEST, check

LOWER = LOWEST | {  # what is missing is told
    "date": (0.95, 0.87),
    "author": (0.95, 0.9),
    "section": (0.95, 0.95),
    "article": (0.95, 0.95),
}


@pytest.mark.parametrize("name", ["eighth", "ninth"])
def test_fields_sections_and_sentences_are_right(name: str, tmp_path: Path) -> None:
    check(name, tmp_path, LOWER)
