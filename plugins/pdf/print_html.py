"""An article's body made ready for paper: pictures by the names WeasyPrint may read, links with their whole address."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from html import unescape

_PICTURE = re.compile(r'<img src="\{picture\}([^"]*)" alt="([^"]*)"(?: class="[^"]*")?>')
_HREF = re.compile(r'(<a\b[^>]*?) href="(/[^"]*)"')
_LINK = re.compile(r'<a\b[^>]*? href="(https?://[^"]*)"[^>]*>(.*?)</a>', re.S)
_TAG = re.compile(r"<[^>]*>")
_TABLE = re.compile(r"<table>(.*?)</table>", re.S)
COLUMNS, LETTERS = 5, 30  # a table with no more columns and no longer word keeps its words whole
# HTML comments (an editor's notes to colleagues), and header lines that are about the work, not the article
_COMMENT = re.compile(r"<!--.*?-->", re.S)
_HEADER = re.compile(r"---\n.*?\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.S)


def prepare_for_print(
    body: str, site: str, file_of: Callable[[str], str]
) -> tuple[str, dict[str, str], list[tuple[str, str]]]:
    """The body, the files of its pictures by address, and its links to the web as (words, address).

    body: HTML with links resolved and {picture} marks. site: the portal's address, or "": then links within
    the portal are left as words. file_of: the file of a picture of the content folder.
    """
    files: dict[str, str] = {}

    def picture(mark: re.Match[str]) -> str:
        if not mark[2]:
            return ""  # decoration
        address = f"portal:picture-{len(files)}.jpg"
        files[address] = file_of(unescape(mark[1]))
        return f'<img src="{address}" alt="{mark[2]}">'

    body = _PICTURE.sub(picture, body)
    body = re.sub(r"<figure>\s*</figure>", "", body)
    body = _HREF.sub(rf'\1 href="{site}\2"' if site else r"\1", body)
    body = _TABLE.sub(_table, body)
    links = {}
    for address, words in _LINK.findall(body):
        plain, target = " ".join(unescape(_TAG.sub("", words)).split()), unescape(address)
        if plain and plain != target:
            links[target] = plain
    return body, files, [(words, address) for address, words in links.items()]


def _table(table: re.Match[str]) -> str:
    columns = len(re.findall(r"<t[dh]\b", table[1].partition("</tr>")[0]))
    longest = max(map(len, unescape(_TAG.sub(" ", table[1])).split()), default=0)
    kind = ' class="narrow"' if columns <= COLUMNS and longest <= LETTERS else ""
    return f"<table{kind}>{table[1]}</table>"


def source_for_readers(markdown: str, internal: Iterable[str]) -> str:
    """An article's Markdown as it is given away: without what editors wrote for each other.

    internal: keys of headers.
    """
    header = _HEADER.match(markdown)
    cut = header.end() if header else 0
    lines = rf"^(?:{'|'.join(map(re.escape, internal))})[ \t]*:.*\n(?:[ \t]+.*\n|-[ \t].*\n)*"
    return re.sub(lines, "", markdown[:cut], flags=re.M | re.I) + _COMMENT.sub("", markdown[cut:])
