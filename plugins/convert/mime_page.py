"""Sources in the form of an e-mail (MIME): a page that a browser saved as a single file, and an e-mail itself."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from email import message_from_bytes, policy
from email.message import EmailMessage
from html import escape
from urllib.parse import quote, unquote, urljoin

from plugins.i18n import translate

from . import document_page, encodings, media, office_html
from .blocks import Block, Page, clean_text, comparison_key
from .errors import SourceError
from .headlines import SHORTEST_HEADLINE
from .surroundings import has_sentence

MOST_PARTS = 5000
_FORWARDED = re.compile(r"^(?:\s*(?:re|fwd?|tr|trả lời|chuyển tiếp)\s*:)+\s*", re.I)
_ATTACHED = "dinh-kem/"  # how addresses of attachments begin


class Parts(dict[str, bytes]):
    """The files in a message, by their addresses.

    Args:
        base: the address of the page, with which relative addresses are completed.
    """

    def __init__(self, base: str = "") -> None:
        super().__init__()
        self._base = base

    def add(self, address: str, data: bytes) -> None:
        """Add a file under an address."""
        self[_key(address)] = data

    def get(self, address: str, default: bytes | None = None) -> bytes | None:  # type: ignore[override]
        """Return the file that a page names, as `media.find` asks for it."""
        for each in (address, urljoin(self._base, address) if self._base else ""):
            if each and _key(each) in self:
                return self[_key(each)]
        return default


def _key(address: str) -> str:
    return unicodedata.normalize("NFC", unquote(address))


def read_saved_page(raw: bytes) -> tuple[Page, Parts]:
    """Return the page of a single file (.mhtml, .mht), and its pictures. Raises SourceError."""
    message = _message(raw)
    parts = _parts(message)
    root = next((part for part in parts if part.get_content_type() in ("text/html", "application/xhtml+xml")), None)
    if root is None:
        raise SourceError("mhtml")
    address = _header(root, "Content-Location") or _header(message, "Snapshot-Content-Location")
    files = Parts(address)
    for part in parts:
        if part is not root:
            _add_part(part, files)
    page = office_html.read(_bytes(root))
    if not page.source_url and address.startswith("http"):
        page.source_url = address
    return page, files


def read_mail(raw: bytes) -> tuple[Page, Parts]:
    """Return the page of an e-mail (.eml), and its pictures and documents. Raises SourceError.

    Nobody has said that it may be published, so its article is a draft.
    """
    message = _message(raw)
    body, notes = _body(message)
    files = Parts()
    page = document_page.from_html(body)
    page.notes += notes
    subject = clean_text(_FORWARDED.sub("", _header(message, "Subject")))
    headline = _headline(page.blocks)
    for block in page.blocks:
        block.role = ""
    if headline is not None and page.document is None and comparison_key(headline.text) != comparison_key(subject):
        headline.role = "title"
        page.notes.append(
            translate("Title: it is a line of the e-mail, whose subject is {words}.", words=subject or "?")
        )
    elif subject and page.document is None:
        page.blocks.insert(0, Block("heading", subject, escape(subject), role="title", level=1))
    page.is_public = False
    page.notes.append(
        translate(
            "E-mail: {sender} sent it on {date}; ask whether it may be published.",
            sender=clean_text(_header(message, "From")) or "?",
            date=clean_text(_header(message, "Date")) or "?",
        )
    )
    for part in _parts(message):
        _add_part(part, files)
        if part.get_content_disposition() == "attachment" and part.get_filename():
            _attach(part, files, page)
    return page, files


def _headline(blocks: Sequence[Block]) -> Block | None:
    """Return the line of an e-mail that is set as a headline above its text, if there is one."""
    for index, block in enumerate(blocks):
        is_line = block.kind == "heading" or (block.kind == "text" and "bold" in block.style)
        if is_line and len(block.text) >= SHORTEST_HEADLINE and not block.text.endswith((".", ":", ",")):
            return block if any(has_sentence(each.text) for each in blocks[index + 1 :]) else None
        if has_sentence(block.text) and index:
            return None
    return None


def _attach(part: EmailMessage, files: Parts, page: Page) -> None:
    """Put a link to a document that is attached at the end of the text; tell of any other file."""
    name = clean_text(part.get_filename() or "")
    if name.rsplit(".", 1)[-1].lower() in media.DOCUMENTS:
        address = _ATTACHED + quote(name)
        files.add(address, _bytes(part))
        html = f'<ul><li><a href="{escape(address)}">{escape(name)}</a></li></ul>'
        target = page.document.body if page.document else page.blocks
        target.append(Block("list", name, html))
    else:
        page.notes.append(translate("E-mail: the attached file {name} is not in the article.", name=name))


def _message(raw: bytes) -> EmailMessage:
    try:
        return message_from_bytes(raw.removeprefix(b"\xef\xbb\xbf").lstrip(), policy=policy.default)
    except Exception:  # whatever the parser raises for a broken message
        raise SourceError("mhtml") from None


def _parts(message: EmailMessage) -> list[EmailMessage]:
    """Return all parts that hold a file."""
    found: list[EmailMessage] = []
    for part in message.walk():
        if not part.is_multipart():
            found.append(part)
        if len(found) > MOST_PARTS:
            raise SourceError("large")
    return found


def _add_part(part: EmailMessage, files: Parts) -> None:
    """Add a part by the addresses that a page can name it with."""
    location, identifier = _header(part, "Content-Location"), _header(part, "Content-ID").strip("<> ")
    if location:
        files.add(location, _bytes(part))
    if identifier:
        files.add(f"cid:{identifier}", _bytes(part))


def _body(message: EmailMessage) -> tuple[str, list[str]]:
    """Return the text of an e-mail as HTML, and notes about what stands beside it."""
    texts = {part.get_content_type(): part for part in reversed(_parts(message)) if not part.get_filename()}
    if "text/html" in texts:
        return office_html.prepared(encodings.decode(_bytes(texts["text/html"]))[0])
    if "text/plain" not in texts:
        raise SourceError("mail")
    plain = _decoded(texts["text/plain"])
    paragraphs = re.split(r"\n\s*\n", plain.replace("\r\n", "\n"))
    return "".join(f"<p>{escape(each.strip()).replace(chr(10), '<br>')}</p>" for each in paragraphs), []


def _decoded(part: EmailMessage) -> str:
    """Return the text of a part in the encoding that it names, else in the one that it is in."""
    data, charset = _bytes(part), str(part.get_content_charset("") or "")
    if charset.lower() not in ("", "utf-8", "us-ascii"):
        try:
            return data.decode(charset)
        except (LookupError, ValueError):
            pass
    return encodings.decode(data)[0]


def _bytes(part: EmailMessage) -> bytes:
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""


def _header(part: EmailMessage, name: str) -> str:
    try:
        return "".join(str(part.get(name, "")).split("\r\n")).strip()
    except Exception:  # a header that the parser cannot take apart
        return ""
