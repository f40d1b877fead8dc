"""Files with many articles: exports of WordPress, Blogger and Ghost, RSS 2.0 and Atom; each entry becomes a Page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from plugins.i18n import translate

from . import access, dates, feed_entries, ghost_entries, saved_page, shortcodes
from .access import Verdict
from .blocks import Page, clean_text
from .errors import SourceError
from .export_entry import ARTICLE_KINDS, Entry
from .metadata import Metadata
from .names import clean_name

LARGEST_ENTRY = 12_000_000  # letters
SHORTEST_SUMMARY = 40  # letters; a shorter one, or one that breaks off, is no lead
_BLOCK_COMMENT = re.compile(r"<!--\s*/?wp:([\w/-]*).*?-->", re.S)


def entries(path: Path) -> Iterator[Entry]:
    """Yield every entry of a file. Raises SourceError if it is no export, or one that is not safe to read."""
    with path.open("rb") as stream:
        head = stream.read(64).lstrip(b"\xef\xbb\xbf \t\r\n")
        stream.seek(0)
        yield from ghost_entries.entries(stream) if head.startswith(b"{") else feed_entries.entries(stream)


def is_ghost(path: Path) -> bool:
    """Return whether a JSON file begins as an export of Ghost does."""
    with path.open("rb") as stream:
        return re.match(rb'\s*\{\s*"(?:db"\s*:\s*\[|meta"|data"\s*:\s*\{)', stream.read(256)) is not None


def page_of(entry: Entry) -> Page:
    """Return the page of an entry: its HTML, and what the export says about it. Raises SourceError."""
    if len(entry.html) > LARGEST_ENTRY:
        raise SourceError("large")
    html, notes, is_restricted = _without_wordpress(entry.html)
    page = saved_page.from_html(
        f"<html><body><h1>{_escape(entry.title)}</h1><div itemprop='articleBody'>{html}</div></body></html>"
    )
    summary = clean_text(re.sub(r"<[^>]+>", " ", entry.summary))
    page.lead = (
        summary if len(summary) > SHORTEST_SUMMARY and not summary.endswith(("…", "...", "[...]", "[…]")) else ""
    )
    page.metadata = Metadata(
        dates.machine(entry.published),
        dates.machine(entry.updated),
        clean_name(entry.author),
        "",
        clean_text(entry.category),
        [clean_text(tag) for tag in entry.tags],
    )
    page.source_url = entry.address if entry.address.startswith("http") else ""
    page.notes = [*entry.access.notes, *page.notes, *notes]
    page.is_public = entry.access.verdict is Verdict.PUBLIC and not is_restricted
    page.is_restricted = is_restricted
    if entry.kind not in ARTICLE_KINDS:
        page.is_public = False
        page.notes.append(
            translate(
                "Kind: the old portal had this as {kind}, not as an article; it is a draft here.", kind=entry.kind
            )
        )
    return page


def _without_wordpress(html: str) -> tuple[str, list[str], bool]:
    """Return the HTML of WordPress with paragraphs as elements, without block comments and shortcodes.

    Also returned: notes for review, and whether a shortcode or a block hides a part from some readers.
    """
    hiding = [found[1] for found in _BLOCK_COMMENT.finditer(html) if access.restricts(found[1])]
    without = shortcodes.replace(_BLOCK_COMMENT.sub("", html))
    notes = without.notes + [access.restricted_part_note(name) for name in hiding[:1]]
    return _with_paragraphs(without.html), notes, without.is_restricted or bool(hiding)


def _with_paragraphs(html: str) -> str:
    if not re.search(r"<(?:p|div|br|table|ul)\b", html, re.I):
        return "".join(f"<p>{part}</p>" for part in re.split(r"\n\s*\n", html))
    if "<p" not in html.lower() and "\n\n" in html:
        return re.sub(r"\n\s*\n", "<br><br>", html)
    return html


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")
