"""Changing values in a header changes the lines of these keys, and no other byte."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.desk.header_lines import with_values
from plugins.markdown_reader.header_parser import split_document
from plugins.unicode_text import normalize

ARTICLE = """---
title: "Chợ họp lại"
# ngày do phòng Văn hóa báo
date: 2026-11-20 08:30
tags:
  - chợ phiên
  - "vùng cao: biên giới"

summary: >
  Dòng một
  dòng hai
---

Nội dung.
"""
OLD = "Title: Chợ họp lại\nDate: 2026-11-20\n\nNội dung.\n"
LINES = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp", "Cf")), max_size=40)


@pytest.mark.parametrize(
    ("values", "before", "after"),
    [
        ({"title": "Chợ mới"}, 'title: "Chợ họp lại"\n', 'title: "Chợ mới"\n'),
        ({"date": "2026-11-21 07:00"}, "date: 2026-11-20 08:30\n", "date: 2026-11-21 07:00\n"),
        (
            {"tags": ["chợ phiên", "mới"]},
            'tags:\n  - chợ phiên\n  - "vùng cao: biên giới"\n',
            "tags: [chợ phiên, mới]\n",
        ),
        ({"tags": ["a: b"]}, 'tags:\n  - chợ phiên\n  - "vùng cao: biên giới"\n', 'tags:\n  - "a: b"\n'),
        ({"summary": ""}, "summary: >\n  Dòng một\n  dòng hai\n", ""),
        ({"source": "Báo A: số 1"}, "---\n\nNội", 'source: "Báo A: số 1"\n---\n\nNội'),
        ({"status": "draft"}, "---\n\nNội", "status: draft\n---\n\nNội"),
        ({"title": "Chợ họp lại", "tags": ["chợ phiên", "vùng cao: biên giới"], "cover": ""}, "", ""),
    ],
)
def test_only_the_lines_of_a_key_change(values: dict, before: str, after: str) -> None:
    expected = ARTICLE.replace(before, after) if before else ARTICLE
    assert with_values(ARTICLE, values) == expected


def test_a_header_of_pelican_stays_one() -> None:
    changed = with_values(OLD, {"title": "Chợ mới", "tags": ["a", "b"]})
    assert changed == "Title: Chợ mới\nDate: 2026-11-20\ntags: a, b\n\nNội dung.\n"


@given(LINES, st.lists(LINES, max_size=4))
def test_what_is_written_is_read(title: str, tags: list[str]) -> None:
    changed = with_values(ARTICLE, {"title": title, "tags": tags})
    fields = split_document(changed).fields
    expected = " ".join(title.split())
    assert (" ".join(str(fields["title"].value).split()) if "title" in fields else "") == _normal(expected)
    kept = [_normal(" ".join(tag.split())) for tag in tags if tag.split()]
    assert (list(fields["tags"].value) if "tags" in fields else []) == kept
    assert changed.endswith("---\n\nNội dung.\n") and "# ngày do phòng Văn hóa báo\ndate: 2026" in changed


def _normal(text: str) -> str:
    return " ".join(normalize(text).split())
