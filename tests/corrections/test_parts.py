"""Notes, live articles and silent changes, each by itself."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from plugins.corrections import live, notes, silent_changes

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")


@pytest.mark.parametrize(
    ("written", "stored", "shown"),
    [
        ("28/11/2026 15:00: Sai tên xã.", "2026-11-28T15:00 Sai tên xã.", "28/11/2026, 15:00: Sai tên xã."),
        ("28/11/2026: 318 hộ: sai.", "2026-11-28 318 hộ: sai.", "28/11/2026: 318 hộ: sai."),
        ("2026-11-28, thêm ảnh", "2026-11-28 thêm ảnh", "28/11/2026: thêm ảnh"),
        ("14h20 ngày 28/11/2026: thêm ảnh", "2026-11-28T14:20 thêm ảnh", "28/11/2026, 14:20: thêm ảnh"),
        ("Thứ bảy, 28/11/2026 – 15 hộ", "2026-11-28 15 hộ", "28/11/2026: 15 hộ"),
        ("28/11/2026:", None, None),
        ("28/11/2026", None, None),
        ("32/11/2026: sai", None, None),
        ("8h30 sai", None, None),
        ("Sai tên xã", None, None),
    ],
)
def test_a_note_begins_with_its_day(written: str, stored: str | None, shown: str | None) -> None:
    if stored is None:
        with pytest.raises(ValueError, match=r"\w"):
            notes.dated(written)
    else:
        assert notes.dated(written) == stored and notes.shown(stored, "vi") == shown


def test_sections_of_a_live_article_have_times() -> None:
    published = datetime(2026, 11, 28, 7, tzinfo=HANOI)
    html = '<h2 id="a">14:20 Nước dâng</h2>\n<p>x</p>\n<h2>29/11/2026, 9h05: Mở <b>cửa</b></h2><h2>Bối cảnh</h2>'
    marked = live.with_times(html, published)
    assert '<h2 id="a"><time datetime="2026-11-28T14:20:00+07:00">14:20</time> Nước dâng</h2>' in marked
    assert '<time datetime="2026-11-29T09:05:00+07:00">29/11/2026, 9h05</time>: Mở' in marked
    assert marked.count("<time") == 2
    assert [(s.headline, s.place) for s in live.sections(html, published)] == [("Nước dâng", "a"), ("Mở cửa", "")]


def test_sections_of_a_live_article_that_cannot_be_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORTAL_LANG", "en")
    published = datetime(2026, 11, 28, 7, tzinfo=HANOI)
    assert list(live.doubts("<h2>14:20 Nước dâng</h2><h2>Bối cảnh</h2>", published)) == []
    assert "no heading begins with a time" in next(live.doubts("<p>14:20</p>", published))
    (told,) = live.doubts("<h2>25:20 Nước <b>dâng</b></h2><h2>9h05 Mở cửa</h2>", published)
    assert told.startswith("25:20 Nước dâng: there is no such time")


BEFORE = "Sáng 5/9, ông Lò Văn Hặc, Chủ tịch xã Nà Lẹng, trao 1.000 suất quà cho ba trường. Hặc nói: việc này tốt."


@pytest.mark.parametrize(
    ("after", "found"),
    [
        (BEFORE, []),
        (BEFORE.replace("1.000", "1000").replace("5/9", "05/9"), []),
        (BEFORE.replace("suất quà", "xuất quà").replace("việc này", "viêc này"), []),
        (BEFORE.replace("tốt", "rất tốt").replace("Chủ tịch", "chủ tịch"), []),
        ("Hặc nói: việc này tốt. " + BEFORE.removesuffix(" Hặc nói: việc này tốt."), []),
        (BEFORE.replace("1.000", "10.000"), ["1000 → 10000"]),
        (BEFORE.replace("Hặc, ", "Hạc, "), ["Hặc → Hạc"]),
        (BEFORE.replace("ba trường", "bốn trường"), ["suất quà cho: ba → bốn"]),
        (BEFORE.replace(", Chủ tịch xã Nà Lẹng,", ""), ["− “Chủ tịch xã Nà Lẹng”"]),
        (BEFORE + " Có 2 xe.", ["+ “Có 2 xe”"]),
    ],
)
def test_names_and_numbers_are_told_and_spelling_is_not(after: str, found: list[str]) -> None:
    texts = [silent_changes.text_of("Tựa", f"<p>{text}</p>") for text in (BEFORE, after)]
    assert silent_changes.changes(*texts) == found


TABLE = "<table><tr><td>Nà Lẹng</td><td>12</td><td>0</td></tr><tr><td>Pắc Ma</td><td>0</td><td>1</td></tr></table>"


@pytest.mark.parametrize(
    ("after", "found"),
    [
        (TABLE.replace("<td>12</td><td>0</td>", "<td>12</td><td>2</td>"), ["Nà Lẹng 12: 0 → 2"]),
        (TABLE.replace("<tr><td>Pắc Ma</td><td>0</td><td>1</td></tr>", ""), ["− “Pắc Ma 0 1”"]),
        (TABLE.replace("<td>0</td></tr><tr>", "</tr><tr>"), ["Nà Lẹng 12: − 0"]),
        ("", ["− “Nà Lẹng 12 0 Pắc Ma 0 1”"]),
    ],
)
def test_a_change_in_a_table_says_in_which_row(after: str, found: list[str]) -> None:
    assert silent_changes.changes(*(silent_changes.text_of("Tựa", text) for text in (TABLE, after))) == found


@pytest.mark.parametrize(
    ("after", "is_told"),
    [
        ("Khai mạc hội hoa đào 2026", False),
        ("Khai mac hội hoa đào 2026", False),
        ("Khai mạc hội hoa đao 2026", False),
        ("Khai mạc hội hoa đào 2027", True),
        ("Hoãn hội hoa đào 2026", True),
        ("Khai mạc hội hoa mai 2026", True),
        ("Bế mạc hội hoa đào 2026", True),
    ],
)
def test_another_title_is_told(after: str, is_told: bool) -> None:
    before = "Khai mạc hội hoa đào 2026"
    assert bool(silent_changes.changes(*(silent_changes.Text(title, "") for title in (before, after)))) == is_told
