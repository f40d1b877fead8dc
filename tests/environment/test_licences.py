"""The list of third-party licences has every package of the locks, and nothing else. Needs no network."""

from __future__ import annotations

import pytest

import environment
from environment import licences


@pytest.fixture(scope="module")
def rows() -> list[list[str]]:
    """Return the cells of every row of the list."""
    text = (environment.ROOT / licences.LIST).read_text("utf-8")
    return [line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith("| ")]


def test_every_locked_package_is_listed_and_no_other(rows: list[list[str]]) -> None:
    python = [(each.name, ", ".join(each.versions), each.needed_by) for each in licences.locked_python_packages()]
    npm = [(name, version, level) for name, version, _, level in licences.locked_npm_packages()]
    listed = [(row[0], row[1], row[3]) for row in rows if len(row) == 4 and row[0] not in ("Package", "---")]
    assert listed == python + npm, "run `python3 tasks.py licences`"
    assert all(row[2] for row in rows if len(row) == 4)


def test_what_is_bundled_is_listed(rows: list[list[str]]) -> None:
    for row in (*licences.BUNDLED, *licences.INSIDE_PACKAGES, *licences.SYSTEM):
        assert list(row) in rows, "run `python3 tasks.py licences`"


def test_a_package_that_states_no_licence_is_named() -> None:
    with pytest.raises(environment.CommandError, match="no-such-package is not installed"):
        licences.licence_of("no-such-package")
