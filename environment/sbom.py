"""Writes a software bill of materials: what publishing a site needs, with versions, hashes and licences.

It is CycloneDX 1.6 in JSON (https://cyclonedx.org), made from the lock build.txt, so it says the same on every machine.
"""

from __future__ import annotations

import re
import uuid
from datetime import UTC, datetime
from pathlib import Path

from cyclonedx.factory.license import LicenseFactory
from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL

import environment
from environment.licences import BUNDLED, INSIDE_PACKAGES, SYSTEM, licence_of

FILE = "sbom.cdx.json"
_PACKAGE = re.compile(r"^([\w.-]+)(?:\[[^\]]*\])?==([^\s;\\]+)(.*?)(?=^\S|\Z)", re.M | re.S)


def write(path: Path) -> Path:
    """Write the list and return its path. Raises CommandError if a licence is not known."""
    path.write_text(text(), "utf-8")
    return path


def text() -> str:
    """Return the list as JSON; the same for the same lock."""
    lock = (environment.HERE / "build.txt").read_text("utf-8")
    bom = Bom(serial_number=uuid.uuid5(uuid.NAMESPACE_URL, lock))
    bom.metadata.timestamp = datetime.fromtimestamp(0, UTC)  # of no interest, and always the same
    licences = LicenseFactory()
    bom.metadata.component = Component(
        name="portal",
        version=environment.version(),
        type=ComponentType.APPLICATION,
        licenses=[licences.make_from_string("AGPL-3.0-or-later")],
        bom_ref="portal",
    )
    for name, version, rest in _PACKAGE.findall(lock):
        purl = PackageURL("pypi", None, name, version)
        hashes = [HashType(alg=HashAlgorithm.SHA_256, content=each) for each in re.findall(r"sha256:(\w{64})", rest)]
        licensed = [licences.make_from_string(licence_of(name))]
        library = Component(name=name, version=version, type=ComponentType.LIBRARY, purl=purl, bom_ref=str(purl))
        library.licenses, library.hashes = licensed, hashes
        bom.components.add(library)
    for name, licence, use in (*BUNDLED, *INSIDE_PACKAGES, *SYSTEM):
        if "tests" not in use.replace("; tests", "") and "benchmarks" not in use:
            other = Component(name=name, type=ComponentType.LIBRARY, description=use, bom_ref=name)
            other.licenses = [licences.make_from_string(licence)]
            bom.components.add(other)
    bom.register_dependency(bom.metadata.component, bom.components)
    return JsonV1Dot6(bom).output_as_string(indent=1) + "\n"
