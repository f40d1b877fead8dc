"""What most pages of a folder have beside their text is the old portal's: see folder_repeats.py."""

from __future__ import annotations

from pathlib import Path

import pytest

from plugins.convert.folder_repeats import Edges, shared
from tests import editors

from . import archives

SENTENCE = "Con đường dài ba cây số nối hai bản đã được rải đá xong trong tuần này, xe tải đi lại được."
BOX = "Mùa vàng trên những bậc đá"  # no words that any rule knows
SIGNED = "Bản tin của xã, số ra hằng tuần"


def page(number: int, title: str = "") -> bytes:
    text = f"<p>Đoạn {number}. {SENTENCE}</p><p>{SENTENCE}</p><p>{SIGNED}</p>"
    beside = f"<div><div><h4>{BOX}</h4></div><p>Lời kết của đoạn {number}. {SENTENCE}</p></div>"
    heading = title or f"Rải đá xong đoạn đường thứ {number}"
    return f"<h1>{heading}</h1><p>Ngày đăng: 12/03/2019</p><div>{text}{beside}</div>".encode()


def test_a_line_beside_the_text_of_most_pages_is_chrome_also_in_later_runs(tmp_path: Path) -> None:
    old, articles = tmp_path / "old", tmp_path / "articles"
    for number in range(12):
        editors.write_file(old, f"{number}.html", page(number))
    editors.write_file(tmp_path / "few", "1.html", page(1))
    archives.convert(old, articles)
    editors.write_file(old, "99.html", page(99))
    row = archives.convert(old, articles)[str(old / "99.html")]
    text = Path(row["output"]).read_text("utf-8")
    assert BOX not in text and SIGNED in text and "Lời kết" in text
    account = row["account"]
    assert account["letters"] == account["article"] + account["chrome"] + account["doubt"]
    assert account["rules"]["on most pages of the folder"] == len("".join(BOX.split()))
    again = archives.convert([Path(row["output"])], articles, again=True)
    assert [each["status"] for name, each in again.items() if name] == ["converted"]
    assert Path(row["output"]).read_text("utf-8") == text
    few = archives.convert(tmp_path / "few", tmp_path / "few-articles")[str(tmp_path / "few" / "1.html")]
    assert BOX in Path(few["output"]).read_text("utf-8")


def test_a_line_of_its_own_class_below_the_text_goes_and_is_not_told(tmp_path: Path) -> None:
    line = "<div class=moi>Bà con có tin, gửi ngay cho đài</div></div>"
    for number in range(10):
        editors.write_file(tmp_path / "old", f"{number}.html", page(number)[: -len(b"</div></div>")] + line.encode())
    rows = archives.convert(tmp_path / "old", tmp_path / "articles")
    for row in (row for row in rows.values() if row.get("output")):
        assert "Bà con có tin" not in Path(row["output"]).read_text("utf-8") + "".join(row["reasons"])


@pytest.mark.parametrize(
    ("alike", "others", "count"),
    [(10, 0, 10), (5, 20, 5), (5, 21, 0), (4, 8, 0), (9, 0, 0)],
)
def test_a_title_that_many_pages_have_is_told(alike: int, others: int, count: int) -> None:
    pages = [("a", Edges("Chi tiết"))] * alike + [("a", Edges(str(number))) for number in range(others)]
    assert shared(pages)[0][1] == count and (not others or shared(pages)[-1][1] == 0)


def test_a_line_of_some_pages_and_one_in_another_folder_stay() -> None:
    pages = [("a", Edges(str(n), ("mục",) if n < 9 else ())) for n in range(20)] + [("b", Edges("x", ("mục",)))]
    assert not any(lines for lines, _ in shared(pages))
    assert shared([*pages, ("a", None)])[0][0] == frozenset()
    assert shared([("a", Edges(str(n), ("mục",))) for n in range(10)])[0][0] == {"mục"}
