"""The end of the account: the file of an article, read as the portal reads it, has every word of the article.

`account.py` shows that each word of a source is in the article, in chrome or in doubt. This shows that what is in the
article is also in its file: fields in the header, and the text, in order, on the page that readers will see.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import unescape

from plugins.markdown_reader import header_parser, html
from plugins.problems import ContentError
from plugins.unicode_text import normalize

from .article import Article
from .blocks import Block, comparison_key
from .names import split_names

_TAG = re.compile(r"<[^<>]*>")
_TARGET = re.compile(r"\]\([^\s()]*(?:\s+\"([^\"\n]*)\")?\)")  # of a link or picture; its caption stays
_SOURCE, _FOLDER = "/articles/x.md", "/articles"  # no file is looked up


def lost_words(article: Article, notes: Iterable[Block], text: str) -> str:
    """Return the first words of an article that are not in its file, or "".

    Args:
        article: the article.
        notes: the blocks of its footnotes.
        text: the file.
    """
    try:
        document = header_parser.split_document(text)
    except ContentError:
        return article.title
    fields = {key: "".join(field.value) for key, field in document.fields.items()}
    for key, value in (("title", article.title), ("summary", article.lead), ("source", article.source)):
        if _key(value) != _key(fields.get(key, "")):
            return value
    if _key(fields.get("authors", "")) != _key("".join(split_names(article.author))):
        return article.author
    texts = [block.caption if block.kind == "picture" else block.text for block in article.body]
    notes = list(notes)
    if not _first_lost(texts, notes, plain_text(document.body)):
        return ""
    page = html.convert(document.body, _SOURCE, _FOLDER, article.lang).html
    return _first_lost(texts, notes, unescape(_TAG.sub(" ", page)))


def _key(text: str) -> str:
    return comparison_key(normalize(text))  # as the portal reads letters


def plain_text(markdown: str) -> str:
    """Return Markdown without its commonest marks: enough for most articles, and a tenth of the time of reading it."""
    return unescape(_TAG.sub(" ", _TARGET.sub(r" \1 ", markdown))).replace("\\", "")


def _first_lost(texts: Iterable[str], notes: Iterable[Block], shown: str) -> str:
    """Return the first of the texts that does not stand below the one before, or of the notes that does not; or ""."""
    shown, at = _key(shown), 0
    for words in texts:
        key = _key(words)
        found = shown.find(key, at)
        if found < 0:
            return words
        at = found + len(key)
    return next((note.text for note in notes if _key(note.text) not in shown), "")
