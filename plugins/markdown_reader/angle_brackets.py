"""Tells HTML from text in angle brackets: `Mẫu đơn: <Họ và tên>` is text, and stays on the page.

A browser takes everything from `<` and a letter on for a tag, and shows nothing of it. Here it is one only if its name
is that of an HTML element, its attributes can be attributes, and it is closed again: `thẻ <b>`, `<Section> là phần` are
text. One with attributes need not be closed at the beginning of a line, nor need those that HTML lets open (`<li>`),
if what they are parts of is there.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Sequence

from markdown import Markdown
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor

from .elements import ELEMENTS, INLINE

# https://html.spec.whatwg.org/multipage/indices.html#attributes-3 ("Boolean attribute"), and obsolete ones
_BOOLEAN = (
    "allowfullscreen async autofocus autoplay checked compact controls default defer disabled download formnovalidate "
    "hidden inert ismap itemscope loop multiple muted nohref nomodule noshade novalidate nowrap open playsinline "
    "readonly required reversed selected"
)
_BOOLEAN_ATTRIBUTES = frozenset(_BOOLEAN.split())
# https://html.spec.whatwg.org/multipage/syntax.html#void-elements and …#optional-tags
_WITHOUT_END = frozenset(
    [
        "area",
        "base",
        "body",
        "br",
        "caption",
        "col",
        "colgroup",
        "dd",
        "dt",
        "embed",
        "frame",
        "head",
        "hr",
        "html",
        "img",
        "input",
        "li",
        "link",
        "meta",
        "optgroup",
        "option",
        "p",
        "param",
        "source",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "track",
        "wbr",
    ]
)
# Elements whose end tag may be left out or that have none, and those that they are parts of
_WHOLES = {
    "table": ("caption", "col", "colgroup", "tbody", "td", "tfoot", "th", "thead", "tr"),
    "select": ("optgroup", "option"),
    "datalist": ("option",),
    **dict.fromkeys(("ul", "ol", "menu", "dir"), ("li",)),
    "dl": ("dd", "dt"),
    **dict.fromkeys(("video", "audio", "picture"), ("source", "track")),
    "object": ("param",),
    "map": ("area",),
    "frameset": ("frame",),
    "html": ("head", "body"),
}
_NOTHING_BARE = frozenset(("area", "base", "embed", "frame", "input", "link", "meta", "param", "source", "track"))
_END_TAG = re.compile(r"</([A-Za-z][\w.:-]*)\s*>")
_COMMENT = r"<!--(?:>|->|.*?--!?>)"
_TAG = re.compile(
    rf"{_COMMENT}|<(?P<close>/?)(?P<name>[A-Za-z][\w.:-]*+)(?=[\s/>])"
    r"(?P<attributes>(?:[^<>\"']|\"[^\"]*+\"|'[^']*+')*+)>|<",
    re.S,
)
_ATTRIBUTE = re.compile(r"([^\s=/\"'<>]+)(\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'<>]+))?|([^\s/])")
_BEGINNING = re.compile(r"(?:[ \t>*+•–-]|\d{1,9}[.)])*")  # of a list or a quotation
_NAME = re.compile(r"[A-Za-z_:][\w:.-]*$", re.A)
_LINE_START = re.compile(r" {0,3}<(?P<name>[A-Za-z][A-Za-z1-6]*)(?P<attributes>(?:\s+[\w-]+=[^<>]*)?)\s*>")
_ONE_PARAGRAPH = ("p", "h1", "h2", "h3", "h4", "h5", "h6")  # elements that an empty line ends


class AngleBracketsExtension(Extension):
    """Registers the preprocessor after code has been set aside, and before raw HTML is."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  # the name of Markdown's hook
        md.preprocessors.register(_LineStarts(md), "angle_brackets", 23)


class _LineStarts(Preprocessor):
    """Escapes start tags that are text, since Markdown would take all that follows for HTML, and ends paragraphs."""

    def run(self, lines: list[str]) -> list[str]:
        if not any("<" in line[:4] for line in lines):
            return lines
        result = list(lines)
        rest = Counter(name.lower() for line in lines for name in _END_TAG.findall(line))
        for number, line in enumerate(lines):
            match = _LINE_START.match(line)
            name = match["name"].lower() if match else ""
            is_paragraph = name == "p" or (name in _ONE_PARAGRAPH and match and match["attributes"])
            if is_paragraph and not _has_end(lines, number, name):
                last = next((n for n in range(number, len(lines)) if not lines[n].strip()), len(lines)) - 1
                result[last] += f"</{name}>"
            elif name in ELEMENTS and name not in INLINE and name not in _WITHOUT_END and not rest[name]:
                result[number] = line.replace("<", "&lt;", 1)
            rest.subtract(name.lower() for name in _END_TAG.findall(line))
        return result


def _has_end(lines: Sequence[str], start: int, name: str) -> bool:
    """Whether the end tag of an element comes before the next one begins."""
    for number, line in enumerate(lines[start:]):
        text = line.lower()
        if f"</{name}" in text:
            return True
        if number and f"<{name}" in text:
            break
    return False


def escape_text(html: str, escaped_sign: str = "&lt;", context: str = "", ends: str = "") -> str:
    """Replace every `<` in HTML that begins neither a tag nor a comment.

    Args:
        html: HTML, or Markdown with HTML in it.
        escaped_sign: What to put in its place.
        context: The whole text, if `html` is a part of it or made of it.
        ends: More text in which elements may end.
    """
    if "<" not in html:
        return html
    meaningless = _parts_without_whole((context or html).lower())
    closing = Counter(name.lower() for name in _END_TAG.findall(html + ends))

    def escaped(match: re.Match[str]) -> str:
        if match[0].startswith("<!--") or _is_tag(match, closing, meaningless):
            return match[0]
        return escaped_sign + match[0][1:]

    return _TAG.sub(escaped, html)


def _parts_without_whole(text: str) -> set[str]:
    """Elements that mean nothing in a text in small letters, since what they are parts of is not in it: `thẻ <td>`."""
    wholes = [whole for whole in _WHOLES if f"<{whole}" in text]
    parts = {part for whole, parts in _WHOLES.items() if whole not in wholes for part in parts}
    return parts.difference(*(_WHOLES[whole] for whole in wholes))


def _is_tag(match: re.Match[str], closing: Counter[str], meaningless: Container[str]) -> bool:
    """Whether a match of _TAG is a tag.

    Args:
        match: A match of _TAG.
        closing: How many end tags of each name are still ahead; is updated.
        meaningless: Elements that are parts of others which are not there; only an end tag makes them tags.
    """
    name = (match["name"] or "").lower()
    is_words_own = ":" in name and name.isascii()  # <o:p></o:p>, <v:shape … />; <ghi:chu> alone is text
    if not is_words_own and (
        name not in ELEMENTS or not all(map(_is_attribute, _ATTRIBUTE.finditer(match["attributes"])))
    ):
        return False
    if match["close"]:
        closing[name] -= 1
        return True
    if is_words_own and match["attributes"].endswith("/"):
        return True
    is_bare = not match["attributes"].strip(" \n/")
    needs_end = name in INLINE or is_words_own or name in meaningless or (is_bare and name in _NOTHING_BARE)
    needs_end = needs_end or (name not in _WITHOUT_END and (is_bare or _is_after_text(match)))
    return not needs_end or closing[name] > 0


def _is_after_text(match: re.Match[str]) -> bool:
    """Whether a match is in the middle of a line, in HTML or in Markdown, and not right after a tag."""
    before = match.string[match.string.rfind("\n", 0, match.start()) + 1 : match.start()].rstrip(" ")
    return not before.endswith((">", "|")) and not _BEGINNING.fullmatch(before)


def _is_attribute(match: re.Match[str]) -> bool:
    name = (match[1] or "").lower()
    has_value = bool(match[2]) or name.startswith("data-") or name in _BOOLEAN_ATTRIBUTES
    return has_value and bool(_NAME.match(name))
