"""Files of the site, each made only when what it is made from has changed.

A build asks for every file by its name, a fingerprint of all that it is made from, and a function
that makes it. What has the fingerprint of the last build and still lies there as it was left is not
made again. What is made is first written beside the site; only when all is there is it moved over,
each file, or new folder of files, by one rename, and what nobody has asked for any more is removed.
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

from .state import Output, State

Render = Callable[[], bytes]


@dataclass
class Changes:
    """How many files were written, left as they were, removed; and how many were made, changed or not."""

    written: int = 0
    unchanged: int = 0
    removed: int = 0
    rendered: int = 0


class Site:
    """The files of one output folder.

    folder: where readers find them. beside: a folder of ours next to it, for state and unfinished files.
    """

    def __init__(self, folder: Path, beside: Path, state: State, workers: int | None = None) -> None:
        self.folder, self.work_folder, self.state, self.workers = folder, beside, state, workers
        self.previous: dict[str, str] = {}  # fingerprints
        self.previous_groups = state.groups()
        self.owned = self._listed = self._owned()
        self.groups: dict[str, str] = {}
        self._room_of: dict[str, str] = {}
        self._by_room: defaultdict[str, list[str]] = defaultdict(list)
        self.requested: dict[str, str] = {}  # the fingerprint of each; "": its whole room is as it was
        self.queue: list[tuple[str, Render]] = []
        self.reasons: dict[str, str] = {}
        self._clashes: dict[str, Problem] = {}
        self._there, self._present = self._look()

    def _look(self) -> tuple[set[str], set[str]]:
        """See what the last build left: those of our files that lie there, and those of them that are as it left them."""
        root, look, known, by_room = os.path.join(self.folder, ""), os.stat, self.previous, self._by_room
        missing, changed = set(), set()
        for name, fingerprint, size, mtime, room in self.state.outputs():
            known[name] = fingerprint
            if room:
                by_room[room].append(name)
            try:
                stat = look(root + name)
            except OSError:
                missing.add(name)
                continue
            if stat.st_mtime_ns != mtime or stat.st_size != size:
                changed.add(name)
        there = known.keys() - missing
        others = {name for name in self.owned.difference(known) if os.path.exists(root + name)}
        return there | others, there - changed

    def add_group(
        self, group: str, fingerprint: str, add_outputs: Callable[[], None], holds_groups: bool = False
    ) -> None:
        """Ask for many files at once: `ask` asks for each of them, and is not called where nothing has changed.

        room: a name for them, that `ask` gives with each; fingerprint: of all that they are made from. holds_rooms:
        `ask` asks for rooms, whose names begin with this one's.
        """
        if self.previous_groups.get(group) == fingerprint:
            rooms = {group: fingerprint}
            if holds_groups:
                rooms |= {name: mark for name, mark in self.previous_groups.items() if name.startswith(group)}
            files = list(chain.from_iterable(self._by_room[name] for name in rooms))
            if files and self._present.issuperset(files):
                self.requested.update(dict.fromkeys(files, ""))
                self.groups |= rooms
                return
        add_outputs()
        self.groups[group] = fingerprint

    def add_output(
        self, name: str, fingerprint: str, render: Render, group: str = "", conflict: Problem | None = None
    ) -> bool:
        """Ask for a file; whether it will be made. name: relative to the site, with slashes. room: see there.

        The same file may be asked for again: with the same fingerprint, in the same room. clash: what is wrong where
        something else wants this file, or one in a folder of its name.
        """
        if not _inside(name):
            raise ContentError([Problem(name, 0, translate("a file of the site must lie in its folder"))])
        if name in self.requested:
            if (self.requested[name], self._room_of.get(name)) == (fingerprint, group):
                return name in self.reasons
            raise ContentError([conflict or self._clashes.get(name) or conflict_problem(name)])
        self.requested[name] = fingerprint
        if conflict:
            self._clashes[name] = conflict
        self._room_of[name] = group
        known = self.previous.get(name)
        if known == fingerprint and name in self._present:
            return False
        self.queue.append((name, render))
        if not known:
            self.reasons[name] = translate("made: it is new")
        elif name not in self._present:
            self.reasons[name] = translate("made: somebody has changed or removed the file")
        else:
            self.reasons[name] = translate("made: something that it shows has changed")
        return True

    @property
    def obsolete(self) -> set[str]:
        """Our files that nobody has asked for, once all have asked."""
        return self.owned.union(self.previous).difference(self.requested)

    def explanations(self) -> Iterator[tuple[str, str]]:
        """Every file, and why it was made, left or removed."""
        for name in sorted(self.owned.union(self.previous, self.requested)):
            if name in self.requested:
                yield name, self.reasons.get(name, translate("left: all that it shows is as before"))
            else:
                yield name, translate("removed: nothing needs it any more")

    def publish(self) -> Changes:
        """Make what was asked for and is not there, and bring the folder to just what was asked for."""
        self._check_folders()
        changes = Changes(rendered=len(self.queue))
        gone = sorted(self.obsolete, reverse=True)
        with self._staging() as staged:
            made = self._make(staged)
            if self.queue or gone:
                self._own({*self.previous, *self.owned, *self.requested})  # before any of them can lie there
            blocking = _blocking(gone, self.requested)
            for name in gone:
                if name in blocking:
                    changes.removed += self._remove(name)
            self.folder.mkdir(parents=True, exist_ok=True)
            moves = [*self._replaced(staged), *_moves(f"{staged}/new", str(self.folder))]
            for _, result in jobs.run_forked(lambda move: os.replace(*move), moves, "", self.workers):
                jobs.unwrap(result)
        for name in gone:
            if name not in blocking:
                changes.removed += self._remove(name)
        changes.written = sum(new for _, new in made)
        changes.unchanged = len(self.requested) - changes.written
        self.state.commit_build([output for output, _ in made], gone, self.groups)
        self._own(set(self.requested))
        return changes

    def _check_folders(self) -> None:
        """Raises ContentError where a new file has the name of a folder of others."""
        new = [name for name, _ in self.queue if name not in self.previous]
        found = paths_below_files(new, self.requested)
        held = [name for name in new if os.path.isdir(f"{self.folder}/{name}")]
        if held:
            found += paths_below_files(self.requested, set(held))
        if found:
            raise ContentError([self._clashes.get(a) or self._clashes.get(b) or conflict_problem(b) for a, b in found])

    def _make(self, staged: Path) -> list[tuple[Output, bool]]:
        """Make what is queued, and stage it where it differs from what is there; each file, and whether it does.

        A new file is staged below new/ in the folders of its name, which come over whole; what takes the place of
        another below again/, by its number, because folders cost more than files.
        """

        def one(number: int) -> tuple[int, int, bool]:
            name, make = self.queue[number]
            data = make()
            if not isinstance(data, bytes):
                raise ContentError([Problem(name, 0, translate("what makes this file must give bytes"))])
            known = name in self._there
            same = known and _bytes(f"{self.folder}/{name}") == data
            place = f"{staged}/again/{number}" if known else f"{staged}/new/{name}"
            stat = os.stat(f"{self.folder}/{name}") if same else write_file(place, data)
            return stat.st_size, stat.st_mtime_ns, not same

        self.state.commit()  # workers read through connections of their own
        made = []
        for number, result in jobs.run_forked(one, range(len(self.queue)), translate("Pages"), self.workers):
            size, mtime, new = jobs.unwrap(result)
            name = self.queue[number][0]
            made.append((Output(name, self.requested[name], size, mtime, self._room_of[name]), new))
        return made

    def _replaced(self, staged: Path) -> Iterator[tuple[str, str]]:
        """What to rename, so that each file below again/ takes the place of the one before."""
        with os.scandir(staged / "again") as entries:
            for entry in entries:
                yield entry.path, f"{self.folder}/{self.queue[int(entry.name)][0]}"

    @contextmanager
    def _staging(self) -> Iterator[Path]:
        """An empty folder on the same disk as the site."""
        staged = self.work_folder / "staged"
        shutil.rmtree(staged, ignore_errors=True)
        for part in ("again", "new"):
            (staged / part).mkdir(parents=True)
        try:
            yield staged
        finally:
            shutil.rmtree(staged, ignore_errors=True)

    # --- the list of our own files, that outlives a lost state ---------------------------------

    @property
    def _list(self) -> Path:
        return self.work_folder / "files.txt"

    def _owned(self) -> set[str]:
        try:
            text = self._list.read_text(encoding="utf-8", errors="replace")
        except OSError:
            return set()
        names = set(text.split("\n")) - {""}
        # nearly always all are, and one look at the whole list shows it
        suspect = "\0" in text or ".." in text or "\n/" in text or text.startswith("/")
        return set(filter(_inside, names)) if suspect else names

    def _own(self, names: set[str]) -> None:
        if names == self._listed:
            return
        new = self._list.with_name("files.txt.new")
        new.write_text("".join(f"{name}\n" for name in sorted(names)), encoding="utf-8")
        os.replace(new, self._list)
        self._listed = names

    def _remove(self, name: str) -> int:
        target = self.folder / name
        if name not in self._there:
            return 0
        try:
            target.unlink()
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            return 0
        for parent in PurePosixPath(name).parents:
            try:
                if parent.name:
                    (self.folder / parent).rmdir()
            except OSError:
                break  # something else is in it
        return 1


def _bytes(path: str) -> bytes | None:
    try:
        with open(path, "rb") as stream:
            return stream.read()
    except OSError:
        return None


def write_file(path: str, data: bytes) -> os.stat_result:
    """Write a file, and its folders where they are not there; its stat."""
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
    """What to rename, so that all that is below one folder comes to stand below another: a new folder is one."""
    with os.scandir(source) as entries:
        for entry in entries:
            to = f"{target}/{entry.name}"
            if entry.is_dir() and os.path.isdir(to):
                yield from _moves(entry.path, to)
            else:
                yield entry.path, to


def _inside(name: str) -> bool:
    """Whether a name from the list can be one of ours; a damaged list must not lead outside the site."""
    return bool(name) and not name.startswith("/") and "\0" not in name and ".." not in name.split("/")


def paths_below_files(names: Iterable[str], files: Container[str]) -> list[tuple[str, str]]:
    """Names that would need a file to be a folder: each with that file."""
    return [(name, folder) for name in names for folder in _folders_of(name) if folder in files]


def _folders_of(name: str) -> Iterator[str]:
    cut = name.rfind("/")
    while cut > 0:
        yield name[:cut]
        cut = name.rfind("/", 0, cut)


def conflict_problem(name: str) -> Problem:
    """What is wrong where two pages want one file."""
    return Problem(name, 0, translate("two pages want this address; give one of them another slug: …"))


def _blocking(gone: list[str], asked: Iterable[str]) -> set[str]:
    """The files among `gone` where now a folder must stand, or in a folder where now a file must."""
    names = sorted(asked) if gone else []

    def below(folder: str) -> bool:
        at = bisect_left(names, folder + "/")
        return at < len(names) and names[at].startswith(folder + "/")

    def there(name: str) -> bool:
        at = bisect_left(names, name)
        return at < len(names) and names[at] == name

    return {old for old in gone if below(old) or any(there(str(folder)) for folder in PurePosixPath(old).parents)}
