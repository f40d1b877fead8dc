"""What kind of source a file is: by its first bytes where they tell, else by the ending of its name.

Nothing is guessed. Old portals have Word files that are really web pages, RTF or web archives; the first bytes of these
say so. A file whose kind neither bytes nor ending name is told, not read.
"""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from plugins.i18n import translate

ENDINGS = {
    **dict.fromkeys(("txt", "text"), "text"),
    **dict.fromkeys(("html", "htm", "xhtml", "shtml", "aspx", "asp", "php", "jsp"), "html"),
    **dict.fromkeys(("docx", "docm", "dotx", "dotm"), "word"),
    **dict.fromkeys(("odt", "ott"), "odt"),
    **dict.fromkeys(("doc", "dot"), "old-word"),
    **dict.fromkeys(("mhtml", "mht"), "mhtml"),
    **dict.fromkeys(("xml", "rss", "atom", "wxr", "json"), "export"),
    "rtf": "rtf",
    "eml": "mail",
    "pdf": "pdf",
    "zip": "zip",
}
ATTACHED = frozenset({"odt", "rtf", "old-word", "pdf"})  # beside a page they are documents that it links to
# Files that pages are made of. What is left of them when all articles are there is needed by none.
PARTS_OF_PAGES = frozenset(
    [
        "css",
        "js",
        "mjs",
        "map",
        "gif",
        "png",
        "jpg",
        "jpeg",
        "jfif",
        "webp",
        "avif",
        "bmp",
        "ico",
        "svg",
        "svgz",
        "tif",
        "tiff",
        "woff",
        "woff2",
        "ttf",
        "otf",
        "eot",
        "swf",
        "mp3",
        "mp4",
        "webm",
        "ogg",
        "m4a",
        "wav",
        "flv",
        "wmv",
        "avi",
        "mov",
        "download",
    ]
)
ARCHIVES = frozenset(["rar", "7z", "tar", "gz", "tgz", "bz2", "xz", "zst", "cab", "iso", "arj", "lzh"])
DATA = frozenset(
    [
        "xls",
        "xlsx",
        "xlsm",
        "ods",
        "csv",
        "ppt",
        "pptx",
        "pps",
        "ppsx",
        "odp",
        "mdb",
        "accdb",
        "sql",
        "db",
        "sqlite",
        "dbf",
    ]
)
_HEAD = 4096  # bytes
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # what Word, Excel and Outlook wrote before 2007
_OLE_NAMES = {"WordDocument": "old-word", "__substg1.0_": "msg", "EncryptedPackage": "encrypted"}
_LARGEST_OLE = 64_000_000  # bytes in which the names of an OLE file are searched
_HTML = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
_EXPORT = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:rss|feed|rdf:RDF)\b", re.I | re.S)
_MAIL = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:(?:From|To|Subject|Date|MIME-Version|Content-Type|Received|Return-Path|Message-ID|Delivered-To"
    rb"|Snapshot-Content-Location|X-[\w-]+):)",
    re.I,
)


def ending_of(path: Path | str) -> str:
    """Return the ending of a name in small letters, without the dot."""
    return Path(path).suffix.lower().removeprefix(".")


def kind_of(path: Path) -> str:
    """Return the kind of a file: a value of ENDINGS, msg, encrypted, or "" for one that is not known."""
    named = ENDINGS.get(ending_of(path), "")
    if named == "text":
        return named
    try:
        with path.open("rb") as stream:
            head = stream.read(_HEAD)
        return _by_content(path, head, named)
    except (OSError, zipfile.BadZipFile):
        return named


def _by_content(path: Path, head: bytes, named: str) -> str:
    if head.startswith(b"PK\x03\x04"):
        return _kind_of_package(path, named)
    if head.startswith(_OLE):
        return _kind_of_ole(path)
    if head.startswith(b"{\\rtf"):
        return "rtf"
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if named in ("", "html", "mhtml", "mail", "old-word") and _MAIL.match(head):
        return "mhtml" if b"multipart/related" in head.lower() and named != "mail" else "mail"
    if named in ("", "old-word") and _HTML.match(head):
        return "html"
    if not named and _EXPORT.match(head):
        return "export"
    return named


def _kind_of_package(path: Path, named: str) -> str:
    """Return the kind of a file that is a ZIP: several kinds of documents are."""
    if named in ("word", "odt", "zip"):
        return named
    with zipfile.ZipFile(path) as archive:
        names = set(archive.namelist())
        if "word/document.xml" in names:
            return "word"
        if "mimetype" in names and archive.getinfo("mimetype").file_size < _HEAD:
            return "odt" if b"opendocument.text" in archive.read("mimetype") else ""
    return "" if ending_of(path) else "zip"  # .xlsx, .epub, .jar: not an archive of pages


def _kind_of_ole(path: Path) -> str:
    with path.open("rb") as stream:
        content = stream.read(_LARGEST_OLE)
    return next((kind for text, kind in _OLE_NAMES.items() if text.encode("utf-16-le") in content), "")


def why_not_read(path: Path | str, kind: str = "") -> str:
    """Return why a file is not read, and what to do.

    Args:
        path: the file.
        kind: its kind, as kind_of returns it.
    """
    ending = ending_of(path)
    if kind == "msg" or ending == "msg":
        return translate("a message of Outlook is not read; open it in Outlook and save it as .html or .eml")
    if kind == "encrypted":
        return translate("the document is protected by a password; open it and save it without one")
    if ending in ARCHIVES:
        return translate("this kind of archive is not read; unpack it and give the folder, or pack it as .zip")
    if ending in DATA:
        return translate("tables and slides are no articles; link to the file from an article, or copy its text there")
    return translate("this kind of file is not known; save the page as .html, .txt or .docx")
