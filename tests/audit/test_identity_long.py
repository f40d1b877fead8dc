"""The same as tests/incremental/test_identity.py, for an hour: five hundred sequences of edits."""

from __future__ import annotations

from hypothesis import given, settings

from tests.incremental.test_identity import live, published, sequences, unhurried  # noqa: F401
from tests.incremental.worlds import Edit, World


@settings(unhurried, max_examples=500)
@given(steps=sequences)
def test_building_on_gives_what_building_from_nothing_gives(published: World, steps: list[list[Edit]]) -> None:  # noqa: F811
    live(published, steps)
