"""The command `check`: what it proofreads, tells other programs and mends, and what it leaves alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from plugins.incremental.state import State
from plugins.proofreading import content
from tests import editors, portals


@pytest.fixture
def portal(tmp_path: Path) -> Path:
    """A small portal that is built."""
    folder = editors.write_small_content(tmp_path / "content")
    editors.write_article(folder, "sach.md", "Sáng nay, chợ Bản Lềnh họp lại.")
    assert portals.build(tmp_path / "output", folder, env=editors.ENGLISH).returncode == 0
    return tmp_path


def check(portal: Path, *options: str) -> str:
    places = ("--content", str(portal / "content"), "--output", str(portal / "output"))
    return portals.tasks("check", *places, *options, env=editors.ENGLISH).stdout


def test_check_tells_mends_and_leaves_the_build_alone(portal: Path) -> None:
    article = editors.write_article(portal / "content", "dan-tu-word.md", "**Lưu ý: **\n\n•\tMột\n•\tHai", date="mai")
    told = json.loads(check(portal, "--json"))
    assert told["count"] == {"error": 1, "warning": 1, "note": 2}
    assert [problem["level"] for problem in told["problems"]] == ["error", "warning", "note", "note"]
    mark = told["problems"][1]
    assert (mark["code"], mark["line"], mark["column"], mark["end_column"]) == ("spaced-mark", 8, 1, 12)
    text = article.read_text("utf-8")
    (edit,) = mark["edits"]
    assert f"{text[: edit[0]]}{edit[2]}{text[edit[1] :]}" == text.replace("Lưu ý: **", "Lưu ý:**")
    lines = check(portal, "--fix").splitlines()
    assert sum(line.endswith("(mended)") for line in lines) == 3
    assert lines[-1] == "1 errors, 0 warnings, 0 open reviews, 0 remarks"
    assert "**Lưu ý:**\n\n- Một\n- Hai" in article.read_text("utf-8")
    article.unlink()
    assert ": 0 read, 0 files made" in portals.build(portal / "output", portal / "content", env=editors.ENGLISH).stdout


def test_a_file_is_proofread_once_until_it_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    editors.write_file(tmp_path, "a.md", "---\ntitle: A\n---\n\n**B **")
    editors.write_file(tmp_path, "b.md", "---\ntitle: B\n---\n\nC")
    read: list[str] = []
    proofread_one = content._proofread_file
    monkeypatch.setattr(content, "_proofread_file", lambda *a, **k: (read.append(a[1]), proofread_one(*a, **k))[1])
    state = State(tmp_path / "check.sqlite", "")
    for stamps, expected in (
        ({"a.md": "1", "b.md": "1"}, ["a.md", "b.md"]),
        ({"a.md": "1"}, []),
        ({"a.md": "2"}, ["a.md"]),
    ):
        read.clear()
        found = content.proofread_files(str(tmp_path), stamps, ["vi"], state, 1)
        assert read == expected
        assert [(problem.line, problem.code) for problem in found] == [(5, "spaced-mark")]
    state.close()
