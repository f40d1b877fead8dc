"""`init` makes a portal that is whole before its first article, with the first, and with twenty."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from plugins import new_portal, owner_settings
from plugins.new_portal import questions
from plugins.problems import ContentError
from tests import editors, portals
from tests.incremental import builds
from tests.links import dead_links

SITE = "https://binhson.gov.vn"
GIVEN = {"name": "Bình Sơn", "owner": "Ủy ban nhân dân xã Bình Sơn", "address": SITE}


def create(folder: Path, **given: str) -> Path:
    new_portal.create(folder, questions.answers(GIVEN | given, None), date(2026, 11, 30))
    return folder


@pytest.mark.parametrize(("languages", "counts"), [("vi", (0, 1, 20)), ("en", (0, 20)), ("vi,en,tyz", (0, 20))])
def test_a_new_portal_is_whole_with_0_1_and_20_articles(
    tmp_path: Path, languages: str, counts: tuple[int, ...]
) -> None:
    content = create(tmp_path / "portal", languages=languages)
    names = ("Tin tức", "Văn bản") if languages != "en" else ("News", "Documents")
    for articles in counts:
        for number in range(articles):
            portals.write_article(
                content, f"bai-{number}.md", category=names[number % 2], date=f"2026-01-{number + 1:02}"
            )
        built = builds.build(tmp_path / "output", content, tmp_path / "cache", SITEURL=SITE, BOUNDARY_MAP={})
        assert (built.status, built.complaints) == (0, "")
        assert dead_links(tmp_path / "output", SITE) == {}
        home = editors.read_page(tmp_path / "output/index.html")
        assert len(home.select(".sections > ul > li")) == 4  # the front page and three sections
        assert bool(home.select_one("#coming")) == (articles == 0)
        assert (tmp_path / "output/tin-moi/feed.rss").read_bytes().count(b"<item>") == articles


def test_a_new_portal_names_nothing_of_the_demonstration_and_says_what_to_fill_in(tmp_path: Path) -> None:
    content = create(tmp_path / "portal", languages="vi,en,tyz", phone="0214 3 840 034")
    files = {path.name: path.read_text("utf-8") for path in content.rglob("*") if path.is_file()}
    assert set(files) == {"portal.toml", *(f"{page}{lang}.md" for page in new_portal.PAGES for lang in ("", ".en"))}
    for name, text in files.items():
        assert "Vân Sơn" not in text and "vanson" not in text
        assert "\nreview: " in text or name == "portal.toml"
    assert 'language = "tyz"  # hãy ghi tên của ngôn ngữ' in files["portal.toml"]
    assert "Điện thoại: {{ phone }}" in files["lien-he.md"]  # left out until portal.toml has one


def test_what_its_settings_offer_in_remarks_can_be_taken_as_it_is(tmp_path: Path) -> None:
    content = create(tmp_path / "portal", languages="en,vi")
    file = content / "portal.toml"
    file.write_text(re.sub(r"(?m)^# (?=\[|\w+ = )", "", file.read_text("utf-8")), encoding="utf-8")
    for name in ("ban-do.geojson", "images/bieu-trung.png"):
        (content / name).touch()
    with owner_settings.of_content(content):
        taken = owner_settings.settings(())
    assert taken["ACCENT"] and taken["EMBLEM"] and taken["BOUNDARY_MAP"]["en"]
    assert taken["MENU"][0] == {"section": "news"} and len(taken["MENU"][1]["entries"]) == 3


def test_what_is_not_given_is_asked_until_it_is_answered() -> None:
    answers = iter(["vn", "", "Trang xã", "", "Lũng Pù", "Ủy ban xã", "!", "Tin; Hỏi đáp", "", "không", *[""] * 4])
    asked: list[str] = []

    def ask(question: str) -> str:
        asked.append(question)
        return next(answers)

    found = questions.answers({}, ask)
    assert (found.languages, found.portal, found.name) == (("vi",), "Trang xã", "Lũng Pù")
    assert found.sections == ("Tin", "Hỏi đáp") and len(asked) == 14


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"languages": "vi, Tiếng Anh"}, "--languages: Tiếng Anh: đây không phải mã ngôn ngữ"),
        ({"phone": "không có"}, "--phone: không phải số điện thoại"),
        ({"address": "binhson.gov.vn"}, 'hãy viết "https://binhson.gov.vn"'),
        ({"sections": "Tin tức; Tin-Tức"}, "--sections: Tin tức: có chuyên mục khác trùng địa chỉ"),
        ({"sections": "Tin; 🌾"}, "--sections: 🌾: tên chuyên mục phải có chữ hoặc số"),
    ],
)
def test_a_wrong_answer_is_told_and_nothing_is_written(tmp_path: Path, given: dict[str, str], told: str) -> None:
    with pytest.raises(ContentError, match=told):
        create(tmp_path / "portal", **given)
    assert not (tmp_path / "portal").exists()


def test_nobody_to_ask_and_a_folder_with_files_are_told(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("của người khác")
    with pytest.raises(ContentError, match="hãy ghi tên một thư mục mới"):
        create(tmp_path)
    with pytest.raises(ContentError, match="thiếu --owner"):
        questions.answers({"name": "Bình Sơn"}, None)
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]
    (tmp_path / "link").symlink_to("nowhere")
    with pytest.raises(ContentError, match="hãy ghi tên một thư mục mới"):
        create(tmp_path / "link")


def test_a_repository_may_be_there_already(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    assert (create(tmp_path) / "portal.toml").is_file()


def test_a_name_with_quotation_marks_and_signs_stands_as_it_is(tmp_path: Path) -> None:
    content = create(tmp_path / "portal", name='Làng "Cổ" \\ A & B # 1')
    built = builds.build(tmp_path / "output", content, tmp_path / "cache", BOUNDARY_MAP={})
    assert built.status == 0, built
    assert (
        editors.read_page(tmp_path / "output/index.html").select_one(".brand b").get_text() == 'Làng "Cổ" \\ A & B # 1'
    )
