"""Drafts for public comment: what is said of them on each day, and what is told to editors."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from plugins.features import Status
from plugins.public_comments import ANSWERED, AWAITED, OPEN, OVERDUE, status
from tests import editors, portals

NOON = 1796000000  # 30 November 2026
DRAFT = """---
title: Bảng giá đất
opens: 18/11/2026
closes: {closes}
ways:
  - "Gửi thư: Sở Nông nghiệp"
promised: 2026-11-25
{more}
---

Mời góp ý.
"""


@pytest.mark.parametrize(
    ("day", "more", "expected"),
    [
        ("2026-12-31", {}, Status(OPEN, date(2027, 1, 1))),
        ("2027-01-01", {"promised": "2027-01-20T00:00:00+07:00"}, Status(AWAITED, date(2027, 1, 21))),
        ("2027-01-21", {"promised": "2027-01-20T00:00:00+07:00"}, Status(OVERDUE)),
        ("2027-01-21", {"promised": "2027-01-20T00:00:00+07:00", "received": 3}, Status(ANSWERED)),
        ("2027-01-21", {"outcome": "1/2027/QĐ-UBND"}, Status(ANSWERED)),
        ("2028-01-01", {}, Status(AWAITED)),
    ],
)
def test_what_is_said_of_a_draft_follows_from_its_dates(day: str, more: dict[str, object], expected: Status) -> None:
    facts = {"opens": "2026-11-18T00:00:00+07:00", "closes": "2026-12-31T00:00:00+07:00"} | more
    assert status(facts, date.fromisoformat(day)) == expected


def test_a_late_result_is_said_on_the_page_and_told_with_its_line(tmp_path: Path) -> None:
    content = editors.write_small_content(tmp_path / "content")
    editors.write_file(content, "lay-y-kien/gia-dat.md", DRAFT.format(closes="20/11/2026", more=""))
    editors.write_file(
        content,
        "lay-y-kien/xong.md",
        DRAFT.format(closes="20/11/2026", more="số ý kiến: 1.214\ntiếp thu: 1.200\nrejected: 15"),
    )
    editors.write_file(content, "lay-y-kien/nham.md", DRAFT.format(closes="01/11/2026", more="received: nhiều"))
    env = {"SOURCE_DATE_EPOCH": str(NOON)}
    result = portals.build(tmp_path / "output", content, env=env)
    assert result.returncode == 1 and "nham.md:8: received: phải là số nguyên, như 12" in result.stderr
    editors.write_file(content, "lay-y-kien/nham.md", DRAFT.format(closes="01/11/2026", more=""))
    early = DRAFT.format(closes="31/12/2028", more="outcome: 41/2026/QĐ-UBND")
    editors.write_file(content, "lay-y-kien/som.md", early)
    result = portals.build(tmp_path / "output", content, env=env)
    assert result.returncode == 0
    assert "nham.md:4: cảnh báo: closes: hết hạn trước khi bắt đầu" in result.stderr
    assert "gia-dat.md:7: cảnh báo: promised: kết quả đã hẹn ngày 25/11/2026" in result.stderr
    assert "som.md:8: cảnh báo: outcome: đang còn nhận góp ý" in result.stderr
    assert "som.md:4: cảnh báo: closes: lấy ý kiến hơn một năm" in result.stderr
    assert "xong.md:7" not in result.stderr
    assert "xong.md:8: cảnh báo: received: tiếp thu và không tiếp thu cộng lại là 1215" in result.stderr
    page = editors.read_page(tmp_path / "output/lay-y-kien/gia-dat/index.html")
    assert page.select_one(".draft-record .overdue-draft").get_text() == "Kết quả đã hẹn ngày 25/11/2026 nhưng chưa có."
    page = editors.read_page(tmp_path / "output/lay-y-kien/xong/index.html")
    rows = {row.th.get_text(): row.td.get_text() for row in page.select(".draft-record tr")}
    assert (rows["Tình trạng"], rows["Số góp ý nhận được"]) == ("Đã có kết quả", "1.214")
    assert (tmp_path / "output/lay-y-kien/tinh-trang/da-co-ket-qua/index.html").is_file()
