"""What lies in the content folder: the articles and pages to be read, and what looks like one but cannot be read."""

from __future__ import annotations

import mimetypes
import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field

from plugins.i18n import translate
from plugins.problems import Problem, display_path
from plugins.problems.files import reason, stamp, why_unreadable

# endings of files that editors take for articles
_SIMILAR_SUFFIXES = (".md", ".md.txt", ".markdown", ".mdown", ".rst", ".html", ".htm")
_DOCUMENT_SUFFIXES = (".doc", ".docx", ".odt", ".rtf")  # of word processors


@dataclass
class ContentFiles:
    """The files below some folders of the content folder.

    Attributes:
        stamps: A stamp of each Markdown file (plugins/problems/files.py) by its path in the content folder.
        problems: What is wrong with others: an error if an article may be missing, else a warning.
    """

    stamps: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def scan(content: str, folders: Iterable[str]) -> ContentFiles:
    """Find the Markdown files of the content folder, each folder once, however many links lead to it.

    Args:
        content: The content folder.
        folders: Folders below it, "" for all of it. One that does not exist is empty.
    """
    scanner = _Scanner(content)
    scanner.scan(folders)
    return scanner.found


class _Scanner:
    """Walks through folders. content: the content folder, to which all paths are relative."""

    def __init__(self, content: str) -> None:
        self.content = content
        self.found = ContentFiles()
        self._scanned: dict[tuple[int, int], str] = {}  # the path of each folder by its identity
        self._links: list[str] = []  # links to folders

    def scan(self, folders: Iterable[str]) -> None:
        """Add what is in the folders, and then what only links lead to."""
        self._walk(folders)
        # a link to a folder around the content folder would lead to all of it again
        around = {_identity(path): path for path in _with_parents(self.content)}
        while self._links:
            self._links.sort()
            link = self._links.pop(0)
            known = around | self._scanned
            with suppress(FileNotFoundError):  # removed meanwhile
                identity = _identity(os.path.join(self.content, link))
                if identity in known:
                    folder = display_path(os.path.join(self.content, known[identity]))
                    text = translate("this link leads to {folder}, which is read already; delete it", folder=folder)
                    self._report(link, text, "warning")
                else:
                    self._walk([link])

    def _walk(self, folders: Iterable[str]) -> None:
        remaining = list(folders)
        while remaining:
            remaining += self._scan_folder(remaining.pop())

    def _scan_folder(self, folder: str) -> Iterator[str]:
        """Add the files of a folder, and yield the folders in it."""
        path = os.path.join(self.content, folder)
        try:
            identity = _identity(path)
            if self._scanned.setdefault(identity, folder) is not folder:
                return
            entries = os.scandir(path)
        except FileNotFoundError:
            return
        except NotADirectoryError:
            self._report(folder, translate("is a file, not a folder; correct its name"))
            return
        except OSError as error:
            self._report(folder, reason(path, error))
            return
        with entries:
            for entry in entries:
                if not entry.name.startswith("."):
                    yield from self._add(entry, f"{folder}/{entry.name}" if folder else entry.name)

    def _add(self, entry: os.DirEntry[str], path: str) -> Iterator[str]:
        """Add what has a name; yield it if it is a folder."""
        is_article, is_link = entry.name.endswith(".md"), entry.is_symlink()
        if not _is_utf8(entry.name):
            self._report(path, translate("the name of this file is not in UTF-8; rename it"))
        elif not is_article and not is_link:
            if entry.is_dir():
                yield path
            else:
                self._check_name(path)
        elif (mode := self._stamp(entry, path)) and stat.S_ISDIR(mode):
            if is_link:
                self._links.append(path)
            else:
                yield path

    def _stamp(self, entry: os.DirEntry[str], path: str) -> int:
        """Add a Markdown file, or what is at the end of a link; return its mode (`os.stat_result.st_mode`), or 0."""
        is_article = entry.name.endswith(".md")
        try:
            status = entry.stat()
        except OSError as error:
            may_be_articles = is_article or "." not in entry.name
            self._report(path, reason(entry.path, error), "error" if may_be_articles else "warning")
            return 0
        if is_article and stat.S_ISREG(status.st_mode):
            self.found.stamps[path] = stamp(status)
        elif is_article:
            level = "warning" if stat.S_ISDIR(status.st_mode) else "error"
            self._report(path, why_unreadable(entry.path), level)
        elif not stat.S_ISDIR(status.st_mode):
            self._check_name(path)
        return status.st_mode

    def _check_name(self, path: str) -> None:
        name = os.path.basename(path).lower()
        if name.startswith("~$"):  # Word has the document open
            return
        if name.endswith(_DOCUMENT_SUFFIXES):
            advice = translate("a document is no article yet; the task convert makes one of it")
            self._report(path, advice, "warning")
        elif name.endswith(_SIMILAR_SUFFIXES) or self._begins_as_an_article(path):
            self._report(path, translate("only files whose name ends in .md are read; rename it"), "warning")

    def _begins_as_an_article(self, path: str) -> bool:
        """Whether a file that may be text begins with a header; what lies beside an article does not count."""
        kind = mimetypes.guess_type(path)[0] or "text/"
        if not kind.startswith("text/") or self._is_beside_its_article(path):
            return False
        if not os.path.isfile(os.path.join(self.content, path)):  # a pipe
            return False
        from plugins.markdown_reader.header_parser import begins_with_header  # with YAML, which few builds need

        try:
            with open(os.path.join(self.content, path), "rb") as file:
                return begins_with_header(file.read(64))
        except OSError:
            return False

    def _is_beside_its_article(self, path: str) -> bool:
        """Whether an article has the same name but for what a program has added: bai.md~, #bai.md#, bai.bak."""
        folder, name = os.path.split(os.path.join(self.content, path))
        stem = name.lstrip("#.").partition(".md")[0]
        return any(os.path.isfile(os.path.join(folder, f"{s}.md")) for s in (stem, os.path.splitext(stem)[0]))

    def _report(self, path: str, message: str, level: str = "error") -> None:
        printable = os.path.join(self.content, path).encode(errors="backslashreplace").decode()
        self.found.problems.append(Problem(display_path(printable), 0, message, level))


def _identity(path: str) -> tuple[int, int]:
    """Return what a folder is known by, whatever links lead to it. Raises OSError."""
    status = os.stat(path)
    return status.st_dev, status.st_ino


def _with_parents(path: str) -> Iterator[str]:
    path = os.path.realpath(path)
    yield path
    while (parent := os.path.dirname(path)) != path:
        yield (path := parent)


def _is_utf8(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True
