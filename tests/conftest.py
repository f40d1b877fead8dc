"""Fixtures and order of all tests: the demonstration portal, built once."""

from __future__ import annotations

import gc
import os
from collections.abc import Generator
from pathlib import Path

import hypothesis
import pytest

from tests import portals

pytest_plugins = ["tests.costs", "tests.temporary_files"]

# The time that an example takes depends more on the machine than on the portal.
hypothesis.settings.register_profile("portal", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("portal")


# Folders and files that take longest. They start first, so that at the end no worker has much left to do alone. The
# first needs no demonstration portal, which the other worker builds at the same time. See `test -- --costs`.
LONGEST = (
    "incremental/test_identity.py",
    "browser",
    "incremental",
    "pdf",
    "artifacts",
    "features",
    "addresses",
    "read_aloud",
    "validity",
    "languages",
    "statistics",
    "pelican_bridge",
    "portal",
    "search",
    "convert",
    "markdown_reader",
    "kinds",
    "jobs",
    "metadata",
    "boundary_map",
    "pictures",
)


@pytest.hookimpl(wrapper=True)
def pytest_xdist_auto_num_workers() -> Generator[None, int, int]:
    """Start one worker more than there are cores: a test that waits for a browser or a recording uses none."""
    return (yield) + 1


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the longest first. Workers are given file after file, in the order of the first test of each."""

    def place(item: pytest.Item) -> int:
        path = item.path.relative_to(Path(__file__).parent)
        for number, longest in enumerate(LONGEST):
            if longest in (path.as_posix(), path.parts[0]):
                return number
        return len(LONGEST)

    items.sort(key=place)


def pytest_collection_finish() -> None:
    """Spare the garbage collector the modules and tests that live until the end: a tenth of the CPU time of a test."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


@pytest.fixture(scope="session", autouse=True)
def compiled_templates(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Create the folder in which tests/incremental/builds.py finds compiled templates."""
    folder = portals.run_folder(tmp_path_factory) / "templates"
    folder.mkdir(exist_ok=True)
    os.environ["COMPILED_TEMPLATES"] = str(folder)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The finished portal of content/, as readers get it. Read only: all workers share it."""

    def build_into(folder: Path) -> None:
        result = portals.build(folder / "output", pdf=True, audio=True)
        assert result.returncode == 0, result.stderr

    return portals.build_once(tmp_path_factory, "site", build_into) / "output"
