"""The list of articles shows day and section, and is searched, narrowed, ordered and paged by its address."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from plugins.desk.documents import Documents
from plugins.desk.entries import Entries
from plugins.desk.listing import PER_PAGE, Question, Row, listed, row_of
from plugins.features.hooks import Key
from plugins.markdown_reader.front_matter import HeaderKeys
from plugins.markdown_reader.header_values import date_time
from plugins.problems import Problem
from tests import editors

NOW = datetime(2026, 11, 30, 8, 0)
FILES = {
    "articles/2026/a.md": "title: Đèo Mây thông xe\ndate: 28/11/2026 8h30\ncategory: Kinh tế",
    "articles/2026/b.md": "title: Áo ấm vùng cao\ndate: 2026-12-05\ncategory: xã hội\nstatus: Đăng",
    "articles/2026/c.md": "title: Bò về bản\ndate: hôm qua\ncategory: Xã hội\nstatus: nháp",
    "articles/2026/d.md": "title: Gặt sớm\ndate: 2026-11-01\ncategory: Xã hội",
    "van-ban/12-qd.md": "title: Quyết định 12\nissued: 02/03/2025",
}


@pytest.fixture
def rows(tmp_path: Path) -> list[Row]:
    for path, header in FILES.items():
        editors.write_file(tmp_path, path, f"---\n{header}\n---\n\nChữ.\n")
    issued = Key("issued", date_time, ("document",), required=("document",))
    keys = {"articles": HeaderKeys("article"), "van-ban": HeaderKeys("document", [issued], dated_by="issued")}
    documents = Documents(tmp_path, keys, lambda: NOW, {"van-ban": "Văn bản"})
    return [row_of(entry, (), NOW) for entry in documents.entries.all()]


def found(rows: list[Row], **values: str) -> list[str]:
    return [Path(row.entry.path).stem for row in listed(rows, Question.of(values)).rows]


def test_day_and_section_are_shown_as_people_write_them(rows: list[Row]) -> None:
    shown = {row.entry.path[-4:-3]: (row.day_text, row.entry.section, row.state_text) for row in rows}
    assert shown["a"] == ("28/11/2026 08:30", "Kinh tế", "Đã đăng")
    assert shown["b"] == ("05/12/2026", "xã hội", "Hẹn giờ")
    assert shown["c"] == ("hôm qua", "Xã hội", "Bản nháp")  # what cannot be read is shown as it is
    assert shown["d"][0] == "01/11/2026"


def test_a_kind_without_categories_has_its_name_and_its_own_day(rows: list[Row]) -> None:
    (row,) = listed(rows, Question.of({"muc": "van-ban"})).rows
    assert (row.entry.section, row.day_text) == ("Văn bản", "02/03/2025")


def test_what_is_asked_for_is_found(rows: list[Row]) -> None:
    assert found(rows, q="deo may") == ["a"] and found(rows, q="Đèo KINH") == ["a"]
    assert found(rows, q="bo VE 2026/c") == ["c"]
    assert sorted(found(rows, muc="xa-hoi")) == ["b", "c", "d"]  # one section however it is spelt
    assert found(rows, muc="xa-hoi", loai="draft") == ["c"]
    assert found(rows, q="không có") == []
    answer = listed(rows, Question())
    assert answer.sections == [("kinh-te", "Kinh tế", 1), ("van-ban", "Văn bản", 1), ("xa-hoi", "Xã hội", 3)]
    assert (answer.states["draft"], answer.states["scheduled"], answer.total) == (1, 1, 5)


def test_each_column_orders_the_list_and_turns_it_round(rows: list[Row]) -> None:
    assert found(rows, xep="ten") == ["b", "c", "a", "d", "12-qd"]
    assert found(rows, xep="ngay") == ["b", "a", "d", "12-qd", "c"]
    assert found(rows, xep="-ngay") == ["c", "12-qd", "d", "a", "b"]
    assert found(rows, xep="muc")[:2] == ["a", "12-qd"]
    assert found(rows) == found(rows, xep="sua") == found(rows, xep="gì đó")  # of one minute: by their days
    assert found(rows) == ["b", "a", "d", "12-qd", "c"]


def test_the_address_keeps_what_was_asked() -> None:
    asked = Question.of({"q": "gạo", "muc": "xa-hoi", "trang": "3", "xep": "ngay"})
    assert asked.address(trang=4) == "?q=g%E1%BA%A1o&muc=xa-hoi&xep=ngay&trang=4"
    assert asked.turned("ngay") == "?q=g%E1%BA%A1o&muc=xa-hoi&xep=-ngay"
    assert asked.turned("ten").endswith("xep=ten")
    assert (asked.direction("ngay"), asked.direction("ten")) == ("descending", "")
    assert Question(xep="-ngay").direction("ngay") == "ascending"
    assert Question(xep="ten").direction("ten") == "ascending"


@pytest.mark.parametrize("page", ["0", "-1", "9", "x", "²", "99999999999999999999"])
def test_there_is_always_a_page(rows: list[Row], page: str) -> None:
    many = [row for row in rows for _ in range(PER_PAGE)]
    answer = listed(many, Question.of({"trang": page}))
    assert len(answer.rows) == PER_PAGE and 1 <= answer.page <= answer.pages == 5


def test_a_finding_makes_an_article_one_to_look_at(rows: list[Row]) -> None:
    problem = Problem("", 7, "chỗ này", "warning")
    row = row_of(rows[0].entry, [(problem.line, problem.message, problem.level)], NOW, is_asked=True)
    assert {"problems", "asked"} <= row.states


def test_what_was_read_is_remembered_for_the_next_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content, memory = tmp_path / "content", tmp_path / "state/desk.json"
    for path, header in FILES.items():
        editors.write_file(content, path, f"---\n{header}\n---\n\nChữ.\n")
    keys = {"articles": HeaderKeys("article")}
    monkeypatch.setattr("plugins.desk.entries.MANY", 1)
    before = Entries(content, keys, {}, memory).all()
    editors.write_file(content, "articles/2026/d.md", "---\ntitle: Gặt muộn\n---\n")
    read: list[str] = []
    monkeypatch.setattr("plugins.desk.entries.decoded", lambda data: read.append(data.decode()) or data.decode())
    after = {entry.path: entry for entry in Entries(content, keys, {}, memory).all()}
    assert len(read) == 1 and after["articles/2026/d.md"].title == "Gặt muộn"
    assert [entry for entry in before if entry.path[-4] != "d"] == [e for e in after.values() if e.path[-4] != "d"]
    Entries(content, keys, {"articles": "Bài"}, memory).all()  # what files without a category are called now
    assert len(read) == 1 + len(before)
    for damaged in (b"{", b"[]", b'{"maker": 1}'):
        memory.write_bytes(damaged)
        assert len(Entries(content, keys, {}, memory).all()) == len(before)
