"""Long form of tests/incremental/test_interruptions.py: many more moments."""

from __future__ import annotations

import random

import pytest

from tests.incremental.test_interruptions import (
    DAMAGES,
    Case,
    case,  # noqa: F401  a fixture
    case_of_changes,
    fill_disk,
    first,  # noqa: F401  a fixture
    interrupt,
    kill_from_outside,
    later,  # noqa: F401  a fixture
)


def test_a_build_that_is_killed_leaves_complete_files_and_the_next_build_is_complete(case: Case) -> None:  # noqa: F811
    interrupt(case, 100)


def test_a_build_of_several_processes_that_is_killed_leaves_complete_files_too(later: Case) -> None:  # noqa: F811
    kill_from_outside(later, 100)


def test_a_full_disk_is_reported_in_one_line_and_the_site_stays_as_it_was(case: Case) -> None:  # noqa: F811
    fill_disk(case, 100)


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda f: f.__name__)
def test_a_damaged_state_costs_time_and_nothing_else(later: Case, damage) -> None:  # noqa: F811
    for seed in range(30):
        with later.temporary_copy() as portal:
            damage(portal, random.Random(seed))
            later.assert_next_build_is_complete(portal)


@pytest.fixture(scope="module")
def indexed(tmp_path_factory: pytest.TempPathFactory) -> Case:
    """A build that writes the search index too."""
    found = case_of_changes(tmp_path_factory.mktemp("indexed") / "portal", SEARCH_INDEX=True)
    before, after = ({name for name in site if "/chi-muc/" in name} for site in (found.old, found.new))
    assert before - after and after - before
    assert all(found.old[name] == found.new[name] for name in before & after)  # an address never has two contents
    return found


def test_a_search_index_is_whole_or_the_one_before_whatever_ends_the_build(indexed: Case) -> None:
    interrupt(indexed, 40)
    kill_from_outside(indexed, 20)
    fill_disk(indexed, 30)
