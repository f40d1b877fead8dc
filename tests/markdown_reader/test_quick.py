"""The quick way through prose gives what Python-Markdown gives."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown

from plugins.markdown_reader.quick import QuickExtension, QuickTocExtension

EXTENSIONS = ["abbr", "attr_list", "def_list", "footnotes", "md_in_html", "sane_lists", "tables"]
PIECES = ["chữ", " ", "\n", "\n\n", "  \n", "*", "**", "_", "`", "[", "](x)", "![", "<b>", "&amp;", "&", "\\*", "[^1]", "- ", "> ", "1. "]
PIECES += ["{: #a }", "| a | b |\n|---|---|\n| 1 | 2 |\n", "<https://x.vn>", "http://x.vn", "# ", ":", "*[UBND]: x", "UBND", "\t", "\x02"]
PIECES += ["[TOC]", "\n\n[TOC]\n\n", "C]", "## Mục\n\n", "===\n", "    ", "[a]: /b \"c\"\n", ": nghĩa\n", "[^1]: ghi chú\n\n", "<div markdown>\n", "</div>"]


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_the_result_is_the_same(text: str) -> None:
    plain = Markdown(extensions=[*EXTENSIONS, "toc"])
    quick = Markdown(extensions=[*EXTENSIONS, QuickTocExtension(), QuickExtension()])
    assert quick.convert(text) == plain.convert(text)
