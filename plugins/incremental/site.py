"""The files of the site, each rendered only if what it is made from has changed.

A build adds every file with its name, a fingerprint of all that it is made from, and a function that renders it. A file
that has the fingerprint of the last build, and has not been changed or removed since, is not rendered again. Rendered
files are first written beside the site. When all of them are complete, each file or new folder is moved to its place by
one rename, and files that were not added any more are removed.
"""

from __future__ import annotations

import os
import shutil
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path, PurePosixPath

from plugins import jobs
from plugins.i18n import translate
from plugins.problems import ContentError, Problem

from .owned_files import OwnedFiles, is_inside_site
from .state import Output, State

Render = Callable[[], bytes]


@dataclass
class Changes:
    """Numbers of files: written, left as they were, removed; and rendered, with or without a difference."""

    written: int = 0
    unchanged: int = 0
    removed: int = 0
    rendered: int = 0


class Site:
    """The files of one output folder.

    Args:
        folder: The published folder.
        work_folder: The portal's own folder beside it, for state and unfinished files.
        state: What the last build knew.
        workers: The number of processes; all cores if None.

    Attributes:
        requested: The fingerprint of each file that was added; "" for a file of an unchanged group.
        queue: The files to be rendered.
        reasons: Why each of them is rendered, in the editor's language.
        previous: The fingerprints of the last build's files.
        owned: The names of all files that are the portal's own.
    """

    def __init__(self, folder: Path, work_folder: Path, state: State, workers: int | None = None) -> None:
        self.folder, self.work_folder, self.state, self.workers = folder, work_folder, state, workers
        self.previous: dict[str, str] = {}
        self.previous_groups = state.groups()
        self._owned_files = OwnedFiles(work_folder)
        self.owned = self._owned_files.names
        self.groups: dict[str, str] = {}
        self._group_of: dict[str, str] = {}
        self._previous_by_group: defaultdict[str, list[str]] = defaultdict(list)
        self.requested: dict[str, str] = {}
        self.queue: list[tuple[str, Render]] = []
        self.reasons: dict[str, str] = {}
        self._conflicts: dict[str, Problem] = {}
        self._existing, self._unmodified = self._scan()

    def _scan(self) -> tuple[set[str], set[str]]:
        """Return the portal's own files that exist, and those of them that are as the last build left them."""
        root, stat_file = os.path.join(self.folder, ""), os.stat
        previous, by_group = self.previous, self._previous_by_group
        missing, modified = set(), set()
        for name, fingerprint, size, mtime, group in self.state.outputs():
            previous[name] = fingerprint
            if group:
                by_group[group].append(name)
            try:
                stat = stat_file(root + name)
            except OSError:
                missing.add(name)
                continue
            if stat.st_mtime_ns != mtime or stat.st_size != size:
                modified.add(name)
        existing = previous.keys() - missing
        unknown_to_state = {name for name in self.owned.difference(previous) if os.path.exists(root + name)}
        return existing | unknown_to_state, existing - modified

    def add_group(
        self, group: str, fingerprint: str, add_outputs: Callable[[], None], holds_groups: bool = False
    ) -> None:
        """Add many files at once, so that one comparison is enough if nothing has changed.

        Args:
            group: A name for the files, which `add_outputs` gives with each of them.
            fingerprint: A fingerprint of all that they are made from.
            add_outputs: Adds each of them; called only if something has changed.
            holds_groups: Whether `add_outputs` adds groups, whose names begin with the name of this one.
        """
        if self.previous_groups.get(group) == fingerprint:
            groups = {group: fingerprint}
            if holds_groups:
                groups |= {name: previous for name, previous in self.previous_groups.items() if name.startswith(group)}
            files = list(chain.from_iterable(self._previous_by_group[name] for name in groups))
            if files and self._unmodified.issuperset(files):
                self.requested.update(dict.fromkeys(files, ""))
                self.groups |= groups
                return
        add_outputs()
        self.groups[group] = fingerprint

    def add_output(
        self, name: str, fingerprint: str, render: Render, group: str = "", conflict: Problem | None = None
    ) -> bool:
        """Add a file, and return whether it will be rendered.

        The same file may be added again with the same fingerprint and group.

        Args:
            name: The name relative to the site, with slashes.
            fingerprint: A fingerprint of all that it is made from.
            render: Returns its content.
            group: The group that it belongs to, see `add_group`.
            conflict: The problem to report if something else wants this file, or one in a folder of its name.

        Raises:
            ContentError: Something else wants this file, or it lies outside the site.
        """
        if not is_inside_site(name):
            raise ContentError([Problem(name, 0, translate("a file of the site must lie in its folder"))])
        if name in self.requested:
            if (self.requested[name], self._group_of.get(name)) == (fingerprint, group):
                return name in self.reasons
            raise ContentError([conflict or self._conflicts.get(name) or conflict_problem(name)])
        self.requested[name] = fingerprint
        if conflict:
            self._conflicts[name] = conflict
        self._group_of[name] = group
        previous = self.previous.get(name)
        if previous == fingerprint and name in self._unmodified:
            return False
        self.queue.append((name, render))
        if not previous:
            self.reasons[name] = translate("made: it is new")
        elif name not in self._unmodified:
            self.reasons[name] = translate("made: somebody has changed or removed the file")
        else:
            self.reasons[name] = translate("made: something that it shows has changed")
        return True

    @property
    def obsolete(self) -> set[str]:
        """The portal's own files that nothing has added, once everything has been added."""
        return self.owned.union(self.previous).difference(self.requested)

    def explanations(self) -> Iterator[tuple[str, str]]:
        """Yield every file, and why it was rendered, left or removed."""
        for name in sorted(self.owned.union(self.previous, self.requested)):
            if name in self.requested:
                yield name, self.reasons.get(name, translate("left: all that it shows is as before"))
            else:
                yield name, translate("removed: nothing needs it any more")

    def publish(self) -> Changes:
        """Render what is queued, and bring the folder to just the files that were added.

        Raises:
            ContentError: A file has the name of another one's folder, or what renders it does not return bytes.
        """
        self._check_folders()
        changes = Changes(rendered=len(self.queue))
        obsolete = sorted(self.obsolete, reverse=True)
        with self._staging_folder() as staged:
            rendered = self._render_queue(staged)
            if self.queue or obsolete:  # first of all own every file that may be moved to its place
                self._owned_files.write({*self.previous, *self.owned, *self.requested})
            blocking = _blocking(obsolete, self.requested)
            for name in obsolete:
                if name in blocking:
                    changes.removed += self._remove(name)
            self.folder.mkdir(parents=True, exist_ok=True)
            moves = [*self._replacements(staged), *_moves(f"{staged}/new", str(self.folder))]
            for _, result in jobs.run_forked(lambda move: os.replace(*move), moves, "", self.workers):
                jobs.unwrap(result)
        for name in obsolete:
            if name not in blocking:
                changes.removed += self._remove(name)
        changes.written = sum(differs for _, differs in rendered)
        changes.unchanged = len(self.requested) - changes.written
        self.state.commit_build([output for output, _ in rendered], obsolete, self.groups)
        self._owned_files.write(set(self.requested))
        return changes

    def _check_folders(self) -> None:
        """Raise ContentError if a new file has the name of a folder of other files."""
        new = [name for name, _ in self.queue if name not in self.previous]
        pairs = paths_below_files(new, self.requested)
        folders = {name for name in new if os.path.isdir(f"{self.folder}/{name}")}
        if folders:
            pairs += paths_below_files(self.requested, folders)
        if pairs:
            conflicts = self._conflicts
            raise ContentError([conflicts.get(a) or conflicts.get(b) or conflict_problem(b) for a, b in pairs])

    def _render_queue(self, staged: Path) -> list[tuple[Output, bool]]:
        """Render what is queued; return each file, and whether it differs from the published one.

        Files that differ are staged: new ones below new/ in the folders of their names, so that whole folders can be
        moved; replacements below again/ by their number in the queue, because folders cost more than files.
        """

        def render_file(number: int) -> tuple[int, int, bool]:
            name, render = self.queue[number]
            data = render()
            if not isinstance(data, bytes):
                raise ContentError([Problem(name, 0, translate("what makes this file must give bytes"))])
            exists = name in self._existing
            is_same = exists and _read_bytes(f"{self.folder}/{name}") == data
            path = f"{staged}/again/{number}" if exists else f"{staged}/new/{name}"
            stat = os.stat(f"{self.folder}/{name}") if is_same else write_file(path, data)
            return stat.st_size, stat.st_mtime_ns, not is_same

        self.state.commit()  # workers read through connections of their own
        rendered = []
        for number, result in jobs.run_forked(render_file, range(len(self.queue)), translate("Pages"), self.workers):
            size, mtime, differs = jobs.unwrap(result)
            name = self.queue[number][0]
            rendered.append((Output(name, self.requested[name], size, mtime, self._group_of[name]), differs))
        return rendered

    def _replacements(self, staged: Path) -> Iterator[tuple[str, str]]:
        """Yield the renames that put each file below again/ in the place of the published one."""
        with os.scandir(staged / "again") as entries:
            for entry in entries:
                yield entry.path, f"{self.folder}/{self.queue[int(entry.name)][0]}"

    @contextmanager
    def _staging_folder(self) -> Iterator[Path]:
        """Provide an empty folder on the same disk as the site."""
        staged = self.work_folder / "staged"
        shutil.rmtree(staged, ignore_errors=True)
        for part in ("again", "new"):
            (staged / part).mkdir(parents=True)
        try:
            yield staged
        finally:
            shutil.rmtree(staged, ignore_errors=True)

    def _remove(self, name: str) -> int:
        """Remove a file and the folders that are empty then; return the number of files removed."""
        if name not in self._existing:
            return 0
        try:
            (self.folder / name).unlink()
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            return 0
        for parent in PurePosixPath(name).parents:
            try:
                if parent.name:
                    (self.folder / parent).rmdir()
            except OSError:
                break  # something else is in it
        return 1


def _read_bytes(path: str) -> bytes | None:
    try:
        with open(path, "rb") as stream:
            return stream.read()
    except OSError:
        return None


def write_file(path: str, data: bytes) -> os.stat_result:
    """Write a file, create its folders if they are missing, and return its stat."""
    try:
        stream = open(path, "wb", buffering=0)
    except FileNotFoundError:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        stream = open(path, "wb", buffering=0)
    with stream:
        rest = memoryview(data)
        while rest:
            rest = rest[stream.write(rest) :]
        return os.fstat(stream.fileno())


def _moves(source: str, target: str) -> Iterator[tuple[str, str]]:
    """Yield the renames that move all that is in one folder into another; a folder that is new there moves whole."""
    with os.scandir(source) as entries:
        for entry in entries:
            to = f"{target}/{entry.name}"
            if entry.is_dir() and os.path.isdir(to):
                yield from _moves(entry.path, to)
            else:
                yield entry.path, to


def paths_below_files(names: Iterable[str], files: Container[str]) -> list[tuple[str, str]]:
    """Return the names that would need a file to be a folder, each with that file."""
    return [(name, folder) for name in names for folder in _folders_of(name) if folder in files]


def _folders_of(name: str) -> Iterator[str]:
    end = name.rfind("/")
    while end > 0:
        yield name[:end]
        end = name.rfind("/", 0, end)


def conflict_problem(name: str) -> Problem:
    """Return the problem that two pages want the same file."""
    return Problem(name, 0, translate("two pages want this address; give one of them another slug: …"))


def _blocking(obsolete: list[str], requested: Iterable[str]) -> set[str]:
    """Return the obsolete files that stand where a folder is needed now, or in a folder where a file is needed."""
    names = sorted(requested) if obsolete else []

    def has_files_below(folder: str) -> bool:
        at = bisect_left(names, folder + "/")
        return at < len(names) and names[at].startswith(folder + "/")

    def is_requested(name: str) -> bool:
        at = bisect_left(names, name)
        return at < len(names) and names[at] == name

    return {
        name
        for name in obsolete
        if has_files_below(name) or any(is_requested(str(folder)) for folder in PurePosixPath(name).parents)
    }
