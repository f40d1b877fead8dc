"""A file that a theme lacks is reported before anything is rendered."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from plugins.portal import theme
from plugins.portal.kinds import BUILT_IN
from plugins.problems import ContentError
from tests import portals

THEME = portals.ROOT / "theme"


def test_the_portals_own_theme_is_complete() -> None:
    theme.check_theme(THEME)


def test_every_template_that_the_generator_renders_is_checked() -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in (portals.ROOT / "plugins/portal").glob("*.py"))
    rendered = {*re.findall(r'(?:get_template|PageSpec)\(\s*"(\w+)"', code), *(k.template for k in BUILT_IN.values())}
    assert {"404", "archive", "article", "card", "header", "home", "page"} <= rendered <= set(theme.TEMPLATES)


@pytest.mark.parametrize("name", ["templates/card.html", "css/print.css"])
def test_a_missing_file_is_named(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORTAL_LANG", "en")
    shutil.copytree(THEME, tmp_path / "theme")
    (tmp_path / "theme" / name).unlink()
    with pytest.raises(ContentError, match=f"it lacks {name};"):
        theme.check_theme(tmp_path / "theme")


def test_a_template_may_be_in_a_folder_that_overrides_the_theme(tmp_path: Path) -> None:
    shutil.copytree(THEME, tmp_path / "theme")
    (tmp_path / "over").mkdir()
    shutil.move(tmp_path / "theme/templates/card.html", tmp_path / "over/card.html")
    theme.check_theme(tmp_path / "theme", [str(tmp_path / "over")])
