"""The bytes of a PDF: how its streams are packed, and objects that are asked for their bytes twice."""

from __future__ import annotations

import re
import zlib
from typing import Any

import pydyf
from weasyprint.text.ffi import ffi

from .libraries import PYDYF

LEVEL = 6  # of compression; pydyf's 9 takes twice as long for one byte in a hundred
_bytes_of = PYDYF.require(pydyf, "_to_bytes", "item")


class Arrays:
    """cffi, which parses the C of each new length of an array; of arrays of any length once."""

    def __getattr__(self, name: str) -> Any:
        return getattr(ffi, name)

    def new(self, kind: str, value: Any = None) -> Any:
        """As `ffi.new`."""
        return ffi.new(re.sub(r"\[\d+\]$", "[]", kind) if isinstance(value, list | tuple) else kind, value)


def to_bytes(item: Any) -> bytes:
    """As `pydyf._to_bytes`, the most frequent kinds first."""
    kind = item.__class__
    if kind is bytes:
        return item
    if kind is str:
        return item.encode("ascii")
    if kind is int:
        return b"%d" % item
    return _bytes_of(item)


def pack(pdf: pydyf.PDF) -> None:
    """Compress the streams of a PDF (ISO 32000-1, 7.3.8), to which nothing is added any more."""
    pdf.objects[:] = [_packed(was) if isinstance(was, pydyf.Stream) and was.compress else was for was in pdf.objects]


def _packed(was: pydyf.Stream) -> pydyf.Stream:
    data = zlib.compress(b"\n".join(map(pydyf._to_bytes, was.stream)), LEVEL)
    packed = pydyf.Stream([data], {**was.extra, "Filter": "/FlateDecode"})
    packed.number, packed.generation = was.number, was.generation
    return packed


class _Written(pydyf.Object):
    """An object as its bytes: pydyf asks for them twice, for the file and for its identifier."""

    compressible = False
    data = b""

    def __init__(self, was: pydyf.Object) -> None:
        self.number, self.generation, self.offset, self.free = was.number, was.generation, was.offset, was.free
        self.compressible, self.data = was.compressible, was.data


def write_once(pdf: pydyf.PDF) -> None:
    """Turn the objects of a PDF into bytes, after `pack`."""
    pdf.objects[:] = [was if was.free == "f" or was is pdf.info else _Written(was) for was in pdf.objects]
