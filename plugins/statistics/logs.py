"""Reads whole lines from a web server's logs, each file from where the last run stopped.

Every line begins with the id of its request, and ends with it (see the `log_format` in deploy/nginx/portal.conf). A
line is therefore complete if both ids are the same, wherever it is found: behind garbage, at the end of a file without
a line break, or joined from two fragments that a log rotation has left.

Reading a line twice is harmless, because the database recognises requests by their ids. A `Checkpoint` only saves the
time of reading a file again.
"""

from __future__ import annotations

import gzip
import os
import re
import zlib
from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import BinaryIO

BLOCK_SIZE = 4 << 20  # bytes read at once
MAX_LINE = 1 << 20  # bytes; nginx never writes such a long line
CHUNK_SIZE = 16 << 10  # bytes checked at once for broken lines
SAMPLE_SIZE = 4096  # bytes by which a file is recognised, at its beginning and before a checkpoint
MAX_PARTS = 2  # lines that rotations can have cut, in a file without a whole one
MIN_TAIL = 40  # bytes; a shorter fragment does not hold the whole id of its request

_BEGIN = b'{"id":"'
_WHOLE_LINE = re.compile(rb'\{"id":"([0-9a-f]{32})"(?:(?!\{"id":")[^\n])*?"end":"\1"\}')


@dataclass(frozen=True)
class Checkpoint:
    """How far a log file has been read.

    Args:
        inode: Of the file.
        offset: In bytes. A compressed file is read whole or not at all, so this is its size.
        digest: Of samples of the file's content, because an inode can be reused and a file truncated.
    """

    inode: int
    offset: int
    digest: str


@dataclass
class LogReader:
    """Reads one log file. All other attributes are set while `blocks()` is consumed.

    Args:
        path: The file, plain or gzip.
        checkpoint: Where the next run can go on; None if the file could not be read to its end.
        head: What comes before the first complete line: perhaps the end of a line that begins in another file.
        tail: What comes after the last line break: perhaps the beginning of a line.
        first_bytes: The first bytes that were read.
        damaged: Why the file could not be read to its end, or "".
        is_foreign: Whether it has lines, and none is of the portal's format.
    """

    path: Path
    checkpoint: Checkpoint | None = None
    head: bytes = b""
    tail: bytes = b""
    first_bytes: bytes = b""
    damaged: str = ""
    is_foreign: bool = False

    def blocks(self, checkpoints: Iterable[Checkpoint]) -> Iterator[bytes]:
        """Yield blocks of whole lines, a few megabytes each, from the checkpoint that fits. Raises OSError."""
        with self.path.open("rb") as raw:
            known = _find_checkpoint(raw, checkpoints)
            is_compressed = raw.read(2) == b"\x1f\x8b"
            if is_compressed:
                if known and known.offset == os.fstat(raw.fileno()).st_size:
                    self.checkpoint = known
                    return
                raw.seek(0)
                yield from self._read_lines(gzip.GzipFile(fileobj=raw), at_start=True)
                if not self.damaged:
                    self.checkpoint = _checkpoint_at(raw, raw.seek(0, os.SEEK_END))
            else:
                offset = known.offset if known else 0
                raw.seek(offset)
                unread = yield from self._read_lines(raw, at_start=not offset)
                self.checkpoint = _checkpoint_at(raw, raw.tell() - unread)

    def _read_lines(self, stream: BinaryIO | gzip.GzipFile, at_start: bool) -> Generator[bytes, None, int]:
        """Yield blocks of whole lines; return the size of the incomplete line at the end."""
        rest, in_overlong_line = b"", False
        while block := self._read(stream):
            if not self.first_bytes:
                self.first_bytes = block[:MAX_LINE]
                self.is_foreign = _BEGIN not in block and block.count(b"\n") > MAX_PARTS
            block = rest + block
            cut = block.rfind(b"\n") + 1
            block, rest = block[:cut], block[cut:]
            if in_overlong_line and block:
                block, in_overlong_line = block[block.index(b"\n") + 1 :], False
            if len(rest) > MAX_LINE:
                rest, in_overlong_line = b"", True
            if block:
                if at_start:
                    self.head = _leading_fragment(block)
                at_start = False
                yield whole_lines(block)
        if at_start:
            self.head = _leading_fragment(rest)
        if _WHOLE_LINE.search(rest):  # only its line break is missing
            yield whole_lines(rest + b"\n")
            return 0
        self.tail = _trailing_fragment(rest)
        return len(rest)

    def _read(self, stream: BinaryIO | gzip.GzipFile) -> bytes:
        try:
            return stream.read(BLOCK_SIZE)
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            self.damaged = str(error)
            return b""


def whole_lines(block: bytes) -> bytes:
    """Return the lines of a block as valid UTF-8, without overlong lines and without garbage before a whole line.

    Other broken lines are kept; the JSON reader skips them. The block is checked in chunks, because a chunk without
    broken lines, as most are, is recognised at once.
    """
    if not _has_only_short_lines(block):
        block = b"".join(line + b"\n" for line in block.split(b"\n") if len(line) < MAX_LINE)
    chunks, start = [], 0
    while start < len(block):
        end = block.find(b"\n", start + CHUNK_SIZE) + 1 or len(block)
        chunks.append(_repair_chunk(block[start:end]))
        start = end
    return b"".join(chunks)


def _repair_chunk(chunk: bytes) -> bytes:
    if chunk.count(_BEGIN) != chunk.count(b"\n" + _BEGIN) + chunk.startswith(_BEGIN):
        chunk = b"".join(map(_extract_whole_lines, chunk.split(b"\n")))
    if not chunk.isascii():
        return b"\n".join([line if line.isascii() else _to_utf8(line) for line in chunk.split(b"\n")])
    return chunk


def _to_utf8(line: bytes) -> bytes:
    try:
        line.decode()
    except UnicodeDecodeError:
        return line.decode("utf-8", "replace").encode()
    return line


def _extract_whole_lines(line: bytes) -> bytes:
    if line.rfind(_BEGIN) <= 0:  # no garbage before it, and not two lines in one
        return line + b"\n" if line else b""
    return b"".join(match[0] + b"\n" for match in _WHOLE_LINE.finditer(line))


def _has_only_short_lines(block: bytes) -> bool:
    """Return whether line breaks are so frequent that no line can be overlong."""
    step = MAX_LINE // 2
    return all(block.find(b"\n", start, start + step) >= 0 for start in range(0, len(block) - step + 1, step))


def _leading_fragment(block: bytes) -> bytes:
    """What comes before the first line of a file: perhaps the end of a line that begins in another file."""
    return block[:MAX_LINE].split(b"\n", 1)[0].partition(_BEGIN)[0]


def _trailing_fragment(rest: bytes) -> bytes:
    """What comes after the last line break of a file, from where a line may begin."""
    at = rest.rfind(_BEGIN)
    return rest[at:] if at >= 0 else rest[1 - len(_BEGIN) :]


def is_continued(tail: bytes, first_bytes: bytes) -> bool:
    """Return whether a fragment was a line still being written, so that it is now read again as a whole.

    Args:
        tail: The fragment that an earlier run found at the end of a file.
        first_bytes: Of the file read now, from its checkpoint.
    """
    return len(tail) > MIN_TAIL and first_bytes.startswith(tail)


def join_fragments(tails: Iterable[bytes], heads: Iterable[bytes]) -> Iterator[tuple[bytes, bytes, bytes]]:
    """Yield each line that a tail and a head make together, with that tail and that head."""
    heads = list(heads)
    for tail in tails:
        for head in heads:
            match = _WHOLE_LINE.search(tail + head) if tail and b"}" in head else None
            if match and match.start() < len(tail) < match.end():
                yield match[0], tail, head


def _find_checkpoint(raw: BinaryIO, checkpoints: Iterable[Checkpoint]) -> Checkpoint | None:
    """Return the farthest checkpoint that is of this file and still fits its content."""
    stat = os.fstat(raw.fileno())
    candidates = [point for point in checkpoints if point.inode == stat.st_ino and point.offset <= stat.st_size]
    candidates.sort(key=lambda point: -point.offset)
    found = next((point for point in candidates if _checkpoint_at(raw, point.offset) == point), None)
    raw.seek(0)
    return found


def _checkpoint_at(raw: BinaryIO, offset: int) -> Checkpoint:
    digest = blake2b(digest_size=16)
    for start in (0, max(0, offset - SAMPLE_SIZE)):
        raw.seek(start)
        digest.update(raw.read(min(SAMPLE_SIZE, offset)))
    return Checkpoint(os.fstat(raw.fileno()).st_ino, offset, digest.hexdigest())
