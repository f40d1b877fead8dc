"""Command line tasks that features add."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests import editors, portals

LEFT = (".git", ".venv", ".cache", "output", "output.*", "tests", "node_modules", "content", "docs", "__pycache__")
FEATURE = '''
from plugins.features import Feature


def fetch(settings, since="", dry_run=False, limit=3):
    """Fetch notices from the document system."""
    print(settings["DEFAULT_LANG"], settings["NOTICES_FROM"], repr(since), dry_run, limit)
    return 4 if since == "never" else None


feature = Feature(__file__, settings={"NOTICES_FROM": "noi-khac"}, commands={"fetch-bulletins": fetch, "build": fetch})
register = feature.register
'''
CLASH = "bulletins: there is a command build already\n"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project with a feature outside the project that adds a command."""
    folder = tmp_path_factory.mktemp("commands")
    shutil.copytree(portals.ROOT, folder / "project", ignore=shutil.ignore_patterns(*LEFT))
    editors.write_small_content(folder / "project/content")
    portals.give_settings(folder / "project/content")
    editors.write_file(folder, "own/bulletins/__init__.py", FEATURE)
    with (folder / "project/publishconf.py").open("a") as settings:
        settings.write(f"PLUGIN_PATHS = [{str(folder / 'own')!r}]\nPLUGINS = [*PLUGINS, 'bulletins']\n")
    return folder / "project"


def run(project: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run a task of the project as it runs after set-up."""
    start = "import sys; from environment import program; sys.exit(program.run(sys.argv[1:]))"
    env = os.environ | editors.ENGLISH | {"PYTHONPATH": str(project)}
    command = [sys.executable, "-c", start, *words]
    return subprocess.run(command, cwd=project.parent, env=env, capture_output=True, text=True)


@pytest.mark.parametrize(
    ("words", "output", "status"),
    [
        ((), "vi noi-khac '' False 3", 0),
        (("--since", "2026-11-01", "--dry-run"), "vi noi-khac '2026-11-01' True 3", 0),
        (("--limit=7", "--since=never"), "vi noi-khac 'never' False 7", 4),
    ],
)
def test_a_command_gets_settings_and_options(project: Path, words: tuple[str, ...], output: str, status: int) -> None:
    result = run(project, "fetch-bulletins", *words)
    assert (result.stdout, result.stderr, result.returncode) == (f"{output}\n", CLASH, status)


def test_a_command_is_listed_and_explained_and_replaces_none_of_the_portals_own(project: Path) -> None:
    result = run(project)
    assert "fetch-bulletins" in result.stdout and "Fetch notices from the document" in result.stdout
    assert "Build the portal in output/" in result.stdout
    assert result.stderr == CLASH
    assert "--since" in run(project, "--help", "fetch-bulletins").stdout
    assert "--explain" in run(project, "--help", "build").stdout


def test_an_unknown_command_is_reported_as_before(project: Path) -> None:
    result = run(project, "fetch-notice")
    assert result.returncode == 2 and "there is no command fetch-notice." in result.stderr


def test_unreadable_settings_do_not_hide_the_portals_own_commands(project: Path, tmp_path: Path) -> None:
    shutil.copytree(project, tmp_path / "project", symlinks=True)
    (tmp_path / "project/publishconf.py").write_text("SITEURL = \n")
    result = run(tmp_path / "project")
    assert "Build the portal in output/" in result.stdout and "Traceback" not in result.stderr
    assert result.stderr == "project/publishconf.py:1: these settings cannot be read: SyntaxError: invalid syntax\n"
