"""`build --dry-run` says what readers would see change, and changes nothing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests import portals


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    content = tmp_path / "content"
    for name in ("mot", "hai", "ba"):
        portals.write_article(content, f"{name}.md", title=f"Bài {name}", category="Tin")
    portals.give_settings(content)
    return tmp_path


def build(folder: Path, *options: str) -> dict[str, Any]:
    places = ["--content", str(folder / "content"), "--output", str(folder / "output")]
    done = portals.tasks("build", *places, "--no-pdf", "--no-audio", *options)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout) if "--json" in options else {}


def test_what_would_change_is_named_and_nothing_is_done(folder: Path) -> None:
    content, look = folder / "content", ("--dry-run", "--json")
    first = build(folder, *look)
    assert [title for _, title in first["new"]] == ["Bài ba", "Bài hai", "Bài mot"]
    assert not (folder / "output").exists()
    build(folder)
    shown = {path: path.read_bytes() for path in (folder / "output").rglob("*") if path.is_file()}
    nothing = build(folder, *look)
    assert (nothing["new"], nothing["changed"], nothing["removed"], nothing["others"]) == ([], [], [], 0)
    portals.write_article(content, "bon.md", title="Bài bốn", category="Tin")
    portals.write_article(content, "hai.md", "Khác.", title="Bài hai", category="Tin")
    portals.write_article(content, "ba.md", title="Bài ba", category="Tin", status="draft")
    for _ in range(2):  # looking does not count as publishing
        found = build(folder, *look)
        named = {kind: [address for address, _ in found[kind]] for kind in ("new", "changed", "removed")}
        assert named["new"] == ["/bai-viet/bon/"] and named["changed"] == ["/bai-viet/hai/"]
        assert named["removed"] == ["/bai-viet/ba/"] and found["others"] > 3
    assert {path: path.read_bytes() for path in (folder / "output").rglob("*") if path.is_file()} == shown
