"""What besides the sources makes a build begin anew, and what does not."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from plugins.incremental import fingerprints
from tests import editors

SETTINGS = {"SITEURL": "a", "RESERVED": {"x", "y"}, "MENU": [{"vi": ("a", "b")}], "PELICAN_CLASS": Path, "FILTERS": {"len": len}}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project of a theme and a plugin."""
    for name in ("theme/css/base.css", "theme/templates/base.html", "theme/static/emblem.svg", "plugins/x/__init__.py",
                 "plugins/x/vi.po", "plugins/x/toolbar.html", "plugins/x/style.css", "plugins/x/script.js"):  # fmt: skip
        editors.raw(tmp_path, name, name)
    return tmp_path


def of(root: Path, **settings: object) -> tuple[str, str]:
    """Of reading, of rendering."""
    given = SETTINGS | {"THEME": str(root / "theme")} | settings
    reading = fingerprints.of_reading(given, root)
    return reading, fingerprints.of_rendering(reading, given, root)


def test_the_same_is_the_same(root: Path) -> None:
    assert of(root) == of(root)


@pytest.mark.parametrize(
    "changed",
    [
        {"SITEURL": "b"}, {"SITEURL": None}, {"NEW": 1}, {"RESERVED": {"x"}}, {"RESERVED": {"x", "z"}}, {"MENU": [{"vi": ("a", "c")}]},
        {"MENU": []}, {"PELICAN_CLASS": dict}, {"FILTERS": {"len": max}}, {"FILTERS": {"count": len}}, {"PLUGINS": ["a", "b"]},
        {"SHOW_DRAFTS": True}, {"WHERE": Path("/a")},
    ],
    ids=lambda changed: next(iter(changed)),  # not its text: the order of a set is another in each process
)  # fmt: skip
def test_a_changed_setting_changes_both(root: Path, changed: dict) -> None:
    assert not set(of(root)) & set(of(root, **changed))


def test_the_order_of_plugins_counts_and_that_of_keys_and_sets_does_not(root: Path) -> None:
    assert of(root, PLUGINS=["a", "b"]) != of(root, PLUGINS=["b", "a"])
    assert of(root, MENU={"a": 1, "b": 2}) == of(root, MENU={"b": 2, "a": 1})
    many = [f"word-{n}" for n in range(50)]
    assert of(root, RESERVED=set(many)) == of(root, RESERVED=set(reversed(many)))  # noqa: C414
    assert of(root, RESERVED=frozenset(many)) == of(root, RESERVED=set(many))


def test_values_of_other_kinds_count_too(root: Path) -> None:
    assert of(root, WHERE=Path("/a")) != of(root, WHERE=Path("/b"))


def test_places_and_numbers_of_processes_do_not_count(root: Path) -> None:
    usual = of(root)
    for name in ("PATH", "OUTPUT_PATH", "CACHE_PATH", "JOBS", "ROOT", "FORCE"):
        assert of(root, **{name: "elsewhere"}) == usual, name
    (root / "theme").rename(root / "another-theme")
    assert of(root, THEME=str(root / "another-theme")) == usual


@pytest.mark.parametrize("name", ["theme/css/base.css", "theme/templates/base.html", "theme/static/emblem.svg",
                                  "plugins/x/toolbar.html", "plugins/x/style.css", "plugins/x/script.js"])  # fmt: skip
def test_a_change_of_looks_makes_pages_anew_and_reads_nothing_again(root: Path, name: str) -> None:
    reading, rendering = of(root)
    (root / name).write_text("changed")
    assert of(root)[0] == reading
    assert of(root)[1] != rendering


@pytest.mark.parametrize("name", ["theme/new.html", "theme/templates/deep/er/new.html", "plugins/x/footer.html", "plugins/y/style.css"])
def test_so_does_a_new_file_and_one_that_is_gone_or_renamed(root: Path, name: str) -> None:
    reading, rendering = of(root)
    new = editors.raw(root, name, "x")
    changed = of(root)
    assert changed[0] == reading and changed[1] != rendering
    new.rename(new.with_name("renamed.html"))
    assert of(root)[1] not in (rendering, changed[1])
    new.with_name("renamed.html").unlink()
    assert of(root) == (reading, rendering)


@pytest.mark.parametrize("name", ["plugins/x/__init__.py", "plugins/x/vi.po", "plugins/y/new.py"])
def test_changed_code_or_words_begin_anew(root: Path, name: str) -> None:
    before = of(root)
    editors.raw(root, name, "changed")
    assert not set(of(root)) & set(before)


def test_compiled_code_and_times_do_not_count(root: Path) -> None:
    before = of(root)
    editors.raw(root, "plugins/x/__pycache__/x.pyc", "x")
    editors.raw(root, "plugins/x/__pycache__/x.py", "x")
    os.utime(root / "theme/css/base.css", (1, 1))
    assert of(root) == before


def test_the_editors_language_counts_because_problems_are_kept_in_it(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORTAL_LANG", "vi")
    before = of(root)
    monkeypatch.setenv("PORTAL_LANG", "en")
    assert of(root) != before


def test_bytes_are_told_apart() -> None:
    assert fingerprints.of_bytes(b"a") != fingerprints.of_bytes(b"b")
    assert fingerprints.of_bytes(b"a") == fingerprints.of_bytes(b"a")
