"""Names inside Pelican are checked, and the portal's own plugins are distinguished from others."""

from __future__ import annotations

import re
from pathlib import Path
from types import ModuleType

import pelican
import pytest

from plugins.features import Feature
from plugins.pelican_bridge import loading, pelican_internals
from tests import portals


def test_a_missing_name_is_reported_with_pelicans_version(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORTAL_LANG", "en")
    with pytest.raises(pelican_internals.PelicanChangedError) as error:
        pelican_internals.internal(pelican.Pelican, "no_such.thing")
    assert str(error.value).startswith(
        f"Pelican {pelican.__version__} has no Pelican.no_such.thing, which this portal needs"
    )
    assert pelican_internals.internal(pelican, "main.__code__") is pelican.main.__code__


def test_names_inside_pelican_are_used_in_one_module_only() -> None:
    inside = re.compile(r"pelican\.plugins\._|from pelican\b[^\n]* import [^\n]*\b_\w+|\bpelican(\.\w+)*\._(?!_)\w+")
    modules = {
        path.parent.name + "/" + path.name
        for path in (portals.ROOT / "plugins").rglob("*.py")
        if inside.search(path.read_text(encoding="utf-8"))
    }
    assert modules == {"pelican_bridge/pelican_internals.py"}


def test_own_generators_replace_pelicans_by_name() -> None:
    stock = pelican.Pelican._get_generator_classes
    assert stock.__name__ == "_get_generator_classes"
    assert {kind.__name__ for kind in pelican_internals.REPLACED} == {
        f"{n}Generator" for n in ("Articles", "Pages", "TemplatePages", "SourceFile", "Static")
    }


def module(name: str, **attributes: object) -> ModuleType:
    new_module = ModuleType(name)
    vars(new_module).update(attributes)
    return new_module


def test_a_plugin_is_the_portals_own_by_its_folder_or_its_feature(tmp_path: Path) -> None:
    assert not loading.is_foreign(module("plugins.sitemap"))
    assert not loading.is_foreign(module("greeting", feature=Feature(str(tmp_path / "__init__.py"))))
    assert loading.is_foreign(module("greeting"))
    assert loading.is_foreign(module("greeting", feature="of another kind"))
    assert loading.foreign_names([module("plugins.api"), module("pelican.plugins.seo")]) == ["pelican.plugins.seo"]


def test_only_exceptions_of_third_party_plugins_are_attributed_to_them() -> None:
    code = "def fail(): raise KeyError('x')\ndef call(function): function()\n"
    third_party, own = module("pelican.plugins.x"), module("plugins.y")
    for each in (third_party, own):
        exec(code, vars(each))

    def raised(function) -> Exception:  # type: ignore[no-untyped-def]
        with pytest.raises(KeyError) as error:
            function()
        return error.value

    assert loading.plugin_problem(raised(third_party.fail), [third_party, own]).path == "PLUGINS: pelican.plugins.x"
    assert (
        loading.plugin_problem(raised(lambda: third_party.call(own.fail)), [third_party, own]).path
        == "PLUGINS: pelican.plugins.x"
    )
    assert loading.plugin_problem(raised(own.fail), [third_party, own]) is None
