"""Looks for known vulnerabilities of the locked Python packages.

With a network, pip-audit asks the advisory service of PyPI. Where that cannot be reached, a copy of the Python
Packaging Advisory Database (https://github.com/pypa/advisory-database) on disk is read instead: its files are in the
format of https://ossf.github.io/osv-schema/, as those of other databases are.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

import environment
from environment.licences import locked_python_packages


class Finding(NamedTuple):
    """A known vulnerability. fixed: the versions without it."""

    package: str
    version: str
    identity: str
    fixed: tuple[str, ...]


def check(database: Path | None) -> int:
    """Print what is found; return the exit status: 0 nothing, 1 something, 2 it could not be looked for.

    Args:
        database: The folder of a copy of the database; None to ask the service.
    """
    if database is None:
        return _ask_service()
    folder = next((path for path in (database / "vulns", database) if path.is_dir()), None)
    files = sorted(folder.glob("*/*.yaml")) if folder else []
    if not files:
        print(f"{database}: there are no advisories (NAME/*.yaml) here; give the folder of a copy of the database.")
        return 2
    packages = {str(canonicalize_name(each.name)): each.versions for each in locked_python_packages()}
    found = list(in_files(files, packages))
    for each in found:
        print(f"{each.package} {each.version}: {each.identity}, not in {' or '.join(each.fixed) or 'any version yet'}")
    newest = _day(max(path.stat().st_mtime for path in files))
    print(f"{len(packages)} packages, {len(files)} advisories of {database} ({newest}): {len(found)} found")
    return 1 if found else 0


def in_files(files: Iterable[Path], packages: Mapping[str, Iterable[str]]) -> Iterator[Finding]:
    """Yield what advisories say of packages.

    Args:
        files: Advisories in the format of OSV, as YAML, in folders with the name of their package.
        packages: The versions of each package, by its normalised name.
    """
    for file in files:
        if canonicalize_name(file.parent.name) in packages:
            yield from in_advisory(yaml.safe_load(file.read_bytes()), packages)


def in_advisory(advisory: Mapping[str, Any], packages: Mapping[str, Iterable[str]]) -> Iterator[Finding]:
    """Yield what one advisory says of packages; see `in_files`."""
    if advisory.get("withdrawn"):
        return
    for affected in advisory.get("affected", ()):
        name = canonicalize_name(affected.get("package", {}).get("name", ""))
        ranges = [each for each in affected.get("ranges", ()) if each.get("type") == "ECOSYSTEM"]
        for version in packages.get(name, ()):
            listed = version in map(str, affected.get("versions", ()))
            if listed or any(_is_within(Version(version), each.get("events", ())) for each in ranges):
                fixed = [str(e["fixed"]) for each in ranges for e in each["events"] if "fixed" in e]
                yield Finding(name, version, advisory["id"], tuple(fixed))


def _is_within(version: Version, events: Iterable[Mapping[str, Any]]) -> bool:
    """Return whether a version is between "introduced" and "fixed", or not after "last_affected"."""
    within = False
    for event in sorted(events, key=lambda event: _parse(next(iter(event.values())))):
        (kind, value) = next(iter(event.items()))
        bound = _parse(value)
        if kind == "introduced" and version >= bound:
            within = True
        elif (kind == "fixed" and version >= bound) or (kind == "last_affected" and version > bound):
            within = False
    return within


def _parse(text: object) -> Version:
    try:
        return Version(str(text))
    except InvalidVersion:
        return Version("0")


def _ask_service() -> int:
    """Have pip-audit ask the service; see `check`. A package that the service does not know was not looked for."""
    lock = str(environment.HERE / "audit.txt")  # it has the packages of all levels
    command = [sys.executable, "-m", "pip_audit", "--disable-pip", "--require-hashes", "--format", "json"]
    done = subprocess.run(
        [*command, "--progress-spinner", "off", "-r", lock], capture_output=True, text=True, encoding="utf-8"
    )
    try:
        packages = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError):
        packages = []
    return report_of_service(packages, next(iter(done.stderr.strip().splitlines()[-1:]), "no answer"))


def report_of_service(packages: Iterable[Mapping[str, Any]], said: str) -> int:
    """Print what pip-audit has found out, and return the exit status; see `check`.

    Args:
        packages: Its "dependencies".
        said: The last line that it has printed, in case it has found out nothing.
    """
    found = [(each, one) for each in packages for one in each.get("vulns", ())]
    for each, one in found:
        fixed = " or ".join(one["fix_versions"]) or "any version yet"
        print(f"{each['name']} {each['version']}: {one['id']}, not in {fixed}")
    asked = [each for each in packages if "skip_reason" not in each]
    unknown = [each["name"] for each in packages if "skip_reason" in each]
    print(f"{len(asked)} packages: {len(found)} found")
    if unknown or not asked:
        reason = f"it knows nothing of {len(unknown)} packages ({', '.join(unknown[:3])}, …)" if unknown else said
        print(f"The service did not answer for all: {reason}; look in a copy of the database: --database FOLDER")
    return 1 if found else 2 if unknown or not asked else 0


def _day(time: float) -> str:
    return f"{datetime.fromtimestamp(time, UTC):%Y-%m-%d}"
