"""Who reads which kind of source: each reader makes a Page of a file, with the files that are within it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from . import (
    mime_page,
    office_html,
    old_word_file,
    open_document,
    pdf_file,
    rich_text,
    text_page,
    word_file,
)
from .blocks import Page

Files = dict[str, bytes]
Read = tuple[Page, Files | None]


READERS: Mapping[str, Callable[[bytes], Read]] = {
    "text": lambda raw: (text_page.read(raw), None),
    "html": lambda raw: (office_html.read(raw), None),
    "word": word_file.read,
    "old-word": old_word_file.read,
    "odt": open_document.read,
    "rtf": rich_text.read,
    "mhtml": mime_page.read_saved_page,
    "mail": mime_page.read_mail,
    "pdf": pdf_file.read,
}
