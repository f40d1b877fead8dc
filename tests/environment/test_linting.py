"""`python3 tasks.py lint` finds a planted fault of each kind, and fixes what the tools can fix."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

import environment
from environment import linting

CLEAN = {
    "plugins/__init__.py": '"""Plugins."""\n',
    "environment/__init__.py": '"""Environment."""\n',
    "tasks.py": '"""Tasks."""\n',
    "pelicanconf.py": '"""Settings."""\n',
    "publishconf.py": '"""Settings."""\n',
    "theme/page.html": "<p>{{ text }}</p>\n",
    "theme/page.js": 'document.title = "";\n',
    "theme/page.css": "p { color: red; }\n",
}
FAULTS = {
    "ruff check": ("plugins/unused.py", '"""An unused import."""\n\nimport os\n'),
    "ruff encodings": ("plugins/text.py", '"""A text without an encoding."""\n\nTEXT = open("text.txt").read()\n'),
    "ruff format": ("plugins/spaces.py", '"""Spaces."""\n\nNUMBER   = 1\n'),
    "mypy": ("plugins/types.py", '"""A wrong type."""\n\nNUMBER: int = "one"\n'),
    "djlint": ("theme/open.html", "{% if text %}\n<p>{{ text }}</p>\n"),
    "eslint": ("theme/newer.css", "p { translate: 1px; }\n"),
    "biome": ("theme/colour.css", "p { colour: red; }\n"),
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A small project with the real settings of the checkers, without findings."""
    for name in ("pyproject.toml", "biome.jsonc"):
        shutil.copy(environment.ROOT / name, tmp_path)
    for name, text in CLEAN.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


def test_each_tool_finds_its_fault_and_all_of_them_run(project: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert linting.lint(project) == 0
    assert capfd.readouterr().out.splitlines()[-1] == "lint: no findings"
    for name, text in FAULTS.values():
        (project / name).write_text(text)
    assert linting.lint(project) == 1
    output, last = capfd.readouterr()
    assert last.splitlines()[-1].startswith(f"lint: findings of {', '.join(FAULTS)}; `python3 tasks.py lint --fix`")
    for name, _ in FAULTS.values():
        assert re.search(re.escape(Path(name).name), output + last), name


def test_fix_fixes_what_can_be_fixed(project: Path, capfd: pytest.CaptureFixture[str]) -> None:
    for name, text in FAULTS.values():
        (project / name).write_text(text)
    (project / "theme/colour.css").unlink()
    (project / "theme/spaces.js").write_text("document.title   = ''")
    assert linting.lint(project, fix=True) == 1
    assert capfd.readouterr().err.splitlines()[-1] == "lint: findings of mypy, djlint, eslint; mend what is shown above"
    assert (project / "theme/spaces.js").read_text() == 'document.title = "";\n'
    assert "import os" not in (project / "plugins/unused.py").read_text()
