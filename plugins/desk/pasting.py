"""What is pasted from Word, Excel, Google Docs, mails and web pages, as Markdown; `convert` reads it."""

from __future__ import annotations

import re
from typing import NamedTuple

from plugins.convert import document_page, footnotes, html_source, markdown, office_html
from plugins.convert.article import Article
from plugins.convert.blocks import Block
from plugins.i18n import translate

LARGEST = 5_000_000  # letters of HTML
MOST_NAMED = 5  # links that are named in a note
_OF_THE_SITE = re.compile(r"^(?![a-zA-Z][a-zA-Z0-9+.-]*:|//|#)")  # an address that only the page it is from completes
_PARAGRAPH = re.compile(r"^(?![|<#>\[]|\s|[-*+] |\d+[.)] ).+$", re.M)  # as typed, its lines are lines of the text


class Pasted(NamedTuple):
    """Pasted text: its Markdown, and what an editor must know about it."""

    markdown: str
    notes: list[str]


def markdown_of(html: str) -> Pasted:
    """Return the Markdown of HTML from the clipboard.

    Headings, lists, tables, quotations, links, notes and what is bold or struck out are kept; looks are not. Old fonts
    become Unicode. Pictures cannot be taken from the clipboard's HTML: their captions and a note are.

    Args:
        html: What the clipboard has as text/html, at most `LARGEST` letters.
    """
    prepared, notes = office_html.prepared(html[:LARGEST])
    page = document_page.from_html(prepared)
    text = footnotes.write(_markdown(page.blocks), page.footnotes, _markdown)
    text = _PARAGRAPH.sub(lambda paragraph: paragraph[0].replace("<br>", "  \n"), text)
    pictures = sum(block.kind == "picture" for block in page.blocks)
    if pictures:
        notes.append(translate("{count} pictures were not pasted; drop their files here", count=pictures))
    lost = [link for link in html_source.parse(prepared).find_all("a", href=_OF_THE_SITE) if link.get_text(strip=True)]
    if lost:
        words = ", ".join(f"“{' '.join(link.get_text(' ').split())}”" for link in lost[:MOST_NAMED])
        notes.append(translate("the links of {words} lead to places of the old page; set them again", words=words))
    if len(html) > LARGEST:
        notes.append(translate("the text is too long to be pasted at once; the end is missing"))
    return Pasted(text, notes)


def _markdown(blocks: list[Block]) -> str:
    return markdown.body(Article("", "", None, "", "", "", [b for b in blocks if b.kind != "picture"]), {})
