"""All that is replaced in Python-Markdown: what most articles are, plain paragraphs, takes a short way.

Every inline pattern of Python-Markdown, and of the extensions used here, needs at least one of a few
characters; no kind of block but a paragraph is one line that begins with a letter; without `<` there
is no HTML; and the table of contents, that `toc` makes beside the headings' ids, is wanted only where
an article says [TOC]. The result is the same with and without (tests compare them); it saves a third
of the time that an article takes. Nothing here is needed for correctness.

`install` changes one Markdown instance, never the library. Every name that it leans on is looked for first:
PatchError tells of one that is not as it was.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.blockprocessors import ParagraphProcessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import InlineProcessor
from markdown.util import Registry

from plugins import patching

MARKDOWN = patching.Library("Markdown")
_MARKUP = re.compile(r"[`\\\[\]!<>&*_]|  \n")
_TOC = "[TOC]"


def install(md: Markdown, speed: bool | None = None) -> Markdown:
    """Put the short ways into an instance that has all its extensions, `toc` among them. Raises PatchError.

    speed: whether to do it at all; None: what PORTAL_SPEED_PATCHES says. Returns the instance.
    """
    if speed is None:
        speed = patching.speed_patches_wanted()
    if speed:
        MARKDOWN.require(InlineProcessor, "_InlineProcessor__handleInline", "self", "data", "patternIndex")
        MARKDOWN.require(ParagraphProcessor, "test", "self", "parent", "block")
        _instead(md.treeprocessors, "inline", 20, lambda was: _QuickInline(md))
        _instead(md.preprocessors, "html_block", 20, lambda was: _QuickHtml(md, was))
        _first(md.parser.blockprocessors, "one_line", 200, _OneLine(md.parser))
        marker = _Marker(md)
        _first(md.preprocessors, "toc_marker", 31, marker)
        _without_contents(md, marker)
    return md


def _instead(registry: Registry, name: str, priority: float, make: Callable[[Any], object]) -> None:
    """Register what is made from an item in its place; the others stand around it as before."""
    if name not in registry:
        raise MARKDOWN.mismatch_error(f'processor "{name}"')
    place = registry.get_index_for_name(name)
    registry.register(make(registry[name]), name, priority)
    if registry.get_index_for_name(name) != place:
        raise MARKDOWN.mismatch_error(f'processor "{name}" with priority {priority:g}')


def _first(registry: Registry, name: str, priority: float, item: object) -> None:
    registry.register(item, name, priority)
    if registry.get_index_for_name(name):
        raise MARKDOWN.mismatch_error(f"processors with priorities below {priority:g}")


class _QuickInline(InlineProcessor):
    # the name under which Python's name mangling looks for the private method of the base class
    def _InlineProcessor__handleInline(self, data: str, patternIndex: int = 0) -> str:
        if not _MARKUP.search(data):
            return data
        return super()._InlineProcessor__handleInline(data, patternIndex)


class _OneLine(ParagraphProcessor):
    def test(self, parent: Element, block: str) -> bool:
        return block[:1].isalpha() and "\n" not in block


class _QuickHtml(Preprocessor):
    def __init__(self, md: Markdown, thorough: Preprocessor) -> None:
        super().__init__(md)
        self.thorough = thorough

    def run(self, lines: list[str]) -> list[str]:
        return self.thorough.run(lines) if any("<" in line for line in lines) else lines


class _Marker(Preprocessor):
    """Looks for [TOC] in what was written, before any of it is set aside."""

    wanted = False

    def run(self, lines: list[str]) -> list[str]:
        self.wanted = any(_TOC in line for line in lines)
        return lines


def _without_contents(md: Markdown, marker: _Marker) -> None:
    """Have `toc` make no table of contents where none is shown."""
    if "toc" not in md.treeprocessors:
        raise MARKDOWN.mismatch_error('processor "toc"')
    toc = md.treeprocessors["toc"]
    if MARKDOWN.require(toc, "marker") != _TOC:
        raise MARKDOWN.mismatch_error(f"toc.marker {_TOC}", toc.marker)
    build_toc_div = MARKDOWN.require(toc, "build_toc_div", "toc_list")
    replace_marker = MARKDOWN.require(toc, "replace_marker", "root", "elem")

    def build(toc_list: list) -> Element:
        return build_toc_div(toc_list) if marker.wanted else Element("div")

    def replace(root: Element, elem: Element) -> None:
        if marker.wanted:
            replace_marker(root, elem)

    toc.build_toc_div, toc.replace_marker = build, replace
