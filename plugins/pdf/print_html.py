"""Prepares an article's body for print: pictures under names that WeasyPrint may read, links with full addresses."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from html import unescape
from typing import NamedTuple

from plugins.markdown_reader.header_parser import split_header
from plugins.markdown_reader.header_values import slug_of

from .list_counters import number_items
from .whole_numbers import keep_whole

_PICTURE = re.compile(r'<img src="\{picture\}([^"]*)" alt="([^"]*)"(?: class="[^"]*")?>')
_HREF = re.compile(r'(<a\b[^>]*?) href="(/[^"]*)"')
_ID = re.compile(r'<[^>]* id="([^"]*)"')
_ANCHOR = re.compile(r'(<a\b[^>]*?) href="#([^"]*)"')
_WEB_LINK = re.compile(r'<a\b[^>]*? href="(https?://[^"]*)"[^>]*>(.*?)</a>', re.S)
_TAG = re.compile(r"<[^>]*>")
_KEY_LINES = re.compile(r"^(?P<key>[^\s#-][^:=：\n]*)[:=：].*\n(?:[ \t]+.*\n|-[ \t].*\n)*", re.M)
_COMMENT = re.compile(r"<!--.*?-->", re.S)


class PrintBody(NamedTuple):
    """A body that is ready for print.

    Attributes:
        html: The body.
        files: The path of each picture by the address that `html` uses for it.
        web_links: Text and address of each link to the web whose text is not the address itself.
    """

    html: str
    files: dict[str, str]
    web_links: list[tuple[str, str]]


def prepare_for_print(body: str, origin: str, picture_file: Callable[[str], str]) -> PrintBody:
    """Prepare a body for print. Links to places that it does not have, such as the top of the page, become plain text.

    Args:
        body: HTML whose links are resolved, with {picture} marks.
        origin: The public address of the portal's host. Where it is "", links within the portal become plain text.
        picture_file: Finds the file of a picture of the content folder.
    """
    files: dict[str, str] = {}

    def insert_picture(mark: re.Match[str]) -> str:
        if not mark[2]:
            return ""  # decoration
        address = f"portal:picture-{len(files)}.jpg"
        files[address] = picture_file(unescape(mark[1]))
        return f'<img src="{address}" alt="{mark[2]}">'

    body = _PICTURE.sub(insert_picture, body)
    body = re.sub(r"<figure>\s*</figure>", "", body)
    ids = {unescape(place) for place in _ID.findall(body)}
    body = _ANCHOR.sub(lambda link: link[0] if unescape(link[2]) in ids else link[1], body)
    body = _HREF.sub(rf'\1 href="{origin}\2"' if origin else r"\1", body)
    text_by_address = {}
    for href, content in _WEB_LINK.findall(body):
        text, address = " ".join(unescape(_TAG.sub("", content)).split()), unescape(href)
        if text and text != address:
            text_by_address[address] = text
    body = keep_whole(number_items(body))
    return PrintBody(body, files, [(text, address) for address, text in text_by_address.items()])


def strip_editorial_notes(markdown: str, internal_keys: Iterable[str]) -> str:
    """Remove what editors wrote for each other from an article's Markdown, which the PDF carries as an attachment.

    These are HTML comments, and the keys of the front matter that concern the editorial work (`internal_keys`, in
    whatever spelling editors may write them).
    """
    header, body = split_header(markdown)
    internal = set(map(slug_of, internal_keys))
    header = _KEY_LINES.sub(lambda lines: "" if slug_of(lines["key"]) in internal else lines[0], header)
    return header + _COMMENT.sub("", body)
