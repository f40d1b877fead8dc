"""The bill of materials names what is locked; advisories are matched with versions as they are meant."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from environment import licences, sbom, vulnerabilities
from tests import editors


def test_the_bill_of_materials_names_every_package_of_a_build() -> None:
    text = sbom.text()
    assert text == sbom.text()
    bill = json.loads(text)
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.6")
    listed = {each.get("purl", ""): each for each in bill["components"]}
    for each in licences.locked_python_packages():
        if each.needed_by == "build":
            found = listed[f"pkg:pypi/{each.name}@{each.versions[0]}"]
            assert found["hashes"] and found["licenses"]
    assert not any("pytest" in purl for purl in listed)


@pytest.mark.parametrize(
    ("version", "is_found"),
    [("1.0", True), ("1.9.9", True), ("2.0", False), ("2.4", False), ("2.5", True), ("2.7", True), ("2.7.1", False)],
)
def test_a_version_is_found_as_the_advisory_means_it(version: str, is_found: bool) -> None:
    events = [{"introduced": "0"}, {"fixed": "2.0"}, {"introduced": "2.5"}, {"last_affected": "2.7"}]
    advisory = {
        "id": "PYSEC-1",
        "affected": [
            {"package": {"name": "Some_Package"}, "ranges": [{"type": "ECOSYSTEM", "events": events}]},
            {"package": {"name": "other"}, "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}]}]},
            {"package": {"name": "some-package"}, "ranges": [{"type": "GIT", "events": [{"introduced": "0"}]}]},
        ],
    }
    found = list(vulnerabilities.in_advisory(advisory, {"some-package": [version]}))
    assert [each.identity for each in found] == ["PYSEC-1"] * is_found
    assert list(vulnerabilities.in_advisory({**advisory, "withdrawn": "2026"}, {"some-package": [version]})) == []


def test_a_copy_of_the_database_is_read(tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    assert vulnerabilities.check(tmp_path) == 2
    pillow = next(each for each in licences.locked_python_packages() if each.name == "pillow")
    affected = f"affected:\n- package: {{name: pillow}}\n  versions: ['{pillow.versions[0]}']\n"
    editors.write_file(tmp_path, "vulns/pillow/PYSEC-9.yaml", f"id: PYSEC-9\n{affected}")
    assert vulnerabilities.check(tmp_path) == 1
    assert f"pillow {pillow.versions[0]}: PYSEC-9, not in any version yet" in capsys.readouterr().out
    (tmp_path / "vulns/pillow/PYSEC-9.yaml").write_text("id: PYSEC-9\naffected: []\n")
    assert vulnerabilities.check(tmp_path) == 0


def test_what_the_service_does_not_know_is_not_called_sound(capsys: pytest.CaptureFixture) -> None:
    sound = {"name": "a", "version": "1", "vulns": []}
    unknown = {"name": "b", "skip_reason": "Dependency not found"}
    bad = {"name": "c", "version": "2", "vulns": [{"id": "PYSEC-1", "fix_versions": ["3"]}]}
    assert [vulnerabilities.report_of_service(each, "no answer") for each in ([sound], [sound, unknown], [])] == [
        0,
        2,
        2,
    ]
    assert "nothing of 1 packages (b, …)" in capsys.readouterr().out
    assert vulnerabilities.report_of_service([sound, unknown, bad], "") == 1
    assert "c 2: PYSEC-1, not in 3" in capsys.readouterr().out
