"""The files of the site, each rendered only if what it is made from has changed.

A build adds every file with its name, a fingerprint of all that it is made from, and a function that renders it. A file
that has the fingerprint of the last build, and has not been changed or removed since, is not rendered again. Rendered
files are first written beside the site. When all of them are complete, they are moved into a new release, which readers
see by one rename (releases.py). Where the published folder is no link to a release, each file or new folder is moved to
its place by one rename: first what pages need, then new pages, then changed ones, and last of all files that were not
added any more are removed.

Files with a digest in their names stay for some builds after the last one that has added them, for readers who have
opened a page of that time.
"""

from __future__ import annotations

import os
import shutil
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path, PurePosixPath

from plugins import jobs
from plugins.i18n import translate
from plugins.problems import ContentError, Problem, display_path

from . import files, precompressed
from .files import write_file
from .owned_files import OwnedFiles, is_inside_site
from .releases import Releases
from .state import Output, State

Render = Callable[[], bytes]
_TIME = 2**63 - 1  # the bits of a time that SQLite keeps: a clock may have been in the year 2300


@dataclass
class Changes:
    """Numbers of files: written, left as they were, removed; and rendered, with or without a difference."""

    written: int = 0
    unchanged: int = 0
    removed: int = 0
    rendered: int = 0


@dataclass(frozen=True)
class Publishing:
    """How a site is published.

    Attributes:
        releases: How many earlier releases stay; 0 to publish into the folder itself.
        kept_builds: For how many builds files of `lasting` folders stay when nothing adds them any more.
        encodings: The kinds of compressed copies beside text files, see precompressed.py.
    """

    releases: int = 0
    kept_builds: int = 0
    encodings: Collection[str] = ()


IN_PLACE = Publishing()


class Site:
    """The files of one output folder.

    Args:
        folder: The published folder.
        work_folder: The portal's own folder beside it, for state and unfinished files.
        state: What the last build knew.
        workers: The number of processes; all cores if None.
        publishing: How the files are published.

    Raises:
        ContentError: The published folder is a link to a disk that is not mounted.

    Attributes:
        releases: The releases beside the published folder.
        requested: The fingerprint of each file that was added; "" for a file of an unchanged group.
        queue: The files to be rendered.
        reasons: Why each of them is rendered, in the editor's language.
        previous: The fingerprints of the last build's files.
        owned: The names of all files that are the portal's own.
        before_rendering: Functions that make what many files share, called once before these are rendered.
    """

    def __init__(
        self,
        folder: Path,
        work_folder: Path,
        state: State,
        workers: int | None = None,
        publishing: Publishing = IN_PLACE,
    ) -> None:
        self.folder, self.work_folder, self.state, self.workers = folder, work_folder, state, workers
        self._publishing, self.releases = publishing, Releases(folder, publishing.releases)
        if folder.is_symlink() and not folder.exists() and not self.releases.are_used():
            text = translate(
                "is a link to {target}, and nothing is there: mount that disk, or remove the link",
                target=os.readlink(folder),
            )
            raise ContentError([Problem(display_path(folder), 0, text)])
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
        self.before_rendering: list[Callable[[], object]] = []
        self._conflicts: dict[str, Problem] = {}
        self._has_wrong_modes = False
        self._existing, self._unmodified = self._scan()

    def _scan(self) -> tuple[set[str], set[str]]:
        """Return the portal's own files that exist, and those of them that are as the last build left them."""
        root, stat_file = os.path.join(self.folder, ""), os.stat
        previous, by_group = self.previous, self._previous_by_group
        missing, modified, modes = set(), set(), set()
        for name, fingerprint, size, mtime, group in self.state.outputs():
            previous[name] = fingerprint
            if group:
                by_group[group].append(name)
            try:
                stat = stat_file(root + name)
            except OSError:
                missing.add(name)
                continue
            modes.add(stat.st_mode & 0o777)
            if (stat.st_mtime_ns & _TIME) != mtime or stat.st_size != size:
                modified.add(name)
        self._has_wrong_modes = os.name != "nt" and not modes <= {files.FILE_MODE}
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

    def publish(self, lasting: Sequence[str] = (), keeps_obsolete: bool = True) -> Changes:
        """Render what is queued, and bring the published folder to just the files that were added.

        Args:
            lasting: Folders of files with a digest in their names; see `Publishing.kept_builds`.
            keeps_obsolete: Whether such files stay for some builds when no page needs them any more.

        Raises:
            ContentError: A file has the name of another one's folder, or what renders it does not return bytes.
        """
        self._check_folders()
        if self._has_wrong_modes:
            files.repair_modes(str(self.folder))
        for prepare in self.before_rendering:
            prepare()
        with self._staging_folder() as staged:
            rendered = self._render_queue(staged)
            written = sum(differs for _, differs in rendered)
            kept = self._kept_files(tuple(lasting), is_change=written > 0) if keeps_obsolete else {}
            obsolete = sorted(self.obsolete - kept.keys(), reverse=True)
            removed = self._bring_to_readers(staged, obsolete, kept, tuple(lasting)) if written or obsolete else 0
        changes = Changes(written, len(self.requested) - written, removed, len(self.queue))
        self.state.commit_build([output for output, _ in rendered], obsolete, self.groups, kept)
        self._owned_files.write({*self.requested, *kept})
        return changes

    def _kept_files(self, lasting: tuple[str, ...], is_change: bool) -> dict[str, int]:
        """Return the obsolete files that stay for now, each with the number of builds since it was added.

        Only builds that change the site are counted.
        """
        obsolete, builds = self.obsolete, self.state.leaving()
        is_change = is_change or not obsolete <= builds.keys()
        since = {name: builds.get(name, 0) + is_change for name in obsolete if lasting and name.startswith(lasting)}
        blocking = _blocking(sorted(since), self.requested)
        return {
            name: count
            for name, count in since.items()
            if count <= self._publishing.kept_builds and name not in blocking
        }

    def _bring_to_readers(
        self, staged: Path, obsolete: list[str], kept: Iterable[str], lasting: tuple[str, ...]
    ) -> int:
        """Move staged files to their places, remove others, and show the result; return how many were removed."""
        # first of all own every file that may be moved to its place
        self._owned_files.write({*self.previous, *self.owned, *self.requested})
        has_releases = self.releases.are_used()
        target = self.releases.prepare() if has_releases else self.folder
        files.make_folders(str(target))
        blocking = _blocking(obsolete, self.requested)
        removed = sum(self._remove(target, name) for name in obsolete if name in blocking)
        for moves in self._moves_in_order(staged, target, lasting):
            for _, result in jobs.run_forked(lambda one: files.move(*one), moves, "", self.workers):
                jobs.unwrap(result)
        removed += sum(self._remove(target, name) for name in obsolete if name not in blocking)
        if has_releases:
            self._owned_files.write({*self.requested, *kept})
            self.releases.publish(self._owned_files.file)
        return removed

    def _moves_in_order(self, staged: Path, target: Path, lasting: tuple[str, ...]) -> Iterator[list[tuple[str, str]]]:
        """Yield moves: of what pages need, then of new pages, then of changed ones, each before what leads to it."""
        new, again = list(files.moves(f"{staged}/new", str(target))), list(self._replacements(staged, target))
        needed = tuple(f"{target}/{folder}" for folder in lasting)
        yield [one for one in (*new, *again) if needed and f"{one[1]}/".startswith(needed)]
        yield [one for one in new if not (needed and f"{one[1]}/".startswith(needed))]
        yield [one for one in again if not (needed and f"{one[1]}/".startswith(needed))]

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
        encodings = self._publishing.encodings

        def render_file(number: int) -> tuple[int, int, bool]:
            name, render = self.queue[number]
            data = render()
            if not isinstance(data, bytes):
                raise ContentError([Problem(name, 0, translate("what makes this file must give bytes"))])
            exists, published = name in self._existing, f"{self.folder}/{name}"
            is_same = exists and files.read_bytes(published) == data
            if is_same and precompressed.are_current(published, name, data, encodings):
                stat = os.stat(published)
                return stat.st_size, stat.st_mtime_ns & _TIME, False
            path = f"{staged}/again/{number}" if exists else f"{staged}/new/{name}"
            for suffix, copy in precompressed.copies(name, data, encodings).items():
                write_file(path + suffix, copy)
            stat = write_file(path, data)
            return stat.st_size, stat.st_mtime_ns & _TIME, True

        self.state.commit()  # workers read through connections of their own
        rendered = []
        for number, result in jobs.run_forked(render_file, range(len(self.queue)), translate("Pages"), self.workers):
            size, mtime, differs = jobs.unwrap(result)
            name = self.queue[number][0]
            rendered.append((Output(name, self.requested[name], size, mtime, self._group_of[name]), differs))
        return rendered

    def _replacements(self, staged: Path, target: Path) -> Iterator[tuple[str, str]]:
        """Yield the moves that put each file below again/ in the place of the published one, copies before it."""
        with os.scandir(staged / "again") as entries:
            for entry in sorted(entries, key=lambda entry: entry.name, reverse=True):
                number, dot, suffix = entry.name.partition(".")
                name = f"{target}/{self.queue[int(number)][0]}"
                if not dot:
                    self._remove_copies(name, f"{staged}/again/{number}")
                yield entry.path, f"{name}{dot}{suffix}"

    @staticmethod
    def _remove_copies(name: str, staged: str) -> None:
        """Remove the compressed copies of a published file that is replaced by one without them."""
        for suffix in precompressed.SUFFIXES.values():
            if os.path.exists(name + suffix) and not os.path.exists(staged + suffix):
                os.unlink(name + suffix)

    @contextmanager
    def _staging_folder(self) -> Iterator[Path]:
        """Provide an empty folder on the same disk as the site: beside it, or within it if it is a disk of its own."""
        staged = self.work_folder / "staged"
        within = (self.folder if self.releases.current is None else self.releases.folder) / ".staged"
        for folder in (staged, within):
            shutil.rmtree(folder, ignore_errors=True)
        if self.folder.exists() and os.stat(self.folder).st_dev != os.stat(self.work_folder).st_dev:
            staged = within
        for part in ("again", "new"):
            files.make_folders(f"{staged}/{part}")
        try:
            yield staged
        finally:
            shutil.rmtree(staged, ignore_errors=True)

    def _remove(self, folder: Path, name: str) -> bool:
        """Remove a file, its compressed copies, and the folders that are empty then; return whether it was there."""
        if name not in self._existing:
            return False
        for suffix in precompressed.SUFFIXES.values() if self._publishing.encodings else ():
            files.remove_file(str(folder), name + suffix)
        return files.remove_file(str(folder), name)


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
