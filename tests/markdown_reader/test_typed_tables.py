"""Tables as people type, draw and paste them come out as tables, and nobody is told of them."""

from __future__ import annotations

import re

import pytest

from plugins.markdown_reader import html
from plugins.proofreading import proofread

ONE_ROW = "Xã,Hộ|Nà Lẹng,120"


def rows(text: str) -> str:
    """Return the rows of a page's only table, which must cause no problem: `cell,cell|cell,cell`."""
    body = html.convert(text, "/content/articles/bai.md", "/content", "vi")
    assert not body.problems and not proofread(f"---\ntitle: Bài\n---\n\n{text}\n"), body.problems
    found = re.findall(r"<tr>(.*?)</tr>", body.html, re.S)
    return "|".join(",".join(re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.S)) for row in found)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("\uff5cXã\uff5cHộ\uff5c\n\uff5c---\uff5c---\uff5c\n\uff5cNà Lẹng\uff5c120\uff5c", ONE_ROW),
        ("Xã \uff5c Hộ\n--- \uff5c ---\nNà Lẹng \uff5c 120", ONE_ROW),
        ("┌────┬────┐\n│ Xã │ Hộ │\n├────┼────┤\n│ Nà Lẹng │ 120 │\n└────┴────┘", ONE_ROW),
        ("╔════╦════╗\n║ Xã ║ Hộ ║\n╠════╬════╣\n║ Nà Lẹng ║ 120 ║\n╚════╩════╝", ONE_ROW),
        ("+----+----+\n| Xã | Hộ |\n+====+====+\n| Nà Lẹng | 120 |\n+----+----+", ONE_ROW),
        ("+:---+---:+\n| Xã | Hộ |\n+----+----+\n| Nà Lẹng | 120 |\n+----+----+\nNguồn: Sở.", ONE_ROW),
        (" Xã | Hộ\n----+----\n Nà Lẹng | 120\n(1 hàng)", ONE_ROW),
        ("| Xã | Hộ |\n|—|—|\n| Nà Lẹng | 120 |", ONE_ROW),
        ("| Xã | Hộ |\n|====|:===:|\n| Nà Lẹng | 120 |", ONE_ROW),
        ("| Xã | Hộ |\n|----+----|\n| Nà Lẹng | 120 |", ONE_ROW),
        ("> | Xã | Hộ |\n> |---|---|\n> | Nà Lẹng | 120 |", ONE_ROW),
        ("> +---+---+\n> | Xã | Hộ |\n> +---+---+\n> | Nà Lẹng | 120 |\n> +---+---+", ONE_ROW),
        ("|| Xã || Hộ ||\n|---|---|\n| Nà Lẹng | 120 |", ONE_ROW),
        ("||2025|2026|\n|--|--|--|\n|Chè|12|15|", ",2025,2026|Chè,12,15"),
        ("| Xã | Hộ |\n|---|---|---|\n| Nà Lẹng | 120 |", ONE_ROW),
        ("| Xã | Hộ |\n|---|---|\n| Nà Lẹng | 120 |\n|---|---|\n| Cộng | 120 |", f"{ONE_ROW}|Cộng,120"),
        ("| Xã | Hộ |\n|---|---|\n| Nà Lẹng | - |\n| - | – |", "Xã,Hộ|Nà Lẹng,-|-,–"),
        (
            "+--+--+\n| Xã | Số |\n|    | hộ |\n+==+==+\n| Nà | 1 |\n| Lẹng | 2 |\n+--+--+\n| Khau | 3 |\n+--+--+",
            "Xã,Số hộ|Nà Lẹng,1 2|Khau,3",
        ),
        ("+--+--+\n| a | b |\n+--+--+\n| 1 | 2 |\n| 3 | 4 |\n+--+--+", "a,b|1,2|3,4"),
        ("| a | b |\n|---|---|\n| [x|y](https://a.vn/b) | 1 |", 'a,b|<a href="https://a.vn/b">x|y</a>,1'),
        ("| a | b |\n|---|---|\n| [x](https://a.vn/a|b) | 1 |", 'a,b|<a href="https://a.vn/a&#124;b">x</a>,1'),
        ("| [a|b](#top) | c |\n|---|---|\n| 1 | 2 |", '<a href="#top">a|b</a>,c|1,2'),
        ("```\n+---+---+\n| a | b |\n+---+---+\n```\n\n| c |\n|---|\n| \uff5c |", "c|\uff5c"),
    ],
)  # fmt: skip
def test_tables_that_are_drawn_otherwise_are_tables(typed: str, shown: str) -> None:
    assert rows(typed) == shown


def test_what_is_drawn_in_code_stays_as_it_is_typed() -> None:
    drawn = "+---+---+\n│ a \uff5c b │\n+---+---+"
    assert drawn in html.convert(f"```\n{drawn}\n```", "/content/a.md", "/content", "vi").html


def test_rows_of_a_drawn_table_are_told_with_their_line() -> None:
    drawn = "┌──┬──┐\n│ a │ b │\n├──┼──┤\n│ 1 │ 2 │ 3 │\n└──┴──┘"
    problems = html.convert(drawn, "/content/a.md", "/content", "vi").problems
    assert [problem.line for problem in problems] == [4]
    without_dashes = proofread("---\ntitle: Bài\n---\n\n\uff5ca\uff5cb\uff5c\n\uff5c1\uff5c2\uff5c\n")
    assert [problem.code for problem in without_dashes] == ["table-without-dashes"]
