"""What is to be converted: one item for each page in files, folders and ZIP archives, and each entry of an export."""

from __future__ import annotations

import os
import re
import stat
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path, PurePosixPath
from typing import IO

from plugins.i18n import translate

from . import exports
from .errors import SourceError
from .export_entry import Entry

KINDS = {
    **dict.fromkeys(("txt", "text"), "text"),
    **dict.fromkeys(("html", "htm", "xhtml", "shtml", "aspx", "asp", "php", "jsp"), "html"),
    "docx": "word",
    "zip": "zip",
    **dict.fromkeys(("xml", "rss", "atom", "wxr", "json"), "export"),
}
UNREADABLE = {"doc", "rtf", "odt", "pdf"}  # they may be articles, but cannot be read here
LARGEST_FILE = 300_000_000  # bytes, unpacked, of one file in an archive
LARGEST_ARCHIVE = 8_000_000_000  # bytes, of all
MOST_FILES = 300_000
RATIO = 200  # times as large unpacked as packed, from LARGE_ARCHIVE on; pages of text have 10
LONGEST_NAME = 200  # letters of the name of an unpacked file or folder
CHUNK = 1 << 20  # bytes
LARGE_ARCHIVE = 50_000_000  # bytes, unpacked


@dataclass(frozen=True)
class Item:
    """One source of an article.

    Args:
        label: how the report names it.
        kind: html, text, word or entry (of an export).
        path: the file.
        root: the folder that was given; files beside the page are read within it only.
        id: a digest of where it is, by which a later run knows it.
        entry: the entry of an export.
        error: why it cannot be read, see errors.message_of.
        no_article: why it holds no article, for the report.
    """

    label: str
    kind: str
    path: Path | None = None
    root: Path | None = None
    id: str = ""
    entry: Entry | None = None
    error: str = ""
    no_article: str = ""


def items(given: str, unpacked: Path) -> Iterator[Item]:
    """Yield everything in a source that was given on the command line. unpacked: an empty folder for archives."""
    path = Path(given)
    if not path.exists():
        yield Item(given, "", error="missing")
    elif path.is_dir():
        yield from _folder(path, given.rstrip("/\\") or given, _digest(os.path.realpath(path)), unpacked)
    else:
        yield from _file(path, given, path.parent, _digest(os.path.realpath(path)), unpacked, was_given=True)


def _folder(folder: Path, label: str, source_id: str, unpacked: Path) -> Iterator[Item]:
    for base, folders, names in os.walk(folder):
        # A browser saves `Trang_files` beside `Trang.html`; it holds frames of advertisements too.
        folders[:] = sorted(
            n
            for n in folders
            if not n.startswith((".", "__MACOSX")) and not re.search(r"(?:_files|\.files|_tep|-Dateien)$", n)
        )
        for name in sorted(names):
            path = Path(base) / name
            inner = path.relative_to(folder).as_posix()
            if not name.startswith(".") and path.is_file() and not path.is_symlink():
                yield from _file(path, f"{label}/{inner}", folder, _digest(source_id + inner), unpacked)


def _file(
    path: Path, label: str, root: Path, source_id: str, unpacked: Path, was_given: bool = False
) -> Iterator[Item]:
    ending = path.suffix.lower().removeprefix(".")
    kind = KINDS.get(ending) or (_sniff_kind(path) if was_given and ending not in UNREADABLE else "")
    if ending in UNREADABLE and (was_given or (ending in ("doc", "rtf", "odt") and not _is_beside_page(path))):
        yield Item(label, "", error="old-word")
    elif not kind:
        if was_given:
            yield Item(label, "", error="unknown")
    elif kind == "zip":
        yield from _archive(path, label, source_id, unpacked)
    elif ending == "json" and not was_given and not exports.is_ghost(path):
        return  # some other data of the portal
    elif kind == "export":
        yield from _export(path, label, source_id)
    else:
        yield Item(label, kind, path, root, source_id)


def _is_beside_page(path: Path) -> bool:
    return any(other.suffix.lower() in (".html", ".htm") for other in path.parent.iterdir())


def _sniff_kind(path: Path) -> str:
    """Return the kind of a file by its content, or ""."""
    with path.open("rb") as stream:
        head = stream.read(2048)
    if head.startswith(b"PK\x03\x04"):
        return "zip"
    if re.match(rb"\s*(?:\xef\xbb\xbf)?<\?xml[^>]*>\s*<(?:rss|feed)", head):
        return "export"
    return "html" if re.search(rb"<(?:!doctype html|html|body|head|p|div)\b", head, re.I) else ""


def _export(path: Path, label: str, source_id: str) -> Iterator[Item]:
    number = 0
    technical: Counter[str] = Counter()
    try:
        for entry in exports.entries(path):
            if entry.is_technical:
                technical[entry.kind] += 1
                continue
            number += 1
            place = entry.address or entry.id or str(number)
            yield Item(f"{label}#{number}", "entry", None, None, _digest(source_id + place), entry)
    except SourceError as error:
        yield Item(label, "", error=error.kind)
    except OSError:
        yield Item(label, "", error="unreadable")
    for kind, count in sorted(technical.items()):
        reason = translate("{count} entries of the kind {kind} are no articles", count=count, kind=kind)
        yield Item(f"{label}#{kind}", "", no_article=reason)


def _archive(path: Path, label: str, source_id: str, unpacked: Path) -> Iterator[Item]:
    """Unpack what is safe into a folder of its own, and yield what is in it."""
    target = unpacked / source_id
    errors: list[Item] = []
    try:
        with zipfile.ZipFile(path) as archive:
            members = [member for member in archive.infolist() if not member.is_dir()]
            _check_members(members, path.stat().st_size)
            for member in members:
                try:
                    _unpack(archive, member, target)
                except SourceError as error:
                    errors.append(Item(f"{label}/{member.filename}", "", error=error.kind))
    except SourceError as error:
        yield Item(label, "", error=error.kind)
        return
    except (zipfile.BadZipFile, OSError, ValueError, EOFError):
        yield Item(label, "", error="zip")
        return
    yield from errors
    if target.is_dir():
        yield from _folder(target, label, source_id, unpacked)


def _check_members(members: list[zipfile.ZipInfo], packed: int) -> None:
    """Raise SourceError for an archive that unpacks to more than it should. packed: bytes of the archive."""
    total = sum(member.file_size for member in members)
    if len(members) > MOST_FILES or total > LARGEST_ARCHIVE or (total > LARGE_ARCHIVE and total > RATIO * packed):
        raise SourceError("bomb")


def _unpack(archive: zipfile.ZipFile, member: zipfile.ZipInfo, target: Path) -> None:
    """Unpack one file. Raises SourceError if it is broken, too large, or would lie outside of the target."""
    parts = _safe_parts(member)
    if member.filename.lower().endswith(".zip"):
        return  # an archive in an archive: a document to download, or a bomb
    if member.file_size > LARGEST_FILE:
        raise SourceError("bomb")
    path = target.joinpath(*(part[:LONGEST_NAME] for part in parts))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with archive.open(member) as source, path.open("wb") as copy:
            _copy(source, copy, member.file_size)
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError, OSError):
        path.unlink(missing_ok=True)
        raise SourceError("zip") from None


def _safe_parts(member: zipfile.ZipInfo) -> tuple[str, ...]:
    """Return the parts of a member's path. Raises SourceError for a link, or a path out of the archive."""
    name = member.filename.replace("\\", "/")
    parts = PurePosixPath(name).parts
    if name.startswith("/") or ".." in parts or "\0" in name or re.match(r"[A-Za-z]:", name):
        raise SourceError("outside")
    if stat.S_ISLNK(member.external_attr >> 16):
        raise SourceError("outside")
    return parts


def _copy(source: IO[bytes], copy: IO[bytes], size: int) -> None:
    """Copy a file that has `size` bytes. Raises SourceError if it has more than the archive says."""
    while chunk := source.read(min(CHUNK, size + 1)):
        size -= len(chunk)
        if size < 0:
            raise SourceError("bomb")
        copy.write(chunk)


def _digest(text: str) -> str:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=10).hexdigest()
