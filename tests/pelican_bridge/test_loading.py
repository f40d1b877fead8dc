"""Whatever an owner writes into PLUGINS, the portal works, or one line says what to do."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Sequence
from pathlib import Path

import pytest

import pelicanconf
import plugins
from plugins.pelican_bridge import loading
from tests import editors
from tests.incremental import builds

ALL = pelicanconf.PLUGINS
STAGES = [name for package in pkgutil.iter_modules(plugins.__path__) if (name := f"plugins.{package.name}") not in ALL]
FEATURE = "from plugins.features import Feature\nfeature = Feature(__file__, {})\nregister = feature.register\n"


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORTAL_LANG", "en")


def told(names: object, folder: Path) -> tuple[int, list[str]]:
    """Load the plugins of a setting; return how many were registered, and what is told."""
    registered, problems = loading.register({"PLUGINS": names, "PLUGIN_PATHS": [str(folder)]})
    return len(registered), [str(problem) for problem in problems]


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("plugins.serach", "PLUGINS: plugins.serach: there is no such plugin; did you mean plugins.search?"),
        ("search", "PLUGINS: search: there is no such plugin; did you mean plugins.search?"),
        ("plugins/search", "PLUGINS: plugins/search: there is no such plugin; did you mean plugins.search?"),
        ("plugins.search ", "PLUGINS: plugins.search : there is no such plugin; did you mean plugins.search?"),
        (".search", "PLUGINS: .search: there is no such plugin; did you mean plugins.search?"),
        ("plugins.none.xyzzy", "PLUGINS: plugins.none.xyzzy: there is no such plugin; correct its name or take it out"),
        ("", "PLUGINS: '': there is no such plugin; correct its name or take it out of PLUGINS"),
        ("needs_more", "PLUGINS: needs_more: needs the Python module not_installed; install it into .venv"),
        ("empty_module", "PLUGINS: empty_module: is no plugin, since it has no function register; take it out"),
        (3, "PLUGINS: 3: is no name of a plugin; put the name in quotation marks, or take it out of PLUGINS"),
        (None, "PLUGINS: None: is no name of a plugin; put the name in quotation marks, or take it out of PLUGINS"),
        ("plugins.feeds", "PLUGINS: plugins.feeds: warning: stands twice in PLUGINS; take one of the two lines out"),
    ],
)
def test_a_name_that_is_none_is_told_and_the_others_are_loaded(name: object, line: str, tmp_path: Path) -> None:
    editors.write_file(tmp_path, "needs_more.py", "import not_installed\n")
    editors.write_file(tmp_path, "empty_module.py", "")
    count, lines = builds.in_copy(told, ["plugins.feeds", name, "plugins.share"], tmp_path)
    assert count == 2
    assert [text.startswith(line) for text in lines] == [True], lines


@pytest.mark.parametrize("names", ["plugins.search", {"plugins.search": True}, None])
def test_what_is_no_list_is_told(names: object, tmp_path: Path) -> None:
    count, lines = told(names, tmp_path)
    assert count == 0 and len(lines) == 1 and "PLUGINS must be a list of names" in lines[0]


@pytest.mark.parametrize("name", STAGES)
def test_a_stage_in_plugins_works_or_is_told(name: str, tmp_path: Path) -> None:
    count, lines = builds.in_copy(told, [name], tmp_path)
    if hasattr(importlib.import_module(name), "register"):
        assert (count, lines) == (1, [])
    else:
        message = "is a part that every portal has, and no plugin; take it out of PLUGINS"
        assert (count, lines) == (0, [f"PLUGINS: {name}: {message}"])


def build(tmp_path: Path, names: Sequence[str], output: str = "output") -> tuple[list[str], dict[str, str]]:
    """Build a small portal with these plugins; return what is told, and the site."""
    content = editors.write_small_content(tmp_path / "content")
    paths = [str(tmp_path / "own")]
    built = builds.build(tmp_path / output, content, tmp_path / "cache", PLUGINS=list(names), PLUGIN_PATHS=paths)
    assert not built.crash, built.crash
    return built.complaints.splitlines(), editors.file_digests(tmp_path / output)


def test_a_feature_that_stands_twice_is_on_every_page_once(tmp_path: Path) -> None:
    lines, once = build(tmp_path, ["plugins.text_size", "plugins.search"])
    assert lines == []
    lines, twice = build(tmp_path, ["plugins.text_size", "plugins.search", "plugins.text_size"], "twice")
    assert lines == ["PLUGINS: plugins.text_size: warning: stands twice in PLUGINS; take one of the two lines out"]
    page = editors.read_page(tmp_path / "twice/index.html")
    assert len(page.select("#text-size")) == 1
    assert twice.keys() == once.keys()


def test_features_work_in_any_order(tmp_path: Path) -> None:
    lines, site = build(tmp_path, ALL[::-1])
    assert lines == [] and "index.html" in site


def test_a_need_that_is_not_met_and_a_name_that_is_taken_are_told(tmp_path: Path) -> None:
    for name, fields in {"early": "needs=('share',)", "lonely": "needs=('nowhere',)", "search": ""}.items():
        editors.write_file(tmp_path, f"own/{name}/__init__.py", FEATURE.format(fields))
    lines, site = build(tmp_path, ["early", "lonely", "plugins.share", "plugins.search", "search"])
    assert lines[:-1] == [
        "PLUGINS: early: needs share: put that before it into PLUGINS",
        "PLUGINS: lonely: needs nowhere, which is not installed; install it, or take this out",
        "PLUGINS: search: there is another feature of this name; rename the folder of one of them",
    ]
    assert site == {}
