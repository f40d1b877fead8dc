"""Long form of tests/incremental/test_identity.py: more sequences of edits, and every edit in more ways."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.incremental.test_identity import (
    COSTLY,
    KINDS,
    STEPS,
    TOGETHER,
    compare,
    edit_alone,
    live,
    published,  # noqa: F401  a fixture
    rich,  # noqa: F401  a fixture
)
from tests.incremental.worlds import Edit, World

edits = st.builds(Edit, st.sampled_from(KINDS), st.integers(0, 40), st.integers(0, 7))
sequences = st.lists(st.lists(edits, min_size=1, max_size=3), min_size=STEPS, max_size=STEPS)
# a sequence is easy to read as it is, and shrinking one takes minutes
unhurried = settings(suppress_health_check=list(HealthCheck), phases=[Phase.reuse, Phase.generate])


@settings(unhurried, max_examples=500)
@given(steps=sequences)
def test_an_incremental_build_gives_what_a_clean_build_gives(published: World, steps: list[list[Edit]]) -> None:  # noqa: F811  that fixture
    live(published, steps)


@pytest.mark.parametrize("how", [1, 4])
@pytest.mark.parametrize("first", range(0, len(KINDS), TOGETHER))
def test_every_kind_of_edit_alone(published: World, first: int, how: int) -> None:  # noqa: F811  that fixture
    edit_alone(published, first, how)


def test_it_does_with_pdfs_recordings_and_the_search_index_after_every_step(rich: World) -> None:  # noqa: F811  that fixture
    assert compare(rich, empty=True)
    assert live(rich, COSTLY, empty=True) == len(COSTLY)
