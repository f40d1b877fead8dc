"""The HTML of some Markdown as it is typed: without what a page makes of it for its readers.

Figures, captions and regions of tables, contents, ids of headings, explained abbreviations and the texts of notes are
not there; addresses are as they are written. The editors' desk shows it, and holds what it writes against it.
"""

from __future__ import annotations

from functools import cache
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions.footnotes import FootnoteExtension

from plugins.unicode_text import normalize_lines

from .accessible import AlignmentExtension
from .html import as_markdown, extensions_of_typed_text, sanitized
from .nesting_limits import find_excessive_nesting
from .typed_marks import TypedMarksExtension
from .windows_paths import with_slashes


def typed_html(markdown: str) -> str:
    """Return the safe HTML of some Markdown. Raises RecursionError where it is nested too deeply."""
    text = as_markdown(normalize_lines(markdown).text)
    if find_excessive_nesting(text) is not None:
        raise RecursionError
    try:
        unsafe = _markdown().reset().convert(with_slashes(text))
    except RecursionError:
        _markdown.cache_clear()  # its state is undefined now
        raise
    return sanitized(unsafe, text)[1]


@cache
def _markdown() -> Markdown:
    extensions = [_NotesLeftOut(), *extensions_of_typed_text(TypedMarksExtension()), AlignmentExtension()]
    return Markdown(extensions=extensions, output_format="html")


class _NotesLeftOut(FootnoteExtension):
    """Notes of which only the marks that refer to them are shown."""

    def makeFootnotesDiv(self, root: Element) -> Element | None:  # noqa: N802  # of Markdown
        return None
