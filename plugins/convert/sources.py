"""What is to be converted: files, folders and ZIP archives, and what stands in exports, one item an article."""

from __future__ import annotations

import os
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path, PurePosixPath

from . import exports
from .errors import SourceError

KINDS = {
    "txt": "text", "text": "text", "html": "html", "htm": "html", "xhtml": "html", "shtml": "html", "aspx": "html", "asp": "html", "php": "html", "jsp": "html",
    "docx": "word", "zip": "zip", "xml": "export", "rss": "export", "atom": "export", "wxr": "export",
}  # fmt: skip
OLD_WORD = {"doc", "rtf", "odt", "pdf"}  # articles perhaps, but nothing that can be read here
LARGEST_FILE = 300_000_000  # bytes, unpacked, of one file in an archive
LARGEST_ARCHIVE = 8_000_000_000  # bytes, of all
MOST_FILES = 300_000
RATIO = 200  # how much smaller packed than unpacked, from 50 MB on


@dataclass(frozen=True)
class Item:
    """One article to be. label: as a person would name it; folder, root: where files beside it may be read;
    where: its place, as a digest. problem: why it cannot be read at all."""

    label: str
    kind: str
    path: Path | None = None
    root: Path | None = None
    where: str = ""
    entry: exports.Entry | None = None
    problem: str = ""


def items(given: str, unpacked: Path) -> Iterator[Item]:
    """Everything in a source as given on the command line. unpacked: an empty folder for archives."""
    path = Path(given)
    if not path.exists():
        yield Item(given, "", problem="missing")
    elif path.is_dir():
        yield from _folder(path, given.rstrip("/\\") or given, _digest(os.path.realpath(path)), unpacked)
    else:
        yield from _file(path, given, path.parent, _digest(os.path.realpath(path)), unpacked, asked=True)


def _folder(folder: Path, label: str, where: str, unpacked: Path) -> Iterator[Item]:
    for base, folders, names in os.walk(folder):
        # `Trang_files` beside `Trang.html` holds what a browser saved with it, frames of advertisements too
        folders[:] = sorted(
            n
            for n in folders
            if not n.startswith((".", "__MACOSX")) and not re.search(r"(?:_files|\.files|_tep|-Dateien)$", n)
        )
        for name in sorted(names):
            path = Path(base) / name
            inner = path.relative_to(folder).as_posix()
            if not name.startswith(".") and path.is_file() and not path.is_symlink():
                yield from _file(path, f"{label}/{inner}", folder, _digest(where + inner), unpacked)


def _file(path: Path, label: str, root: Path, where: str, unpacked: Path, asked: bool = False) -> Iterator[Item]:
    ending = path.suffix.lower().removeprefix(".")
    kind = KINDS.get(ending) or (_sniffed(path) if asked and ending not in OLD_WORD else "")
    if ending in OLD_WORD and (asked or (ending in ("doc", "rtf", "odt") and not _beside_page(path))):
        yield Item(label, "", problem="old-word")
    elif not kind:
        if asked:
            yield Item(label, "", problem="unknown")
    elif kind == "zip":
        yield from _archive(path, label, where, unpacked)
    elif kind == "export":
        yield from _export(path, label, where)
    else:
        yield Item(label, kind, path, root, where)


def _beside_page(path: Path) -> bool:
    return any(other.suffix.lower() in (".html", ".htm") for other in path.parent.iterdir())


def _sniffed(path: Path) -> str:
    """The kind of a file whose name does not tell it."""
    with path.open("rb") as stream:
        head = stream.read(2048)
    if head.startswith(b"PK\x03\x04"):
        return "zip"
    if re.match(rb"\s*(?:\xef\xbb\xbf)?<\?xml[^>]*>\s*<(?:rss|feed)", head):
        return "export"
    return "html" if re.search(rb"<(?:!doctype html|html|body|head|p|div)\b", head, re.I) else ""


def _export(path: Path, label: str, where: str) -> Iterator[Item]:
    number = 0
    try:
        for entry in exports.entries(path):
            if entry.kind in ("post", "page"):
                number += 1
                place = entry.address or str(number)
                yield Item(f"{label}#{number}", "entry", None, None, _digest(where + place), entry)
    except SourceError as error:
        yield Item(label, "", problem=error.kind)
    except OSError:
        yield Item(label, "", problem="unreadable")


def _archive(path: Path, label: str, where: str, unpacked: Path) -> Iterator[Item]:
    """Unpack what is safe into a folder of its own, then read that as any folder."""
    target = unpacked / where
    problems: list[Item] = []
    try:
        with zipfile.ZipFile(path) as archive:
            members = [member for member in archive.infolist() if not member.is_dir()]
            total = sum(member.file_size for member in members)
            if (
                len(members) > MOST_FILES
                or total > LARGEST_ARCHIVE
                or (total > 50_000_000 and total > RATIO * path.stat().st_size)
            ):
                raise SourceError("bomb")
            for member in members:
                try:
                    _unpack(archive, member, target)
                except SourceError as error:
                    problems.append(Item(f"{label}/{member.filename}", "", problem=error.kind))
    except SourceError as error:
        yield Item(label, "", problem=error.kind)
        return
    except (zipfile.BadZipFile, OSError, ValueError, EOFError):
        yield Item(label, "", problem="zip")
        return
    yield from problems
    if target.is_dir():
        yield from _folder(target, label, where, unpacked)


def _unpack(archive: zipfile.ZipFile, member: zipfile.ZipInfo, target: Path) -> None:
    name = member.filename.replace("\\", "/")
    parts = PurePosixPath(name).parts
    if (
        name.startswith("/")
        or ".." in parts
        or re.match(r"[A-Za-z]:", name)
        or "\0" in name
        or stat.S_ISLNK(member.external_attr >> 16)
    ):
        raise SourceError("outside")
    if name.lower().endswith(".zip"):
        return  # an archive in an archive: a document to download, or a bomb
    if member.file_size > LARGEST_FILE:
        raise SourceError("bomb")
    path = target.joinpath(*(part[:200] for part in parts))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with archive.open(member) as source, path.open("wb") as copy:
            left = member.file_size
            while chunk := source.read(min(1 << 20, left + 1)):
                left -= len(chunk)
                if left < 0:
                    raise SourceError("bomb")
                copy.write(chunk)
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError, OSError):
        path.unlink(missing_ok=True)
        raise SourceError("zip") from None


def _digest(text: str) -> str:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=10).hexdigest()
