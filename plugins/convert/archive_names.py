"""Names in ZIP archives, which say only since 2006, and not all of them, in which encoding they are.

Windows packs with the code page of the machine, cp437 or cp1258; macOS writes UTF-8, decomposed, without saying so;
some programs write the right name beside the wrong one. All names become NFC, as the addresses in pages are.
"""

from __future__ import annotations

import struct
import unicodedata
import zipfile
import zlib

from .encodings import vietnamese_share

_UTF8_FLAG = 0x800  # APPNOTE.TXT, 4.4.4, bit 11
_UNICODE_PATH = 0x7075  # APPNOTE.TXT, 4.6.9
_CODE_PAGES = ("cp1258", "cp437")  # the second is what the format lays down


def name_of(member: zipfile.ZipInfo) -> str:
    """Return the name of a file in an archive, in NFC."""
    return unicodedata.normalize("NFC", _decoded(member)).replace("\\", "/")


def _decoded(member: zipfile.ZipInfo) -> str:
    name = member.orig_filename
    if member.flag_bits & _UTF8_FLAG or name.isascii():
        return name
    raw = name.encode("cp437")  # as zipfile has decoded it
    told = _unicode_path(member.extra, raw)
    if told:
        return told
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        pass
    names = [raw.decode(page, "replace") for page in _CODE_PAGES]
    return max(names, key=lambda each: (vietnamese_share(each), "\ufffd" not in each))


def _unicode_path(extra: bytes, raw: bytes) -> str:
    """Return the name in the extra field of Info-ZIP, if it belongs to the name as it is; else ""."""
    at = 0
    while at + 4 <= len(extra):
        kind, size = struct.unpack_from("<HH", extra, at)
        field = extra[at + 4 : at + 4 + size]
        if kind == _UNICODE_PATH and len(field) > 5 and struct.unpack_from("<I", field, 1)[0] == zlib.crc32(raw):
            return field[5:].decode("utf-8", "replace")
        at += 4 + size
    return ""
