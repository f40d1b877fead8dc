"""The short title of a document with a long headline."""

from __future__ import annotations

import pytest

from plugins.portal.short_titles import LONG, document_name

ABOUT = "về việc phối hợp tiếp nhận, xử lý, trả lời và công khai kết quả giải quyết phản ánh, kiến nghị của người dân"
TABLE = (
    "<table><tr><th>Hình thức văn bản</th><td>{kind}</td></tr><tr><th>Số, ký hiệu</th><td>{number}</td></tr></table>"
)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        (f"Quyết định số 12/2026/QĐ-UBND {ABOUT}", "Quyết định 12/2026/QĐ-UBND"),
        (f"Nghị quyết số: 05/NQ-HĐND ngày 10/12/2026 {ABOUT}", "Nghị quyết 05/NQ-HĐND"),
        (f"Thông tư liên tịch số 01/2026/TTLT-BNV-BTC {ABOUT}", "Thông tư liên tịch 01/2026/TTLT-BNV-BTC"),
        (f"Kế hoạch số 6-KH/TU của Ban Thường vụ Tỉnh uỷ {ABOUT}", "Kế hoạch 6-KH/TU"),
    ],
)
def test_a_long_title_that_names_a_document_is_shortened_to_its_kind_and_number(title: str, name: str) -> None:
    assert document_name(title, "") == name


@pytest.mark.parametrize(("kind", "number"), [("Quyết định", "00/2026/QĐ-UBND (số mẫu)"), ("Chỉ thị", "07/CT-UBND")])
def test_kind_and_number_are_taken_from_the_table_about_a_document(kind: str, number: str) -> None:
    title = f"{kind} ban hành Quy chế phối hợp giữa các sở, ban, ngành {ABOUT}"
    assert (
        document_name(title, "<p>Mở đầu</p>" + TABLE.format(kind=kind, number=number)) == f"{kind} {number.split()[0]}"
    )


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("Quyết định số 12/2026/QĐ-UBND về quy chế", ""),  # short enough
        (f"Hội nghị lần thứ 12/2026 bàn {ABOUT}", ""),
        (f"Hỏi và đáp {ABOUT}", TABLE.format(kind="Quyết định", number="12/2026/QĐ-UBND")),  # about a document
        (f"Bảng giá năm 2026 {ABOUT}", "<table><tr><td>Bảng giá</td><td>12/10</td></tr></table>"),
    ],
)
def test_other_titles_stay(title: str, body: str) -> None:
    assert document_name(title, body) == ""


def test_the_examples_are_long() -> None:
    assert len(ABOUT) + len("Hỏi và đáp ") > LONG
