"""What `convert` makes of further sets of pages that its rules had not seen: see tests/convert/test_unlike.py."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.convert import marked_folders, marked_scores
from tests.convert.test_unlike import LOWEST, check

LOWER = LOWEST | {  # what is missing is told
    "date": (0.95, 0.87),
    "author": (0.95, 0.9),
    "section": (0.95, 0.95),
    "article": (0.95, 0.95),
}


LOWEST_TENTH = LOWER | {"section": (0.85, 0.85), "captions": (0.9, 0.9), "lead": (0.95, 0.95)}
LOWEST_ELEVENTH = LOWER | {"author": (0.95, 0.8), "section": (0.9, 0.8), "date": (1.0, 0.8)}


@pytest.mark.parametrize(
    ("name", "lowest", "most_silent"),
    [
        ("eighth", LOWER, 0.01),
        ("ninth", LOWER, 0.01),
        ("tenth", LOWEST_TENTH, 0.01),
        ("eleventh", LOWEST_ELEVENTH, 0.02),
    ],
)
def test_fields_sections_and_sentences_are_right(
    name: str, lowest: dict[str, tuple[float, float]], most_silent: float, tmp_path: Path
) -> None:
    check(name, tmp_path, lowest, most_silent)


@pytest.mark.parametrize("name", marked_folders.FOLDERS)
def test_a_folder_of_one_template_has_no_silent_error(name: str, tmp_path: Path) -> None:
    result, _ = marked_scores.score(marked_folders.pages(name), tmp_path)
    assert not result.silent, result.silent
