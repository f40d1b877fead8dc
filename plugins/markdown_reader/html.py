"""Converts Markdown to safe HTML.

Whatever a file contains, its HTML has only what sanitizing.py allows; references.py resolves its links and pictures,
and reports.py tells what does not come out as it is typed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from html import unescape

from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.toc import TocExtension

from plugins.i18n import translate
from plugins.languages import language
from plugins.problems import Problem
from plugins.unicode_text import normalize_lines

from .accessible import AccessibleExtension, heading_id, normalize_headings
from .angle_brackets import AngleBracketsExtension, escape_text
from .blank_lines import BlankLinesExtension
from .fences import FencesExtension
from .markdown_patches import install
from .nesting_limits import find_excessive_nesting
from .references import PictureReference, ReferenceResolver
from .reports import Reports
from .sanitizing import sanitize
from .typed_lists import TypedListsExtension
from .typed_marks import TypedMarksExtension, plain_blanks, straight_quotes
from .typed_tables import plain_tables
from .windows_paths import with_slashes

_TAG = re.compile(r"<[^>]*>")
_ANCHOR_NAME = re.compile(r"(<a\s(?:[^>]*?\s)?)name(?=\s*)=", re.I)  # the id of former HTML, as Word writes it
_SCROLLABLE_TABLE = re.compile(r'<section (?=[^>]*\bclass="scroll")[^>]*>\s*<table\b')
_LEFT_ESCAPE = re.compile("\x02(\\d+)\x03")  # by which Markdown keeps an escaped letter, left in e-mail addresses


@dataclass
class Body:
    """The body of a content file.

    Attributes:
        html: safe HTML.
        pictures: the pictures that it shows, in order.
        linked_files: paths in the content folder that it links to, each once.
        portal_links: addresses of the portal that it links to, as written (`/tro-nang/`), each once.
        fragments: places on other pages that it links to: one of `linked_files` or `portal_links`, and the fragment as
            written, without `#`.
        problems: what is wrong with it; they do not name the file.
        file_digest: digest of the whole file, header included.
    """

    html: str
    pictures: list[PictureReference] = field(default_factory=list)
    linked_files: list[str] = field(default_factory=list)
    portal_links: list[str] = field(default_factory=list)
    fragments: list[tuple[str, str]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    file_digest: str = ""


def convert(
    markdown: str,
    source: str,
    content_folder: str,
    lang: str,
    first_line: int = 1,
    default_lang: str = "",
    edit: Callable[[str], str] = lambda html: html,
) -> Body:
    """Convert the Markdown of one file.

    Args:
        markdown: the text below the header.
        source: absolute path of the file.
        content_folder: absolute path of the content folder.
        lang: language of the labels that are added, such as "Table".
        first_line: line of the file at which the text begins, for problems.
        default_lang: the portal's first language, which supplies labels that `lang` lacks; by default `lang`.
        edit: see `Kind.edit_body`.
    """
    normalized = normalize_lines(markdown)
    text = as_markdown(normalized.text)
    deep = find_excessive_nesting(text)
    if deep is not None:
        return Body("", problems=[_nesting_problem(first_line + normalized.original_line(deep))])
    catalogue = language(lang, default_lang or lang).words
    _ACCESSIBLE.gettext = catalogue.gettext
    try:
        unsafe = _markdown().reset().convert(with_slashes(text))
    except RecursionError:
        _markdown.cache_clear()  # its state is undefined now
        return Body("", problems=[_nesting_problem(first_line)])
    unsafe, html = sanitized(unsafe, text)
    if _has_raw_tables(html):
        from .raw_tables import complete_tables  # BeautifulSoup takes as long to import as an article to rebuild

        html = sanitize(complete_tables(html, catalogue))
    html = edit(normalize_headings(html)).replace("<pre", '<pre tabindex="0"')  # so that the keyboard can scroll it
    if "{" in html or "|" in html:  # in an attribute Pelican could take them for its prefixes
        html = _TAG.sub(lambda tag: tag[0].replace("{", "&#123;").replace("|", "&#124;"), html)
    reports = Reports(normalized._replace(text=text), first_line)
    reports.add_unsafe(unsafe)
    reports.add_lost_addresses(unsafe, html)
    reports.add_rows(_TYPED_MARKS.long_rows, _TYPED_MARKS.odd_rows)
    reports.add_names(_markdown().references)
    resolver = ReferenceResolver(source, content_folder, reports)
    shown, html = html, resolver.resolve(html)
    reports.add_visible_marks(html)
    # as it was before pictures that do not exist, which are told, lost their descriptions
    reports.add_lost_text(_with_plain_signs(normalized.text), shown)
    links = list(resolver.linked_files), list(resolver.portal_links), list(resolver.fragments)
    return Body(html, resolver.pictures, *links, reports.problems)


def as_markdown(text: str) -> str:
    """Return a normalized text as Markdown has it: blanks, tables and quotation marks; its lines keep their numbers."""
    return plain_tables(_with_plain_signs(text))


def _with_plain_signs(text: str) -> str:
    return straight_quotes(plain_blanks(text))


def sanitized(unsafe: str, text: str) -> tuple[str, str]:
    """Return HTML of Markdown with what is text in it escaped, and the same sanitized."""
    if "<" in text:
        unsafe = _ANCHOR_NAME.sub(r"\1id=", escape_text(unsafe, context=text))
    return unsafe, _LEFT_ESCAPE.sub(lambda escape: chr(int(escape[1])), sanitize(unsafe))


def shows_anything(html: str) -> bool:
    """Whether a text has a letter, a digit or a picture."""
    return "<img" in html or any(map(str.isalnum, unescape(_TAG.sub("", html))))


def _nesting_problem(line: int) -> Problem:
    return Problem("", line, translate("is nested too deeply; write it simpler"))


def _has_raw_tables(html: str) -> bool:
    """Whether sanitized HTML has a table outside of a scrollable region."""
    tables = html.count("<table")
    return tables > 0 and tables > len(_SCROLLABLE_TABLE.findall(html))


_ACCESSIBLE = AccessibleExtension()
_TYPED_MARKS = TypedMarksExtension()


@cache
def _markdown() -> Markdown:
    """The Markdown instance for all files."""
    # here, as a build that reads nothing does without; and as objects, since for a name Markdown searches every package
    from markdown.extensions.abbr import AbbrExtension
    from markdown.extensions.footnotes import FootnoteExtension

    extensions = [AbbrExtension(), FootnoteExtension(BACKLINK_TEXT="↩"), *extensions_of_typed_text(_TYPED_MARKS)]
    extensions += [TocExtension(slugify=heading_id), _ACCESSIBLE]
    return install(Markdown(extensions=extensions, output_format="html"))


def extensions_of_typed_text(marks: TypedMarksExtension) -> list[Extension]:
    """Return the extensions that read what people type, but notes."""
    from markdown.extensions.attr_list import AttrListExtension
    from markdown.extensions.def_list import DefListExtension
    from markdown.extensions.md_in_html import MarkdownInHtmlExtension
    from markdown.extensions.sane_lists import SaneListExtension
    from markdown.extensions.tables import TableExtension

    general = [
        AttrListExtension(),
        DefListExtension(),
        MarkdownInHtmlExtension(),
        SaneListExtension(),
        TableExtension(),
    ]
    own = [FencesExtension(), AngleBracketsExtension(), TypedListsExtension(), BlankLinesExtension(), marks]
    return [*general, *own]
