"""The map in CONTRIBUTING.md matches the repository."""

from __future__ import annotations

import re

import pelicanconf
from tests.portals import ROOT

TEXT = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
ROWS = [row for row in TEXT.splitlines() if row.startswith("| ") and "`plugins/" in row]


def test_every_file_that_a_row_names_is_in_its_package() -> None:
    missing = []
    for row in ROWS:
        packages = [ROOT / name for name in re.findall(r"`(plugins/\w+)`", row)]
        files = re.findall(r"`(\w+\.(?:py|js))`", row)
        missing += [name for name in files if not any(any(package.rglob(name)) for package in packages)]
    assert len(ROWS) > 15
    assert missing == []


def test_every_stage_is_on_the_map() -> None:
    packages = {path.parent.name for path in (ROOT / "plugins").glob("*/__init__.py")}
    features = {name.removeprefix("plugins.") for name in pelicanconf.PLUGINS}
    assert packages - features <= set(re.findall(r"`plugins/(\w+)`", TEXT))
