"""Everything that is replaced in Python-Markdown, to convert plain paragraphs faster.

Most articles are plain paragraphs, and for these much of the work can be left out: inline markup needs at least one of
a few characters, and each kind of it a match of its pattern; a single line that begins with a letter is a paragraph,
there is no HTML without `<`, the table of contents is wanted only where an article says [TOC], and whether an element
is a block is the same each time. The output is the same with and without these patches, which the
tests compare; they save a third of the time that an article takes.

`install` changes one Markdown instance, never the library. It checks every private name that it depends on.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.blockprocessors import ParagraphProcessor
from markdown.inlinepatterns import InlineProcessor as InlinePattern
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import InlineProcessor
from markdown.util import AtomicString, Registry

from plugins import patching

MARKDOWN = patching.Library("Markdown")
_MARKUP = re.compile(r"[`\\\[\]!<>&*_~]|  \n")
_TOC = "[TOC]"


def install(md: Markdown, speed: bool | None = None) -> Markdown:
    """Patch a Markdown instance and return it.

    Args:
        md: an instance with all its extensions, `toc` among them.
        speed: whether to patch it; by default the environment decides (PORTAL_SPEED_PATCHES).

    Raises:
        PatchError: the installed version of Python-Markdown is not as these patches expect it.
    """
    if speed is None:
        speed = patching.speed_patches_wanted()
    if speed:
        MARKDOWN.require(InlineProcessor, "_InlineProcessor__handleInline", "self", "data", "patternIndex")
        MARKDOWN.require(
            InlineProcessor, "_InlineProcessor__applyPattern", "self", "pattern", "data", "patternIndex", "startIndex"
        )
        MARKDOWN.require(ParagraphProcessor, "test", "self", "parent", "block")
        _replace(md.treeprocessors, "inline", 20, lambda original: FastInlineProcessor(md))
        _replace(md.preprocessors, "html_block", 20, lambda original: FastHtmlPreprocessor(md, original))
        _prepend(md.parser.blockprocessors, "one_line", 200, OneLineProcessor(md.parser))
        detector = _TocDetector(md)
        _prepend(md.preprocessors, "toc_detector", 31, detector)
        _skip_unused_toc(md, detector)
        MARKDOWN.require(md, "is_block_level", "tag")
        md.is_block_level = cache(md.is_block_level)  # type: ignore[method-assign]
    return md


def _replace(registry: Registry[Any], name: str, priority: float, build: Callable[[Any], object]) -> None:
    """Replace a registered item by one that `build` makes from it; the order of the items stays the same."""
    if name not in registry:
        raise MARKDOWN.mismatch_error(f'processor "{name}"')
    index = registry.get_index_for_name(name)
    registry.register(build(registry[name]), name, priority)
    if registry.get_index_for_name(name) != index:
        raise MARKDOWN.mismatch_error(f'processor "{name}" with priority {priority:g}')


def _prepend(registry: Registry[Any], name: str, priority: float, item: object) -> None:
    registry.register(item, name, priority)
    if registry.get_index_for_name(name):
        raise MARKDOWN.mismatch_error(f"processors with priorities below {priority:g}")


class FastInlineProcessor(InlineProcessor):
    """Leaves a text without markup as it is, and tries on others only the patterns that match somewhere."""

    # Overrides a private method, under the name that Python's name mangling gives it.
    def _InlineProcessor__handleInline(self, data: str, patternIndex: int = 0) -> str:  # noqa: N802, N803  # as there
        if isinstance(data, AtomicString) or not _MARKUP.search(data):
            return data
        apply_pattern: Callable[..., tuple[str, bool, int]] = self._InlineProcessor__applyPattern  # type: ignore[attr-defined]  # not in stubs
        start = 0
        for index in range(patternIndex, len(self.inlinePatterns)):
            pattern = self.inlinePatterns[index]
            matched = not isinstance(pattern, InlinePattern) or bool(pattern.getCompiledRegExp().search(data))
            while matched:
                data, matched, start = apply_pattern(pattern, data, index, start)
        return data


class OneLineProcessor(ParagraphProcessor):
    """Takes a block that is one line and begins with a letter, which no other processor would take."""

    def test(self, parent: Element, block: str) -> bool:
        return block[:1].isalpha() and "\n" not in block


class FastHtmlPreprocessor(Preprocessor):
    """Leaves lines without `<` as they are, and passes others on to the original preprocessor."""

    def __init__(self, md: Markdown, original: Preprocessor) -> None:
        super().__init__(md)
        self.original = original

    def run(self, lines: list[str]) -> list[str]:
        return self.original.run(lines) if any("<" in line for line in lines) else lines


class _TocDetector(Preprocessor):
    """Looks for [TOC] in a text before any of it is set aside."""

    found = False

    def run(self, lines: list[str]) -> list[str]:
        self.found = any(_TOC in line for line in lines)
        return lines


def _skip_unused_toc(md: Markdown, detector: _TocDetector) -> None:
    """Let `toc` build no table of contents for a text without [TOC]; it still gives headings their ids."""
    if "toc" not in md.treeprocessors:
        raise MARKDOWN.mismatch_error('processor "toc"')
    toc: Any = md.treeprocessors["toc"]  # its methods are replaced below
    if MARKDOWN.require(toc, "marker") != _TOC:
        raise MARKDOWN.mismatch_error(f"toc.marker {_TOC}", toc.marker)
    build_toc_div = MARKDOWN.require(toc, "build_toc_div", "toc_list")
    replace_marker = MARKDOWN.require(toc, "replace_marker", "root", "elem")

    def build(toc_list: list[Any]) -> Element:
        div: Element = build_toc_div(toc_list) if detector.found else Element("div")
        return div

    def replace(root: Element, elem: Element) -> None:
        if detector.found:
            replace_marker(root, elem)

    toc.build_toc_div, toc.replace_marker = build, replace
