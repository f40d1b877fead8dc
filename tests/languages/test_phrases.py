"""Which words of a headline stay in one line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.languages import language
from plugins.languages.phrases import phrases


@pytest.mark.parametrize(
    ("headline", "together"),
    [
        ("Chủ tịch tỉnh Trần Tiến Dũng làm việc ở Ma Lù Thàng", ["Trần Tiến Dũng", "Ma Lù Thàng"]),
        ("Kè suối Nậm Lẻng bảo vệ 120 hộ dân", ["Nậm Lẻng", "120 hộ"]),
        ("Tuyển 15 bác sĩ về trạm y tế", ["15 bác"]),
        ("Phó Chủ tịch UBND tỉnh Giàng A Tính", ["Phó Chủ", "Giàng A Tính"]),
        ("Khu kinh tế cửa khẩu Đồng Đăng - Lạng Sơn", ["Đồng Đăng", "Lạng Sơn"]),
        ("Giải ngân 61,36 triệu USD, đạt 36% kế hoạch", ["61,36 triệu", "36% kế"]),
        ("“Khau Mười” và (Bản Lềnh), Pác Luông", ["“Khau Mười”", "(Bản Lềnh),", "Pác Luông"]),
        ("QUYẾT ĐỊNH VỀ QUY CHẾ", []),  # capitals say nothing here
        ("Hội Liên Hiệp Phụ Nữ Tỉnh Vân Sơn Họp Lần Đầu", ["Hội Liên Hiệp Phụ Nữ", "Tỉnh Vân Sơn Họp Lần"]),
        ("", []),
    ],
)
def test_names_and_numbers_with_their_words_stay_together(headline: str, together: list[str]) -> None:
    parts = language("vi").phrases(headline)
    assert "".join(text for text, _ in parts) == headline
    assert [text for text, is_together in parts if is_together] == together


def test_other_languages_keep_numbers_with_their_words_only() -> None:
    parts = language("en").phrases("Walking the Terraces of Khau Muoi in 12 hours")
    assert [text for text, together in parts if together] == ["12 hours"]


@given(st.text(), st.booleans())
def test_no_letter_is_lost(text: str, has_names: bool) -> None:
    assert "".join(part for part, _ in phrases(text, has_names)).split() == text.split()
