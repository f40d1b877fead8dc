"""Everything that is replaced in Python-Markdown, to convert articles faster.

Most of an article is plain paragraphs, and for these much of the work can be left out: several in a row are set aside
as HTML before anything else looks at them, and a single line that begins with a letter is a paragraph. Each kind of
inline markup needs a character of its own; there is no HTML without `<`, no escape without a backslash, and no list of
attributes without `{`; the table of contents is wanted only where an article says [TOC]; whether an element is a block
is the same each time. The output is the same with and without these patches, which the tests compare. They
save a third to a half of the time that an article takes.

`install` changes one Markdown instance, never the library. It checks every private name that it depends on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from html import unescape
from typing import Any
from xml.etree.ElementTree import HTML_EMPTY, Element

from markdown import Markdown, serializers
from markdown.blockprocessors import ParagraphProcessor
from markdown.extensions import toc
from markdown.extensions.abbr import AbbrTreeprocessor
from markdown.inlinepatterns import InlineProcessor as InlinePattern
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import InlineProcessor
from markdown.util import ETX, INLINE_PLACEHOLDER_PREFIX, STX, AtomicString, Registry

from plugins import patching

MARKDOWN = patching.Library("Markdown")
_TOC = "[TOC]"
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_TOC_FUNCTIONS = (
    ("render_inner_html", "el", "md"),
    ("remove_fnrefs", "root"),
    ("strip_tags", "text"),
    ("unique", "id", "ids", "counters"),
)
# What a text must have so that a kind of inline markup can be in it. Kinds that are not here are always looked for.
_SIGNS_OF_INLINE = {
    **dict.fromkeys(("backslash_break", "escape"), "\\"),
    **dict.fromkeys(("footnote", "reference", "link", "short_reference"), "["),
    **dict.fromkeys(("image_link", "image_reference", "short_image_ref"), "!["),
    **dict.fromkeys(("autolink", "automail", "html"), "<"),
    "backtick": "`",
    "linebreak": "  \n",
    "entity": "&",
    "strikethrough": "~~",
}
_SIGNS = "`\\[]<>&*_~{}|"  # that Markdown or an extension knows within a line
_CHANGING_PARAGRAPHS = ("*[", "///")  # explained abbreviations, and the place of notes


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
    if not speed:
        return md
    MARKDOWN.require(InlineProcessor, "_InlineProcessor__handleInline", "self", "data", "patternIndex")
    MARKDOWN.require(InlineProcessor, "_InlineProcessor__processPlaceholders", "self", "data", "parent", "isText")
    MARKDOWN.require(
        InlineProcessor, "_InlineProcessor__applyPattern", "self", "pattern", "data", "patternIndex", "startIndex"
    )
    MARKDOWN.require(ParagraphProcessor, "test", "self", "parent", "block")
    MARKDOWN.require(md, "is_block_level", "tag")
    source = _Source()
    _prepend(md.preprocessors, "source", 31, source)
    _run_only_if(_find(md.preprocessors, "normalize_whitespace"), _needs_normalization, lambda lines: [*lines, "", ""])
    _run_only_if(_find(md.preprocessors, "html_block"), _has_tag, lambda lines: lines)
    md.preprocessors.register(PlainParagraphs(md, source), "plain_paragraphs", 18)
    if md.preprocessors.get_index_for_name("plain_paragraphs") != md.preprocessors.get_index_for_name("html_block") + 1:
        raise MARKDOWN.mismatch_error('no processor right after "html_block"')
    _prepend(md.parser.blockprocessors, "one_line", 200, OneLineProcessor(md.parser))
    md.parser.blockprocessors = _listed_once(md.parser.blockprocessors)
    _replace(md.treeprocessors, "inline", 20, lambda original: FastInlineProcessor(md))
    _run_only_if(_find(md.treeprocessors, "attr_list"), lambda root: "{" in source.text)
    _run_only_if(_find(md.treeprocessors, "unescape"), lambda root: "\\" in source.text)
    _look_for_abbreviations_first(_find(md.treeprocessors, "abbr"))
    heading_ids = _HeadingIds(md, _find(md.treeprocessors, "toc"))
    _run_only_if(md.treeprocessors["toc"], lambda root: _TOC in source.text, heading_ids.run)
    if md.serializer is serializers.to_html_string:
        for function in ("_escape_cdata", "_escape_attrib_html"):
            MARKDOWN.require(serializers, function, "text")
        md.serializer = serialize
    md.is_block_level = cache(md.is_block_level)  # type: ignore[method-assign]
    return md


def _find(registry: Registry[Any], name: str) -> Any:  # noqa: ANN401 (a processor of any kind)
    if name not in registry:
        raise MARKDOWN.mismatch_error(f'processor "{name}"')
    return registry[name]


def _run_only_if(
    processor: Any,  # noqa: ANN401 (of any kind)
    is_needed: Callable[[Any], bool],
    otherwise: Callable[[Any], object] = lambda root: None,
) -> None:
    """Let a processor run only for the lines or trees that need it; for others `otherwise` gives the result."""
    run = MARKDOWN.require(processor, "run")
    processor.run = lambda argument: run(argument) if is_needed(argument) else otherwise(argument)


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


class _ListedOnce(Registry[Any]):
    """A registry that is complete, so that its items are listed once only."""

    items: tuple[Any, ...] = ()

    def __iter__(self) -> Iterator[Any]:
        return iter(self.items)


def _listed_once(registry: Registry[Any]) -> Registry[Any]:
    result = _ListedOnce()
    for name, priority in MARKDOWN.require(registry, "_priority"):
        result.register(registry[name], name, priority)
    result.items = tuple(registry)
    return result


# --- lines ---


class _Source(Preprocessor):
    """Keeps a text as it is before anything is set aside. text: the one that is being converted."""

    text = ""

    def run(self, lines: list[str]) -> list[str]:
        self.text = "\n".join(lines)
        return lines


def _needs_normalization(lines: list[str]) -> bool:
    """Whether lines have something that the first preprocessor changes."""
    if any(line[:1] == " " or "\t" in line for line in lines):
        return True
    return any("\r" in line or STX in line or ETX in line for line in lines)


def _has_tag(lines: list[str]) -> bool:
    return any("<" in line for line in lines)


class PlainParagraphs(Preprocessor):
    """Sets paragraphs of one line without any markup aside, as Markdown does with HTML.

    The last one before something else is not among them, since it may be a term of a list or the caption of a table.
    """

    def __init__(self, md: Markdown, source: _Source) -> None:
        super().__init__(md)
        self.source = source

    def run(self, lines: list[str]) -> list[str]:
        if any(sign in self.source.text for sign in _CHANGING_PARAGRAPHS):
            return lines
        signs = [sign for sign in _SIGNS if sign in self.source.text]
        result: list[str] = []
        run: list[str] = []
        for block in "\n".join(lines).split("\n\n"):
            if block[:1].isalpha() and "\n" not in block and not any(sign in block for sign in signs):
                run.append(block)
                continue
            last = [run.pop()] if run and block[:1] != "#" else []
            result += [*self._set_aside(run), *last, block]
            run = []
        return "\n\n".join([*result, *self._set_aside(run)]).split("\n")

    def _set_aside(self, paragraphs: list[str]) -> list[str]:
        """The placeholder for some paragraphs."""
        html = "\n".join(f"<p>{line}</p>" for line in paragraphs)
        return [self.md.htmlStash.store(html)] if paragraphs else []


# --- blocks and inline markup ---


class OneLineProcessor(ParagraphProcessor):
    """Takes a block that is one line and begins with a letter, which no other processor would take."""

    def test(self, parent: Element, block: str) -> bool:
        return block[:1].isalpha() and "\n" not in block


class FastInlineProcessor(InlineProcessor):
    """Tries only the patterns whose signs a text has, and looks only for placeholders that are there."""

    # Overrides private methods, under the names that Python's name mangling gives them.
    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        by_pattern = {id(md.inlinePatterns[name]): name for name, _ in MARKDOWN.require(md.inlinePatterns, "_priority")}
        self._patterns = [(_SIGNS_OF_INLINE.get(by_pattern[id(item)], ""), item) for item in md.inlinePatterns]

    def _InlineProcessor__handleInline(self, data: str, patternIndex: int = 0) -> str:  # noqa: N802, N803  # as there
        if isinstance(data, AtomicString):
            return data
        apply_pattern: Callable[..., tuple[str, bool, int]] = self._InlineProcessor__applyPattern  # type: ignore[attr-defined]  # not in stubs
        start = 0
        for index in range(patternIndex, len(self._patterns)):
            sign, pattern = self._patterns[index]
            if sign not in data:
                continue
            matched = not isinstance(pattern, InlinePattern) or bool(pattern.getCompiledRegExp().search(data))
            while matched:
                data, matched, start = apply_pattern(pattern, data, index, start)
        return data

    def _InlineProcessor__processPlaceholders(  # noqa: N802
        self,
        data: str | None,
        parent: Element,
        isText: bool = True,  # noqa: N803
    ) -> list[tuple[Element, list[str]]]:
        if data is None or INLINE_PLACEHOLDER_PREFIX in data:
            return super()._InlineProcessor__processPlaceholders(data, parent, isText)  # type: ignore[misc, no-any-return]
        if isText:
            parent.text = parent.text + data if parent.text else data
        else:
            parent.tail = parent.tail + data if parent.tail else data
        return []


# --- the tree ---


def _look_for_abbreviations_first(processor: AbbrTreeprocessor) -> None:
    """Let `abbr` look only at elements in whose text there is an abbreviation."""
    replace = MARKDOWN.require(processor, "iter_element", "el", "parent")

    def has_any(text: str | None) -> bool:
        return text is not None and any(abbreviation in text for abbreviation in processor.abbrs)

    def iter_element(el: Element, parent: Element | None = None) -> None:
        if len(el) or has_any(el.text) or has_any(el.tail):
            replace(el, parent)

    processor.iter_element = iter_element  # type: ignore[method-assign]


class _HeadingIds:
    """Gives headings their ids, as `toc` does."""

    def __init__(self, md: Markdown, original: toc.TocTreeprocessor) -> None:
        self.md, self.original = md, original
        if MARKDOWN.require(original, "marker") != _TOC:
            raise MARKDOWN.mismatch_error(f"toc.marker {_TOC}", original.marker)
        MARKDOWN.require(original, "set_level", "elem")
        for function, *parameters in _TOC_FUNCTIONS:
            MARKDOWN.require(toc, function, *parameters)

    def run(self, root: Element) -> None:
        headings = [element for element in root.iter() if element.tag in _HEADINGS]
        if headings:
            self._give_ids(root, headings)

    def _give_ids(self, root: Element, headings: Iterable[Element]) -> None:
        used = {element.attrib["id"] for element in root.iter() if "id" in element.attrib}
        counters: dict[str, int] = {}
        for heading in headings:
            self.original.set_level(heading)
            if "id" not in heading.attrib:
                slug = self.original.slugify(unescape(self._name(heading)), self.original.sep)
                heading.attrib["id"] = toc.unique(slug, used, counters)
            heading.attrib.pop("data-toc-label", None)

    def _name(self, heading: Element) -> str:
        text = heading.text or ""
        if not len(heading) and not any(sign in text for sign in ("&", "<", ">", STX)):
            return " ".join(text.split())
        return str(toc.strip_tags(toc.render_inner_html(toc.remove_fnrefs(heading), self.md)))


def serialize(root: Element) -> str:
    """Return HTML as `to_html_string` does, by recursion; what is unusual is left to that."""
    parts: list[str] = []
    try:
        _serialize(root, parts.append)
    except _UnusualElementError:
        return serializers.to_html_string(root)
    return "".join(parts)


class _UnusualElementError(Exception):
    """An element that is no element of HTML, or has an attribute without a value."""


def _serialize(element: Element, write: Callable[[str], None]) -> None:
    tag, text, tail = element.tag, element.text, element.tail
    if tag.__class__ is not str or tag in ("script", "style"):
        raise _UnusualElementError
    if element.attrib:
        write(f"<{tag}{_attributes(element)}>")
    else:
        write(f"<{tag}>")
    if text:
        write(_escaped(text))
    for child in element:
        _serialize(child, write)
    if tag not in HTML_EMPTY:
        write(f"</{tag}>")
    if tail:
        write(_escaped(tail))


def _attributes(element: Element) -> str:
    items = sorted(element.items())
    if not all(name.__class__ is str and isinstance(value, str) and name != value for name, value in items):
        raise _UnusualElementError
    escape: Callable[[str], str] = serializers._escape_attrib_html  # type: ignore[attr-defined]  # noqa: SLF001
    return "".join(f' {name}="{escape(value)}"' for name, value in items)


def _escaped(text: str) -> str:
    if "&" in text or "<" in text or ">" in text:
        escaped: str = serializers._escape_cdata(text)  # type: ignore[attr-defined]  # noqa: SLF001
        return escaped
    return text
