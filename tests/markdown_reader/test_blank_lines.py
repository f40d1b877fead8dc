"""Lists and tables right after a paragraph, and reports of what is removed for safety."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.markdown_reader import html
from plugins.markdown_reader.blank_lines import insert_blank_lines


def convert(text: str) -> html.Body:
    return html.convert(text, "/nowhere/content/a.md", "/nowhere/content", "vi", 5)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Gồm có:\n- một\n- hai", "<li>một</li>"),
        ("Gồm có:\n1. một\n2. hai", "<ol>"),
        ("Số liệu:\n| a | b |\n|---|---|\n| 1 | 2 |", "<th scope="),
    ],
)
def test_a_list_or_table_needs_no_empty_line_before_it(text: str, expected: str) -> None:
    html = convert(text).html
    assert html.startswith("<p>")
    assert expected in html


@pytest.mark.parametrize("text", ["Năm\n2020. Một năm.", "giá là\n-5 độ", "a\n    - mã", "- một\ntiếp theo\n- hai"])
def test_what_only_resembles_a_list_stays_as_it_is(text: str) -> None:
    assert insert_blank_lines(text.split("\n")) == text.split("\n")


@given(st.lists(st.sampled_from(["", "chữ", "- một", "1. hai", "| a | b |", "|---|---|", "> dẫn", "    mã"])))
def test_no_line_is_lost_or_moved(lines: list[str]) -> None:
    assert [line for line in insert_blank_lines(lines) if line] == [line for line in lines if line]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ('<iframe src="https://x.vn/v"></iframe>', "iframe"),
        ('<p style="color:red">Đỏ</p>', "style"),
        ("<script>alert(1)</script>", "script"),
    ],
)
def test_an_editor_is_told_what_was_removed(text: str, what: str) -> None:
    body = convert("Đoạn đầu.\n\n" + text)
    assert [(p.line, p.level) for p in body.problems] == [(7, "warning")]
    assert body.problems[0].message.startswith(what)


def test_code_that_only_shows_html_is_not_reported() -> None:
    assert not convert("Viết `<iframe>` thế này:\n\n    <script>x</script>").problems
