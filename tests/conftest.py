"""What all tests share: the demonstration portal, built once."""

from __future__ import annotations

from pathlib import Path

import hypothesis
import pytest

from tests import portals

pytest_plugins = ["tests.costs"]

# how long one example takes says more of the machine than of the portal
hypothesis.settings.register_profile("portal", deadline=None)
hypothesis.settings.load_profile("portal")


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The finished portal of content/, as readers get it. To be read only: all workers share it."""

    def build_into(folder: Path) -> None:
        done = portals.build(folder / "output", pdf=True, audio=True)
        assert done.returncode == 0, done.stderr

    return portals.build_once(tmp_path_factory, "site", build_into) / "output"
