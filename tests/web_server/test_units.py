"""systemd accepts the units as they are delivered."""

from __future__ import annotations

import getpass
import shutil
import subprocess
from pathlib import Path

import pytest

from tests import portals

UNITS = portals.ROOT / "deploy/systemd"


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd on this machine")
def test_systemd_has_nothing_to_complain_about(tmp_path: Path) -> None:
    (tmp_path / "portal").mkdir()
    for unit in UNITS.iterdir():
        text = unit.read_text().replace("User=portal", f"User={getpass.getuser()}")
        (tmp_path / unit.name).write_text(text.replace("/srv/portal", str(tmp_path / "portal")))
    names = [str(tmp_path / unit.name) for unit in UNITS.iterdir() if "@" not in unit.name]
    result = subprocess.run(["systemd-analyze", "verify", *names], capture_output=True, text=True)
    assert [line for line in result.stderr.splitlines() if "portal-" in line] == []
    assert len(names) == 6


def test_every_timer_has_its_service_and_every_failure_is_told() -> None:
    timers = {path.stem for path in UNITS.glob("*.timer")}
    services = {path.stem: path.read_text() for path in UNITS.glob("*.service")}
    assert timers == services.keys() - {"portal-alarm@"}
    assert all("OnFailure=portal-alarm@%n.service" in services[name] for name in timers)
