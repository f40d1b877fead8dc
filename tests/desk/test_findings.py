"""What is wrong stands at its field and place, and one press mends what can be mended without a question."""

from __future__ import annotations

import pytest

from plugins.desk import findings
from plugins.desk.header_lines import key_at_line
from plugins.markdown_reader.front_matter import HeaderKeys
from plugins.problems import ContentError, Problem
from plugins.proofreading import proofread
from plugins.proofreading.mending import apply_edits

KEYS = HeaderKeys("article")
HEADER = "---\ntitle: “Chợ 🐃 họp”\ntags:\n  - chợ\n  - vùng cao\n---\n"
BODY = "Đoạn 🐃 một.\n\n•Họp dân\n\nXem www.vanson.example nhé.\n"


def located(text: str, form: dict[str, object]) -> dict[str, findings.Finding]:
    found = findings.checked(text, "articles/2026/bai.md", ["vi"], [])
    return {each.code: each for each in findings.located(found, text, KEYS, form)}


@pytest.mark.parametrize("gap", ["", "\n\n"])
def test_a_finding_stands_where_the_cursor_goes(gap: str) -> None:
    typed = gap + BODY.rstrip()
    found = located(f"{HEADER}\n{BODY}", {"body": typed})
    units = typed.encode("utf-16-le")

    def chosen(code: str) -> tuple[str, str]:
        finding = found[code]
        return finding.field, units[2 * finding.start : 2 * finding.end].decode("utf-16-le")

    assert chosen("bullet") == ("body", "•") and chosen("bare-address") == ("body", "www.vanson.example")
    assert found["bullet"].line == 3 + len(gap) and found["bullet"].change == ("•Họp dân", "- Họp dân")
    assert (found["word-quotes"].field, found["word-quotes"].line) == ("title", 0)


def test_in_the_source_of_a_file_lines_are_those_of_the_file() -> None:
    found = located(f"{HEADER}\n{BODY}", {"text": ""})
    assert (found["bullet"].field, found["bullet"].line) == ("text", 10)


@pytest.mark.parametrize(
    ("problem", "field"),
    [
        (Problem("", 2, "x"), "title"),
        (Problem("", 5, "x"), "tags"),
        (Problem("", 1, "x", code="missing-category"), "category"),
        (Problem("", 1, "x"), ""),
        (Problem("", 0, "x"), ""),
        (Problem("", 999, "x"), "body"),
    ],
)
def test_every_problem_has_a_place(problem: Problem, field: str) -> None:
    (finding,) = findings.located([problem], f"{HEADER}\n{BODY}", KEYS, {"body": BODY})
    assert finding.field == field and 0 <= finding.start <= finding.end <= len(BODY.encode("utf-16-le")) // 2


def test_a_header_that_cannot_be_read_has_no_keys() -> None:
    with pytest.raises(ContentError):
        key_at_line('---\ntitle: "Bài\n---\n\nX\n', 2)


def test_what_is_mended_is_what_was_promised() -> None:
    text = f"{HEADER}\n{BODY}"
    for problem in proofread(text):
        (finding,) = findings.located([problem], text, KEYS, {"text": ""})
        if finding.change:
            assert findings.changes(text, apply_edits(text, [problem])[0]) == [finding.change]
