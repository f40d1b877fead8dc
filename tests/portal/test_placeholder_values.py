"""Pages on privacy and accessibility say what the program does, whatever the settings and PLUGINS are."""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

import pelicanconf
from plugins.features.hooks import STATEMENT_LISTS, Feature
from plugins.markdown_reader.placeholders import fill
from plugins.portal.placeholder_values import placeholder_values
from plugins.statistics import rules
from tests import editors, portals
from tests.incremental import builds

SETTINGS = {"DEFAULT_LANG": "vi", "AGENCY": pelicanconf.AGENCY, "BOUNDARY_MAP": pelicanconf.BOUNDARY_MAP}
FEATURES = {name: import_module(name).feature for name in pelicanconf.PLUGINS}


def values(*without: str, lang: str = "vi", **settings: object) -> Mapping[str, Any]:
    """Return what placeholders stand for, without some features."""
    features = [feature for name, feature in FEATURES.items() if name.removeprefix("plugins.") not in without]
    return placeholder_values({**SETTINGS, **settings}, features, lang)


@pytest.mark.parametrize("name", [name for name, feature in FEATURES.items() if feature.statements])
def test_a_feature_takes_its_promises_along(name: str) -> None:
    with_it, without = values(), values(name.removeprefix("plugins."))
    for statement in FEATURES[name].statements:
        left = [text for text in without[statement.list] if text != "không có gì"]
        assert len(with_it[statement.list]) == len(left) + 1


@pytest.mark.parametrize("name", STATEMENT_LISTS)
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_list_is_never_empty_and_has_its_numbers(name: str, lang: str) -> None:
    for found in (values(lang=lang), placeholder_values(SETTINGS, [], lang)):
        assert found[name] and not re.search(r"[{}]|%\(", "".join(found[name]))


def test_numbers_are_those_of_the_program() -> None:
    text = "".join(values(LOG_DAYS=3)["data"])
    assert "chậm nhất sau 3 ngày" in text and f"hủy {rules.OPEN_DAYS} ngày sau" in text
    assert f"{rules.VOTES_AN_HOUR} lượt đầu trong một giờ và {rules.VOTES_A_DAY} lượt đầu trong một ngày" in text
    assert "phần còn lại bị cắt bỏ" in text
    assert "địa chỉ mạng" in "".join(values(LOG_ADDRESSES="whole")["data"])


def test_what_is_kept_in_the_browser_is_what_the_scripts_keep() -> None:
    panel = (portals.ROOT / "plugins/read_aloud/player/panel.js").read_text()
    most = re.search(r"MAX_POSITIONS = (\d+)", panel)[1]
    assert any(f" {most} bài gần nhất" in text for text in values()["stored"])
    chosen = [feature for feature in FEATURES.values() if feature.preferences]
    assert all(any(each.list == "stored" for each in feature.statements) for feature in chosen)
    storing = {path.relative_to(portals.ROOT).parts[1] for path in portals.ROOT.glob("plugins/**/*.js")
               if "localStorage.setItem" in path.read_text()}  # fmt: skip
    assert storing == {"features", "read_aloud", "offline", "desk"}  # the desk is not published
    assert not any("document.cookie" in path.read_text() for path in portals.ROOT.glob("plugins/**/*.js"))


def test_sizes_and_levels_are_those_that_readers_can_choose() -> None:
    works = "".join(values()["works"])
    sizes = FEATURES["plugins.text_size"].preferences["size"]
    assert f"từ {min(map(int, sizes))} % đến {max(map(int, sizes))} %" in works
    assert len(FEATURES["plugins.contrast"].preferences["contrast"]) == 3 and "ba mức: dịu, chuẩn, cao" in works


def test_what_depends_on_a_setting_is_said_only_with_it() -> None:
    assert "Bản đồ" in "".join(values()["works"]) and "Bản đồ" not in "".join(values(BOUNDARY_MAP={})["works"])


def test_what_an_edition_lacks_is_marked() -> None:
    agency = {**pelicanconf.AGENCY, "tyz": {"owner": "Uỷ ban"}}
    found = values(lang="tyz", AGENCY=agency)
    assert all(text.startswith('<span lang="vi">') for text in found["data"])
    assert (found["owner"], found["email"]) == ("Uỷ ban", "banbientap@vanson.example")


def test_a_placeholder_becomes_a_list_or_part_of_a_sentence() -> None:
    known = {"a": "1 &lt; 2", "b": ["x", "<strong>y</strong>"]}
    text, problems = fill("Xem {{ a }}, {{b}}.\n\n  {{ b }}\n\n{{ a }}\n", known, 5)
    items = "<ul><li>x</li><li><strong>y</strong></li></ul>"
    assert text == f"Xem 1 &lt; 2, x, <strong>y</strong>.\n\n  {items}\n\n1 &lt; 2\n"
    assert problems == []


@pytest.mark.parametrize(
    ("markdown", "filled"),
    [
        ("| a | {{ log_days }} |", "| a | 7 |"),
        ("- {{ b }}", "- x, y"),
        ("> {{b}} và {{log_days}}", "> x, y và 7"),
        ("{ {log_days} } {log_days} {{", "{ {log_days} } {log_days} {{"),
    ],
)
def test_a_placeholder_may_stand_anywhere(markdown: str, filled: str) -> None:
    assert fill(markdown, {"log_days": "7", "b": ["x", "y"]}, 1) == (filled, [])


def test_an_item_of_a_list_waits_until_its_value_is_there() -> None:
    known = {"phone": "", "fax": "", "email": "a@b.vn"}
    items = "- Tel {{ phone }}\n- Mail {{ email }}\n  * Fax: {{fax}}\n- Tel {{ phone }}, {{ email }}"
    text, problems = fill(f"{items}\n\n{{{{ phone }}}} và {{{{ x }}}}", known, 1)
    assert text == "- Mail a@b.vn\n- Tel , a@b.vn\n\n\n\n và {{ x }}"
    assert [(problem.line, problem.level) for problem in problems] == [(2, "warning"), (6, "warning"), (6, "error")]
    assert problems[1].message.startswith("phone trong portal.toml đang để trống")


@pytest.mark.parametrize("name", ["log_days + 1", "LOG_DAYS", "", "số ngày", "a.b|c"])
def test_whatever_stands_in_double_braces_is_known_or_told(name: str) -> None:
    text, (problem,) = fill(f"{{{{ {name} }}}}", {"log_days": "7"}, 3)
    assert problem.message.startswith(f"{name}:") and problem.line == 3 and name in text
    assert problem.level == ("error" if name == "LOG_DAYS" else "warning")  # other words in braces may be meant


def test_a_name_that_nobody_knows_is_told_with_its_line() -> None:
    text, (problem,) = fill("một\n\n{{ log_day }}", {"log_days": "7", "a": "b"}, 5)
    assert (text, problem.line, problem.level) == ("một\n\n{{ log_day }}", 7, "error")
    assert "log_day:" in problem.message and "a, log_days" in problem.message


def test_the_pages_of_a_portal_with_other_settings_say_so(tmp_path: Path) -> None:
    content = tmp_path / "content"
    for name in ("quyen-rieng-tu", "tro-nang"):
        text = (portals.ROOT / f"content/pages/{name}.md").read_text()
        editors.write_file(content, f"pages/{name}.md", text.replace("(lien-he.md)", "(/)"))
    editors.write_article(content, "a.md", title="A", slug="a", body="Viết {{ log_days }}.")
    kept = [name for name in pelicanconf.PLUGINS if name not in ("plugins.rating", "plugins.night_mode")]
    settings = {"LOG_DAYS": 3, "LOG_ADDRESSES": "whole", "PLUGINS": kept, "PDF_EXPORT": False, "AUDIO": False}
    built = builds.build(tmp_path / "output", content, tmp_path / "cache", SEARCH_INDEX=False, **settings)
    assert (built.status, built.crash) == (0, "")
    privacy, access, figures, article = (
        editors.read_page(tmp_path / f"output/{name}/index.html").main.get_text()
        for name in ("quyen-rieng-tu", "tro-nang", "thong-ke", "bai-viet/a")
    )
    for page in (privacy, figures):
        assert "chậm nhất sau 3 ngày" in page and "lượt đầu trong một giờ" not in page
    assert "một địa chỉ cùng một trình duyệt là một lượt truy cập" in figures
    assert "Chế độ ban đêm" not in access and "ban đêm" not in privacy and "mức tương phản bạn chọn" in privacy
    assert pelicanconf.AGENCY["vi"]["owner"] in privacy and "{{" not in privacy + access
    assert "Viết {{ log_days }}." in article  # only pages have placeholders
    assert "default $remote_addr;" in (tmp_path / "output/nginx/http.conf").read_text()


def test_every_list_has_a_use_on_the_pages_of_the_sample() -> None:
    used = "".join(path.read_text() for path in (portals.ROOT / "content/pages").glob("*.md"))
    assert all(f"{{{{ {name} }}}}" in used for name in STATEMENT_LISTS)
    assert isinstance(FEATURES["plugins.rating"], Feature)
