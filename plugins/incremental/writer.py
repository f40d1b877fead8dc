"""Files of the site, each made only when what it is made from has changed.

A build asks for every file by its name, a fingerprint of all that it is made from, and a function
that makes it. What has the fingerprint of the last build and still lies there as it was left is not
made again. What is made is first written beside the site; only when all is there is it moved over,
file by file, each by one rename, and what nobody has asked for any more is removed.
"""

from __future__ import annotations

import errno
import filecmp
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from plugins import jobs
from plugins.checks import ContentError, Problem
from plugins.i18n import say

from .state import Output, State

Make = Callable[[], bytes]


@dataclass
class Changes:
    """How many files were written, left as they were, removed; and how many were made, changed or not."""

    written: int = 0
    unchanged: int = 0
    removed: int = 0
    rendered: int = 0


@dataclass
class Reason:
    """Why a file was made or not, for `build --explain`."""

    name: str
    why: str


class Site:
    """The files of one output folder.

    folder: where readers find them. beside: a folder of ours next to it, for state and unfinished files.
    """

    def __init__(self, folder: Path, beside: Path, state: State, workers: int | None = None) -> None:
        self.folder, self.beside, self.state, self.workers = folder, beside, state, workers
        self.known = state.outputs()
        self.asked: dict[str, str] = {}
        self.queue: list[tuple[str, Make]] = []
        self.reasons: list[Reason] = []
        self._present = self._as_left()

    def _as_left(self) -> set[str]:
        """The known files that still lie there as the last build left them."""
        present = set()
        try:
            folder = os.open(self.folder, os.O_RDONLY)
        except OSError:
            return present
        try:
            for output in self.known.values():
                try:
                    stat = os.stat(output.name, dir_fd=folder)
                except OSError:
                    continue
                if stat.st_size == output.size and stat.st_mtime_ns == output.mtime:
                    present.add(output.name)
        finally:
            os.close(folder)
        return present

    def ask(self, name: str, fingerprint: str, make: Make) -> None:
        """Ask for a file. name: relative to the site, with slashes."""
        if name in self.asked:
            raise ContentError([Problem(name, 0, say("two pages want this address; give one of them another slug: …"))])
        self.asked[name] = fingerprint
        known = self.known.get(name)
        if known and known.fingerprint == fingerprint and name in self._present:
            return
        self.queue.append((name, make))
        why = "new" if not known else "the file was changed or is gone" if name not in self._present else "its inputs changed"
        self.reasons.append(Reason(name, why))

    def publish(self) -> Changes:
        """Make what was asked for and is not there, and bring the folder to just what was asked for."""
        changes = Changes(rendered=len(self.queue))
        gone = sorted(set(self.known).union(self._owned()).difference(self.asked), reverse=True)
        with self._staging() as staged:
            made = self._make(staged)
            if self.queue or gone:
                self._own({*self.known, *self._owned(), *self.asked})
            blocking = _blocking(gone, self.asked)
            for name in gone:
                if name in blocking:
                    changes.removed += self._remove(name)
            written = [self._move(staged, name, changes) for name in made]
        for name in gone:
            if name not in blocking:
                changes.removed += self._remove(name)
        changes.unchanged = len(self.asked) - changes.written
        self.state.settle(written, gone)
        if self.queue or gone:
            self._own(set(self.asked))
        return changes

    def _make(self, staged: Path) -> list[str]:
        """Make the queued files below `staged`; their names."""
        makers = dict(self.queue)

        def one(name: str) -> None:
            target = staged / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(makers[name]())

        self.state.commit()  # workers read through connections of their own
        for name, result in jobs.fork(one, list(makers), say("Pages"), self.workers):
            if isinstance(result, OSError) and result.errno == errno.ENOSPC:
                raise ContentError([Problem(str(staged), 0, say("the disk is full; free some space"))])
            if isinstance(result, Exception):
                raise result
        return list(makers)

    def _move(self, staged: Path, name: str, changes: Changes) -> Output:
        source, target = staged / name, self.folder / name
        if target.is_file() and filecmp.cmp(source, target, shallow=False):
            source.unlink()
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            os.replace(source, target)
            changes.written += 1
        stat = target.stat()
        return Output(name, self.asked[name], stat.st_size, stat.st_mtime_ns)

    @contextmanager
    def _staging(self) -> Iterator[Path]:
        """An empty folder on the same disk as the site."""
        staged = self.beside / "staged"
        shutil.rmtree(staged, ignore_errors=True)
        staged.mkdir(parents=True)
        try:
            yield staged
        finally:
            shutil.rmtree(staged, ignore_errors=True)

    # --- the list of our own files, that outlives a lost state ---------------------------------

    @property
    def _list(self) -> Path:
        return self.beside / "files.txt"

    def _owned(self) -> set[str]:
        try:
            return set(self._list.read_text(encoding="utf-8").splitlines())
        except OSError:
            return set()

    def _own(self, names: set[str]) -> None:
        new = self._list.with_name("files.txt.new")
        new.write_text("".join(f"{name}\n" for name in sorted(names)), encoding="utf-8")
        os.replace(new, self._list)

    def _remove(self, name: str) -> int:
        target = self.folder / name
        try:
            target.unlink()
        except (FileNotFoundError, NotADirectoryError):
            return 0
        for parent in PurePosixPath(name).parents:
            try:
                if parent.name:
                    (self.folder / parent).rmdir()
            except OSError:
                break  # something else is in it
        return 1


def _blocking(gone: list[str], asked: dict[str, str]) -> set[str]:
    """The files among `gone` where now a folder must stand, or in a folder where now a file must."""
    if not gone:
        return set()
    folders = {str(folder) for name in asked for folder in PurePosixPath(name).parents}
    return {old for old in gone if old in folders or any(str(f) in asked for f in PurePosixPath(old).parents)}
