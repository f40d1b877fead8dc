"""Pages of portals that are easily misread, each written by hand in pages/."""

from __future__ import annotations

from pathlib import Path

import pytest

from . import archives

PAGES = Path(__file__).resolve().parent / "pages"


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> dict:
    converted = archives.convert(PAGES, tmp_path_factory.mktemp("pages") / "content" / "articles")
    return {Path(source).name: row for source, row in converted.items() if source}


def text(row: dict) -> str:
    return Path(row["output"]).read_text("utf-8")


def test_the_portals_clock_is_not_the_publication_date(rows: dict) -> None:
    assert rows["vnpt.html"]["date"] == "2019-03-15 09:30"
    assert rows["list.txt"]["date"] == "2019-03-15"


def test_the_picture_beside_the_lead_is_kept_with_its_caption(rows: dict) -> None:
    assert rows["nuke.html"]["captions"] == [
        "Quang cảnh hội nghị tại điểm cầu tỉnh",
        "Đồng chí Lò Văn Páo phát biểu kết luận hội nghị",
    ]
    assert (rows["nuke.html"]["author"], rows["nuke.html"]["date"]) == ("Thu Trang", "2021-05-12 15:20")


def test_a_bold_lead_is_not_taken_for_the_title(rows: dict) -> None:
    row = rows["laichau.html"]
    assert row["title"] == "Khởi công xây dựng trường nội trú xã Nà Lẹng"
    assert row["lead"].startswith("Sáng nay (7/4), UBND huyện")
    assert (row["author"], row["source_name"]) == ("Lê Dũng", "laichau.gov.vn")
    assert "m<sup>2</sup>" in text(row)


def test_the_signatory_of_a_notice_is_not_its_author(rows: dict) -> None:
    row = rows["notice.html"]
    assert row["author"] is None and row["date"] == "2022-06-03" and row["category"] == "Thông báo"
    for words in (
        "PHÓ GIÁM ĐỐC",
        "Nguyễn Văn Bình",
        "Thời gian: từ 8h00 ngày 10/6/2022",
        "| 1 | Trường nội trú | 5 |",
        "### I. CHỈ TIÊU",
    ):
        assert words in text(row)


def test_unannounced_headlines_of_other_articles_are_left_out(rows: dict) -> None:
    row = rows["list.txt"]
    assert row["author"] == "Hoàng Nam" and row["captions"] == ["Đại biểu thảo luận tại hội nghị"]
    assert "Bàn giao" not in text(row) and "Khai mạc" not in text(row) and "©" not in text(row)
    assert "✅ Xử lý 5 vụ vi phạm" in text(row) and "./." in text(row)
