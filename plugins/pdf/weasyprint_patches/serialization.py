"""The bytes of a PDF: how its streams are compressed, and objects that are asked for their bytes twice."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable

import pydyf
from weasyprint.text.ffi import ffi

from .libraries import PYDYF

COMPRESSION_LEVEL = 6  # pydyf's 9 takes twice as long to save one byte in a hundred
_to_bytes: Callable[[object], bytes] = PYDYF.require(pydyf, "_to_bytes", "item")


class OpenArrayFfi:
    """Stands for WeasyPrint's `ffi`, with array types of open length.

    cffi parses the C declaration of each type it meets for the first time: int[7] and int[8] are two, int[] is one.
    """

    def __getattr__(self, name: str) -> object:
        return getattr(ffi, name)

    def new(self, cdecl: str, init: object = None) -> ffi.CData:
        """As `ffi.new`."""
        return ffi.new(re.sub(r"\[\d+\]$", "[]", cdecl) if isinstance(init, list | tuple) else cdecl, init)


def to_bytes(item: object) -> bytes:
    """Replaces `pydyf._to_bytes`; tests for the most frequent types first."""
    if type(item) is bytes:
        return item
    if type(item) is str:
        return item.encode("ascii")
    if type(item) is int:
        return b"%d" % item
    return _to_bytes(item)


def compress_streams(pdf: pydyf.PDF) -> None:
    """Compress the streams of a PDF to which nothing will be added (ISO 32000-1, 7.3.8)."""
    convert = PYDYF.require(pydyf, "_to_bytes")  # the original or its replacement
    pdf.objects[:] = [
        _compressed(item, convert) if isinstance(item, pydyf.Stream) and item.compress else item for item in pdf.objects
    ]


def _compressed(stream: pydyf.Stream, convert: Callable[[object], bytes]) -> pydyf.Stream:
    data = zlib.compress(b"\n".join(map(convert, stream.stream)), COMPRESSION_LEVEL)
    compressed = pydyf.Stream([data], {**stream.extra, "Filter": "/FlateDecode"})
    compressed.number, compressed.generation = stream.number, stream.generation
    return compressed


class _SerializedObject(pydyf.Object):  # type: ignore[misc]  # pydyf has no types
    """An object as its bytes. pydyf asks for them twice, for the file and for its identifier."""

    compressible = False
    data = b""

    def __init__(self, original: pydyf.Object) -> None:
        self.number, self.generation = original.number, original.generation
        self.offset, self.free = original.offset, original.free
        self.compressible, self.data = original.compressible, original.data


def serialize_objects(pdf: pydyf.PDF) -> None:
    """Replace the objects of a PDF with their bytes. To be called after `compress_streams`."""
    pdf.objects[:] = [item if item.free == "f" or item is pdf.info else _SerializedObject(item) for item in pdf.objects]
