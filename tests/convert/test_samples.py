"""Two saved pages of real portals, and the articles in content/ that editors made from the output of `convert`."""

from __future__ import annotations

from pathlib import Path

import pytest

from plugins.markdown_reader import front_matter, header_parser
from tests import front_matter_keys, portals

from . import archives, scoring

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
IN_CONTENT = {
    "lang-son.txt": "2020/kiem-tra-nhiem-vu-ban-quan-ly-khu-kinh-te-cua-khau-dong-dang-lang-son.md",
    "lai-chau.txt": "2021/lanh-dao-ubnd-tinh-lam-viec-voi-cac-ban-quan-ly.md",
}
ADDED_BY_EDITORS = {
    "category",
    "tags",
    "slug",
    "cover",
    "cover_alt",
    "cover_caption",
    "featured",
    "source_url",
}


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> dict:
    converted = archives.convert(SAMPLES, tmp_path_factory.mktemp("samples") / "articles")
    return {Path(source).name: row for source, row in converted.items() if source}


def test_the_sample_of_lang_son_is_converted(rows: dict) -> None:
    row = rows["lang-son.txt"]
    assert row["title"].startswith("Kiểm tra việc thực hiện nhiệm vụ") and row["title"].endswith("Đồng Đăng - Lạng Sơn")
    assert row["lead"].startswith("Ngày 30/6/2020, Tổ Công tác") and row["lead"].endswith("Đồng Đăng - Lạng Sơn.")
    assert (row["author"], row["source_name"]) == ("Thùy Linh", None)
    assert row["captions"] == ["Quang cảnh buổi kiểm tra", "Đồng chí Tổ trưởng Tổ công tác phát biểu kết luận"]


def test_the_sample_of_lai_chau_is_converted(rows: dict) -> None:
    row = rows["lai-chau.txt"]
    assert row["title"] == "Lãnh đạo UBND tỉnh làm việc với tập thể lãnh đạo các Ban Quản lý của tỉnh"
    assert row["lead"].startswith("Chiều nay (7/4), Chủ tịch") and row["lead"].endswith("Chính trị tỉnh.")
    assert (row["author"], row["source_name"]) == ("Lê Dũng", "laichau.gov.vn")
    assert [caption.split()[-1] for caption in row["captions"]] == ["việc", "việc.", "việc.", "việc."]


@pytest.mark.parametrize("name", IN_CONTENT)
def test_the_day_of_an_event_is_not_taken_for_the_publication_date(name: str, rows: dict) -> None:
    assert rows[name]["date"] is None and rows[name]["status"] == "review"
    assert rows[name]["date_supposed"] in ("2020-06-30", "2021-04-07")
    assert any(reason.startswith("Ngày đăng:") for reason in rows[name]["reasons"])


@pytest.mark.parametrize("name", IN_CONTENT)
def test_content_has_what_convert_makes_of_the_samples(name: str, rows: dict) -> None:
    article = Path(rows[name]["output"]).read_text("utf-8")
    published = (portals.ROOT / "content/articles" / IN_CONTENT[name]).read_text("utf-8")
    converted, edited = (
        front_matter.check_fields(header_parser.split_document(text).fields, front_matter_keys.ARTICLE, complete=False)
        for text in (article, published)
    )
    has_own_source = name == "lang-son.txt"  # named by the editor, who says so in a review note
    for key in set(converted) - ADDED_BY_EDITORS - {"review"}:
        assert converted[key] == edited[key], key
    assert set(edited) - set(converted) <= ADDED_BY_EDITORS | ({"source"} if has_own_source else set())
    assert {note for note in converted["review"] if not note.startswith("Ảnh:")} <= set(edited["review"])
    assert scoring.visible_text(article) == scoring.visible_text(published)
