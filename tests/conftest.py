"""What all tests share: the demonstration portal, built once."""

from __future__ import annotations

from pathlib import Path

import hypothesis
import pytest

from tests import portals

# how long one example takes says more of the machine than of the portal
hypothesis.settings.register_profile("portal", deadline=None)
hypothesis.settings.load_profile("portal")


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The finished portal of content/, as readers get it."""
    output = tmp_path_factory.mktemp("site") / "output"
    done = portals.build(output, pdf=True, audio=True)
    assert done.returncode == 0, done.stderr
    return output
