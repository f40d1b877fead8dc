"""Long form of tests/incremental/test_identity.py: more sequences of edits, and every edit in more ways."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.incremental.portal_edits import Edit, EditedPortal
from tests.incremental.test_identity import (
    COSTLY,
    KINDS,
    TOGETHER,
    compare,
    compare_after_each,
    edit_alone,
    published,  # noqa: F401  a fixture
    with_artifacts,  # noqa: F401  a fixture
)

edits = st.builds(Edit, st.sampled_from(KINDS), st.integers(0, 40), st.integers(0, 7))
sequences = st.lists(st.lists(edits, min_size=1, max_size=3), min_size=5, max_size=5)
# a sequence is easy to read as it is, and shrinking one takes minutes
unhurried = settings(suppress_health_check=list(HealthCheck), phases=[Phase.reuse, Phase.generate])


@settings(unhurried, max_examples=500)
@given(steps=sequences)
def test_an_incremental_build_gives_what_a_clean_build_gives(published: EditedPortal, steps: list[list[Edit]]) -> None:  # noqa: F811  that fixture
    compare_after_each(published, steps)


@pytest.mark.parametrize("variant", [1, 4])
@pytest.mark.parametrize("first", range(0, len(KINDS), TOGETHER))
def test_every_kind_of_edit_alone_gives_what_a_clean_build_gives(
    published: EditedPortal,  # noqa: F811  that fixture
    first: int,
    variant: int,
) -> None:
    edit_alone(published, first, variant)


def test_an_incremental_build_with_pdfs_recordings_and_search_index_equals_a_clean_one_after_every_step(
    with_artifacts: EditedPortal,  # noqa: F811  that fixture
) -> None:
    assert compare(with_artifacts, empty_cache=True)
    assert compare_after_each(with_artifacts, COSTLY, empty_cache=True) == len(COSTLY)
