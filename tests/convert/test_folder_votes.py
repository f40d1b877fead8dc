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
    return notes([("cong", vote) for vote in votes])


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


def test_another_folder_confirms_nothing() -> None:
    assert notes([*[("a", SURE)] * 9, ("b", WEAK)])[-1]


def page(number: int, author: str) -> str:
    return (
        f'<h1>Rải đá xong đoạn đường thứ {number}</h1><p class="tin-bl">{author} | 12/03/2019</p>'
        f"<div><p>{PROSE}</p><p>{PROSE} Đoạn {number}.</p></div>"
    )


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
