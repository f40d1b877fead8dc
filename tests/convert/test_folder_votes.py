"""Pages of a folder confirm each other's authors: see folder_votes.py."""

from __future__ import annotations

from pathlib import Path

import pytest

from plugins.convert.folder_votes import Vote, notes
from tests import editors

from . import archives

SURE = Vote("labels text by-line", "Vừ Mai", True, True)
WEAK = Vote("labels text by-line", "Dũng", False, note="chỉ có chỗ")
ELSEWHERE = Vote("credits text", "Lò Páo", True, True)
NONE = Vote()
PROSE = "Con đường dài ba cây số nối hai bản đã được rải đá xong trong tuần này, xe tải đi lại được."


def told(*votes: Vote | None) -> list[str]:
    return notes("author", [("cong", vote) for vote in votes])


@pytest.mark.parametrize(
    ("votes", "last"),
    [
        ([SURE] * 5 + [WEAK], ""),
        ([SURE] * 4 + [WEAK], "chỉ có chỗ"),
        ([WEAK] * 9, "chỉ có chỗ"),  # what is not sure confirms nothing
        ([ELSEWHERE] * 9 + [WEAK], "chỉ có chỗ"),
        ([Vote("", "Vừ Mai", True)] * 9 + [Vote("", "Tả Sin", note="chỉ có chỗ")], "chỉ có chỗ"),
        ([SURE] * 19 + [NONE], "riêng trang này"),
        ([SURE] * 8 + [NONE], ""),  # too few pages to tell
        ([SURE] * 19 + [NONE] * 3, ""),  # a portal on which some have none
        ([SURE] * 19 + [Vote(is_sure=True)], ""),  # told already
        ([SURE] * 20 + [ELSEWHERE], "không đứng ở chỗ"),
        ([SURE] * 20 + [ELSEWHERE] * 3, ""),
        ([SURE] * 20 + [Vote("credits text", "Lò Páo", True)], ""),  # more than its form names it
        ([SURE] * 20 + [None], ""),
    ],
)
def test_a_page_is_judged_beside_the_others(votes: list[Vote | None], last: str) -> None:
    found = told(*votes)
    assert last in found[-1] and bool(found[-1]) == bool(last)


PLACE = "headinghh  tin-td"
TITLES = [Vote(PLACE, f"Tin {number}", True, True) for number in range(11)]
ODD = Vote("text bold box", "Mưa lớn", True, True)
SECTIONS = [Vote("text  muc", name, note="chỉ có chỗ") for name in ["Kinh tế", "Kinh tế", "Y tế", "Y tế", "Mưa"]]


@pytest.mark.parametrize(
    ("field", "votes", "last"),
    [
        ("title", [*TITLES, ODD], "Tiêu đề"),
        ("lead", [*TITLES, ODD], "Đoạn mở đầu"),
        ("date", [*TITLES, ODD], "Ngày đăng"),
        ("title", [*TITLES, Vote(ODD.place, "Mưa lớn", True)], ""),  # metadata has it too
        ("title", [*TITLES, Vote("", "Mưa lớn", True, True)], ""),  # markup without a class is at no place
        ("title", [*TITLES[:8], ODD], ""),  # too few to tell
        ("title", [*TITLES, Vote(PLACE, "Mưa lớn", note="chỉ có chỗ")], ""),  # the others confirm it
        ("title", [*TITLES, Vote("", "Mưa lớn", note="chỉ có chỗ")], "chỉ có chỗ"),
        ("section", SECTIONS, "chỉ có chỗ"),  # Mưa stands on one page
        ("section", SECTIONS[:4], ""),  # two names that recur
        ("section", SECTIONS[:2], "chỉ có chỗ"),  # one name on all pages may be the portal's
        ("section", [*TITLES, Vote()], "riêng trang này"),
        ("title", [*TITLES, Vote()], ""),  # that is told of each page
    ],
)
def test_titles_sections_leads_and_dates_are_judged_too(field: str, votes: list[Vote | None], last: str) -> None:
    found = notes(field, [("cong", vote) for vote in votes])[-1]
    assert last in found and bool(found) == bool(last)


def test_another_folder_confirms_nothing() -> None:
    assert notes("author", [*[("a", SURE)] * 9, ("b", WEAK)])[-1]


def page(number: int, author: str) -> str:
    return (
        f'<h1>Rải đá xong đoạn đường thứ {number}</h1><p class="tin-bl">{author} | 12/03/2019</p>'
        f"<div><p>{PROSE}</p><p>{PROSE} Đoạn {number}.</p></div>"
    )


def test_a_section_that_recurs_at_its_place_needs_no_note_also_in_later_runs(tmp_path: Path) -> None:
    old, articles = tmp_path / "old", tmp_path / "articles"
    for number, section in enumerate(["Giao thông", "Y tế bản", "Giao thông", "Y tế bản", "Trâu lạc"]):
        text = page(number, "Vừ Mai").replace("<h1>", f"<p class=muc-tin>{section}</p><h1>")
        editors.write_file(old, f"{number}.html", text.encode())
    rows = archives.convert(old, articles)
    told = [row["reasons"] for name, row in sorted(rows.items()) if name]
    assert [bool(each) for each in told] == [False] * 4 + [True]
    first = next(row for name, row in rows.items() if name.endswith("0.html"))
    again = archives.convert([Path(first["output"])], articles, again=True)
    assert [row["reasons"] for name, row in again.items() if name] == [[]]


def test_a_pen_name_is_confirmed_by_the_names_at_its_place_also_in_later_runs(tmp_path: Path) -> None:
    old, articles = tmp_path / "old", tmp_path / "articles"
    for number, author in enumerate(["Vừ Mai", "Lê Dũng", "Hà Vi", "Đinh Lâm", "Lò Páo", "Thúy"]):
        editors.write_file(old, f"{number}.html", page(number, author).encode())
    editors.write_file(tmp_path / "alone", "1.html", page(9, "Thúy").encode())
    rows = archives.convert(old, articles) | archives.convert(tmp_path / "alone", tmp_path / "alone-articles")
    told = {Path(name).parent.name + Path(name).name: row["reasons"] for name, row in rows.items() if name}
    assert told.pop("alone1.html") and not any(told.values())
    editors.write_file(old, "7.html", page(7, "Sao").encode())
    row = archives.convert(old, articles)[str(old / "7.html")]
    assert (row["author"], row["reasons"], row["status"]) == ("Sao", [], "converted")
    again = archives.convert([articles / row["output"]], articles, again=True)
    assert [row["reasons"] for name, row in again.items() if name] == [[]]
