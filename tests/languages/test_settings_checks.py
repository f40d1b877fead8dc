"""The texts that an owner must supply for a language, and the error when one is missing."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import pelicanconf
from plugins.languages import settings_checks
from tests import portals
from tests.languages import editions


@pytest.fixture
def settings() -> dict[str, Any]:
    """The demonstration's settings, with one more edition."""
    names = ("DEFAULT_LANG", "AGENCY", "CATEGORIES", "FOOTER_PAGES")
    chosen = {name: copy.deepcopy(getattr(pelicanconf, name)) for name in names}
    chosen["AGENCY"]["tyz"] = editions.block("tyz")
    return chosen


def test_one_block_is_enough_for_an_edition(settings: dict[str, Any]) -> None:
    assert settings_checks.problems(settings) == []


@pytest.mark.parametrize("key", settings_checks.AGENCY_KEYS)
def test_every_missing_key_of_a_block_is_reported(settings: dict[str, Any], key: str) -> None:
    del settings["AGENCY"]["tyz"][key]
    [problem] = settings_checks.problems(settings)
    assert str(problem) == f'pelicanconf.py: AGENCY["tyz"]: thiếu "{key}"; hãy thêm "khóa": "chữ" vào khối này'


def _rename(settings: dict[str, Any], code: str) -> None:
    settings["AGENCY"][code] = settings["AGENCY"].pop("tyz")


MISTAKES: dict[str, Callable[[dict[str, Any]], Any]] = {
    'AGENCY["tày"]': lambda s: _rename(s, "tày"),
    'AGENCY["vn"]': lambda s: _rename(s, "vn"),
    'AGENCY["qqq"]': lambda s: _rename(s, "qqq"),
    'thiếu AGENCY["vi"]': lambda s: s["AGENCY"].pop("vi"),
    'AGENCY["tyz"]: hãy viết một khối': lambda s: s["AGENCY"].update(tyz="Tày"),
    'AGENCY["tyz"]: thiếu "phone"': lambda s: s["AGENCY"]["tyz"].update(phone=200),
    'AGENCY["tyz"]: mỗi mục của "services"': lambda s: s["AGENCY"]["tyz"].update(services=["/a/"]),
    'CATEGORIES[1] (kinh-te-cua-khau): thiếu "vi"': lambda s: s["CATEGORIES"][1].pop("vi"),
    'CATEGORIES[0]: thiếu "slug"': lambda s: s["CATEGORIES"][0].pop("slug"),
    'CATEGORIES[0] (chinh-quyen): "en" phải viết': lambda s: s["CATEGORIES"][0].update(en="Government"),
    "thiếu thiết lập FOOTER_PAGES": lambda s: s.pop("FOOTER_PAGES"),
    "thiếu thiết lập CATEGORIES": lambda s: s.pop("CATEGORIES"),
}


@pytest.mark.parametrize("expected", MISTAKES)
def test_a_mistake_is_reported_in_one_line_that_names_setting_and_language(
    settings: dict[str, Any], expected: str
) -> None:
    MISTAKES[expected](settings)
    [problem] = settings_checks.problems(settings)
    assert str(problem).startswith(f"pelicanconf.py: {expected}") and "\n" not in str(problem)


def test_texts_with_a_fallback_may_be_missing(settings: dict[str, Any]) -> None:
    for row in settings["CATEGORIES"]:
        del row["en"]
    assert settings_checks.problems(settings) == []


def test_the_build_ends_with_that_line(tmp_path: Path) -> None:
    portals.write_article(tmp_path / "content", "a.md")
    lines = [f"CACHE_PATH = {str(tmp_path / 'cache')!r}", f"AGENCY['tyz'] = {editions.block('tyz')!r}"]
    settings = "\n".join([*lines, "del AGENCY['tyz']['owner']"])
    result = portals.build(tmp_path / "output", tmp_path / "content", settings=settings)
    assert result.returncode == 1
    first, *others = result.stderr.strip().splitlines()
    assert first == 'pelicanconf.py: AGENCY["tyz"]: thiếu "owner"; hãy thêm "khóa": "chữ" vào khối này'
    assert len(others) == 1 and "Traceback" not in result.stderr
    assert not list((tmp_path / "output").glob("*"))
