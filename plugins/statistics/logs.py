"""Reading a web server's logs: whole lines, each file from where it was left, whatever has been done to it.

A line begins with the identity that nginx gave its request, and ends with it (deploy/nginx/portal-log.conf). So a line
is whole if both are the same, wherever it stands: behind junk, at the end of a file without a line break, or put
together of two halves. Nothing here must be right about what was read before for the figures to be right; what has been
counted is known by identity. Marks only spare reading it all again.
"""

from __future__ import annotations

import gzip
import os
import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import BinaryIO

BLOCK = 4 << 20  # bytes read at once
LONGEST = 1 << 20  # bytes; nginx never writes so long a line
PIECE = 16 << 10  # bytes looked at together
WINDOW = 4096  # bytes by which a file is recognised, at its beginning and before a mark

_BEGIN = b'{"id":"'
_WHOLE = re.compile(rb'\{"id":"([0-9a-f]{32})"(?:(?!\{"id":")[^\n])*?"end":"\1"\}')


@dataclass(frozen=True)
class Mark:
    """How far a file was read. offset: bytes (of the compressed file, which is read whole or not)."""

    inode: int
    offset: int
    digest: str


@dataclass
class Reading:
    """One file being read: `blocks()` gives its lines, then the rest is known.

    head, tail: a first line without beginning, a last one without end. mark: where to go on the next time.
    """

    path: Path
    mark: Mark | None = None
    head: bytes = b""
    tail: bytes = b""
    resumed: bytes = b""  # what stands where reading began
    damaged: str = ""  # why the file could not be read to its end
    _unread: int = 0

    def blocks(self, marks: Iterable[Mark]) -> Iterator[bytes]:
        """Whole lines, some megabytes at a time; not those before a mark that fits. Raises OSError."""
        with self.path.open("rb") as raw:
            known = _fitting(raw, marks)
            packed = raw.read(2) == b"\x1f\x8b"
            if packed:
                if known and known.offset == os.fstat(raw.fileno()).st_size:
                    self.mark = known
                    return
                raw.seek(0)
                yield from self._lines(gzip.GzipFile(fileobj=raw), True)
                if not self.damaged:
                    self.mark = _mark(raw, raw.seek(0, os.SEEK_END))
            else:
                offset = known.offset if known else 0
                raw.seek(offset)
                yield from self._lines(raw, not offset)
                self.mark = _mark(raw, raw.tell() - self._unread)

    def _lines(self, stream: BinaryIO | gzip.GzipFile, first: bool) -> Iterator[bytes]:
        rest, junk = b"", False
        while block := self._read(stream):
            self.resumed = self.resumed or block[:LONGEST]
            block = rest + block
            cut = block.rfind(b"\n") + 1
            block, rest = block[:cut], block[cut:]
            if junk and block:  # the end of an overlong line
                block, junk = block[block.index(b"\n") + 1 :], False
            if len(rest) > LONGEST:
                rest, junk = b"", True
            if block:
                if first:
                    self.head = _head(block)
                first = False
                yield whole_lines(block)
        if first:
            self.head = _head(rest)
        if _WHOLE.search(rest):  # it lacks its line break only
            yield whole_lines(rest + b"\n")
        else:
            self.tail, self._unread = _tail(rest), len(rest)

    def _read(self, stream: BinaryIO | gzip.GzipFile) -> bytes:
        try:
            return stream.read(BLOCK)
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            self.damaged = str(error)
            return b""


def whole_lines(block: bytes) -> bytes:
    """The lines of a block, in UTF-8 and none overlong; of a line with junk before it what is whole.

    Other broken lines stay: whoever reads JSON finds them. Piece by piece, because most have nothing to mend, and that is
    seen at once.
    """
    if not _is_cut(block):
        block = b"".join(line + b"\n" for line in block.split(b"\n") if len(line) < LONGEST)
    pieces, start = [], 0
    while start < len(block):
        end = block.find(b"\n", start + PIECE) + 1 or len(block)
        pieces.append(_good(block[start:end]))
        start = end
    return b"".join(pieces)


def _good(piece: bytes) -> bytes:
    if piece.count(_BEGIN) != piece.count(b"\n" + _BEGIN) + piece.startswith(_BEGIN):
        piece = b"".join(map(_mended, piece.split(b"\n")))
    if not piece.isascii():
        return b"\n".join([line if line.isascii() else _text(line) for line in piece.split(b"\n")])
    return piece


def _text(line: bytes) -> bytes:
    try:
        line.decode()
    except UnicodeDecodeError:
        return line.decode("utf-8", "replace").encode()
    return line


def _mended(line: bytes) -> bytes:
    if line.rfind(_BEGIN) <= 0:  # nothing before it, and nothing twice
        return line + b"\n" if line else b""
    return b"".join(found[0] + b"\n" for found in _WHOLE.finditer(line))


def _is_cut(block: bytes) -> bool:
    """Whether there are line breaks often enough for no line to be overlong."""
    step = LONGEST // 2
    return all(block.find(b"\n", start, start + step) >= 0 for start in range(0, len(block) - step + 1, step))


def _head(block: bytes) -> bytes:
    """What stands before the first line of a file: it may be the end of a line that begins in another file."""
    return block[:LONGEST].split(b"\n", 1)[0].partition(_BEGIN)[0]


def _tail(rest: bytes) -> bytes:
    """What stands after the last line break of a file, from where it may be the beginning of a line."""
    at = rest.rfind(_BEGIN)
    return rest[at:] if at >= 0 else rest[1 - len(_BEGIN) :]


def goes_on(tail: bytes, resumed: bytes) -> bool:
    """Whether what was read again is the line of a tail: it was being written. One shorter than its identity cannot mislead."""
    return len(tail) > 40 and resumed.startswith(tail)


def joined(tails: Iterable[bytes], heads: Iterable[bytes]) -> Iterator[tuple[bytes, bytes, bytes]]:
    """Lines that were cut in two: (line, its first half, its second half)."""
    heads = list(heads)
    for tail in tails:
        for head in heads:
            found = _WHOLE.search(tail + head) if tail and b"}" in head else None
            if found and found.start() < len(tail) < found.end():
                yield found[0], tail, head


def _fitting(raw: BinaryIO, marks: Iterable[Mark]) -> Mark | None:
    stat = os.fstat(raw.fileno())
    own = sorted((m for m in marks if m.inode == stat.st_ino and m.offset <= stat.st_size), key=lambda m: -m.offset)
    found = next((mark for mark in own if _mark(raw, mark.offset) == mark), None)
    raw.seek(0)
    return found


def _mark(raw: BinaryIO, offset: int) -> Mark:
    digest = blake2b(digest_size=16)
    for place in (0, max(0, offset - WINDOW)):
        raw.seek(place)
        digest.update(raw.read(min(WINDOW, offset)))
    return Mark(os.fstat(raw.fileno()).st_ino, offset, digest.hexdigest())
