"""Marks within a line that are typed nearly right: bold, links, addresses, quotation marks; letters nobody sees."""

from __future__ import annotations

import re
from collections.abc import Iterator

from plugins.i18n import translate
from plugins.markdown_reader.elements import INLINE
from plugins.problems import Edit, Problem
from plugins.unicode_text import unseen_letters

from .pages import HEADER, TEXT, Line, Page, shortened

_CODE = re.compile(r"(`+)[^`]+\1")
_BOLD = "**"
_SPACED_ITALICS = re.compile(r"(?<![\w*\\])\*(?=[^\s*])(?P<text>[^*\n]*[^\s*])(?P<space>[ \t\u00a0]+)\*(?![\w*])")
_SPACED_LINK = re.compile(
    r"\[[^\]\n]+\](?P<space>[ \t\u00a0]+)"
    r"\((?=(?:https?:|mailto:|tel:|www\.|#[\w-]|[./\w-]*/|[\w-]+\.\w{2,4}\)))[^()\s]+\)"
)
# What is a link already, or none: links and pictures, tags and <addresses>, code, definitions of links, attributes
_LINKED = re.compile(
    r"(`+)[^`]+\1|!?\[(?:[^\[\]]|\[[^\]]*\])*\]\s*(?:\([^)]*\)|\[[^\]]*\])|\]\(\s*[^)\s]*|<[^>]*>|^\s*\[[^\]]+\]:\s.*|^\*\[.*|\{[#.:][^}]*\}"
)
_ADDRESS = re.compile(
    r"(?P<web>(?i:https?)://[^\s<>\"'“”()|`]*[^\s<>\"'“”()|`.,;:!?…*_\]])"
    r"|(?P<www>(?<![\w/.@-])www\.[\w-]+(?:\.[\w-]+)+(?:/[^\s<>\"'“”()|`]*[^\s<>\"'“”()|`.,;:!?…*_\]])?/?)"
    r"|(?P<mail>(?<![\w.+@/-])[A-Za-z0-9][\w.+-]*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)"
)
_OBJECT = "\ufffc"
# The sign of Unicode for a letter that cannot be read, and letters of private use; as bullets they are told elsewhere
_DAMAGED = re.compile(rf"[\ufffd{_OBJECT}]|(?<=\S)[ \t]*[\ue000-\uf8ff]|[\ue000-\uefff]")
_SHOWN_KEYS = ("title", "short_title", "summary")  # values that readers see as they are typed
_MARK_IN_HEADER = re.compile(
    r"(?<![\w*])(\*{1,3})(?=[^\s*][^*]*(?<=[^\s*])\1(?![\w*]))|(?<!\w)__(?=[^\s_][^_]*__(?!\w))|\]\((?=[^)\s]*[./#])"
    rf"|</?(?:{'|'.join(sorted(INLINE | {'br', 'p'}))})(?:\s[^<>]*)?/?>"
)
_WORD_QUOTES = re.compile(r"[“”„‟][^“”„‟\"\\]*[“”„‟]")


def spaces_in_marks(page: Page) -> Iterator[Problem]:
    """`**Đậm **` and `*nghiêng *`, whose stars readers would see."""
    for line in page.body:
        if line.kind == TEXT and "*" in line.text:
            text = _CODE.sub(lambda code: "`" * len(code[0]), line.text)
            yield from _spaced_bold(page, line, text)
            if _BOLD not in text:
                for match in _SPACED_ITALICS.finditer(text):
                    start, end = match.span("space")
                    after = "" if text[match.end() : match.end() + 1] in ("", " ", ",", ".", ";", ":") else " "
                    edits = [Edit(line.start + start, line.start + match.end(), f"*{after}")]
                    yield page.finding(line, "spaced-mark", _advice("*"), span=(start, end + 1), edits=edits)


def _spaced_bold(page: Page, line: Line, text: str) -> Iterator[Problem]:
    pieces = text.split(_BOLD)
    if len(pieces) % 2 == 0 or "***" in text:  # a mark without its partner
        return
    position = 0
    for number, piece in enumerate(pieces):
        inner = piece.strip()
        if number % 2 and inner != piece and any(map(str.isalpha, inner)):
            before, after = pieces[number - 1], pieces[number + 1]
            left = " " if piece[0].isspace() and before[-1:].isalnum() else ""
            right = " " if piece[-1].isspace() and after[:1].isalnum() else ""
            start, end = position - len(_BOLD), position + len(piece) + len(_BOLD)
            typed = line.text[position : position + len(piece)].strip()
            edits = [Edit(line.start + start, line.start + end, f"{left}{_BOLD}{typed}{_BOLD}{right}")]
            yield page.finding(line, "spaced-mark", _advice(_BOLD), span=(start, end), edits=edits)
        position += len(piece) + len(_BOLD)


def _advice(mark: str) -> str:
    return translate("leave no space between {mark} and the words within it, or readers see the marks", mark=mark)


def spaced_links(page: Page) -> Iterator[Problem]:
    """`[Tải văn bản] (a.pdf)`, which is no link."""
    for line in page.body:
        if line.kind != TEXT or "[" not in line.text:
            continue
        for match in _SPACED_LINK.finditer(line.text):
            message = translate("write the address of a link right after its words, without a space: [words](address)")
            edit = Edit(line.start + match.start("space"), line.start + match.end("space"), "")
            yield page.finding(line, "spaced-link", message, span=match.span(), edits=[edit])


def bare_addresses(page: Page) -> Iterator[Problem]:
    """Addresses of pages and of mail that readers cannot click on."""
    for line in page.body:
        if line.kind != TEXT or not ("@" in line.text or "www." in line.text or "://" in line.text):
            continue
        text = _LINKED.sub(lambda linked: " " * len(linked[0]), line.text)
        for match in _ADDRESS.finditer(text):
            address = match[0]
            link = f"[{address}](https://{address})" if match["www"] else f"<{address}>"
            message = translate("{address} is no link yet; write {link}", address=shortened(address), link=link)
            edit = Edit(line.start + match.start(), line.start + match.end(), link)
            yield page.finding(line, "bare-address", message, span=match.span(), edits=[edit])


def unseen(page: Page) -> Iterator[Problem]:
    """Letters that nobody sees, as web pages and Word leave them in words; the page is without them already."""
    if page.text.isprintable() or page.text.isascii():
        return
    for line in page.lines:
        spans = [] if line.text.isprintable() else list(unseen_letters(line.text))
        if spans:
            message = translate("there are letters here that nobody sees, such as soft hyphens; delete them")
            edits = [Edit(line.start + start, line.start + end, "") for start, end in spans]
            yield page.finding(line, "unseen-letters", message, "note", spans[0], edits)


def damaged_letters(page: Page) -> Iterator[Problem]:
    """Signs that stand for a letter that a program could not read, or for a picture that was not pasted."""
    if not _DAMAGED.search(page.text):
        return
    for line in page.lines:
        match = _DAMAGED.search(line.text)
        if match and match[0] == _OBJECT:
            message = translate(
                "a picture or table stood here that was not pasted; put it in again, or delete this sign"
            )
            yield page.finding(line, "damaged-letters", message, span=match.span())
        elif match:
            message = translate("a letter is lost here: “{sign}”; type it again", sign=match[0])
            yield page.finding(line, "damaged-letters", message, span=match.span())


def marks_in_header(page: Page) -> Iterator[Problem]:
    """`title: "**Thông báo**"`: in the header there is no Markdown and no HTML, so readers see the marks."""
    for field in page.fields:
        if field.key not in _SHOWN_KEYS:
            continue
        for match in _MARK_IN_HEADER.finditer(field.value):
            text = translate("{key}: {mark} stays as it is typed; delete it here", key=field.key, mark=match[0])
            start = field.column + match.start()
            yield page.finding(field.line, "mark-in-header", text, span=(start, start + len(match[0])))
            break


def quotes_of_word(page: Page) -> Iterator[Problem]:
    """A value of the header between Word's quotation marks, which then are part of it."""
    for field in page.fields:
        is_quoted = field.line.text[field.column - 1] in "\"'"  # then they are meant: a title that is somebody's words
        if field.line.kind == HEADER and not is_quoted and _WORD_QUOTES.fullmatch(field.value):
            message = translate('{key}: the quotation marks of Word are shown; write straight ones: "…"', key=field.key)
            start = field.line.start + field.column
            edits = [Edit(start, start + 1, '"'), Edit(start + len(field.value) - 1, start + len(field.value), '"')]
            span = (field.column, field.column + len(field.value))
            yield page.finding(field.line, "word-quotes", message, span=span, edits=edits)
