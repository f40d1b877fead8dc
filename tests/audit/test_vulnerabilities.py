"""No locked package has a known vulnerability.

PORTAL_ADVISORIES names the folder of a copy of the Python Packaging Advisory Database, for places from where its
service cannot be reached.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from environment import vulnerabilities


def test_no_locked_package_has_a_known_vulnerability(capsys: pytest.CaptureFixture) -> None:
    folder = os.environ.get("PORTAL_ADVISORIES")
    status = vulnerabilities.check(Path(folder) if folder else None)
    said = capsys.readouterr().out
    if status == 2:
        pytest.skip(f"not looked for: {said}")
    assert status == 0, said
