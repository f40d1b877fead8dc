"""The alerts of notices are valid by the schema of OASIS, a copy of which PORTAL_CAP_XSD names.

https://docs.oasis-open.org/emergency/cap/v1.2/CAP-v1.2.xsd
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from lxml import etree


@pytest.mark.skipif("PORTAL_CAP_XSD" not in os.environ, reason="PORTAL_CAP_XSD names no copy of CAP-v1.2.xsd")
def test_every_alert_is_valid(site: Path) -> None:
    schema = etree.XMLSchema(file=os.environ["PORTAL_CAP_XSD"])
    files = sorted(site.rglob("*.cap.xml"))
    assert files
    for file in files:
        schema.assertValid(etree.parse(file))
