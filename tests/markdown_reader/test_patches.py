"""The patches of Python-Markdown change no output; each is used, and each reports a missing name."""

from __future__ import annotations

import functools
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown
from markdown.extensions.toc import TocTreeprocessor
from markdown.treeprocessors import InlineProcessor

from plugins.markdown_reader import html, markdown_patches
from plugins.patching import PatchError
from tests.pdf import torture

EXTENSIONS = ["abbr", "attr_list", "def_list", "footnotes", "md_in_html", "sane_lists", "tables", "toc"]
PIECES = [
    "chữ",
    " ",
    "\n",
    "\n\n",
    "  \n",
    "*",
    "**",
    "_",
    "`",
    "[",
    "](x)",
    "![",
    "<b>",
    "&amp;",
    "&",
    "\\*",
    "[^1]",
    "- ",
    "> ",
    "1. ",
]
PIECES += [
    "{: #a }",
    "| a | b |\n|---|---|\n| 1 | 2 |\n",
    "<https://x.vn>",
    "http://x.vn",
    "# ",
    ":",
    "*[UBND]: x",
    "UBND",
    "\t",
    "\x02",
]
PIECES += [
    "[TOC]",
    "\n\n[TOC]\n\n",
    "C]",
    "## Mục\n\n",
    "===\n",
    "    ",
    '[a]: /b "c"\n',
    ": nghĩa\n",
    "[^1]: ghi chú\n\n",
    "<div markdown>\n",
    "\n\nMột đoạn.\n\nĐoạn nữa: “hai”!\n\n",
    "Một.\n\nHai\n\n\n\n: ba\n\n",
    "///Footnotes Go Here///",
    '## Mục {: #b data-toc-label="x"}\n\n',
    "</div>",
]


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_the_patches_do_not_change_the_result(text: str) -> None:
    plain = Markdown(extensions=EXTENSIONS, output_format="html")
    fast = markdown_patches.install(Markdown(extensions=EXTENSIONS, output_format="html"), speed=True)
    assert fast.convert(text) == plain.convert(text)


def test_an_article_is_the_same_without_the_patches(monkeypatch: pytest.MonkeyPatch) -> None:
    text = f"[TOC]\n\n{torture.body()}"
    patched = html.convert(text, "/a/b.md", "/a", "vi").html
    html._markdown.cache_clear()
    monkeypatch.setenv("PORTAL_SPEED_PATCHES", "0")
    try:
        assert type(html._markdown().treeprocessors["inline"]) is InlineProcessor
        assert html.convert(text, "/a/b.md", "/a", "vi").html == patched
    finally:
        html._markdown.cache_clear()


def test_each_patch_is_called(monkeypatch: pytest.MonkeyPatch) -> None:
    called: Counter[str] = Counter()

    def count(owner: object, name: str) -> None:
        original = getattr(owner, name)

        @functools.wraps(original)
        def counted(*arguments: object) -> object:
            called[name] += 1
            return original(*arguments)

        monkeypatch.setattr(owner, name, counted)

    patched = {
        "_InlineProcessor__handleInline": markdown_patches.FastInlineProcessor,
        "_InlineProcessor__processPlaceholders": markdown_patches.FastInlineProcessor,
        "test": markdown_patches.OneLineProcessor,
        "run": markdown_patches.PlainParagraphs,
    }
    for name, owner in patched.items():
        count(owner, name)
    markdown_patches.install(Markdown(extensions=EXTENSIONS), speed=True).convert(torture.body())
    assert called.keys() == patched.keys()


@pytest.mark.parametrize(
    ("registry", "name", "needing"),
    [
        ("preprocessors", "normalize_whitespace", "a\tb"),
        ("preprocessors", "html_block", "<b>a</b>"),
        ("treeprocessors", "attr_list", "a {: #b }"),
        ("treeprocessors", "unescape", "a\\*b"),
        ("treeprocessors", "toc", "[TOC]\n\n# A"),
    ],
)
def test_what_a_text_does_not_need_is_left_out(
    monkeypatch: pytest.MonkeyPatch, registry: str, name: str, needing: str
) -> None:
    md = Markdown(extensions=EXTENSIONS)
    called = []
    run = getattr(md, registry)[name].run
    monkeypatch.setattr(getattr(md, registry)[name], "run", lambda argument: called.append(name) or run(argument))
    markdown_patches.install(md, speed=True)
    md.convert("# a\n\nb")
    assert not called
    md.reset().convert(needing)
    assert called == [name]


@pytest.mark.parametrize(
    ("owner", "name"),
    [
        (InlineProcessor, "_InlineProcessor__handleInline"),
        (InlineProcessor, "_InlineProcessor__processPlaceholders"),
        (TocTreeprocessor, "set_level"),
    ],
)
def test_a_missing_name_is_reported(monkeypatch: pytest.MonkeyPatch, owner: type, name: str) -> None:
    monkeypatch.delattr(owner, name)
    with pytest.raises(PatchError, match=name):
        markdown_patches.install(Markdown(extensions=EXTENSIONS), speed=True)


def test_a_missing_or_moved_processor_is_reported() -> None:
    for registry, name in (("treeprocessors", "inline"), ("preprocessors", "html_block"), ("treeprocessors", "toc")):
        md = Markdown(extensions=EXTENSIONS)
        getattr(md, registry).deregister(name)
        with pytest.raises(PatchError, match=name):
            markdown_patches.install(md, speed=True)
    md = Markdown(extensions=EXTENSIONS)
    md.treeprocessors.register(md.treeprocessors["inline"], "inline", 200)
    with pytest.raises(PatchError, match="inline"):
        markdown_patches.install(md, speed=True)
