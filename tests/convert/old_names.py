"""Names and texts as Windows wrote them in Vietnam before Unicode, and ZIP archives with such names."""

from __future__ import annotations

import io
import unicodedata
import zipfile
from collections.abc import Mapping

_TONES = "\u0300\u0301\u0303\u0309\u0323"


def in_cp1258(text: str) -> bytes:
    """Return a text in the code page of Windows, in which the marks of tones are letters of their own."""
    parts = []
    for letter in text:
        first, *marks = unicodedata.normalize("NFD", letter)
        base = unicodedata.normalize("NFC", first + "".join(mark for mark in marks if mark not in _TONES))
        parts.append(base + "".join(mark for mark in marks if mark in _TONES))
    return "".join(parts).encode("cp1258")


class _RawName(zipfile.ZipInfo):
    """A file in an archive whose name is these bytes, without a word about their encoding."""

    def __init__(self, name: bytes) -> None:
        super().__init__(name.hex())
        self._raw = name

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802 (of zipfile)
        return self._raw, 0


def zip_with_raw_names(files: Mapping[bytes, bytes]) -> bytes:
    """Return a ZIP archive whose names are these bytes, without a word about their encoding."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(_RawName(name), data)
    return stream.getvalue()
