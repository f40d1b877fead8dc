"""What besides the sources makes a build start afresh, and what does not."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest

from plugins.artifacts.code_digest import CodeIndex
from plugins.incremental import fingerprints
from tests import editors, portals

SETTINGS = {
    "SITEURL": "a",
    "RESERVED": {"x", "y"},
    "MENU": [{"vi": ("a", "b")}],
    "PELICAN_CLASS": Path,
    "FILTERS": {"len": len},
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project of a theme and a plugin."""
    for name in (
        "theme/css/base.css",
        "theme/templates/base.html",
        "theme/static/emblem.svg",
        "plugins/x/__init__.py",
        "plugins/x/vi.po",
        "plugins/x/toolbar.html",
        "plugins/x/style.css",
        "plugins/x/script.js",
    ):
        editors.write_file(tmp_path, name, name)
    return tmp_path


def fingerprint_pair(root: Path, **settings: object) -> tuple[str, str]:
    """Return the fingerprints of reading and of rendering."""
    all_settings = SETTINGS | {"THEME": str(root / "theme")} | settings
    result = fingerprints.Fingerprints(all_settings, root)
    return result.reading, result.rendering


def test_equal_inputs_have_equal_fingerprints(root: Path) -> None:
    assert fingerprint_pair(root) == fingerprint_pair(root)


@pytest.mark.parametrize(
    "changed",
    [
        {"SITEURL": "b"},
        {"SITEURL": None},
        {"NEW": 1},
        {"RESERVED": {"x"}},
        {"RESERVED": {"x", "z"}},
        {"MENU": [{"vi": ("a", "c")}]},
        {"MENU": []},
        {"PELICAN_CLASS": dict},
        {"FILTERS": {"len": max}},
        {"FILTERS": {"count": len}},
        {"PLUGINS": ["a", "b"]},
        {"SHOW_DRAFTS": True},
        {"WHERE": Path("/a")},
    ],
    ids=lambda changed: next(iter(changed)),  # not its repr: the order of a set differs from process to process
)
def test_a_changed_setting_changes_both(root: Path, changed: dict) -> None:
    assert not set(fingerprint_pair(root)) & set(fingerprint_pair(root, **changed))


def test_the_order_of_plugins_counts_and_that_of_keys_and_sets_does_not(root: Path) -> None:
    assert fingerprint_pair(root, PLUGINS=["a", "b"]) != fingerprint_pair(root, PLUGINS=["b", "a"])
    assert fingerprint_pair(root, MENU={"a": 1, "b": 2}) == fingerprint_pair(root, MENU={"b": 2, "a": 1})
    many = [f"word-{n}" for n in range(50)]
    assert fingerprint_pair(root, RESERVED=set(many)) == fingerprint_pair(root, RESERVED=set(reversed(many)))  # noqa: C414
    assert fingerprint_pair(root, RESERVED=frozenset(many)) == fingerprint_pair(root, RESERVED=set(many))


def test_values_of_other_types_count_too(root: Path) -> None:
    assert fingerprint_pair(root, WHERE=Path("/a")) != fingerprint_pair(root, WHERE=Path("/b"))


def test_paths_and_numbers_of_processes_do_not_count(root: Path) -> None:
    usual = fingerprint_pair(root)
    for name in ("PATH", "OUTPUT_PATH", "CACHE_PATH", "JOBS", "ROOT", "FORCE"):
        assert fingerprint_pair(root, **{name: "elsewhere"}) == usual, name
    (root / "theme").rename(root / "another-theme")
    assert fingerprint_pair(root, THEME=str(root / "another-theme")) == usual


@pytest.mark.parametrize("name", ["theme/css/base.css", "theme/templates/base.html", "theme/static/emblem.svg",
                                  "plugins/x/toolbar.html", "plugins/x/style.css", "plugins/x/script.js"])  # fmt: skip
def test_a_change_of_the_theme_renders_pages_anew_and_reads_nothing_again(root: Path, name: str) -> None:
    reading, rendering = fingerprint_pair(root)
    (root / name).write_text("changed")
    assert fingerprint_pair(root)[0] == reading
    assert fingerprint_pair(root)[1] != rendering


@pytest.mark.parametrize(
    "name", ["theme/new.html", "theme/templates/deep/er/new.html", "plugins/x/footer.html", "plugins/y/style.css"]
)
def test_a_new_deleted_or_renamed_file_renders_pages_anew_and_reads_nothing_again(root: Path, name: str) -> None:
    reading, rendering = fingerprint_pair(root)
    new = editors.write_file(root, name, "x")
    changed = fingerprint_pair(root)
    assert changed[0] == reading and changed[1] != rendering
    new.rename(new.with_name("renamed.html"))
    assert fingerprint_pair(root)[1] not in (rendering, changed[1])
    new.with_name("renamed.html").unlink()
    assert fingerprint_pair(root) == (reading, rendering)


@pytest.mark.parametrize(
    "name",
    ["plugins/x/__init__.py", "plugins/x/vi.po", "plugins/y/new.py", "plugins/x/words.txt", "plugins/x/a/b.json"],
)
def test_changed_code_or_messages_start_afresh(root: Path, name: str) -> None:
    before = fingerprint_pair(root)
    editors.write_file(root, name, "changed")
    assert not set(fingerprint_pair(root)) & set(before)


def test_compiled_code_and_modification_times_do_not_count(root: Path) -> None:
    before = fingerprint_pair(root)
    editors.write_file(root, "plugins/x/__pycache__/x.pyc", "x")
    editors.write_file(root, "plugins/x/__pycache__/x.py", "x")
    os.utime(root / "theme/css/base.css", (1, 1))
    assert fingerprint_pair(root) == before


def test_the_editors_language_counts_because_problems_are_stored_in_it(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PORTAL_LANG", "vi")
    before = fingerprint_pair(root)
    monkeypatch.setenv("PORTAL_LANG", "en")
    assert fingerprint_pair(root) != before


def test_the_code_of_a_function_in_the_settings_counts(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def filter_fingerprints(text: str) -> tuple[str, str]:
        file = editors.write_file(tmp_path, "conf.py", text)
        namespace: dict = {}
        exec(compile(text, str(file), "exec"), namespace)
        return fingerprint_pair(root, JINJA_FILTERS={"shout": namespace["shout"]})

    before = filter_fingerprints("def shout(text): return text.upper()")
    assert filter_fingerprints("def shout(text): return text.upper()") == before
    assert not set(filter_fingerprints("def shout(text): return text + '!'")) & set(before)


@pytest.fixture
def load(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], ModuleType]]:
    """Returns a function that imports a plugin from an owner's folder, which is on no path afterwards."""
    folder = tmp_path / "elsewhere"

    def import_plugin(name: str) -> ModuleType:
        monkeypatch.syspath_prepend(str(folder))
        importlib.invalidate_caches()
        return importlib.import_module(name)

    yield import_plugin
    for name in [name for name in sys.modules if name.startswith("owned")]:
        del sys.modules[name]


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("__init__.py", True),
        ("deep/part.py", True),
        ("vi.po", True),
        ("data.json", True),
        ("toolbar.html", False),
        ("style.css", False),
        ("script.js", False),
    ],
)
def test_every_file_of_a_plugin_outside_the_project_counts(
    root: Path, load: Callable[[str], ModuleType], tmp_path: Path, name: str, read: bool
) -> None:
    for each in ("__init__.py", "deep/part.py", "vi.po", "data.json", "toolbar.html", "style.css", "script.js"):
        editors.write_file(tmp_path, f"elsewhere/owned/{each}", "")
    plugin = load("owned")

    def current_fingerprints() -> tuple[str, str]:
        result = fingerprints.Fingerprints(SETTINGS | {"THEME": str(root / "theme")}, root, [plugin])
        return result.reading, result.rendering

    before = current_fingerprints()
    assert before == current_fingerprints()
    editors.write_file(tmp_path, f"elsewhere/owned/{name}", "# changed")
    assert (current_fingerprints()[0] != before[0]) is read
    assert current_fingerprints()[1] != before[1]


def test_imports_of_a_one_file_plugin_count_and_files_beside_it_do_not(
    root: Path, load: Callable[[str], ModuleType], tmp_path: Path
) -> None:
    editors.write_file(tmp_path, "elsewhere/owned_alone.py", "def later():\n    import owned_helper\n")
    editors.write_file(tmp_path, "elsewhere/owned_helper.py", "")
    editors.write_file(tmp_path, "elsewhere/notes.txt", "")
    plugin = load("owned_alone")

    def current_fingerprints() -> str:
        return fingerprints.Fingerprints(SETTINGS | {"THEME": str(root / "theme")}, root, [plugin]).reading

    before = current_fingerprints()
    editors.write_file(tmp_path, "elsewhere/notes.txt", "changed")
    assert current_fingerprints() == before
    editors.write_file(tmp_path, "elsewhere/owned_helper.py", "# changed")
    assert current_fingerprints() != before


def test_no_package_imports_what_no_fingerprint_covers() -> None:
    """Changes of code in the project that is neither below plugins/ nor in a loaded plugin would go unnoticed."""
    code = CodeIndex()
    modules = sorted(path for path in (portals.ROOT / "plugins").rglob("*.py"))
    names = [
        ".".join(path.relative_to(portals.ROOT).with_suffix("").parts).removesuffix(".__init__") for path in modules
    ]
    files = {
        name: path
        for module in names
        if module != "plugins.preview.settings"
        for name, path in code.closure(module).files.items()
    }
    # environment has the advice about missing system libraries, which is printed and stands in no file
    covered = (portals.ROOT / "plugins", portals.ROOT / "environment")
    outside = {name for name, path in files.items() if not any(map(path.is_relative_to, covered))}
    assert len(files) > 150 and not outside


def test_different_bytes_have_different_fingerprints() -> None:
    assert fingerprints.digest_bytes(b"a") != fingerprints.digest_bytes(b"b")
    assert fingerprints.digest_bytes(b"a") == fingerprints.digest_bytes(b"a")
