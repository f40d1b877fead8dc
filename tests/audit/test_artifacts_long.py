"""Long form of tests/artifacts/test_builds.py: each result is compared with a clean build, byte by byte."""

from __future__ import annotations

import pytest

from tests.artifacts.projects import Project
from tests.artifacts.test_builds import (
    CHANGES,
    built,  # noqa: F401  a fixture
    change_code,
    change_pdf_code,
    correct_a_word,
    project,  # noqa: F401  a fixture
)


@pytest.mark.parametrize("what", CHANGES)
def test_after_a_change_of_code_everything_is_as_in_a_clean_build(project: Project, what: str) -> None:  # noqa: F811  that fixture
    change_code(project, what, "--verify")


def test_after_a_corrected_word_everything_is_as_in_a_clean_build(project: Project) -> None:  # noqa: F811  that fixture
    correct_a_word(project, "--verify")


def test_after_a_change_of_pdf_code_everything_is_as_in_a_clean_build(project: Project) -> None:  # noqa: F811  that fixture
    change_pdf_code(project, "--verify")
