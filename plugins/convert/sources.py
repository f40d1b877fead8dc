"""What is to be converted: one item for each file in files, folders and ZIP archives, and for each entry of an export.

A folder is accounted for: every file in it is an item, also one that is not read or belongs to a page.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path

from plugins.i18n import translate

from . import exports, kinds
from .archives import Budget, unpack
from .errors import SourceError, message_of
from .export_entry import Entry

DEEPEST_ARCHIVE = 3  # archives within archives that are unpacked
_FILES_OF_PAGE = re.compile(r"(?:_files|\.files|_tep|-Dateien|_archivos|_fichiers)$")  # as browsers call the folder


@dataclass(frozen=True)
class Item:
    """One source of an article, or a file beside such sources.

    Args:
        label: how the report names it.
        kind: of what is read: a value of kinds.ENDINGS, or entry (of an export).
        path: the file.
        root: the folder that was given; files beside the page are read within it only.
        id: a digest of where it is, by which a later run knows it.
        inner: where it is within what was given, for the header of its article.
        given: what was given.
        entry: the entry of an export.
        error: why it cannot be read, see errors.message_of.
        status: the row's status in the report, of what is not read; "beside" for what may belong to a page.
        reason: why it is not read.
    """

    label: str
    kind: str = ""
    path: Path | None = None
    root: Path | None = None
    id: str = ""
    inner: str = ""
    given: str = ""
    entry: Entry | None = None
    error: str = ""
    status: str = ""
    reason: str = ""


@dataclass(frozen=True)
class _Place:
    """Where files are.

    label: how the report names it; inner, root: as of Item; id: digest of where it is; unpacked: an empty folder for
    archives; budget: what archives may still unpack to; depth: in how many archives it is.
    """

    label: str
    inner: str
    root: Path
    id: str
    unpacked: Path
    budget: Budget
    depth: int = 0

    def below(self, inner: str) -> _Place:
        """Return the place of a file in this one."""
        path = f"{self.inner}/{inner}" if self.inner else inner
        return replace(self, label=f"{self.label}/{inner}", inner=path, id=_digest(self.id + inner))


def items(given: str, unpacked: Path) -> Iterator[Item]:
    """Yield everything in a source that was given on the command line. unpacked: an empty folder for archives."""
    path = Path(given)
    source_id = _digest(os.path.realpath(path))
    if not path.exists():
        yield Item(given, error="missing")
    elif path.is_dir():
        label = given.rstrip("/\\") or given
        place = _Place(label, "", path, source_id, unpacked, Budget())
        yield from (replace(item, given=os.path.abspath(path)) for item in _folder(path, place))
    else:
        place = _Place(given, path.name, path.parent, source_id, unpacked, Budget())
        yield from (replace(item, given=os.path.abspath(path)) for item in _given_file(path, place))


def count(given: str) -> int:
    """Return about how many items a source has, quickly, for the time that is left."""
    path = Path(given)
    if path.is_dir():
        return sum(len(names) for _, _, names in os.walk(path))
    try:
        if kinds.ENDINGS.get(kinds.ending_of(path)) == "export":
            with path.open("rb") as stream:
                return max(1, sum(chunk.count(b"<item>") + chunk.count(b"<entry>") for chunk in stream))
    except OSError:
        pass
    return 1


def _given_file(path: Path, place: _Place) -> Iterator[Item]:
    kind = kinds.kind_of(path)
    if kind in kinds.ENDINGS.values():
        yield from _file(path, kind, place)
    else:
        yield _unread(path, kind, place, "error")


def _folder(folder: Path, place: _Place) -> Iterator[Item]:
    for base, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            path = Path(base) / name
            inner = path.relative_to(folder).as_posix()
            yield from _file_in_folder(path, inner, place.below(inner))


def _file_in_folder(path: Path, inner: str, place: _Place) -> Iterator[Item]:
    """Yield the items of a file in a folder."""
    parts = inner.split("/")
    if any(part.startswith((".", "__MACOSX")) for part in parts) or parts[-1].lower() in ("thumbs.db", "desktop.ini"):
        yield Item(place.label, status="not-read", reason=translate("a hidden file of the system"))
    elif path.is_symlink() or not path.is_file():
        yield Item(place.label, status="not-read", reason=translate("a link, or no file at all"))
    elif any(_FILES_OF_PAGE.search(part) for part in parts[:-1]) or kinds.ending_of(path) in kinds.PARTS_OF_PAGES:
        yield Item(place.label, path=path, status="beside")
    elif path.stat().st_size == 0:
        yield Item(place.label, status="not-an-article", reason=message_of("empty"))
    else:
        yield from _document_in_folder(path, place)


def _document_in_folder(path: Path, place: _Place) -> Iterator[Item]:
    kind = kinds.kind_of(path)
    if kind not in kinds.ENDINGS.values() or (kinds.ending_of(path) == "json" and not exports.is_ghost(path)):
        status = "beside" if kinds.ending_of(path) in kinds.DATA | {"json"} else "not-read"
        if kinds.ending_of(path) in kinds.ARCHIVES or kind in ("msg", "encrypted"):
            status = "error"  # there may be articles in it
        yield _unread(path, kind, place, status)
    elif kind in kinds.ATTACHED and _is_beside_pages(path, place.root):
        yield Item(place.label, path=path, status="beside")
    else:
        yield from _file(path, kind, place)


def _unread(path: Path, kind: str, place: _Place, status: str) -> Item:
    reason = kinds.why_not_read(path, kind)
    return Item(place.label, "", path, place.root, place.id, place.inner, status=status, reason=reason)


def _is_beside_pages(path: Path, root: Path) -> bool:
    """Return whether a document is in a folder of pages, or in one beside them, such as `Văn bản`."""
    return _has_pages(path.parent) or (path.parent != root and _has_pages(path.parent.parent))


@lru_cache(maxsize=64)
def _has_pages(folder: Path) -> bool:
    return any(kinds.ENDINGS.get(kinds.ending_of(name)) == "html" for name in os.listdir(folder))


def _file(path: Path, kind: str, place: _Place) -> Iterator[Item]:
    if kind == "zip":
        yield from _archive(path, place)
    elif kind == "export":
        yield from _export(path, place)
    else:
        yield Item(place.label, kind, path, place.root, place.id, place.inner)


def _export(path: Path, place: _Place) -> Iterator[Item]:
    number = 0
    technical: Counter[str] = Counter()
    try:
        for entry in exports.entries(path):
            if entry.is_technical:
                technical[entry.kind] += 1
                continue
            number += 1
            entry_id = _digest(place.id + (entry.address or entry.id or str(number)))
            name = f"#{number}"
            yield Item(place.label + name, "entry", id=entry_id, inner=place.inner + name, entry=entry)
    except SourceError as error:
        yield Item(place.label, error=error.kind)
    except OSError:
        yield Item(place.label, error="unreadable")
    for kind, count_of_kind in sorted(technical.items()):
        reason = translate("{count} entries of the kind {kind} are no articles", count=count_of_kind, kind=kind)
        yield Item(f"{place.label}#{kind}", status="not-an-article", reason=reason)


def _archive(path: Path, place: _Place) -> Iterator[Item]:
    """Unpack what is safe into a folder of its own, and yield what is in it."""
    if place.depth >= DEEPEST_ARCHIVE:
        yield Item(place.label, error="deep")
        return
    target = place.unpacked / place.id
    empty = message_of("empty")
    try:
        for refused in unpack(path, target, place.budget):
            label = f"{place.label}/{refused.name}"
            if refused.error == "empty":
                yield Item(label, status="not-an-article", reason=empty)
            else:
                yield Item(label, error=refused.error)
    except SourceError as error:
        yield Item(place.label, error=error.kind)
        return
    if target.is_dir():
        yield from _folder(target, replace(place, root=target, depth=place.depth + 1))


def _digest(text: str) -> str:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=10).hexdigest()
